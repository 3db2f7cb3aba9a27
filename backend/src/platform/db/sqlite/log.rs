//! The write-ahead log on its way to the disk, beside the writers.
//!
//! SQLite waits for the disk within COMMIT, and nobody writes meanwhile. So it is told not to (`synchronous = NORMAL`), and the log
//! is synced here while the next group is already at work; whoever has written is answered after that, as before. One after the
//! other: what follows a commit happens in the order of the commits.
//!
//! A log that could not be synced may have a gap, behind which nothing that is committed would survive a loss of power. Before
//! anybody writes again it is carried over into the file as a whole, or the disk still fails.
//! <https://www.sqlite.org/wal.html>

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use rusqlite::ffi;
use sea_orm::{DbBackend, DbErr, Statement};
use tokio::sync::{Mutex, OwnedMutexGuard};

use super::failure::failed;
use super::{Connection, apart};
use crate::platform::db::Durability;

/// The log of a file.
pub(super) struct Log {
    place: Arc<Mutex<Place>>,
    has_gap: Arc<AtomicBool>,
}

struct Place {
    /// None: nobody waits for the disk.
    path: Option<PathBuf>,
    open: Option<File>,
    has_gap: Arc<AtomicBool>,
}

/// The turn to wait for the disk.
pub(super) struct Turn(OwnedMutexGuard<Place>);

impl Log {
    /// Of `file`.
    pub(super) fn of(file: &Path, durability: Durability) -> Self {
        let mut name = file.as_os_str().to_owned();
        name.push("-wal");
        let (path, has_gap) = ((durability == Durability::Full).then(|| name.into()), Arc::<AtomicBool>::default());
        Self { place: Arc::new(Mutex::new(Place { path, open: None, has_gap: Arc::clone(&has_gap) })), has_gap }
    }

    /// Waits for whoever committed before.
    pub(super) async fn turn(&self) -> Turn {
        Turn(Arc::clone(&self.place).lock_owned().await)
    }

    /// Sees to it, before a transaction, that what will be committed can survive.
    ///
    /// # Errors
    /// Busy while somebody reads what the log holds; when the disk fails.
    pub(super) fn mend(&self, writer: &Connection) -> Result<(), DbErr> {
        if !self.has_gap.load(Ordering::Acquire) {
            return Ok(());
        }
        let pragma = Statement::from_string(DbBackend::Sqlite, "PRAGMA wal_checkpoint(TRUNCATE)");
        let answer = writer.query(&pragma, 1)?.pop();
        if answer.map(|row| row.try_get::<i64>("", "busy")).transpose()?.unwrap_or_default() != 0 {
            return Err(refused(ffi::SQLITE_BUSY, "somebody reads the log"));
        }
        self.has_gap.store(false, Ordering::Release);
        Ok(())
    }
}

impl Turn {
    /// Waits until what has been committed is on the disk, and then does what follows while it is still nobody else's turn. When
    /// the disk fails it is not sure what will be there.
    pub(super) async fn sync(mut self, then: impl FnOnce(Result<(), DbErr>) + Send + 'static) {
        if self.0.path.is_none() {
            return then(Ok(()));
        }
        let waiting = apart(move || {
            then(self.0.sync().map_err(|error| refused(ffi::SQLITE_IOERR_FSYNC, &error.to_string())));
            drop(self);
            Ok(())
        });
        if let Err(error) = waiting.await {
            tracing::error!(%error, "what follows a commit was not done");
        }
    }
}

impl Place {
    fn sync(&mut self) -> io::Result<()> {
        let Some(path) = &self.path else { return Ok(()) };
        // The system tells of a failure once: whoever had begun before it was known stands behind the gap all the same.
        if self.has_gap.load(Ordering::Acquire) {
            return Err(io::Error::other("what was committed before did not reach the disk"));
        }
        let synced = match &self.open {
            Some(file) => file.sync_data(),
            None => File::open(path).and_then(|file| self.open.insert(file).sync_data()),
        };
        if synced.is_err() {
            self.has_gap.store(true, Ordering::Release);
        }
        synced
    }
}

fn refused(code: i32, message: &str) -> DbErr {
    failed(rusqlite::Error::SqliteFailure(ffi::Error::new(code), Some(message.to_owned())), DbErr::Exec)
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn synced(log: &Log) -> Result<(), DbErr> {
        let (told, result) = tokio::sync::oneshot::channel();
        log.turn().await.sync(move |result| drop(told.send(result))).await;
        result.await.unwrap()
    }

    #[tokio::test]
    async fn nobody_who_committed_behind_a_gap_is_told_that_it_is_on_the_disk_until_the_gap_is_mended() {
        let dir = tempfile::tempdir().unwrap();
        let writer = Connection::open(&dir.path().join("things.db"), Durability::Normal).unwrap();
        let log = Log::of(&dir.path().join("elsewhere.db"), Durability::Full);
        assert!(synced(&log).await.is_err());
        // A disk says only once that it failed.
        std::fs::write(dir.path().join("elsewhere.db-wal"), []).unwrap();
        assert!(synced(&log).await.is_err(), "whoever had begun before the gap was known stands behind it");
        log.mend(&writer).unwrap();
        assert!(synced(&log).await.is_ok());
    }
}
