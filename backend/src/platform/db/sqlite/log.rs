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
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use rusqlite::ffi;
use sea_orm::{DbBackend, DbErr, Statement};

use super::Connection;
use super::failure::failed;
use crate::platform::db::Durability;

/// The log of a file.
pub(super) struct Log {
    place: Mutex<Place>,
    has_gap: Arc<AtomicBool>,
}

struct Place {
    /// None: nobody waits for the disk.
    path: Option<PathBuf>,
    open: Option<File>,
    has_gap: Arc<AtomicBool>,
}

/// The turn to wait for the disk. What follows a commit is done before it is dropped.
pub(super) struct Turn<'a>(MutexGuard<'a, Place>);

impl Log {
    /// Of `file`.
    pub(super) fn of(file: &Path, durability: Durability) -> Self {
        let mut name = file.as_os_str().to_owned();
        name.push("-wal");
        let (path, has_gap) = ((durability == Durability::Full).then(|| name.into()), Arc::<AtomicBool>::default());
        Self { place: Mutex::new(Place { path, open: None, has_gap: Arc::clone(&has_gap) }), has_gap }
    }

    /// Waits for whoever committed before, on a thread that may wait.
    pub(super) fn turn(&self) -> Turn<'_> {
        Turn(self.place.lock().unwrap_or_else(PoisonError::into_inner))
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

impl Turn<'_> {
    /// Waits until what has been committed is on the disk. When that fails it is not sure what will be there.
    ///
    /// # Errors
    /// When the disk fails, or has failed before.
    pub(super) fn sync(&mut self) -> Result<(), DbErr> {
        self.0.sync().map_err(|error| refused(ffi::SQLITE_IOERR_FSYNC, &error.to_string()))
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

    #[test]
    fn nobody_who_committed_behind_a_gap_is_told_that_it_is_on_the_disk_until_the_gap_is_mended() {
        let dir = tempfile::tempdir().unwrap();
        let writer = Connection::open(&dir.path().join("things.db"), Durability::Normal).unwrap();
        let log = Log::of(&dir.path().join("elsewhere.db"), Durability::Full);
        assert!(log.turn().sync().is_err());
        // A disk says only once that it failed.
        std::fs::write(dir.path().join("elsewhere.db-wal"), []).unwrap();
        assert!(log.turn().sync().is_err(), "whoever had begun before the gap was known stands behind it");
        log.mend(&writer).unwrap();
        assert!(log.turn().sync().is_ok());
    }
}
