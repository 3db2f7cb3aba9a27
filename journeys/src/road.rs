//! The road between apps and backend, on which traffic can be held up.

use std::io::{self, BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread;

use anyhow::Result;

/// How requests fare.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Traffic {
    /// They come through.
    Flows,
    /// They stand still, and fare as those do that come after them.
    Waits,
    /// They are answered with an error of the backend.
    Breaks,
}

/// What a backend says that is broken.
const BROKEN: &str = r#"{"type":"about:blank","title":"Internal Server Error","status":500,"detail":"","code":"internal_error"}"#;

/// A road; it is there until the process ends.
#[derive(Debug, Clone)]
pub(crate) struct Road {
    address: String,
    traffic: Arc<(Mutex<Traffic>, Condvar)>,
}

impl Road {
    /// Begins at an address of its own and leads to the backend at `http://host:port`; traffic flows.
    pub(crate) fn to(backend: &str) -> Result<Self> {
        let gate = TcpListener::bind("127.0.0.1:0")?;
        let road =
            Self { address: format!("http://{}", gate.local_addr()?), traffic: Arc::new((Mutex::new(Traffic::Flows), Condvar::new())) };
        let (backend, here) = (backend.trim_start_matches("http://").to_owned(), road.clone());
        thread::spawn(move || {
            for car in gate.incoming().flatten() {
                let (backend, road) = (backend.clone(), here.clone());
                // Whoever gave up waiting has hung up: nobody is there to be told.
                thread::spawn(move || drop(road.carry(car, &backend)));
            }
        });
        Ok(road)
    }

    /// Where it begins.
    pub(crate) fn address(&self) -> &str {
        &self.address
    }

    /// From now on requests fare like this.
    pub(crate) fn set(&self, traffic: Traffic) {
        *self.traffic.0.lock().unwrap_or_else(PoisonError::into_inner) = traffic;
        self.traffic.1.notify_all();
    }

    /// How requests fare, once that is decided.
    fn decided(&self) -> Traffic {
        let now = self.traffic.0.lock().unwrap_or_else(PoisonError::into_inner);
        *self.traffic.1.wait_while(now, |traffic| *traffic == Traffic::Waits).unwrap_or_else(PoisonError::into_inner)
    }

    /// Carries one request and its answer; a connection is used for one alone.
    fn carry(&self, app: TcpStream, backend: &str) -> io::Result<()> {
        let mut reader = BufReader::new(app.try_clone()?);
        let (mut head, mut length) = (String::new(), 0);
        loop {
            let mut line = String::new();
            if reader.read_line(&mut line)? == 0 || line == "\r\n" {
                break;
            }
            match line.split_once(':').map(|(name, value)| (name.to_ascii_lowercase(), value.trim())) {
                Some((name, _)) if name == "connection" => continue,
                Some((name, value)) if name == "content-length" => length = value.parse().unwrap_or(0),
                _ => {}
            }
            head.push_str(&line);
        }
        let mut body = vec![0; length];
        reader.read_exact(&mut body)?;
        let mut app = app;
        if self.decided() == Traffic::Breaks {
            let kind = "application/problem+json";
            return write!(
                app,
                "HTTP/1.1 500 Internal Server Error\r\nContent-Type: {kind}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{BROKEN}",
                BROKEN.len()
            );
        }
        let mut way = TcpStream::connect(backend)?;
        way.write_all(format!("{head}Connection: close\r\n\r\n").as_bytes())?;
        way.write_all(&body)?;
        io::copy(&mut way, &mut app).map(|_| ())
    }
}
