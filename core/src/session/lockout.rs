//! How often one may fail to sign in. Counted for each identifier that is submitted, known or not, so that the answer
//! says nothing about who has an account.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::values::Timestamp;

/// The failure that locks.
pub const MAX_FAILURES: u32 = 5;

/// How long it locks.
pub const LOCK_FOR: Duration = Duration::from_secs(30 * 60);

/// The failures of one identifier so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Lockout {
    /// Failures since the last success or lock.
    pub failures: u32,
    /// Nobody gets in before that.
    pub locked_until: Option<Timestamp>,
}

/// Too many failures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("locked until {until}")]
pub struct Locked {
    /// When one may try again.
    pub until: Timestamp,
}

impl Lockout {
    /// May one try? Ask before looking at the password, so that the right one opens no lock.
    ///
    /// # Errors
    /// [`Locked`] while it is locked.
    pub fn check(&self, now: Timestamp) -> Result<(), Locked> {
        match self.locked_until {
            Some(until) if now < until => Err(Locked { until }),
            _ => Ok(()),
        }
    }

    /// After a failure. The fifth locks, and the count begins anew; failures while locked change nothing.
    #[must_use]
    pub fn on_failure(self, now: Timestamp) -> Self {
        if self.check(now).is_err() {
            return self;
        }
        let failures = self.failures.saturating_add(1);
        if failures >= MAX_FAILURES {
            Self { failures: 0, locked_until: Some(now + LOCK_FOR) }
        } else {
            Self { failures, locked_until: None }
        }
    }

    /// After a success: all is forgotten.
    #[must_use]
    pub fn on_success(self) -> Self {
        Self::default()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const NOW: Timestamp = Timestamp::from_micros(1_800_000_000_000_000);

    fn failed(times: u32) -> Lockout {
        (0..times).fold(Lockout::default(), |lockout, _| lockout.on_failure(NOW))
    }

    #[test]
    fn the_fifth_failure_locks_for_thirty_minutes() {
        assert_eq!(failed(4).check(NOW), Ok(()));
        let until = NOW + Duration::from_secs(1_800);
        assert_eq!(failed(5).check(NOW), Err(Locked { until }));
        assert_eq!(failed(5).check(until - Duration::from_micros(1)), Err(Locked { until }));
        assert_eq!(failed(5).check(until), Ok(()));
    }

    #[test]
    fn after_the_lock_it_counts_anew() {
        let later = NOW + LOCK_FOR;
        let again = (0..4).fold(failed(5), |lockout, _| lockout.on_failure(later));
        assert_eq!((again.failures, again.check(later)), (4, Ok(())));
        assert!(again.on_failure(later).check(later).is_err());
    }

    #[test]
    fn a_success_forgets_the_failures() {
        assert_eq!(failed(4).on_success().on_failure(NOW).failures, 1);
    }

    proptest! {
        #[test]
        fn trying_while_locked_does_not_prolong_the_lock(tries in 5u32..50) {
            prop_assert_eq!(failed(tries), failed(5));
        }
    }
}
