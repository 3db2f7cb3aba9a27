//! SQLite without a thread between: a statement runs where it is asked for and is done before the caller goes on.
//!
//! A driver that hands each statement to a thread of its own and waits for it spends more on the hand-over than on the
//! statement, which finds its pages in memory. What does wait for the disk, a COMMIT, or may take long, a report, goes to the
//! blocking threads of tokio.

mod checkpoint;
mod failure;
pub(super) mod group;
mod log;
mod rows;

use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use async_trait::async_trait;
use rusqlite::config::DbConfig;
use sea_orm::{
    Database, DatabaseConnection, DbBackend, DbErr, ExecResult, ProxyDatabaseTrait, ProxyExecResult, ProxyRow, QueryResult, Statement,
    Value, from_query_result_to_proxy_row,
};

use super::Durability;
use failure::{failed, open_failed};
use rows::Plans;

/// Statements a connection keeps prepared: there are some three hundred, and preparing one costs more than running it.
const STATEMENTS: usize = 500;
/// How long a reader waits for a file that somebody has locked as a whole, as after a crash.
const PATIENCE: Duration = Duration::from_secs(10);
/// Connections for reading: more than there are threads to read at the same moment on machines this is for.
const READERS: usize = 8;

/// One connection to a file.
pub(super) struct Connection {
    open: Mutex<Open>,
}

struct Open {
    file: rusqlite::Connection,
    /// How the values of a statement go in and out, by its text.
    plans: Plans,
    /// Changes with every commit of somebody else.
    version: Option<i64>,
}

impl Connection {
    /// Opens (and makes) a file.
    pub(super) fn open(file: &Path, durability: Durability) -> Result<Self, DbErr> {
        let open = || {
            let file = rusqlite::Connection::open(file)?;
            file.busy_timeout(PATIENCE)?;
            file.set_prepared_statement_cache_capacity(STATEMENTS);
            let synchronous = if durability == Durability::Full { "FULL" } else { "NORMAL" };
            file.execute_batch(&format!(
                "PRAGMA journal_mode = WAL; PRAGMA synchronous = {synchronous}; PRAGMA foreign_keys = ON; \
                 PRAGMA cache_size = -16000; PRAGMA mmap_size = 268435456; PRAGMA temp_store = MEMORY; \
                 PRAGMA wal_autocheckpoint = {};",
                checkpoint::TOO_LONG
            ))?;
            // Else a statement on a table with a partial index is prepared anew each time its values change.
            file.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
            Ok(file)
        };
        let file = open().map_err(open_failed)?;
        Ok(Self { open: Mutex::new(Open { file, plans: Plans::default(), version: None }) })
    }

    /// The same, for whoever waits so long for others and no longer.
    pub(super) fn with_patience(self, patience: Duration) -> Result<Self, DbErr> {
        self.opened().file.busy_timeout(patience).map_err(open_failed)?;
        Ok(self)
    }

    /// Runs a statement that answers no rows.
    pub(super) fn execute(&self, statement: &Statement) -> Result<ExecResult, DbErr> {
        let rows_affected = self.opened().execute(statement).map_err(|error| failed(error, DbErr::Exec))?;
        Ok(ProxyExecResult { last_insert_id: 0, rows_affected }.into())
    }

    /// Runs a statement and takes at most so many of its rows.
    pub(super) fn query(&self, statement: &Statement, most: usize) -> Result<Vec<QueryResult>, DbErr> {
        self.opened().query(statement, most).map_err(|error| failed(error, DbErr::Query))
    }

    /// Runs statements, separated by `;`.
    pub(super) fn run(&self, sql: &str) -> Result<ExecResult, DbErr> {
        self.opened().file.execute_batch(sql).map_err(|error| failed(error, DbErr::Exec))?;
        Ok(ProxyExecResult::default().into())
    }

    /// Runs one of the few statements about transactions.
    fn mark(&self, sql: &'static str) -> Result<(), DbErr> {
        let open = self.opened();
        let done = open.file.prepare_cached(sql).and_then(|mut statement| statement.raw_execute());
        done.map(|_| ()).map_err(|error| failed(error, DbErr::Exec))
    }

    /// Has somebody else written to the file since this was last asked?
    fn is_changed_elsewhere(&self) -> Result<bool, DbErr> {
        let mut open = self.opened();
        let asked = open.file.prepare_cached("PRAGMA data_version").and_then(|mut ask| ask.query_row((), |row| row.get(0)));
        let version = Some(asked.map_err(|error| failed(error, DbErr::Query))?);
        let before = std::mem::replace(&mut open.version, version);
        Ok(before.is_some() && before != version)
    }

