//! A real `rapi-backend` process: one that can be killed, and of which two can stand on one database.

use std::fs::{self, File};
use std::io::{BufRead, BufReader, Write};
use std::net::SocketAddr;
use std::ops::Deref;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Output, Stdio};
use std::sync::Arc;

use rapi_backend::platform::SystemClock;
use serde_json::Value;

use crate::client::{Client, PASSWORD, some_number};
use crate::harness::House;

const BINARY: &str = env!("CARGO_BIN_EXE_rapi-backend");

/// A running `rapi-backend serve`. Dropping it kills it.
pub struct Process {
    house: House,
    pub mqtt: SocketAddr,
    place: Place,
    child: Child,
    log: PathBuf,
}

/// What a process stands on. Processes of one place share keys, files, outbox and database.
#[derive(Clone)]
pub struct Place {
    pub data_dir: PathBuf,
    /// `postgres://…`; SQLite in the data folder without.
    pub database: Option<String>,
    /// More environment: settings such as `RAPI_DISPATCH__WAVE_SIZE`, and anything else.
    pub environment: Vec<(String, String)>,
}

impl Place {
    pub fn new(data_dir: &Path, database: Option<&str>, environment: &[(&str, &str)]) -> Self {
        let environment = environment.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        Self { data_dir: data_dir.to_path_buf(), database: database.map(str::to_owned), environment }
    }

    /// `rapi-backend` with these words and this place; no setting of the test's own environment gets in.
    pub fn command(&self, words: &[&str]) -> Command {
        let mut command = Command::new(BINARY);
        for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("RAPI_")) {
            command.env_remove(name);
        }
        command.env("RAPI_LOG", "warn").env("RAPI_AUTH__CALLS_BURST", "1000000").env("RAPI_DATABASE_CONNECTIONS", "8");
        command.envs(self.environment.iter().cloned());
        command.args(words).arg("--data-dir").arg(&self.data_dir);
        if let Some(database) = &self.database {
            command.args(["--database", database]);
        }
        command
    }

    /// Runs a command to its end; what it said on stdout.
    pub fn run(&self, words: &[&str], input: &str) -> String {
        let mut command = self.command(words);
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
        let Output { status, stdout, stderr } = child.wait_with_output().unwrap();
        let said = String::from_utf8_lossy(&stdout).into_owned();
        assert!(status.success(), "{words:?}: {said}\n{}", String::from_utf8_lossy(&stderr));
        said
    }

    /// Adds the books up; fails when they do not balance.
    pub fn check_ledger(&self) -> Value {
        let books: Value = serde_json::from_str(&self.run(&["check-ledger"], "")).unwrap();
        assert_eq!((&books["is_balanced"], &books["sum"]), (&Value::Bool(true), &Value::from(0)), "{books}");
        books
    }
}

impl Process {
    /// Starts one and waits until it serves.
    pub async fn start(place: &Place) -> Self {
        let place = place.clone();
        tokio::task::spawn_blocking(move || Self::start_now(place)).await.unwrap()
    }

    fn start_now(place: Place) -> Self {
        fs::create_dir_all(&place.data_dir).unwrap();
        let log = place.data_dir.join(format!("stderr-{}.log", some_number()));
        let mut command = place.command(&["serve", "--http", "127.0.0.1:0", "--mqtt", "127.0.0.1:0", "--mqtt-ws", "127.0.0.1:0"]);
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(File::create(&log).unwrap());
        let mut child = command.spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let Ok(ready) = serde_json::from_str::<Value>(&line) else {
            let _ = child.kill();
            panic!("not ready but {line:?} ({:?}):\n{}", child.wait(), fs::read_to_string(&log).unwrap());
        };
        let word = |name: &str| ready[name].as_str().unwrap().to_owned();
        let house = House { url: word("http"), outbox: place.data_dir.join("outbox"), time: Arc::new(SystemClock) };
        Self { house, mqtt: word("mqtt").parse().unwrap(), place, child, log }
    }

    /// A signed-in admin, made by the command.
    pub async fn admin(&self) -> Client {
        let (place, email) = (self.place.clone(), format!("admin{}@rapi.test", some_number()));
        let words = email.clone();
        let made = move || place.run(&["admin", "create", "--email", &words, "--password-stdin"], PASSWORD);
        tokio::task::spawn_blocking(made).await.unwrap();
        let mut admin = self.stranger();
        admin.sign_in(&email, PASSWORD).await;
        admin
    }

    /// What it wrote to stderr.
    pub fn stderr(&self) -> String {
        fs::read_to_string(&self.log).unwrap_or_default()
    }

    /// SIGKILL; gone when this returns.
    pub fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// SIGTERM; how it ended.
    pub async fn terminate(mut self) -> ExitStatus {
        let pid = self.child.id().to_string();
        let ended = tokio::task::spawn_blocking(move || {
            assert!(Command::new("kill").args(["-TERM", &pid]).status().unwrap().success());
            self.child.wait().unwrap()
        });
        tokio::time::timeout(std::time::Duration::from_secs(30), ended).await.expect("it stops after SIGTERM").unwrap()
    }
}

impl Deref for Process {
    type Target = House;

    fn deref(&self) -> &House {
        &self.house
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
        if std::thread::panicking() {
            let said = self.stderr();
            let last = said.lines().rev().filter(|line| !line.contains("answered")).take(30).collect::<Vec<_>>();
            eprintln!("{}", last.into_iter().rev().collect::<Vec<_>>().join("\n"));
        }
    }
}
