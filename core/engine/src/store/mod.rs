//! What the engine remembers across restarts, in one SQLite file that its own thread alone touches.
//!
//! Knows rows, not rules. Tokens are never here: they are in the host's secret store.

mod schema;
#[cfg(test)]
mod tests;

use std::fs;
use std::path::Path;
use std::sync::mpsc;
use std::thread::{self, JoinHandle};
use std::time::Duration;

use rapi_core::outbox::Entry;
use rapi_core::wire::orders::OrderDetail;
use rusqlite::{Connection, OptionalExtension, params};
use serde::Serialize;
use serde::de::DeserializeOwned;
use tokio::sync::oneshot;
use uuid::Uuid;

use crate::draft::Draft;
use crate::error::EngineError;

/// The device cannot keep or give back what it has to remember.
#[derive(Debug, thiserror::Error)]
pub(crate) enum StoreError {
    #[error("database: {0}")]
    Database(#[from] rusqlite::Error),
    #[error("file: {0}")]
    File(#[from] std::io::Error),
    #[error("record: {0}")]
    Record(#[from] serde_json::Error),
    #[error("the file is of a newer version")]
    Newer,
    #[error("closed")]
    Closed,
}

impl From<StoreError> for EngineError {
    fn from(error: StoreError) -> Self {
        Self::Storage(error.to_string())
    }
}

type Job = Box<dyn FnOnce(&mut Connection) + Send>;

/// The open file.
pub(crate) struct Store {
    jobs: Option<mpsc::Sender<Job>>,
    thread: Option<JoinHandle<()>>,
}

/// An outbox entry and the name of what was asked.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct KeptEntry {
    pub(crate) what: String,
    pub(crate) entry: Entry,
}

/// Single values, each a JSON text under a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Slot {
    /// Whose data this is.
    Owner,
    /// The newest event whose consequences are all here.
    LastSeq,
    /// The location batcher's checkpoint.
    Batcher,
    /// Is the provider online?
    Available,
    /// A form that is being filled in.
    Draft(Draft),
}

impl Slot {
    const fn name(self) -> &'static str {
        match self {
            Self::Owner => "owner",
            Self::LastSeq => "last_seq",
            Self::Batcher => "batcher",
            Self::Available => "available",
            Self::Draft(Draft::Verification) => "draft/verification",
        }
    }
}

impl Store {
    /// Opens `engine.db` in `data_dir`, making both when needed; only their owner can read them.
    pub(crate) async fn open(data_dir: &Path) -> Result<Self, StoreError> {
        Self::open_patiently(data_dir, PATIENCE).await
    }

    /// The same; another engine's hold on the file is waited for so long.
    async fn open_patiently(data_dir: &Path, patience: Duration) -> Result<Self, StoreError> {
        let path = data_dir.join("engine.db");
        let (jobs, inbox) = mpsc::channel::<Job>();
        let (opened, is_open) = oneshot::channel();
        let thread = thread::Builder::new().name("engine-store".into()).spawn(move || match open_file(&path, patience) {
            Ok(mut connection) => {
                let _ = opened.send(Ok(()));
                inbox.into_iter().for_each(|job| job(&mut connection));
            }
            Err(error) => drop(opened.send(Err(error))),
        })?;
        is_open.await.map_err(|_| StoreError::Closed)??;
        Ok(Self { jobs: Some(jobs), thread: Some(thread) })
    }

    /// Finishes what was begun and closes the file.
    pub(crate) async fn close(mut self) {
        self.jobs = None;
        if let Some(thread) = self.thread.take() {
            // A panic of the thread has been reported by itself.
            let _ = tokio::task::spawn_blocking(move || thread.join()).await;
        }
    }

