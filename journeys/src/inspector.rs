//! WebKit's remote inspector: evaluates expressions in a page and takes pictures of it.
//!
//! The protocol is that of WebKitGTK 2.x with `WEBKIT_INSPECTOR_HTTP_SERVER`: a list of pages over HTTP, a WebSocket for each,
//! and messages to the page wrapped in `Target.sendMessageToTarget`.

use std::net::TcpStream;
use std::time::Duration;

use anyhow::{Context as _, Result, bail};
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use serde_json::{Value, json};
use tungstenite::{Message, WebSocket};

/// Longest wait for an answer of the page.
const ANSWER: Duration = Duration::from_secs(30);

/// A line to a page.
pub struct Inspector {
    socket: WebSocket<TcpStream>,
    target: String,
    calls: u64,
}

impl Inspector {
    /// Connects to the only page that is served at `127.0.0.1:port`; an error while there is none yet.
    pub fn connect(port: u16) -> Result<Self> {
        let pages = ureq::get(format!("http://127.0.0.1:{port}/")).call()?.body_mut().read_to_string()?;
        let path = pages.split(['"', '\'']).find_map(|part| part.find("/socket/").map(|at| &part[at..])).context("no page yet")?;
        let stream = TcpStream::connect(("127.0.0.1", port))?;
        stream.set_read_timeout(Some(ANSWER))?;
        let (mut socket, _) =
            tungstenite::client(format!("ws://127.0.0.1:{port}{path}"), stream).map_err(|error| anyhow::anyhow!("{error}"))?;
        let first: Value = serde_json::from_str(socket.read()?.to_text()?)?;
        let target = first["params"]["targetInfo"]["targetId"].as_str().context("the page has no target")?.to_owned();
        Ok(Self { socket, target, calls: 0 })
    }

    /// What `expression` is in the page.
    pub fn evaluate(&mut self, expression: &str) -> Result<Value> {
        let answer = self.call("Runtime.evaluate", &json!({ "expression": expression, "returnByValue": true }))?;
        if answer["wasThrown"] == true {
            bail!("{}", answer["result"]["description"]);
        }
        Ok(answer["result"]["value"].clone())
    }

    /// The page as PNG.
    pub fn picture(&mut self) -> Result<Vec<u8>> {
        let size = self.evaluate("[innerWidth, innerHeight]")?;
        let area = json!({ "x": 0, "y": 0, "width": size[0], "height": size[1], "coordinateSystem": "Viewport" });
        let answer = self.call("Page.snapshotRect", &area)?;
        let data = answer["dataURL"].as_str().and_then(|url| url.split_once(',')).context("no picture came")?.1;
        Ok(BASE64_STANDARD.decode(data)?)
    }

    fn call(&mut self, method: &str, params: &Value) -> Result<Value> {
        self.calls += 1;
        let id = self.calls;
        let message = json!({ "id": id, "method": method, "params": params }).to_string();
        let wrapped =
            json!({ "id": id, "method": "Target.sendMessageToTarget", "params": { "targetId": self.target, "message": message } });
        self.socket.send(Message::text(wrapped.to_string()))?;
        loop {
            let frame: Value = serde_json::from_str(self.socket.read()?.to_text()?)?;
            if frame["method"] != "Target.dispatchMessageFromTarget" {
                continue;
            }
            let inner: Value = serde_json::from_str(frame["params"]["message"].as_str().unwrap_or_default())?;
            if inner["id"] == id {
                return if inner["error"].is_null() { Ok(inner["result"].clone()) } else { bail!("{method}: {}", inner["error"]) };
            }
        }
    }
}
