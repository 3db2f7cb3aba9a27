//! A line between two parties, at an address that stays: it can be cut, and led to somebody else.

use std::net::SocketAddr;

use tokio::io::copy_bidirectional;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;

pub struct Wire {
    pub address: SocketAddr,
    to: watch::Sender<Option<SocketAddr>>,
}

impl Wire {
    /// A line that leads nowhere yet.
    pub async fn open() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (to, seen) = watch::channel(None);
        tokio::spawn(async move {
            loop {
                tokio::select! {
                    // The test is over.
                    () = until_dropped(seen.clone()) => return,
                    accepted = listener.accept() => if let Ok((stream, _)) = accepted {
                        tokio::spawn(join(stream, seen.clone()));
                    },
                }
            }
        });
        Self { address, to }
    }

    /// Ends the connections there are and leads new ones to `to`; without it they are closed at once.
    pub fn lead(&self, to: Option<SocketAddr>) {
        self.to.send_replace(to);
    }
}

async fn until_dropped(mut seen: watch::Receiver<Option<SocketAddr>>) {
    while seen.changed().await.is_ok() {}
}

async fn join(mut stream: TcpStream, mut seen: watch::Receiver<Option<SocketAddr>>) {
    let Some(to) = *seen.borrow_and_update() else { return };
    let Ok(mut other) = TcpStream::connect(to).await else { return };
    let _ = (stream.set_nodelay(true), other.set_nodelay(true));
    tokio::select! {
        _ = copy_bidirectional(&mut stream, &mut other) => {}
        _ = seen.changed() => {}
    }
}
