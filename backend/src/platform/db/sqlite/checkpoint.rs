//! The write-ahead log is carried over into the file beside the writers, so that no commit waits for it.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};

use super::Connection;

/// After so many commits: some thousand pages under load. The pages that each commit touches are carried over once for all of them.
const COMMITS: u32 = 128;
/// A log of so many pages (64 MiB) grew faster than it could be carried over: then a commit does it, while nobody else writes, and the log begins anew.
pub(super) const TOO_LONG: u32 = 16_384;

/// Does it now and then.
pub(super) struct Checkpoints {
    connection: Connection,
    commits: AtomicU32,
    is_under_way: AtomicBool,
}

impl Checkpoints {
    /// On a connection of its own.
    pub(super) fn new(connection: Connection) -> Self {
        Self { connection, commits: AtomicU32::new(0), is_under_way: AtomicBool::new(false) }
    }

    /// Something was committed.
    pub(super) fn committed(self: &Arc<Self>) {
        let is_time = self.commits.fetch_add(1, Ordering::Relaxed) + 1 >= COMMITS;
        if !is_time || self.is_under_way.swap(true, Ordering::AcqRel) {
            return;
        }
        self.commits.store(0, Ordering::Relaxed);
        let this = Arc::clone(self);
        tokio::task::spawn_blocking(move || {
            // Whoever reads or writes meanwhile goes on; what is left is carried over the next time.
            if let Err(error) = this.connection.run("PRAGMA wal_checkpoint(PASSIVE)") {
                tracing::warn!(%error, "the write-ahead log cannot be carried over");
            }
            this.is_under_way.store(false, Ordering::Release);
        });
    }
}