    async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Connection) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        let (reply, answer) = oneshot::channel();
        let job: Job = Box::new(move |connection| drop(reply.send(work(connection))));
        self.jobs.as_ref().ok_or(StoreError::Closed)?.send(job).map_err(|_| StoreError::Closed)?;
        answer.await.map_err(|_| StoreError::Closed)?
    }

    /// Keeps an entry; a known one keeps its place.
    pub(crate) async fn keep_entry(&self, what: &str, entry: &Entry) -> Result<(), StoreError> {
        let (key, what, text) = (entry.key.to_string(), what.to_owned(), serde_json::to_string(entry)?);
        self.run(move |db| {
            db.execute(
                "INSERT INTO outbox (key, what, entry) VALUES (?1, ?2, ?3) ON CONFLICT (key) DO UPDATE SET entry = excluded.entry",
                params![key, what, text],
            )?;
            Ok(())
        })
        .await
    }

    /// Forgets an entry.
    pub(crate) async fn remove_entry(&self, key: Uuid) -> Result<(), StoreError> {
        let key = key.to_string();
        self.run(move |db| Ok(db.execute("DELETE FROM outbox WHERE key = ?1", [key]).map(|_| ())?)).await
    }

    /// All entries in the order of their submission.
    pub(crate) async fn entries(&self) -> Result<Vec<KeptEntry>, StoreError> {
        self.run(|db| {
            let mut statement = db.prepare("SELECT what, entry FROM outbox ORDER BY position")?;
            let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get::<_, String>(1)?)))?;
            rows.map(|row| {
                let (what, entry) = row?;
                Ok(KeptEntry { what, entry: serde_json::from_str(&entry)? })
            })
            .collect()
        })
        .await
    }

    /// Keeps an order.
    pub(crate) async fn keep_order(&self, detail: &OrderDetail) -> Result<(), StoreError> {
        let (id, text) = (detail.order.id.to_string(), serde_json::to_string(detail)?);
        self.run(move |db| {
            db.execute("INSERT OR REPLACE INTO orders (id, detail) VALUES (?1, ?2)", params![id, text])?;
            Ok(())
        })
        .await
    }

    /// Forgets an order.
    pub(crate) async fn remove_order(&self, id: Uuid) -> Result<(), StoreError> {
        let id = id.to_string();
        self.run(move |db| Ok(db.execute("DELETE FROM orders WHERE id = ?1", [id]).map(|_| ())?)).await
    }

    /// All kept orders; one that this version cannot read is left out, for it will be asked for again.
    pub(crate) async fn orders(&self) -> Result<Vec<OrderDetail>, StoreError> {
        self.run(|db| {
            let mut statement = db.prepare("SELECT detail FROM orders ORDER BY id")?;
            let rows = statement.query_map([], |row| row.get::<_, String>(0))?.collect::<Result<Vec<_>, _>>()?;
            Ok(rows.iter().filter_map(|text| serde_json::from_str(text).ok()).collect())
        })
        .await
    }

    /// Keeps a single value.
    pub(crate) async fn put<T: Serialize + Sync>(&self, slot: Slot, value: &T) -> Result<(), StoreError> {
        let text = serde_json::to_string(value)?;
        self.run(move |db| {
            db.execute("INSERT OR REPLACE INTO slots (name, value) VALUES (?1, ?2)", params![slot.name(), text])?;
            Ok(())
        })
        .await
    }

    /// A single value, if it was kept.
    pub(crate) async fn get<T: DeserializeOwned>(&self, slot: Slot) -> Result<Option<T>, StoreError> {
        let text = self
            .run(move |db| {
                let read = |row: &rusqlite::Row<'_>| row.get::<_, String>(0);
                Ok(db.query_row("SELECT value FROM slots WHERE name = ?1", [slot.name()], read).optional()?)
            })
            .await?;
        Ok(text.map(|text| serde_json::from_str(&text)).transpose()?)
    }

    /// Forgets a single value.
    pub(crate) async fn clear(&self, slot: Slot) -> Result<(), StoreError> {
        self.run(move |db| Ok(db.execute("DELETE FROM slots WHERE name = ?1", [slot.name()]).map(|_| ())?)).await
    }

    /// Forgets everything of a person in one go. The batcher's slot is the caller's to empty: its numbering goes on.
    pub(crate) async fn forget_person(&self) -> Result<(), StoreError> {
        self.run(|db| {
            let transaction = db.transaction()?;
            transaction.execute_batch("DELETE FROM outbox; DELETE FROM orders; DELETE FROM slots WHERE name <> 'batcher';")?;
            Ok(transaction.commit()?)
        })
        .await
    }
}

/// How long another process's hold on the file is waited for.
const PATIENCE: Duration = Duration::from_secs(5);

fn open_file(path: &Path, patience: Duration) -> Result<Connection, StoreError> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    make_private(path)?;
    let mut db = Connection::open(path)?;
    db.busy_timeout(patience)?;
    // One engine a file: a second one would spend the same refresh token and number the same batches.
    db.pragma_update(None, "locking_mode", "EXCLUSIVE")?;
    db.pragma_update(None, "journal_mode", "WAL")?;
    // What was promised to be sent must survive a flat battery.
    db.pragma_update(None, "synchronous", "FULL")?;
    // Entries can hold numbers of identity cards and accounts.
    db.pragma_update(None, "secure_delete", "ON")?;
    schema::migrate(&mut db)?;
    Ok(db)
}

/// Makes the file before SQLite does, readable by its owner alone; SQLite gives its side files the same mode.
fn make_private(path: &Path) -> std::io::Result<()> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path).map(|_| ())
}
