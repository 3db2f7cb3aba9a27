//! The database: SQLite embedded, PostgreSQL at scale, one source for both.
//!
//! [`Db::write`] alone opens write transactions: `BEGIN IMMEDIATE` on SQLite, where one connection takes the writers in turn
//! and those that wait share a commit ([`group`]); READ COMMITTED on PostgreSQL, with guarded updates, constraints and row
//! locks in id order.

mod changes;
mod group;

use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use async_trait::async_trait;
use sea_orm::{
    ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DatabaseTransaction, DbBackend, DbErr, ExecResult, IsolationLevel,
    QueryResult, SqlErr, Statement, TransactionOptions, TransactionTrait,
};
use sqlx::Connection as _;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous};
use tokio::sync::Notify;

use changes::Touched;
pub use changes::{ANY_ROW, Changes, Stamp};
use group::{Group, Hook};

use super::fail_points::{self, Point};

/// Statements a connection keeps prepared: there are some three hundred, and preparing one costs more than running it.
const STATEMENTS: usize = 500;

/// How hard SQLite makes a commit stick.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Durability {
    /// Every commit is on the disk: money, orders.
    Full,
    /// The last commits may go with the power: positions.
    Normal,
}

/// A database, with one way in for writers and many for readers.
#[derive(Clone)]
pub struct Db {
    writer: DatabaseConnection,
    reader: DatabaseConnection,
    group: Option<Arc<Group>>,
    wakers: Arc<Wakers>,
    changes: Arc<Changes>,
}

/// Who wants to know of a commit.
#[derive(Default)]
pub struct Wakers {
    /// Events wait to be sent.
    pub events: Notify,
    /// Deadlines were set.
    pub jobs: Notify,
}

impl Db {
    /// Opens (and makes) an SQLite file.
    ///
    /// # Errors
    /// When the file cannot be opened.
    pub async fn open_sqlite(file: &Path, durability: Durability) -> Result<Self, DbErr> {
        let url = format!("sqlite://{}?mode=rwc", file.display());
        let pragmas = move |options: SqliteConnectOptions| {
            options
                .journal_mode(SqliteJournalMode::Wal)
                .synchronous(if durability == Durability::Full { SqliteSynchronous::Full } else { SqliteSynchronous::Normal })
                .busy_timeout(Duration::from_secs(10))
                .foreign_keys(true)
                .statement_cache_capacity(STATEMENTS)
                .pragma("cache_size", "-16000")
                .pragma("mmap_size", "268435456")
        };
        let connect = async |connections: u32| {
            let mut options = ConnectOptions::new(url.clone());
            options.max_connections(connections).min_connections(1).sqlx_logging(false).map_sqlx_sqlite_opts(pragmas);
            options.acquire_timeout(Duration::from_secs(30));
            // When a commit fails, as on a full disk, SQLite ends the transaction and the driver still counts it: on that connection
            // whatever is committed from then on lies in a savepoint of a transaction that nobody ever commits.
            options.map_sqlx_sqlite_before_acquire(|connection, _| {
                let is_clean = !connection.is_in_transaction();
                Box::pin(async move { Ok(is_clean) })
            });
            Database::connect(options).await
        };
        let writer = connect(1).await?;
        let group = Some(Arc::new(Group::new(writer.clone())));
        Ok(Self { writer, reader: connect(4).await?, group, wakers: Arc::default(), changes: Arc::new(Changes::new(true)) })
    }

    /// Opens a PostgreSQL database by URL.
    ///
    /// # Errors
    /// When it cannot be reached.
    pub async fn open_postgres(url: &str, connections: u32) -> Result<Self, DbErr> {
        let mut options = ConnectOptions::new(url.to_owned());
        options.max_connections(connections).min_connections(1).sqlx_logging(false).acquire_timeout(Duration::from_secs(5));
        options.map_sqlx_postgres_opts(|options| options.statement_cache_capacity(STATEMENTS));
        let pool = Database::connect(options).await?;
        Ok(Self { writer: pool.clone(), reader: pool, group: None, wakers: Arc::default(), changes: Arc::new(Changes::new(false)) })
    }

    /// Begins a write transaction; dropped without [`Tx::commit`] it never happened.
    ///
    /// # Errors
    /// When the database cannot be reached or stays busy.
    pub async fn write(&self) -> Result<Tx, DbErr> {
        let inner = match &self.group {
            Some(group) => Inner::Grouped(group.begin().await?),
            None => {
                // READ COMMITTED is what PostgreSQL begins with.
                Inner::Alone(self.writer.begin().await?)
            }
        };
        let (wakers, changes) = (Arc::clone(&self.wakers), Arc::clone(&self.changes));
        Ok(Tx { inner, wakers, changes, wakes: Wakes::default(), hooks: Mutex::default(), touched: Mutex::default() })
    }

    /// Begins a reading transaction: however many queries it takes, they see one moment.
    ///
    /// # Errors
    /// When the database cannot be reached.
    pub async fn snapshot(&self) -> Result<DatabaseTransaction, DbErr> {
        let options = match self.reader.get_database_backend() {
            DbBackend::Sqlite => TransactionOptions::default(),
            _ => TransactionOptions { isolation_level: Some(IsolationLevel::RepeatableRead), ..Default::default() },
        };
        self.reader.begin_with_options(options).await
    }

    /// For reading what has been committed.
    #[must_use]
    pub fn read(&self) -> &DatabaseConnection {
        &self.reader
    }

    /// The connection migrations run on.
    #[must_use]
    pub fn writer(&self) -> &DatabaseConnection {
        &self.writer
    }

    /// Who is woken after commits.
    #[must_use]
    pub fn wakers(&self) -> &Wakers {
        &self.wakers
    }

