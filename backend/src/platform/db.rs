//! The database: SQLite embedded, PostgreSQL at scale, one source for both.
//!
//! [`Db::write`] alone opens write transactions: `BEGIN IMMEDIATE` on SQLite, where one connection takes the writers in turn;
//! READ COMMITTED on PostgreSQL, with guarded updates, constraints and row locks in id order.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use sea_orm::{
    ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DatabaseTransaction, DbBackend, DbErr, ExecResult, IsolationLevel,
    QueryResult, SqliteTransactionMode, Statement, TransactionOptions, TransactionTrait,
};
use sqlx::Connection as _;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous};
use tokio::sync::Notify;

use super::fail_points::{self, Point};

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
    wakers: Arc<Wakers>,
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
        Ok(Self { writer: connect(1).await?, reader: connect(4).await?, wakers: Arc::default() })
    }

    /// Opens a PostgreSQL database by URL.
    ///
    /// # Errors
    /// When it cannot be reached.
    pub async fn open_postgres(url: &str, connections: u32) -> Result<Self, DbErr> {
        let mut options = ConnectOptions::new(url.to_owned());
        options.max_connections(connections).min_connections(1).sqlx_logging(false).acquire_timeout(Duration::from_secs(5));
        let pool = Database::connect(options).await?;
        Ok(Self { writer: pool.clone(), reader: pool, wakers: Arc::default() })
    }

    /// Begins a write transaction; dropped without [`Tx::commit`] it never happened.
    ///
    /// # Errors
    /// When the database cannot be reached or stays busy.
    pub async fn write(&self) -> Result<Tx, DbErr> {
        let options = match self.writer.get_database_backend() {
            DbBackend::Sqlite => {
                TransactionOptions { sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate), ..Default::default() }
            }
            _ => TransactionOptions { isolation_level: Some(IsolationLevel::ReadCommitted), ..Default::default() },
        };
        let inner = self.writer.begin_with_options(options).await?;
        Ok(Tx { inner, wakers: Arc::clone(&self.wakers), wakes: Wakes::default() })
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

    /// Which engine it is; for the platform only, business code runs the same on both.
    #[must_use]
    pub fn backend(&self) -> DbBackend {
        self.writer.get_database_backend()
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
    inner: DatabaseTransaction,
    wakers: Arc<Wakers>,
    wakes: Wakes,
}

#[derive(Default)]
struct Wakes {
    events: std::sync::atomic::AtomicBool,
    jobs: std::sync::atomic::AtomicBool,
}

impl Tx {
    /// Makes it happen, then wakes whoever waits for it.
    ///
    /// # Errors
    /// When the commit fails: then nothing happened.
    pub async fn commit(self) -> Result<(), DbErr> {
        fail_points::pass(Point::CommitBefore)?;
        self.inner.commit().await?;
        fail_points::pass(Point::CommitAfter)?;
        if self.wakes.events.into_inner() {
            self.wakers.events.notify_one();
        }
        if self.wakes.jobs.into_inner() {
            self.wakers.jobs.notify_one();
        }
        Ok(())
    }

    /// Events were written: wake the relay after the commit.
    pub(super) fn wake_events(&self) {
        self.wakes.events.store(true, std::sync::atomic::Ordering::Relaxed);
    }

    /// Deadlines were set: wake the workers after the commit.
    pub(super) fn wake_jobs(&self) {
        self.wakes.jobs.store(true, std::sync::atomic::Ordering::Relaxed);
    }
}

#[async_trait]
impl ConnectionTrait for Tx {
    fn get_database_backend(&self) -> DbBackend {
        self.inner.get_database_backend()
    }

    async fn execute_raw(&self, statement: Statement) -> Result<ExecResult, DbErr> {
        self.inner.execute_raw(statement).await
    }

    async fn execute_unprepared(&self, sql: &str) -> Result<ExecResult, DbErr> {
        self.inner.execute_unprepared(sql).await
    }

    async fn query_one_raw(&self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
        self.inner.query_one_raw(statement).await
    }

    async fn query_all_raw(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        self.inner.query_all_raw(statement).await
    }
}

/// Did the transaction lose against another, so that running it again will succeed? (SQLSTATE 40001, 40P01; SQLITE_BUSY.)
#[must_use]
pub fn is_lost_race(error: &DbErr) -> bool {
    let text = error.to_string();
    ["could not serialize", "deadlock detected", "database is locked"].iter().any(|sign| text.contains(sign))
}
