//! The one place of the engine that reads clocks.

use std::fs;
use std::time::{Duration, Instant};

use async_trait::async_trait;
use chrono::Utc;
use rapi_core::values::BootId;
use rapi_core::{Moment, Timestamp};
use uuid::Uuid;

/// Tells the time and waits for it.
#[async_trait]
pub trait Clock: Send + Sync {
    /// The wall clock.
    fn now(&self) -> Timestamp;

    /// All clocks at once. The monotonic one counts while the device sleeps.
    fn moment(&self) -> Moment;

    /// Returns at `at` or soon after; at once when that is past.
    async fn sleep_until(&self, at: Timestamp);
}

/// The clocks of the operating system.
///
/// Where `/proc` tells them (Linux), `mono` is the time since boot with suspend included (the kernel's `CLOCK_BOOTTIME`,
/// in steps of 10 ms) under the kernel's boot id. Elsewhere it is the time since this clock was made, which may stand
/// still while the device sleeps, under a boot id of its own; phones bring a better clock.
#[derive(Debug)]
pub struct SystemClock {
    made: Instant,
    boot: BootId,
    has_uptime: bool,
}

/// Waiting goes in steps of at most this, so that a wall clock that was set meanwhile is noticed.
const LONGEST_NAP: Duration = Duration::from_secs(30);

impl Default for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "this is the Clock")]
    fn default() -> Self {
        let kernel_boot = fs::read_to_string("/proc/sys/kernel/random/boot_id").ok().map(|id| id.trim().to_owned());
        let boot = kernel_boot.filter(|_| uptime().is_some());
        let has_uptime = boot.is_some();
        Self { made: Instant::now(), boot: BootId(boot.unwrap_or_else(|| Uuid::now_v7().to_string())), has_uptime }
    }
}

fn uptime() -> Option<Duration> {
    let text = fs::read_to_string("/proc/uptime").ok()?;
    let seconds = text.split_whitespace().next()?.parse().ok()?;
    Duration::try_from_secs_f64(seconds).ok()
}

#[async_trait]
impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "this is the Clock")]
    fn now(&self) -> Timestamp {
        Timestamp::from(Utc::now())
    }

    fn moment(&self) -> Moment {
        let since_boot = if self.has_uptime { uptime() } else { None };
        match since_boot {
            Some(mono) => Moment { wall: self.now(), mono, boot: self.boot.clone() },
            None => Moment { wall: self.now(), mono: self.made.elapsed(), boot: BootId(format!("{}-run", self.boot.0)) },
        }
    }

    async fn sleep_until(&self, at: Timestamp) {
        loop {
            let left = at.since(self.now());
            if left.is_zero() {
                return;
            }
            // One millisecond more than the rounding of timers could take away.
            tokio::time::sleep(left.min(LONGEST_NAP) + Duration::from_millis(1)).await;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_monotonic_clock_grows_within_one_boot() {
        let clock = SystemClock::default();
        let (first, second) = (clock.moment(), clock.moment());
        assert!(second.elapsed_since(&first).is_some());
    }

    #[tokio::test]
    async fn waiting_for_the_past_returns_at_once_and_for_the_future_not_before_it() {
        let clock = SystemClock::default();
        clock.sleep_until(clock.now() - Duration::from_secs(60)).await;
        let at = clock.now() + Duration::from_millis(5);
        clock.sleep_until(at).await;
        assert!(clock.now() >= at);
    }
}
