//! The least an axum server can do: what a request costs before anybody does anything for it.

use anyhow::Result;
use axum::Router;
use axum::routing::{any, get};
use axum::serve::ListenerExt as _;
use tokio::net::TcpListener;

/// Serves until it is stopped; says where on stdout, as the backend does.
///
/// # Errors
/// When no port can be had.
#[expect(clippy::print_stdout, reason = "the one line that says where it serves")]
pub async fn serve() -> Result<()> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    println!("{}", serde_json::json!({ "ready": true, "http": format!("http://{}", listener.local_addr()?) }));
    let listener = listener.tap_io(|stream| _ = stream.set_nodelay(true));
    let router = Router::new().route("/", get(|| async { "hello" })).fallback(any(|| async { "hello" }));
    Ok(axum::serve(listener, router).await?)
}
