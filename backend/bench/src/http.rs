//! A lean HTTP/1.1 client (RFC 9112): requests are made of bytes beforehand, one connection is kept alive.
//!
//! It knows what the measured servers answer with: a status, a length, a body.

use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail, ensure};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::sync::mpsc::UnboundedReceiver;
use uuid::Uuid;

use crate::stats::Latencies;
use crate::time;

/// A request, ready to be sent.
pub type Request = std::sync::Arc<[u8]>;

/// GET `path` below the API's base.
pub fn get(path: &str, token: &str) -> Request {
    format!("GET {path} HTTP/1.1\r\nhost: rapi\r\nauthorization: Bearer {token}\r\n\r\n").into_bytes().into()
}

/// POST `body` to `path`, under a new idempotency key made as phones make theirs.
#[expect(clippy::disallowed_methods, reason = "a load generator runs by the system's clock")]
pub fn post(path: &str, token: &str, body: &str) -> Vec<u8> {
    let key = Uuid::now_v7();
    write("POST", path, token, &format!("idempotency-key: {key}\r\n"), body)
}

/// PUT `body` to `path`.
pub fn put(path: &str, token: &str, body: &str) -> Vec<u8> {
    write("PUT", path, token, "", body)
}

fn write(method: &str, path: &str, token: &str, more: &str, body: &str) -> Vec<u8> {
    let length = body.len();
    format!(
        "{method} {path} HTTP/1.1\r\nhost: rapi\r\nauthorization: Bearer {token}\r\n{more}content-type: application/json\r\n\
         content-length: {length}\r\n\r\n{body}"
    )
    .into_bytes()
}

/// An answer.
pub struct Answer<'a> {
    /// Its status.
    pub status: u16,
    /// Its body.
    pub body: &'a [u8],
}

impl Answer<'_> {
    /// Is it a 2xx?
    pub const fn is_ok(&self) -> bool {
        matches!(self.status, 200..=299)
    }

    /// For messages.
    pub fn text(&self) -> String {
        format!("{} {}", self.status, String::from_utf8_lossy(self.body))
    }
}

/// A connection that is kept alive.
pub struct Connection {
    stream: TcpStream,
    buffer: Vec<u8>,
    /// What of `buffer` belongs to the last answer.
    used: usize,
}

impl Connection {
    /// Connects.
    ///
    /// # Errors
    /// When nobody listens.
    pub async fn open(address: &str) -> Result<Self> {
        let stream = TcpStream::connect(address).await.with_context(|| format!("cannot connect to {address}"))?;
        stream.set_nodelay(true)?;
        Ok(Self { stream, buffer: Vec::with_capacity(16 * 1024), used: 0 })
    }

    /// `count` of them.
    ///
    /// # Errors
    /// When nobody listens.
    pub async fn open_many(address: &str, count: usize) -> Result<Vec<Self>> {
        let mut connections = Vec::with_capacity(count);
        for _ in 0..count {
            connections.push(Self::open(address).await?);
        }
        Ok(connections)
    }

    /// Sends a request and waits for its answer.
    ///
    /// # Errors
    /// When the connection ends or the answer cannot be read.
    pub async fn call(&mut self, request: &[u8]) -> Result<Answer<'_>> {
        self.buffer.drain(..self.used);
        self.used = 0;
        self.stream.write_all(request).await?;
        let head = loop {
            if let Some(head) = head(&self.buffer)? {
                break head;
            }
            self.read().await?;
        };
        let end = head.length + head.body;
        while self.buffer.len() < end {
            self.read().await?;
        }
        self.used = end;
        Ok(Answer { status: head.status, body: &self.buffer[head.length..end] })
    }

    async fn read(&mut self) -> Result<()> {
        let read = self.stream.read_buf(&mut self.buffer).await?;
        ensure!(read > 0, "the server closed the connection");
        Ok(())
    }
}

/// The head of an answer: its own length, the status, and the length of the body.
struct Head {
    length: usize,
    status: u16,
    body: usize,
}

