//! One backend and its many lives: always at the same address, on the same data.

use std::net::SocketAddr;
use std::os::unix::process::ExitStatusExt as _;
use std::path::Path;
use std::process::Stdio;
use std::sync::Arc;
use std::time::Duration;

use rapi_backend::platform::SystemClock;
use serde_json::Value;
use tempfile::TempDir;
use tokio::io::{AsyncBufReadExt as _, BufReader};
use tokio::process::{Child, Command};

use super::wire::Wire;
use crate::client::{Client, PASSWORD, some_number};
use crate::harness::{Engine, House, fresh_database};
use crate::process::Place;

/// How a life ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// At its fail point.
    FailPoint,
    /// By `kill -9`.
    Killed,
}

/// A backend that dies and comes back.
pub struct Lives {
    pub place: Place,
    pub house: House,
    pub mqtt: SocketAddr,
    pub keeper: Option<TempDir>,
    http_wire: Wire,
    mqtt_wire: Wire,
}

/// One of its lives. Dropping it kills it.
pub struct Life {
    child: Child,
}

impl Lives {
    /// On data of its own.
    pub async fn new(engine: Engine, settings: &[(&str, &str)]) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let database = if engine == Engine::Postgres { Some(fresh_database().await) } else { None };
        let place = Place::new(dir.path(), database.as_deref(), settings);
        let mut lives = Self::at(place).await;
        lives.keeper = Some(dir);
        lives
    }

    pub async fn at(place: Place) -> Self {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let (http_wire, mqtt_wire) = (Wire::open().await, Wire::open().await);
        let url = format!("http://{}", http_wire.address);
        let house = House { url, outbox: place.data_dir.join("outbox"), time: Arc::new(SystemClock) };
        Self { mqtt: mqtt_wire.address, house, place, keeper: None, http_wire, mqtt_wire }
    }

    /// Comes to life, to die where `fail_points` say; `None` when that is before it serves.
    pub async fn begin(&self, fail_points: Option<&str>) -> Option<Life> {
        let words = ["serve", "--http", "127.0.0.1:0", "--mqtt", "127.0.0.1:0", "--mqtt-ws", "127.0.0.1:0"];
        let mut command = Command::from(self.place.command(&words));
        if let Some(fail_points) = fail_points {
            command.env("RAPI_FAIL_POINTS", fail_points);
        }
        let log = std::fs::File::options().create(true).append(true).open(self.log()).unwrap();
        let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(log).kill_on_drop(true).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).await.unwrap();
        let Ok(ready) = serde_json::from_str::<Value>(&line) else {
            let status = child.wait().await.unwrap();
            assert!(fail_points.is_some() && status.signal() == Some(SIGABRT), "it did not start: {status}\n{}", self.last_words());
            return None;
        };
        let http = ready["http"].as_str().unwrap().trim_start_matches("http://").parse().unwrap();
        self.http_wire.lead(Some(http));
        self.mqtt_wire.lead(Some(ready["mqtt"].as_str().unwrap().parse().unwrap()));
        Some(Life { child })
    }

    /// Nobody is there any more: what took its ports is somebody else.
    pub fn hang_up(&self) {
        self.http_wire.lead(None);
        self.mqtt_wire.lead(None);
    }

    /// Beside the data, which may lie on a disk that is full.
    fn log(&self) -> std::path::PathBuf {
        let name = self.place.data_dir.to_string_lossy().replace('/', "_");
        std::env::temp_dir().join(format!("{name}-{}.stderr", self.http_wire.address.port()))
    }

    /// The end of what it wrote to stderr.
    pub fn last_words(&self) -> String {
        let said = std::fs::read_to_string(self.log()).unwrap_or_default();
        let lines: Vec<_> = said.lines().filter(|line| !line.contains("answered")).collect();
        lines[lines.len().saturating_sub(40)..].join("\n")
    }

    /// A signed-in admin.
    pub async fn admin(&self) -> Client {
        let (place, email) = (self.place.clone(), format!("admin{}@rapi.test", some_number()));
        let words = email.clone();
        let made = move || place.run(&["admin", "create", "--email", &words, "--password-stdin"], PASSWORD);
        tokio::task::spawn_blocking(made).await.unwrap();
        let mut admin = self.house.stranger();
        admin.sign_in(&email, PASSWORD).await;
        admin
    }

    pub fn data_dir(&self) -> &Path {
        &self.place.data_dir
    }
}

impl Drop for Lives {
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("{}", self.last_words());
        }
        let _ = std::fs::remove_file(self.log());
    }
}

const SIGABRT: i32 = 6;

impl Life {
    /// Waits for its death at its fail point, at most so long; then it is killed.
    pub async fn end_within(mut self, time: Duration) -> End {
        match tokio::time::timeout(time, self.child.wait()).await {
            Ok(status) => {
                let status = status.unwrap();
                assert_eq!(status.signal(), Some(SIGABRT), "a death nobody asked for: {status}");
                End::FailPoint
            }
            Err(_) => {
                self.kill().await;
                End::Killed
            }
        }
    }

    /// Did it die at its fail point within this time? It lives on if not.
    pub async fn dies_within(&mut self, time: Duration) -> bool {
        let Ok(status) = tokio::time::timeout(time, self.child.wait()).await else { return false };
        assert_eq!(status.unwrap().signal(), Some(SIGABRT), "a death nobody asked for");
        true
    }

    /// `kill -9`; gone when this returns.
    pub async fn kill(mut self) {
        self.child.kill().await.unwrap();
    }
}
