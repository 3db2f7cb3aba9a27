//! How long to wait before the next attempt.

use std::time::Duration;

const FIRST: Duration = Duration::from_millis(500);
const LONGEST: Duration = Duration::from_secs(30);

/// Doubles from half a second to half a minute.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Backoff {
    next: Duration,
}

impl Default for Backoff {
    fn default() -> Self {
        Self { next: FIRST }
    }
}

impl Backoff {
    /// The next wait: up to a quarter shorter than the nominal one, by `dice`, so that phones that lost the same
    /// backend do not come back in step.
    pub(crate) fn next(&mut self, dice: u128) -> Duration {
        let nominal = self.next;
        self.next = (nominal * 2).min(LONGEST);
        let thousandths = u32::try_from(dice % 1000).unwrap_or(0);
        nominal - nominal / 4 * thousandths / 1000
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_up_to_half_a_minute() {
        let mut backoff = Backoff::default();
        let waits: Vec<u128> = (0..9).map(|_| backoff.next(0).as_millis()).collect();
        assert_eq!(waits, [500, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000, 30_000]);
    }

    #[test]
    fn no_dice_shorten_a_wait_by_more_than_a_quarter() {
        for dice in [1, 500, 999, u128::MAX] {
            let wait = Backoff::default().next(dice);
            assert!(wait <= FIRST && wait >= FIRST * 3 / 4, "{wait:?}");
        }
    }
}
