//! Redis, and its search by distance.

use std::path::Path;
use std::time::Duration;

use anyhow::{Context as _, Result, bail, ensure};
use rapi_core::LatLng;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::UnixStream;

use crate::command;
use crate::server::Server;

/// So many points go in one command.
const AT_ONCE: usize = 1_000;

/// A Redis without persistence, and one connection to it over a socket of the file system.
pub struct Redis {
    server: Server,
    stream: UnixStream,
    buffer: Vec<u8>,
}

impl Redis {
    /// Starts it.
    ///
    /// # Errors
    /// When it does not come to serve.
    pub async fn start(program: &Path, folder: &Path) -> Result<Self> {
        let socket = folder.join("redis.sock");
        let line = command![program, "--port", "0", "--unixsocket", &socket, "--save", "", "--appendonly", "no", "--dir", folder];
        let server = Server::start("redis", line, folder)?;
        let stream = loop {
            match UnixStream::connect(&socket).await {
                Ok(stream) => break stream,
                // An error when it ended.
                Err(_) => _ = server.cpu()?,
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        };
        Ok(Self { server, stream, buffer: Vec::new() })
    }

    /// Processor time so far.
    ///
    /// # Errors
    /// When it has ended.
    pub fn cpu(&self) -> Result<Duration> {
        self.server.cpu()
    }

    /// Puts numbered points into the set `key`.
    ///
    /// # Errors
    /// When it refuses.
    pub async fn add(&mut self, key: &str, points: &[LatLng]) -> Result<()> {
        for (chunk, points) in points.chunks(AT_ONCE).enumerate() {
            let mut words = vec!["GEOADD".to_owned(), key.to_owned()];
            for (number, point) in points.iter().enumerate() {
                words.extend([point.longitude().to_string(), point.latitude().to_string(), (chunk * AT_ONCE + number).to_string()]);
            }
            let added = self.call(&words).await?;
            ensure!(added == points.len(), "Redis took {added} of {} points", points.len());
        }
        Ok(())
    }

    /// How many of the nearest ten within 12 km it finds.
    ///
    /// # Errors
    /// When it refuses.
    pub async fn nearest(&mut self, key: &str, place: LatLng) -> Result<usize> {
        let (longitude, latitude) = (place.longitude().to_string(), place.latitude().to_string());
        let words = ["GEOSEARCH", key, "FROMLONLAT", &longitude, &latitude, "BYRADIUS", "12", "km", "ASC", "COUNT", "10"];
        self.call(&words).await
    }

    /// Sends a command; answers the number it is answered with, or how many texts.
    async fn call(&mut self, words: &[impl AsRef<str>]) -> Result<usize> {
        let mut command = format!("*{}\r\n", words.len());
        for word in words.iter().map(AsRef::as_ref) {
            command.push_str(&format!("${}\r\n{word}\r\n", word.len()));
        }
        self.stream.write_all(command.as_bytes()).await?;
        self.buffer.clear();
        loop {
            if let Some(answer) = answer(&self.buffer)? {
                return Ok(answer);
            }
            ensure!(self.stream.read_buf(&mut self.buffer).await? > 0, "Redis closed the connection");
        }
    }
}

/// Reads a number, or a list of texts (RESP 2); `None` as long as some of it is missing.
fn answer(bytes: &[u8]) -> Result<Option<usize>> {
    let text = String::from_utf8_lossy(bytes);
    let Some((head, rest)) = text.split_once("\r\n") else { return Ok(None) };
    match head.split_at_checked(1).context("an empty answer")? {
        (":", number) => Ok(Some(number.parse()?)),
        ("*", count) => {
            let count = count.parse()?;
            Ok((rest.matches("\r\n").count() >= 2 * count).then_some(count))
        }
        _ => bail!("Redis says {head}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_are_numbers_and_lists() {
        assert_eq!(answer(b":12\r\n").unwrap(), Some(12));
        assert_eq!(answer(b"*2\r\n$1\r\n7\r\n$1\r\n").unwrap(), None);
        assert_eq!(answer(b"*2\r\n$1\r\n7\r\n$1\r\n8\r\n").unwrap(), Some(2));
        assert_eq!(answer(b"*0\r\n").unwrap(), Some(0));
        assert!(answer(b"-ERR no\r\n").is_err());
    }
}