/// `None` as long as some of it is missing.
fn head(bytes: &[u8]) -> Result<Option<Head>> {
    let Some(end) = bytes.windows(4).position(|four| four == b"\r\n\r\n") else { return Ok(None) };
    let text = std::str::from_utf8(&bytes[..end])?;
    let status = text.get(9..12).and_then(|status| status.parse().ok()).context("not an HTTP answer")?;
    let mut lines = text.split("\r\n");
    let length = lines.find_map(|line| {
        let (name, value) = line.split_once(':')?;
        name.eq_ignore_ascii_case("content-length").then(|| value.trim().parse::<usize>().ok())?
    });
    let body = match length {
        Some(length) => length,
        None if status == 204 => 0,
        None => bail!("an answer without a length: {text}"),
    };
    Ok(Some(Head { length: end + 4, status, body }))
}

/// What a load came to.
#[derive(Default)]
pub struct Load {
    /// How long each took.
    pub latencies: Latencies,
    /// From the first request to the last answer.
    pub time: Duration,
}

impl Load {
    /// Requests answered a second.
    pub fn rate(&self) -> f64 {
        crate::stats::rate(self.latencies.count(), self.time)
    }
}

/// When the next request is meant to start.
enum Starts {
    /// As soon as the last is answered, until then.
    AtOnce(Instant),
    /// When the beat says.
    Beat(UnboundedReceiver<Instant>),
}

impl Starts {
    async fn next(&mut self) -> Option<Instant> {
        match self {
            Self::AtOnce(until) => Some(time::now()).filter(|now| now < until),
            Self::Beat(beat) => beat.recv().await,
        }
    }
}

/// Every connection sends the next request as soon as the last is answered, for `time`.
///
/// # Errors
/// When an answer is no 2xx.
pub async fn closed(connections: &mut Vec<Connection>, requests: &[Request], time: Duration) -> Result<Load> {
    let until = time::now() + time;
    let starts = connections.iter().map(|_| Starts::AtOnce(until)).collect();
    drive(connections, requests, starts).await
}

/// Requests start at a constant rate whether or not others are answered; each is measured from when it was meant to start.
///
/// # Errors
/// When an answer is no 2xx.
pub async fn open(connections: &mut Vec<Connection>, requests: &[Request], rate: f64, time: Duration) -> Result<Load> {
    let starts = time::beat(rate, time, connections.len()).into_iter().map(Starts::Beat).collect();
    drive(connections, requests, starts).await
}

async fn drive(connections: &mut Vec<Connection>, requests: &[Request], starts: Vec<Starts>) -> Result<Load> {
    let (begin, count) = (time::now(), connections.len());
    let lanes = std::mem::take(connections).into_iter().zip(starts).enumerate();
    let tasks: Vec<_> = lanes
        .map(|(number, (connection, starts))| {
            let mine: Vec<Request> = requests.iter().skip(number).step_by(count).cloned().collect();
            tokio::spawn(lane(connection, mine, starts))
        })
        .collect();
    let mut load = Load::default();
    for task in tasks {
        let (connection, latencies) = task.await??;
        connections.push(connection);
        load.latencies.merge(&latencies);
    }
    load.time = time::now() - begin;
    Ok(load)
}

async fn lane(mut connection: Connection, requests: Vec<Request>, mut starts: Starts) -> Result<(Connection, Latencies)> {
    let mut latencies = Latencies::default();
    for request in requests.iter().cycle() {
        let Some(meant) = starts.next().await else { break };
        let answer = connection.call(request).await?;
        ensure!(answer.is_ok(), "{}", answer.text());
        latencies.add(time::now() - meant);
    }
    Ok((connection, latencies))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_read_once_its_head_is_whole() {
        let answer = b"HTTP/1.1 201 Created\r\nContent-Length: 5\r\n\r\nhello";
        assert!(head(&answer[..30]).unwrap().is_none());
        let whole = head(answer).unwrap().unwrap();
        assert_eq!((whole.status, whole.length, whole.body), (201, 43, 5));
    }

    #[test]
    fn only_an_answer_without_a_body_needs_no_length() {
        assert_eq!(head(b"HTTP/1.1 204 No Content\r\n\r\n").unwrap().unwrap().body, 0);
        assert!(head(b"HTTP/1.1 200 OK\r\n\r\n").is_err());
        assert!(head(b"nonsense\r\n\r\n").is_err());
    }
}
