//! The processes a race is run over.

use std::sync::atomic::{AtomicUsize, Ordering};

use tempfile::TempDir;

use crate::client::Client;
use crate::harness::{Engine, fresh_database};
use crate::process::{Place, Process};

/// One process on SQLite, or two on one PostgreSQL database.
pub struct Houses {
    pub place: Place,
    processes: Vec<Process>,
    next: AtomicUsize,
    _dir: TempDir,
}

/// Offers reach 32 people at once, and tokens last as long as the longest race. A slow machine is no failure: only what waits for
/// very long is given up.
const SETTINGS: [(&str, &str); 3] =
    [("RAPI_DISPATCH__WAVE_SIZE", "32"), ("RAPI_AUTH__ACCESS_TOKEN_SECONDS", "86400"), ("RAPI_LIMITS__REQUEST_SECONDS", "120")];

/// Runs `test` over one process on SQLite, and over two on PostgreSQL when there is a server.
pub async fn on_both(test: impl AsyncFn(Houses)) {
    crate::harness::on_both(async |engine| test(Houses::open(engine).await).await).await;
}

/// Runs `test` over two processes, when there is a PostgreSQL server.
pub async fn on_two(test: impl AsyncFn(Houses)) {
    crate::harness::on_both(async |engine| {
        if engine == Engine::Postgres {
            test(Houses::open(engine).await).await;
        }
    })
    .await;
}

impl Houses {
    /// Two processes start at the same time, on a database without a table and a folder without a key.
    async fn open(engine: Engine) -> Self {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let dir = tempfile::tempdir().unwrap();
        let database = if engine == Engine::Postgres { Some(fresh_database().await) } else { None };
        let place = Place::new(dir.path(), database.as_deref(), &SETTINGS);
        let processes = match engine {
            Engine::Sqlite => vec![Process::start(&place).await],
            Engine::Postgres => {
                let both = tokio::join!(Process::start(&place), Process::start(&place));
                vec![both.0, both.1]
            }
        };
        Self { place, processes, next: AtomicUsize::new(0), _dir: dir }
    }

    /// One of the processes, each in turn.
    pub fn any(&self) -> &Process {
        self.process(self.next.fetch_add(1, Ordering::Relaxed))
    }

    /// Process `number`, or the only one.
    pub fn process(&self, number: usize) -> &Process {
        &self.processes[number % self.processes.len()]
    }

    /// The same person, calling process `number`.
    pub fn at(&self, number: usize, person: &Client) -> Client {
        Client { url: self.process(number).url.clone(), ..person.clone() }
    }

    pub fn count(&self) -> usize {
        self.processes.len()
    }

    /// Kills the first process.
    pub fn without_the_first(mut self) -> Self {
        self.processes.remove(0).kill();
        self
    }

    /// Nobody met an error, the books balance, and every process stops in good order.
    pub async fn end(self) {
        self.place.check_ledger();
        for process in self.processes {
            let errors: Vec<_> = process.stderr().lines().filter(|line| line.contains("ERROR")).map(str::to_owned).collect();
            assert_eq!(errors, Vec::<String>::new());
            assert!(process.terminate().await.success());
        }
    }
}
