//! The database: SQLite embedded, PostgreSQL at scale, one source for both.
//!
//! [`Db::write`] alone opens write transactions: `BEGIN IMMEDIATE` on SQLite, where one connection takes the writers in turn
//! and those that wait share a commit ([`group`]); READ COMMITTED on PostgreSQL, with guarded updates, constraints and row
//! locks in id order.

mod changes;
mod reading;
mod sqlite;

use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use async_trait::async_trait;
use sea_orm::sqlx::error::ErrorKind;
use sea_orm::{
    ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DatabaseTransaction, DbBackend, DbErr, ExecResult, IsolationLevel,
    QueryResult, RuntimeErr, Statement, TransactionOptions, TransactionTrait,
};
use sea_orm_migration::MigratorTrait;
use tokio::sync::Notify;

use changes::Touched;
pub use changes::{ANY_ROW, Changes, Stamp};
pub use reading::{Moment, Reader};
use sqlite::group::{Group, Hook, Unit};

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
    engine: Arc<Engine>,
    reader: Reader,
    wakers: Arc<Wakers>,
    changes: Arc<Changes>,
}

enum Engine {
    Sqlite { file: Box<Path>, group: Group },
    Postgres(DatabaseConnection),
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
        let group = Group::new(sqlite::Connection::open(file, durability)?);
        let reader = Reader::Sqlite(Arc::new(sqlite::Readers::open(file, durability)?));
        Ok(Self::new(Engine::Sqlite { file: file.into(), group }, reader))
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
        Ok(Self::new(Engine::Postgres(pool.clone()), Reader::Postgres(pool)))
    }

    fn new(engine: Engine, reader: Reader) -> Self {
        let changes = Arc::new(Changes::new(matches!(engine, Engine::Sqlite { .. })));
        Self { engine: Arc::new(engine), reader, wakers: Arc::default(), changes }
    }

    /// Brings the schema up to date.
    ///
    /// # Errors
    /// When a migration fails.
    pub async fn migrate<M: MigratorTrait>(&self) -> Result<(), DbErr> {
        match &*self.engine {
            Engine::Postgres(pool) => M::up(pool, None).await,
            Engine::Sqlite { file, .. } => M::up(&sqlite::migrating(file).await?, None).await,
        }
    }

    /// Runs statements, separated by `;`, in a transaction of their own.
    ///
    /// # Errors
    /// When one fails: then none of them happened.
    pub async fn run(&self, sql: &str) -> Result<(), DbErr> {
        let tx = self.write().await?;
        tx.execute_unprepared(sql).await?;
        tx.commit().await
    }

    /// Begins a write transaction; dropped without [`Tx::commit`] it never happened.
    ///
    /// # Errors
    /// When the database cannot be reached or stays busy.
    pub async fn write(&self) -> Result<Tx, DbErr> {
        let inner = match &*self.engine {
            Engine::Sqlite { group, .. } => Inner::Grouped(group.begin().await?),
            // READ COMMITTED is what PostgreSQL begins with.
            Engine::Postgres(pool) => Inner::Alone(pool.begin().await?),
        };
        let (wakers, changes) = (Arc::clone(&self.wakers), Arc::clone(&self.changes));
        Ok(Tx { inner, wakers, changes, wakes: Wakes::default(), hooks: Mutex::default(), touched: Mutex::default() })
    }

    /// Begins a reading transaction: however many queries it takes and however long, they see one moment and keep nobody waiting.
    ///
    /// # Errors
    /// When the database cannot be reached.
    pub async fn snapshot(&self) -> Result<Moment, DbErr> {
        match &*self.engine {
            Engine::Sqlite { file, .. } => Ok(Moment::Sqlite(sqlite::Moment::begin(file).await?)),
            Engine::Postgres(pool) => {
                let options = TransactionOptions { isolation_level: Some(IsolationLevel::RepeatableRead), ..Default::default() };
                Ok(Moment::Postgres(pool.begin_with_options(options).await?))
            }
        }
    }

    /// For reading what has been committed: rows by their ids, pages of lists. What reads more takes [`Db::snapshot`].
    #[must_use]
    pub fn read(&self) -> &Reader {
        &self.reader
    }

    /// The connections to PostgreSQL, if that is what it is: for what only that can do.
    #[must_use]
    pub fn postgres(&self) -> Option<&DatabaseConnection> {
        match &*self.engine {
            Engine::Sqlite { .. } => None,
            Engine::Postgres(pool) => Some(pool),
        }
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
        self.reader.get_database_backend()
    }

    /// May other processes use it, too?
    #[must_use]
    pub fn is_shared(&self) -> bool {
        self.postgres().is_some()
    }

    /// Closes all connections.
    ///
    /// # Errors
    /// When closing fails.
    pub async fn close(self) -> Result<(), DbErr> {
        match self.postgres() {
            Some(pool) => pool.clone().close().await,
            None => Ok(()),
        }
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
    Grouped(Unit),
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

    /// A broken constraint fails a statement; anything else may have taken the whole transaction with it.
    fn watched<T>(&self, unit: &Unit, result: Result<T, DbErr>) -> Result<T, DbErr> {
        if let Err(error) = &result
            && !is_of_constraint(error)
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
        match &self.inner {
            Inner::Alone(transaction) => transaction.execute_raw(statement).await,
            Inner::Grouped(unit) => self.watched(unit, unit.statements()?.execute(&statement)),
        }
    }

    async fn execute_unprepared(&self, sql: &str) -> Result<ExecResult, DbErr> {
        self.note(changes::everything());
        match &self.inner {
            Inner::Alone(transaction) => transaction.execute_unprepared(sql).await,
            Inner::Grouped(unit) => self.watched(unit, unit.statements()?.run(sql)),
        }
    }

    async fn query_one_raw(&self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
        self.note(changes::touched(&statement));
        match &self.inner {
            Inner::Alone(transaction) => transaction.query_one_raw(statement).await,
            Inner::Grouped(unit) => Ok(self.watched(unit, unit.statements()?.query(&statement, 1))?.pop()),
        }
    }

    async fn query_all_raw(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        self.note(changes::touched(&statement));
        match &self.inner {
            Inner::Alone(transaction) => transaction.query_all_raw(statement).await,
            Inner::Grouped(unit) => self.watched(unit, unit.statements()?.query(&statement, usize::MAX)),
        }
    }
}

fn kind_of(error: &DbErr) -> Option<ErrorKind> {
    match error {
        DbErr::Exec(RuntimeErr::SqlxError(cause)) | DbErr::Query(RuntimeErr::SqlxError(cause)) => Some(cause.as_database_error()?.kind()),
        _ => None,
    }
}

/// Is there such a row already?
#[must_use]
pub fn is_taken(error: &DbErr) -> bool {
    matches!(kind_of(error), Some(ErrorKind::UniqueViolation))
}

fn is_of_constraint(error: &DbErr) -> bool {
    kind_of(error).is_some_and(|kind| !matches!(kind, ErrorKind::Other))
}

/// Did the transaction lose against another, so that running it again will succeed? (SQLSTATE 40001, 40P01; SQLITE_BUSY.)
#[must_use]
pub fn is_lost_race(error: &DbErr) -> bool {
    let text = error.to_string();
    ["could not serialize", "deadlock detected", "database is locked"].iter().any(|sign| text.contains(sign))
}
