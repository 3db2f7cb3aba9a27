//! The little statistics there is: medians, their spread, and percentiles.

use std::time::Duration;

use serde::{Deserialize, Serialize};

/// The middle of some values, and how far they lie apart.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Spread {
    /// Half of them are larger.
    pub median: f64,
    /// The least.
    pub min: f64,
    /// The greatest.
    pub max: f64,
}

impl Spread {
    /// Of at least one value.
    pub fn of(values: impl IntoIterator<Item = f64>) -> Option<Self> {
        let mut sorted: Vec<f64> = values.into_iter().collect();
        sorted.sort_by(f64::total_cmp);
        let (min, max) = (*sorted.first()?, *sorted.last()?);
        let (below, above) = (sorted[(sorted.len() - 1) / 2], sorted[sorted.len() / 2]);
        Some(Self { median: f64::midpoint(below, above), min, max })
    }
}

/// How long many things took: every one is kept, so percentiles are exact.
#[derive(Clone, Default)]
pub struct Latencies(Vec<Duration>);

impl Latencies {
    /// One more.
    pub fn add(&mut self, took: Duration) {
        self.0.push(took);
    }

    /// All of `others`.
    pub fn merge(&mut self, others: &Self) {
        self.0.extend_from_slice(&others.0);
    }

    /// How many there are.
    pub fn count(&self) -> u64 {
        self.0.len() as u64
    }

    /// The time within which so many percent were done, milliseconds.
    pub fn millis(&self, percent: f64) -> f64 {
        let mut sorted = self.0.clone();
        #[expect(clippy::cast_precision_loss, clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a place in a list")]
        let place = ((sorted.len() as f64 * percent / 100.0).ceil() as usize).saturating_sub(1);
        if place >= sorted.len() {
            return f64::NAN;
        }
        sorted.select_nth_unstable(place).1.as_secs_f64() * 1e3
    }
}

/// `count` things in `time`, a second.
#[expect(clippy::cast_precision_loss, reason = "nobody counts that far")]
pub fn rate(count: u64, time: Duration) -> f64 {
    count as f64 / time.as_secs_f64()
}

/// What each of `count` things took of `time`, microseconds.
#[expect(clippy::cast_precision_loss, reason = "nobody counts that far")]
pub fn micros_each(time: Duration, count: u64) -> f64 {
    time.as_secs_f64() * 1e6 / (count.max(1) as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_of_an_even_number_lies_between_the_middle_two() {
        assert_eq!(Spread::of([4.0, 1.0, 3.0, 2.0]), Some(Spread { median: 2.5, min: 1.0, max: 4.0 }));
        assert_eq!(Spread::of([7.0, 1.0, 3.0]), Some(Spread { median: 3.0, min: 1.0, max: 7.0 }));
        assert_eq!(Spread::of([]), None);
    }

    #[test]
    fn percentiles_come_from_all_that_was_added() {
        let (mut one, mut other) = (Latencies::default(), Latencies::default());
        for millis in 1..=50 {
            one.add(Duration::from_millis(millis));
            other.add(Duration::from_millis(millis + 50));
        }
        one.merge(&other);
        assert_eq!(one.count(), 100);
        for (percent, millis) in [(50.0, 50.0), (99.0, 99.0), (100.0, 100.0)] {
            assert!((one.millis(percent) - millis).abs() < 1e-9, "{percent}: {}", one.millis(percent));
        }
        assert!(Latencies::default().millis(50.0).is_nan());
    }

    #[test]
    fn rates_and_shares_are_of_seconds_and_microseconds() {
        assert!((rate(10, Duration::from_secs(4)) - 2.5).abs() < 1e-9);
        assert!((micros_each(Duration::from_millis(1), 4) - 250.0).abs() < 1e-9);
    }
}
