//! How long to wait before asking again.

use std::time::Duration;

/// No delay is longer.
pub const LONGEST_DELAY: Duration = Duration::from_secs(60);

/// The delay after this many failed attempts: 1 s, doubling, at most [`LONGEST_DELAY`]. No chance in it: a phone is not
/// a herd, and what can be foretold can be tested.
#[must_use]
pub fn delay_after(attempts: u32) -> Duration {
    let seconds = 1u64.checked_shl(attempts.saturating_sub(1)).unwrap_or(u64::MAX);
    Duration::from_secs(seconds).min(LONGEST_DELAY)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn delays_double_from_one_second_to_a_minute() {
        let delays: Vec<u64> = [1, 2, 3, 6, 7, 64, 65, u32::MAX].map(|n| delay_after(n).as_secs()).to_vec();
        assert_eq!(delays, [1, 2, 4, 32, 60, 60, 60, 60]);
    }
}