    /// Is there a transaction? A disk that fails may have ended it.
    fn is_in_transaction(&self) -> bool {
        !self.opened().file.is_autocommit()
    }

    fn opened(&self) -> MutexGuard<'_, Open> {
        // Whoever panicked meanwhile left no statement half done: SQLite resets it when it is dropped.
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Open {
    fn execute(&mut self, statement: &Statement) -> rusqlite::Result<u64> {
        let mut prepared = self.file.prepare_cached(&statement.sql)?;
        let plan = rows::plan_of(&mut self.plans, &statement.sql, &prepared);
        plan.bind(&mut prepared, statement.values.as_ref())?;
        Ok(prepared.raw_execute()? as u64)
    }

    fn query(&mut self, statement: &Statement, most: usize) -> rusqlite::Result<Vec<QueryResult>> {
        let mut prepared = self.file.prepare_cached(&statement.sql)?;
        let plan = rows::plan_of(&mut self.plans, &statement.sql, &prepared);
        plan.bind(&mut prepared, statement.values.as_ref())?;
        let (mut rows, mut read) = (prepared.raw_query(), Vec::new());
        while read.len() < most
            && let Some(row) = rows.next()?
        {
            read.push(plan.read(row)?);
        }
        Ok(read)
    }
}

/// Connections for reading what is committed.
pub(super) struct Readers {
    connections: Vec<Connection>,
}

impl Readers {
    pub(super) fn open(file: &Path, durability: Durability) -> Result<Self, DbErr> {
        let connections = (0..READERS).map(|_| Connection::open(file, durability)).collect::<Result<_, _>>()?;
        Ok(Self { connections })
    }

    /// One that nobody uses just now, else whichever is free first.
    pub(super) fn free(&self) -> &Connection {
        let free = self.connections.iter().find(|connection| connection.open.try_lock().is_ok());
        free.unwrap_or(&self.connections[0])
    }
}

/// A connection that sees one moment, until it is dropped.
#[derive(Clone)]
pub(super) struct Moment(Arc<Connection>);

impl Moment {
    pub(super) async fn begin(file: &Path) -> Result<Self, DbErr> {
        let file = file.to_owned();
        apart(move || {
            let connection = Connection::open(&file, Durability::Normal)?;
            connection.mark("BEGIN")?;
            Ok(Self(Arc::new(connection)))
        })
        .await
    }

    /// Runs something that may take long where it keeps nobody waiting.
    pub(super) async fn apart<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T, DbErr> + Send + 'static,
    ) -> Result<T, DbErr> {
        let connection = Arc::clone(&self.0);
        apart(move || work(&connection)).await
    }
}

async fn apart<T: Send + 'static>(work: impl FnOnce() -> Result<T, DbErr> + Send + 'static) -> Result<T, DbErr> {
    let done = tokio::task::spawn_blocking(work).await;
    done.map_err(|error| DbErr::Custom(format!("a statement broke: {error}")))?
}

/// A connection for migrations: those ask for what sea-orm calls one.
pub(super) async fn migrating(file: &Path) -> Result<DatabaseConnection, DbErr> {
    let connection = Migrating(Connection::open(file, Durability::Full)?);
    Database::connect_proxy(DbBackend::Sqlite, Arc::new(Box::new(connection))).await
}

struct Migrating(Connection);

impl std::fmt::Debug for Migrating {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Migrating")
    }
}

#[async_trait]
impl ProxyDatabaseTrait for Migrating {
    async fn query(&self, statement: Statement) -> Result<Vec<ProxyRow>, DbErr> {
        let mut rows: Vec<_> = self.0.query(&statement, usize::MAX)?.iter().map(from_query_result_to_proxy_row).collect();
        // sea-orm declares the times of its own table `integer` and reads them as `i64`.
        for value in rows.iter_mut().flat_map(|row| row.values.values_mut()) {
            if let Value::Int(number) = value {
                *value = Value::BigInt(number.map(i64::from));
            }
        }
        Ok(rows)
    }

    async fn execute(&self, statement: Statement) -> Result<ProxyExecResult, DbErr> {
        let done = if statement.values.is_none() { self.0.run(&statement.sql)? } else { self.0.execute(&statement)? };
        Ok(done.into())
    }
}
