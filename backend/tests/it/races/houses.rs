//! The processes a race is run over.

use std::sync::atomic::{AtomicUsize, Ordering};

use tempfile::TempDir;

use crate::client::Client;
use crate::harness::{Engine, fresh_database};
use crate::process::{Place, Process};

/// One process on SQLite, or two on one PostgreSQL database.
pub struct Houses {
    pub engine: Engine,
    pub place: Place,
    processes: Vec<Process>,
    next: AtomicUsize,
    _dir: TempDir,
}

/// Runs `test` over one process on SQLite, and over two on PostgreSQL when there is a server.
pub async fn on_both(test: impl AsyncFn(Houses)) {
    crate::harness::on_both(async |engine| test(Houses::open(engine, &[]).await).await).await;
}

impl Houses {
    pub async fn open(engine: Engine, environment: &[(&str, &str)]) -> Self {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let dir = tempfile::tempdir().unwrap();
        let database = if engine == Engine::Postgres { Some(fresh_database().await) } else { None };
        let place = Place::new(dir.path(), database.as_deref(), environment);
        let mut processes = vec![Process::start(&place).await];
        if engine == Engine::Postgres {
            processes.push(Process::start(&place).await);
        }
        Self { engine, place, processes, next: AtomicUsize::new(0), _dir: dir }
    }

    /// One of the processes, each in turn.
    pub fn any(&self) -> &Process {
        &self.processes[self.next.fetch_add(1, Ordering::Relaxed) % self.processes.len()]
    }

    pub fn all(&self) -> &[Process] {
        &self.processes
    }

    /// The same person, calling process `number` (or the only one).
    pub fn at(&self, number: usize, person: &Client) -> Client {
        Client { url: self.processes[number % self.processes.len()].url.clone(), ..person.clone() }
    }

    /// Kills the first process.
    pub fn without_the_first(mut self) -> Self {
        self.processes.remove(0).kill();
        self
    }

    /// The books balance, and every process stops in good order.
    pub async fn end(self) {
        self.place.check_ledger();
        for process in self.processes {
            assert!(process.terminate().await.success());
        }
    }
}