    /// What has been written when.
    #[must_use]
    pub fn changes(&self) -> &Changes {
        &self.changes
    }

    /// Which engine it is; for the platform only, business code runs the same on both.
    #[must_use]
    pub fn backend(&self) -> DbBackend {
        self.writer.get_database_backend()
    }

    /// May other processes use it, too?
    #[must_use]
    pub fn is_shared(&self) -> bool {
        self.backend() != DbBackend::Sqlite
    }

    /// Closes all connections.
    ///
    /// # Errors
    /// When closing fails.
    pub async fn close(self) -> Result<(), DbErr> {
        let (writer, reader) = (self.writer.close().await, self.reader.close().await);
        writer.and(reader)
    }
}

/// An open write transaction: one unit of work. Services take it by reference and leave the commit to whoever opened it.
pub struct Tx {
    inner: Inner,
    wakers: Arc<Wakers>,
    changes: Arc<Changes>,
    wakes: Wakes,
    hooks: Mutex<Vec<Hook>>,
    touched: Mutex<Touched>,
}

enum Inner {
    /// PostgreSQL: a transaction of its own.
    Alone(DatabaseTransaction),
    /// SQLite: a part of the group's.
    Grouped(group::Unit),
}

#[derive(Default)]
struct Wakes {
    events: AtomicBool,
    jobs: AtomicBool,
}

impl Tx {
    /// Makes it happen, does what was asked for with [`Tx::after_commit`], then wakes whoever waits for it.
    ///
    /// # Errors
    /// When the commit fails: then nothing happened.
    pub async fn commit(mut self) -> Result<(), DbErr> {
        let mut hooks = std::mem::take(self.hooks.get_mut().unwrap_or_else(PoisonError::into_inner));
        let touched = std::mem::take(self.touched.get_mut().unwrap_or_else(PoisonError::into_inner));
        let changes = Arc::clone(&self.changes);
        // First of all: what is done after the commit may read.
        hooks.insert(0, Box::new(move || changes.commit(&touched)));
        match self.inner {
            Inner::Alone(transaction) => {
                fail_points::pass(Point::CommitBefore)?;
                transaction.commit().await?;
                fail_points::pass(Point::CommitAfter)?;
                hooks.into_iter().for_each(|hook| hook());
            }
            Inner::Grouped(unit) => {
                // Of its own, so that a caller who goes away does not leave a group without anybody to commit it.
                let done = tokio::spawn(unit.commit(hooks));
                done.await.map_err(|error| DbErr::Custom(format!("a commit broke: {error}")))??;
            }
        }
        if self.wakes.events.into_inner() {
            self.wakers.events.notify_one();
        }
        if self.wakes.jobs.into_inner() {
            self.wakers.jobs.notify_one();
        }
        Ok(())
    }

    /// Does something in memory once this is committed, in the order of the commits on SQLite; never, if it fails.
    pub fn after_commit(&self, hook: impl FnOnce() + Send + Sync + 'static) {
        self.hooks.lock().unwrap_or_else(PoisonError::into_inner).push(Box::new(hook));
    }

    /// Events were written: wake the relay after the commit.
    pub(super) fn wake_events(&self) {
        self.wakes.events.store(true, Ordering::Relaxed);
    }

    /// Deadlines were set: wake the workers after the commit.
    pub(super) fn wake_jobs(&self) {
        self.wakes.jobs.store(true, Ordering::Relaxed);
    }

    fn note(&self, touched: Touched) {
        self.touched.lock().unwrap_or_else(PoisonError::into_inner).extend(touched);
    }

    fn statements(&self) -> Result<&DatabaseTransaction, DbErr> {
        match &self.inner {
            Inner::Alone(transaction) => Ok(transaction),
            Inner::Grouped(unit) => unit.statements(),
        }
    }

    /// A broken constraint fails a statement; anything else may have taken the whole transaction with it.
    fn watched<T>(&self, result: Result<T, DbErr>) -> Result<T, DbErr> {
        let is_constraint = |error: &DbErr| {
            matches!(error.sql_err(), Some(SqlErr::UniqueConstraintViolation(_) | SqlErr::ForeignKeyConstraintViolation(_)))
        };
        if let (Inner::Grouped(unit), Err(error)) = (&self.inner, &result)
            && !is_constraint(error)
        {
            unit.breaks();
        }
        result
    }
}

#[async_trait]
impl ConnectionTrait for Tx {
    fn get_database_backend(&self) -> DbBackend {
        match &self.inner {
            Inner::Alone(_) => DbBackend::Postgres,
            Inner::Grouped(_) => DbBackend::Sqlite,
        }
    }

    async fn execute_raw(&self, statement: Statement) -> Result<ExecResult, DbErr> {
        self.note(changes::touched(&statement));
        self.watched(self.statements()?.execute_raw(statement).await)
    }

    async fn execute_unprepared(&self, sql: &str) -> Result<ExecResult, DbErr> {
        self.note(changes::everything());
        self.watched(self.statements()?.execute_unprepared(sql).await)
    }

    async fn query_one_raw(&self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
        self.note(changes::touched(&statement));
        self.watched(self.statements()?.query_one_raw(statement).await)
    }

    async fn query_all_raw(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        self.note(changes::touched(&statement));
        self.watched(self.statements()?.query_all_raw(statement).await)
    }
}

/// Did the transaction lose against another, so that running it again will succeed? (SQLSTATE 40001, 40P01; SQLITE_BUSY.)
#[must_use]
pub fn is_lost_race(error: &DbErr) -> bool {
    let text = error.to_string();
    ["could not serialize", "deadlock detected", "database is locked"].iter().any(|sign| text.contains(sign))
}
