//! Who wants to know of a commit, and of what.

use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};

use rapi_core::Timestamp;
use tokio::sync::Notify;

/// Who wants to know of a commit.
#[derive(Default)]
pub struct Wakers {
    /// Events wait to be sent.
    pub events: Notify,
    /// Deadlines were set.
    pub jobs: Alarm,
}

/// Wakes whoever sleeps until some time, for what is due before.
pub struct Alarm {
    /// In microseconds.
    until: AtomicI64,
    rings: Notify,
}

impl Wakers {
    /// After a commit.
    pub(super) fn wake(&self, wakes: Wakes) {
        if wakes.events.into_inner() {
            self.events.notify_one();
        }
        self.jobs.set(wakes.jobs.into_inner());
    }
}

impl Default for Alarm {
    fn default() -> Self {
        Self { until: AtomicI64::new(i64::MAX), rings: Notify::new() }
    }
}

impl Alarm {
    /// From now on only what is due earlier wakes; whatever there is, if it is not known.
    pub fn sleeps_until(&self, until: Option<Timestamp>) {
        self.until.store(until.map_or(i64::MAX, Timestamp::micros), Ordering::SeqCst);
    }

    /// Waits until something was due earlier, also if that was before.
    pub async fn notified(&self) {
        self.rings.notified().await;
    }

    fn set(&self, due: i64) {
        if due < self.until.load(Ordering::SeqCst) {
            self.rings.notify_one();
        }
    }
}

/// Whom a unit of work will wake.
pub(super) struct Wakes {
    events: AtomicBool,
    /// When the first is due.
    jobs: AtomicI64,
}

impl Default for Wakes {
    fn default() -> Self {
        Self { events: AtomicBool::new(false), jobs: AtomicI64::new(i64::MAX) }
    }
}

impl Wakes {
    /// Events were written.
    pub(super) fn events(&self) {
        self.events.store(true, Ordering::Relaxed);
    }

    /// A deadline was set.
    pub(super) fn jobs(&self, due_at: Timestamp) {
        self.jobs.fetch_min(due_at.micros(), Ordering::Relaxed);
    }
}
