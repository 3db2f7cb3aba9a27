//! The database: SQLite embedded, PostgreSQL at scale, one source for both.
//!
//! [`Db::write`] alone opens write transactions: `BEGIN IMMEDIATE` on SQLite, where one connection takes the writers in turn
//! and those that wait share a commit ([`sqlite::group`]); READ COMMITTED on PostgreSQL, with guarded updates, constraints and row
//! locks in id order.

mod changes;
mod difference;
mod insert;
mod later;
mod reading;
mod seen;
mod sqlite;
mod tx;
mod waking;

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use sea_orm::sqlx::error::ErrorKind;
use sea_orm::{
    ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DbBackend, DbErr, IsolationLevel, RuntimeErr, TransactionOptions,
    TransactionTrait,
};
use sea_orm_migration::MigratorTrait;
use uuid::Uuid;

pub use changes::{ANY_ROW, Changes, RATINGS, Stamp};
pub use difference::difference;
use insert::Texts;
pub use later::{ForAll, Gathered};
pub use reading::{Moment, Reader};
use seen::Remembered;
pub use seen::{Keep, Looks};
use sqlite::group::Group;
use tx::Inner;
pub use tx::Tx;
pub use waking::{Alarm, Message, Outgoing, Wakers};

/// Statements a connection keeps prepared: there are some three hundred, and preparing one costs more than running it.
const STATEMENTS: usize = 500;
/// A connection to PostgreSQL that was used so recently is taken to be alive.
const UNTESTED_FOR: Duration = Duration::from_secs(1);

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
    shared: Arc<Shared>,
}

/// What everybody who writes shares.
struct Shared {
    wakers: Wakers,
    changes: Changes,
    texts: Texts,
    remembered: Remembered,
}

impl Shared {
    /// Alone: nobody else writes.
    fn new(is_alone: bool) -> Arc<Self> {
        let changes = Changes::new(is_alone);
        Arc::new(Self { changes, wakers: Wakers::default(), texts: Texts::default(), remembered: Remembered::default() })
    }
}

enum Engine {
    Sqlite { file: Box<Path>, group: Group },
    Postgres(DatabaseConnection),
}

impl Db {
    /// Opens (and makes) an SQLite file.
    ///
    /// # Errors
    /// When the file cannot be opened.
    pub async fn open_sqlite(file: &Path, durability: Durability) -> Result<Self, DbErr> {
        let shared = Shared::new(true);
        let group = Group::open(file, durability, &shared)?;
        let reader = Reader::Sqlite(Arc::new(sqlite::Readers::open(file, durability)?));
        Ok(Self { engine: Arc::new(Engine::Sqlite { file: file.into(), group }), reader, shared })
    }

    /// Opens a PostgreSQL database by URL.
    ///
    /// # Errors
    /// When it cannot be reached.
    pub async fn open_postgres(url: &str, connections: u32) -> Result<Self, DbErr> {
        let mut options = ConnectOptions::new(url.to_owned());
        options.max_connections(connections).min_connections(1).sqlx_logging(false).acquire_timeout(Duration::from_secs(5));
        // Whoever asks often need not ask first whether anybody is there: that is one more way there and back for every statement.
        options.test_before_acquire_if_idle_for(UNTESTED_FOR);
        options.map_sqlx_postgres_opts(|options| options.statement_cache_capacity(STATEMENTS));
        let pool = Database::connect(options).await?;
        Ok(Self { engine: Arc::new(Engine::Postgres(pool.clone())), reader: Reader::Postgres(pool), shared: Shared::new(false) })
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
        Ok(Tx::new(inner, Arc::clone(&self.shared)))
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
        &self.shared.wakers
    }

    /// What has been written when.
    #[must_use]
    pub fn changes(&self) -> &Changes {
        &self.shared.changes
    }

    /// What is remembered of `of` and still so: see [`Tx::keep`]. Nothing, where others write, too.
    #[must_use]
    pub fn known<K: Keep>(&self, of: Uuid) -> Option<K> {
        self.shared.remembered.get(of, |stamp| self.shared.changes.is_fresh(stamp))
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

/// How SQLite would go about a query, for tests of which index it asks.
#[cfg(test)]
pub async fn steps_of(db: &Db, query: &impl sea_orm::QueryTrait) -> Vec<String> {
    let mut explained = query.build(DbBackend::Sqlite);
    explained.sql.insert_str(0, "EXPLAIN QUERY PLAN ");
    let steps = db.read().query_all_raw(explained).await.unwrap();
    steps.iter().map(|step| step.try_get("", "detail").unwrap()).collect()
}
