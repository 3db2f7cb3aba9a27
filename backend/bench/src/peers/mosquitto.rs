//! Eclipse Mosquitto, a broker that does nothing but relay.

use std::fs;
use std::path::Path;
use std::time::Duration;

use anyhow::Result;
use tokio::net::TcpStream;

use super::free_port;
use crate::command;
use crate::server::Server;

/// Starts it as its makers advise for speed; returns its address.
///
/// # Errors
/// When it does not come to serve.
pub async fn mosquitto(program: &Path, folder: &Path) -> Result<(Server, String)> {
    let port = free_port()?;
    let config = folder.join("mosquitto.conf");
    let settings = [
        &format!("listener {port} 127.0.0.1"),
        "allow_anonymous true",
        "persistence false",
        "max_inflight_messages 200",
        "set_tcp_nodelay true",
        "user root",
        "log_type error",
    ];
    fs::write(&config, settings.join("\n") + "\n")?;
    let server = Server::start("mosquitto", command![program, "-c", config], folder)?;
    let address = format!("127.0.0.1:{port}");
    while TcpStream::connect(&address).await.is_err() {
        // An error when it ended.
        server.cpu()?;
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    Ok((server, address))
}
