//! A whole backend for one test: its own data folder, its own database, its own ports, and a clock that can be turned.

use std::ops::Deref;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use rapi_backend::app::AppState;
use rapi_backend::platform::{Clock, ManualClock, SystemClock};
use rapi_backend::serve::{self, Running};
use rapi_backend::settings::Settings;
use rapi_core::Timestamp;
use sea_orm::{ConnectionTrait, Database};
use serde_json::Value;
use tempfile::TempDir;

use crate::client::Client;

/// The two databases every promise holds on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    Sqlite,
    Postgres,
}

/// What people need of a backend, wherever it runs: its address, the letters it sends, and its time.
#[derive(Clone)]
pub struct House {
    pub url: String,
    pub outbox: PathBuf,
    pub time: Arc<dyn Clock>,
}

/// A backend running inside the test.
pub struct Backend {
    pub running: Running,
    pub dir: TempDir,
    pub clock: Option<Arc<ManualClock>>,
    pub house: House,
}

impl Deref for Backend {
    type Target = House;

    fn deref(&self) -> &House {
        &self.house
    }
}

/// Runs `test` on SQLite, and on PostgreSQL when there is a server: `on_both(async |engine| { … }).await`.
pub async fn on_both(test: impl AsyncFn(Engine)) {
    test(Engine::Sqlite).await;
    if has_postgres() {
        test(Engine::Postgres).await;
    }
}

/// Is there a PostgreSQL server to test on? Where the tests must be complete it has to be there.
pub fn has_postgres() -> bool {
    let is_there = std::env::var("RAPI_TEST_POSTGRES").is_ok();
    assert!(is_there || std::env::var("CI").is_err(), "RAPI_TEST_POSTGRES is not set: run the tests by `cargo xtask test`");
    is_there
}

impl Backend {
    /// With the machine's clock.
    pub async fn start(engine: Engine) -> Self {
        Self::with(engine, |_| {}).await
    }

    /// With the machine's clock and changed settings.
    pub async fn with(engine: Engine, change: impl FnOnce(&mut Settings)) -> Self {
        Self::start_with(engine, None, change).await
    }

    /// With a clock that stands still until [`Backend::advance`].
    pub async fn with_manual_clock(engine: Engine) -> Self {
        let clock = Arc::new(ManualClock::at("2026-11-23T02:00:00Z".parse().unwrap()));
        // Hours pass in a moment: nobody signs in anew for it.
        Self::start_with(engine, Some(clock), |settings| settings.auth.access_token_seconds = 30 * 24 * 3600).await
    }

    /// With a clock and settings of the caller's choice.
    pub async fn start_with(engine: Engine, clock: Option<Arc<ManualClock>>, change: impl FnOnce(&mut Settings)) -> Self {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let dir = tempfile::tempdir().unwrap();
        let mut settings = settings(dir.path());
        if engine == Engine::Postgres {
            settings.database = Some(fresh_database().await);
        }
        change(&mut settings);
        let used: Arc<dyn Clock> = match &clock {
            Some(clock) => Arc::clone(clock) as _,
            None => Arc::new(SystemClock),
        };
        let running = serve::start(settings, Arc::clone(&used)).await.unwrap();
        let house = House { url: format!("http://{}", running.http), outbox: dir.path().join("outbox"), time: used };
        Self { running, dir, clock, house }
    }

    pub fn app(&self) -> &AppState {
        &self.running.app
    }

    /// Turns the clock on.
    pub fn advance(&self, by: Duration) {
        self.clock.as_ref().expect("a backend with a manual clock").advance(by);
    }

    pub async fn stop(self) {
        self.running.stop().await;
    }
}

impl House {
    pub fn now(&self) -> Timestamp {
        self.time.now()
    }

    /// Somebody without an account.
    pub fn stranger(&self) -> Client {
        Client::new(self.url.clone())
    }

    /// The newest message to `address`, waiting until one with a code other than `not` has come.
    pub async fn otp(&self, address: &str, not: Option<&str>) -> String {
        let is_new = |message: &Value| message["to"] == address && message["otp_code"].is_string() && message["otp_code"].as_str() != not;
        until(&format!("an OTP for {address}"), async || newest(&self.outbox, &is_new)).await["otp_code"].as_str().unwrap().to_owned()
    }
}

fn settings(dir: &Path) -> Settings {
    let free = "127.0.0.1:0".parse().unwrap();
    let mut settings =
        Settings { data_dir: dir.to_path_buf(), http: free, mqtt: free, mqtt_ws: free, database_connections: 8, ..Settings::default() };
    settings.auth.calls_burst = 1_000_000;
    settings
}

/// An empty database of its own on the test server.
pub async fn fresh_database() -> String {
    let server = std::env::var("RAPI_TEST_POSTGRES").unwrap();
    let name = format!("rapi_{}", rapi_backend::platform::vault::hex(&rapi_backend::platform::ids::random::<8>()));
    let admin = Database::connect(&server).await.unwrap();
    admin.execute_unprepared(&format!("CREATE DATABASE {name}")).await.unwrap();
    admin.close().await.unwrap();
    let (base, _) = server.rsplit_once('/').unwrap();
    format!("{base}/{name}")
}

fn newest(folder: &Path, wanted: &impl Fn(&Value) -> bool) -> Option<Value> {
    let files = std::fs::read_dir(folder).ok()?.flatten().filter(|file| file.path().extension().is_some_and(|end| end == "json"));
    let messages = files.filter_map(|file| serde_json::from_slice::<Value>(&std::fs::read(file.path()).ok()?).ok());
    messages.filter(wanted).max_by_key(|message| message["at"].as_str().unwrap_or_default().to_owned())
}

/// Asks again and again until there is an answer; fails after a generous while, saying what never came.
pub async fn until<T>(what: &str, mut ask: impl AsyncFnMut() -> Option<T>) -> T {
    let patience = async {
        let mut beat = tokio::time::interval(Duration::from_millis(10));
        loop {
            if let Some(found) = ask().await {
                return found;
            }
            beat.tick().await;
        }
    };
    tokio::time::timeout(Duration::from_secs(30), patience).await.unwrap_or_else(|_| panic!("never came: {what}"))
}
