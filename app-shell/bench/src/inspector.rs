//! A look into a page through WebKit's remote inspector, with two of its commands.

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

use anyhow::{Context as _, Result};
use serde_json::{Value, json};
use tungstenite::{Message, WebSocket};

/// An answer that takes longer is none.
const LIMIT: Duration = Duration::from_secs(5);

/// A page that is looked into.
pub struct Inspector {
    socket: WebSocket<TcpStream>,
    target: String,
    asked: u64,
}

impl Inspector {
    /// Finds the one page at `address`.
    ///
    /// # Errors
    /// When nobody listens there, or has no page yet.
    pub fn open(address: SocketAddr) -> Result<Self> {
        let path = socket_path(&list(address)?).context("no page yet")?.to_owned();
        let (socket, _) = tungstenite::client(format!("ws://{address}{path}"), connect(address)?)?;
        let mut inspector = Self { socket, target: String::new(), asked: 0 };
        // The first thing it says is what can be looked into.
        while inspector.target.is_empty() {
            let said = inspector.hear()?;
            inspector.target = said["params"]["targetInfo"]["targetId"].as_str().unwrap_or_default().to_owned();
        }
        Ok(inspector)
    }

    /// Is `expression` true there?
    ///
    /// # Errors
    /// When the page does not answer, as one does that is just being replaced.
    pub fn holds(&mut self, expression: &str) -> Result<bool> {
        self.asked += 1;
        let asked = self.asked;
        let inner = json!({"id": asked, "method": "Runtime.evaluate", "params": {"expression": expression, "returnByValue": true}});
        let params = json!({"targetId": self.target, "message": inner.to_string()});
        let outer = json!({"id": asked, "method": "Target.sendMessageToTarget", "params": params});
        self.socket.send(Message::text(outer.to_string()))?;
        loop {
            let said = self.hear()?;
            anyhow::ensure!(said["method"] != "Target.targetDestroyed" && said["error"].is_null(), "the page is gone");
            let answer = said["params"]["message"].as_str().and_then(|text| serde_json::from_str::<Value>(text).ok());
            if let Some(answer) = answer.filter(|answer| answer["id"] == asked) {
                return Ok(answer["result"]["result"]["value"] == true);
            }
        }
    }

    fn hear(&mut self) -> Result<Value> {
        loop {
            if let Message::Text(text) = self.socket.read()? {
                return Ok(serde_json::from_str(&text)?);
            }
        }
    }
}

fn connect(address: SocketAddr) -> Result<TcpStream> {
    let stream = TcpStream::connect(address)?;
    stream.set_read_timeout(Some(LIMIT))?;
    stream.set_nodelay(true)?;
    Ok(stream)
}

/// The page on which the inspector lists what it can look into.
fn list(address: SocketAddr) -> Result<String> {
    let mut stream = connect(address)?;
    write!(stream, "GET / HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n")?;
    let mut page = String::new();
    stream.read_to_string(&mut page)?;
    Ok(page)
}

/// The path in a list such as `…/Main.html?ws=' + window.location.host + '/socket/1/1/WebPage'…`.
fn socket_path(page: &str) -> Option<&str> {
    let path = &page[page.find("/socket/")?..];
    path.split(|letter: char| !letter.is_ascii_alphanumeric() && letter != '/').next()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_path_of_a_page_is_found_in_the_list() {
        let page = "<input onclick=\"window.open('Main.html?ws=' + window.location.host + '/socket/1/2/WebPage')\">";
        assert_eq!(socket_path(page), Some("/socket/1/2/WebPage"));
        assert_eq!(socket_path("<p>No targets found</p>"), None);
    }
}
