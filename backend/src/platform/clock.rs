//! The one clock of the backend. Everything that depends on time asks it, so tests can turn it by hand.

use std::sync::Mutex;
use std::time::Duration;

use async_trait::async_trait;
use rapi_core::Timestamp;
use tokio::sync::watch;

/// Tells the time and waits for it.
#[async_trait]
pub trait Clock: Send + Sync {
    /// Now.
    fn now(&self) -> Timestamp;

    /// Returns when `at` has come.
    async fn sleep_until(&self, at: Timestamp);
}

/// The machine's clock.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

#[async_trait]
impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "this is the clock the rest of the backend asks")]
    fn now(&self) -> Timestamp {
        chrono::Utc::now().into()
    }

    async fn sleep_until(&self, at: Timestamp) {
        // The wall clock may be set while we sleep: never sleep past a minute without looking again.
        loop {
            let left = at.since(self.now());
            if left.is_zero() {
                return;
            }
            tokio::time::sleep(left.min(Duration::from_secs(60))).await;
        }
    }
}

/// A clock that stands still until it is advanced.
#[derive(Debug)]
pub struct ManualClock {
    now: Mutex<watch::Sender<Timestamp>>,
}

impl ManualClock {
    /// A clock that shows `now`.
    #[must_use]
    pub fn at(now: Timestamp) -> Self {
        Self { now: Mutex::new(watch::Sender::new(now)) }
    }

    /// Moves the clock on and wakes whoever's time has come.
    pub fn advance(&self, by: Duration) {
        self.sender().send_modify(|now| *now = *now + by);
    }

    fn sender(&self) -> std::sync::MutexGuard<'_, watch::Sender<Timestamp>> {
        self.now.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

#[async_trait]
impl Clock for ManualClock {
    fn now(&self) -> Timestamp {
        *self.sender().borrow()
    }

    async fn sleep_until(&self, at: Timestamp) {
        let mut now = self.sender().subscribe();
        // The sender lives as long as the clock, and we hold the clock.
        let _ = now.wait_for(|now| *now >= at).await;
    }
}
