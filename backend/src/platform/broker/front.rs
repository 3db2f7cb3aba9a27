//! The WebSocket door. The library shakes hands with one newcomer at a time and waits for each without end; so newcomers wait
//! here, each on her own and not for long, until their request is whole, and are then led to the library's door inside.

use std::io;
use std::net::SocketAddr;
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt, copy_bidirectional};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::{sleep, timeout};
use tokio_util::sync::CancellationToken;

/// A request for an upgrade is at most this long.
const MAX_HEAD_BYTES: usize = 8 * 1024;
/// It must be complete within this time.
const PATIENCE: Duration = Duration::from_secs(10);

/// Leads newcomers to `behind` until `stop`.
pub(super) async fn serve(front: TcpListener, behind: SocketAddr, stop: CancellationToken) {
    loop {
        let accepted = tokio::select! {
            () = stop.cancelled() => return,
            accepted = front.accept() => accepted,
        };
        match accepted {
            Ok((stream, _)) => {
                let stop = stop.clone();
                tokio::spawn(async move {
                    tokio::select! {
                        () = stop.cancelled() => {}
                        result = lead(stream, behind) => if let Err(error) = result {
                            tracing::debug!(%error, "a WebSocket connection ended");
                        },
                    }
                });
            }
            Err(error) => {
                tracing::warn!(%error, "cannot accept a WebSocket connection");
                // Most likely out of file descriptors: give some time to come back.
                sleep(Duration::from_millis(100)).await;
            }
        }
    }
}

async fn lead(mut stream: TcpStream, behind: SocketAddr) -> io::Result<()> {
    stream.set_nodelay(true)?;
    let head = timeout(PATIENCE, read_head(&mut stream)).await.map_err(|_| io::ErrorKind::TimedOut)??;
    let mut inside = TcpStream::connect(behind).await?;
    inside.set_nodelay(true)?;
    inside.write_all(&head).await?;
    copy_bidirectional(&mut stream, &mut inside).await.map(|_| ())
}

/// Reads up to the empty line that ends an HTTP request without a body, and whatever came with it.
async fn read_head(stream: &mut TcpStream) -> io::Result<Vec<u8>> {
    let mut head = Vec::with_capacity(1024);
    loop {
        let seen = head.len().saturating_sub(3);
        if stream.read_buf(&mut head).await? == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        if head[seen..].windows(4).any(|bytes| bytes == b"\r\n\r\n") {
            return Ok(head);
        }
        if head.len() > MAX_HEAD_BYTES {
            return Err(io::ErrorKind::InvalidData.into());
        }
    }
}
