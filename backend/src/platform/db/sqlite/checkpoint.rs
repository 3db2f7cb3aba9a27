//! The write-ahead log is carried over into the file beside the writers, so that no commit waits for it.
//!
//! What was written meanwhile is carried over while nobody writes, which is little, and the log begins anew.
//!
//! Seldom: a page that many commits touched is carried over once for all of them, and a commit that comes meanwhile finds the disk
//! busy. How many commits that is depends on how many pages they write, and is learnt from the last time.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::time::Duration;

use sea_orm::{DbBackend, DbErr, Statement};

use super::Connection;
use crate::platform::db::Durability;

/// About so many pages are carried over at a time where each commit waits for the disk (96 MiB), and where none does (32 MiB).
const PAGES: [u32; 2] = [24_576, 8_192];
/// After so many commits the first time, and at least and at most.
const FIRST: u32 = 64;
const FEWEST: u32 = 16;
const MOST: u32 = 4_096;
/// A log of so many pages (256 MiB) grew faster than it could be carried over: then a commit does all of it.
pub(super) const TOO_LONG: u32 = 65_536;

/// So long the writers wait for those who read the log just now, that it may begin anew.
const PATIENCE: Duration = Duration::from_millis(5);

/// Does it now and then.
pub(super) struct Checkpoints {
    connection: Connection,
    pages: u32,
    commits: AtomicU32,
    /// So many are enough.
    enough: AtomicU32,
    is_under_way: AtomicBool,
    /// All but what was written meanwhile is carried over.
    is_nearly_done: AtomicBool,
}

impl Checkpoints {
    /// On a connection of its own.
    ///
    /// # Errors
    /// When the file cannot be opened.
    pub(super) fn open(file: &Path, durability: Durability) -> Result<Self, DbErr> {
        let connection = Connection::open(file, durability)?.with_patience(PATIENCE)?;
        let [waited_for, free] = PAGES;
        let pages = if durability == Durability::Full { waited_for } else { free };
        let [is_under_way, is_nearly_done] = Default::default();
        Ok(Self { connection, pages, commits: AtomicU32::new(0), enough: AtomicU32::new(FIRST), is_under_way, is_nearly_done })
    }

    /// Something was committed, and nobody writes until this returns.
    pub(super) fn committed(self: &Arc<Self>) {
        if self.is_nearly_done.swap(false, Ordering::AcqRel)
            && let Err(error) = self.carry_over("PRAGMA wal_checkpoint(RESTART)")
        {
            warn(&error);
        }
        let commits = self.commits.fetch_add(1, Ordering::Relaxed) + 1;
        if commits < self.enough.load(Ordering::Relaxed) || self.is_under_way.swap(true, Ordering::AcqRel) {
            return;
        }
        self.commits.store(0, Ordering::Relaxed);
        let this = Arc::clone(self);
        tokio::task::spawn_blocking(move || {
            // Whoever reads or writes meanwhile goes on; what is left is carried over with the next commit.
            match this.carry_over("PRAGMA wal_checkpoint(PASSIVE)") {
                Ok(pages) => {
                    this.enough.store(enough(this.pages, commits, pages), Ordering::Relaxed);
                    this.is_nearly_done.store(true, Ordering::Release);
                }
                Err(error) => warn(&error),
            }
            this.is_under_way.store(false, Ordering::Release);
        });
    }

    /// How many pages the log had.
    fn carry_over(&self, how: &str) -> Result<i64, DbErr> {
        let pragma = Statement::from_string(DbBackend::Sqlite, how);
        let answer = self.connection.query(&pragma, 1)?.pop();
        Ok(answer.map(|row| row.try_get("", "log")).transpose()?.unwrap_or_default())
    }
}

fn warn(error: &DbErr) {
    tracing::warn!(%error, "the write-ahead log cannot be carried over");
}

/// After how many commits there are the pages that are `wanted`, when the last so many wrote `pages`.
fn enough(wanted: u32, commits: u32, pages: i64) -> u32 {
    let pages = u64::try_from(pages).unwrap_or_default().max(1);
    let enough = u64::from(commits) * u64::from(wanted) / pages;
    u32::try_from(enough).unwrap_or(MOST).clamp(FEWEST, MOST)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commits_of_many_pages_are_carried_over_sooner() {
        assert_eq!(enough(8_192, 64, 4_096), 128);
        assert_eq!(enough(8_192, 128, 16_384), 64);
        assert_eq!((enough(8_192, 64, 0), enough(8_192, 1, 1_000_000)), (MOST, FEWEST));
    }
}
