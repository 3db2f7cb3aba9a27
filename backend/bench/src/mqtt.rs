//! A lean MQTT 3.1.1 client (OASIS standard of 29 October 2014): what a phone says, made of bytes by hand, for brokers of
//! several makes.

use anyhow::{Context as _, Result, bail, ensure};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

const CONNACK: u8 = 2;
const PUBLISH: u8 = 3;
const PUBACK: u8 = 4;
const SUBACK: u8 = 9;

/// Who connects.
pub struct Login<'a> {
    /// The client id.
    pub client: String,
    /// The user name.
    pub user: String,
    /// The password.
    pub password: &'a str,
}

/// An open connection.
pub struct Connection {
    stream: TcpStream,
    buffer: Vec<u8>,
    used: usize,
}

/// A packet as it came.
struct Packet {
    kind: u8,
    flags: u8,
    start: usize,
    end: usize,
}

impl Packet {
    /// Is it a message of QoS 1?
    const fn is_acknowledged(&self) -> bool {
        self.flags & 0b0110 != 0
    }
}

impl Connection {
    /// Connects with a clean session.
    ///
    /// # Errors
    /// When the broker refuses.
    pub async fn open(address: &str, login: &Login<'_>) -> Result<Self> {
        let stream = TcpStream::connect(address).await.with_context(|| format!("cannot connect to {address}"))?;
        stream.set_nodelay(true)?;
        let mut connection = Self { stream, buffer: Vec::new(), used: 0 };
        // Clean session, user name and password; ten minutes of silence are allowed.
        let mut body = [text("MQTT"), vec![4, 0xC2], 600u16.to_be_bytes().to_vec()].concat();
        for field in [&login.client, &login.user, login.password] {
            body.extend(text(field));
        }
        connection.send(&packet(0x10, &body)).await?;
        let granted = connection.expect(CONNACK).await?;
        ensure!(connection.buffer.get(granted.start + 1) == Some(&0), "the broker refused the connection");
        Ok(connection)
    }

    /// Subscribes at QoS 1.
    ///
    /// # Errors
    /// When the broker refuses.
    pub async fn subscribe(&mut self, filter: &str) -> Result<()> {
        let body = [vec![0, 1], text(filter), vec![1]].concat();
        self.send(&packet(0x82, &body)).await?;
        let granted = self.expect(SUBACK).await?;
        ensure!(self.buffer.get(granted.start + 2).is_some_and(|code| *code < 0x80), "the broker refused {filter}");
        Ok(())
    }

    /// Publishes at QoS 1.
    ///
    /// # Errors
    /// When the connection is lost.
    pub async fn publish(&mut self, topic: &str, number: u16, payload: &[u8]) -> Result<()> {
        let body = [&text(topic)[..], &number.to_be_bytes(), payload].concat();
        self.send(&packet(0x32, &body)).await
    }

    /// Waits until what was published is acknowledged.
    ///
    /// # Errors
    /// When the connection is lost.
    pub async fn acknowledged(&mut self) -> Result<()> {
        self.expect(PUBACK).await.map(|_| ())
    }

    /// Waits for the next message, acknowledges it and answers what it says.
    ///
    /// # Errors
    /// When the connection is lost.
    pub async fn message(&mut self) -> Result<&[u8]> {
        let message = self.expect(PUBLISH).await?;
        let topic = self.topic_of(&message);
        let number = if message.is_acknowledged() { 2 } else { 0 };
        Ok(&self.buffer[(message.start + 2 + topic + number).min(message.end)..message.end])
    }

    fn topic_of(&self, message: &Packet) -> usize {
        usize::from(u16::from_be_bytes([self.buffer[message.start], self.buffer[message.start + 1]]))
    }

    /// A message that nobody acknowledges would keep others from coming.
    async fn acknowledge(&mut self, message: &Packet) -> Result<()> {
        ensure!(message.end >= message.start + 2, "a message without a topic");
        let number = message.start + 2 + self.topic_of(message);
        let answer = packet(0x40, self.buffer.get(number..number + 2).context("a message without a number")?);
        self.send(&answer).await
    }

    async fn send(&mut self, packet: &[u8]) -> Result<()> {
        Ok(self.stream.write_all(packet).await?)
    }

    /// The next packet of this kind; others are passed over.
    async fn expect(&mut self, kind: u8) -> Result<Packet> {
        loop {
            let next = self.next().await?;
            if next.kind == PUBLISH && next.is_acknowledged() {
                self.acknowledge(&next).await?;
            }
            if next.kind == kind {
                return Ok(next);
            }
        }
    }

    async fn next(&mut self) -> Result<Packet> {
        self.buffer.drain(..self.used);
        self.used = 0;
        loop {
            if let Some((start, end)) = extent(&self.buffer)?
                && self.buffer.len() >= end
            {
                self.used = end;
                let first = self.buffer[0];
                return Ok(Packet { kind: first >> 4, flags: first & 0x0F, start, end });
            }
            let read = self.stream.read_buf(&mut self.buffer).await?;
            ensure!(read > 0, "the broker closed the connection");
        }
    }
}

/// Where the body of the first packet begins and ends; `None` when its length is not all there.
fn extent(bytes: &[u8]) -> Result<Option<(usize, usize)>> {
    let mut length = 0;
    for (place, byte) in bytes.iter().skip(1).enumerate() {
        if place > 3 {
            bail!("a packet of no length");
        }
        length |= usize::from(byte & 0x7F) << (7 * place);
        if byte & 0x80 == 0 {
            return Ok(Some((place + 2, place + 2 + length)));
        }
    }
    Ok(None)
}

fn packet(first: u8, body: &[u8]) -> Vec<u8> {
    let mut bytes = vec![first];
    let mut left = body.len();
    loop {
        #[expect(clippy::cast_possible_truncation, reason = "seven bits fit")]
        let low = (left & 0x7F) as u8;
        left >>= 7;
        bytes.push(if left > 0 { low | 0x80 } else { low });
        if left == 0 {
            break;
        }
    }
    bytes.extend_from_slice(body);
    bytes
}

fn text(text: &str) -> Vec<u8> {
    let length = u16::try_from(text.len()).unwrap_or(u16::MAX);
    [&length.to_be_bytes()[..], &text.as_bytes()[..usize::from(length)]].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_written_and_read_in_groups_of_seven_bits() {
        for (length, first) in [(0, 2), (127, 2), (128, 3), (20_000, 4)] {
            let bytes = packet(0x30, &vec![7; length]);
            assert_eq!(extent(&bytes).unwrap(), Some((first, first + length)));
            assert_eq!(bytes.len(), first + length);
        }
        assert_eq!(extent(&[0x30]).unwrap(), None);
        assert_eq!(extent(&[0x30, 0x80]).unwrap(), None);
        assert!(extent(&[0x30, 0x80, 0x80, 0x80, 0x80, 0x01]).is_err());
    }

    #[test]
    fn texts_carry_their_length() {
        assert_eq!(text("MQTT"), b"\0\x04MQTT");
    }
}
