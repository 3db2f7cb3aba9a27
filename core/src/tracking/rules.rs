//! The numbers of tracking.

use std::time::Duration;

use serde::{Deserialize, Serialize};

/// Limits and rhythms; [`Default`] is what the product promises.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TrackingRules {
    /// Fixes less accurate than this are refused, metres.
    pub max_accuracy_meters: f32,
    /// Nobody travels faster between two fixes, metres per second.
    pub max_speed_mps: f64,
    /// Rhythm of sampling on the way.
    pub sample_every: Duration,
    /// Fixes nobody watches are collected for at most this long.
    pub batch_for: Duration,
    /// A batch holds at most this many fixes.
    pub max_batch_fixes: usize,
    /// Rhythm of sampling while waiting for an order; also the shortest time between two fixes sent then.
    pub idle_every: Duration,
    /// Waiting for an order, only movements beyond this are news, metres.
    pub idle_move_meters: f64,
    /// Waiting for an order, even a phone that does not move says so this often.
    pub heartbeat: Duration,
    /// After this long without a fix the tracking is shown as paused.
    pub silence_pauses_after: Duration,
    /// How far a fix may be ahead of the clock.
    pub max_ahead: Duration,
    /// How old a fix may be when it is heard of.
    pub max_age: Duration,
    /// The phone keeps at most this many fixes that nobody has confirmed; the oldest go first.
    pub max_kept_fixes: usize,
}

impl Default for TrackingRules {
    fn default() -> Self {
        Self {
            max_accuracy_meters: 100.0,
            max_speed_mps: 55.0,
            sample_every: Duration::from_secs(5),
            batch_for: Duration::from_secs(60),
            max_batch_fixes: 12,
            idle_every: Duration::from_secs(30),
            idle_move_meters: 50.0,
            heartbeat: Duration::from_secs(5 * 60),
            silence_pauses_after: Duration::from_secs(30),
            max_ahead: Duration::from_secs(60),
            max_age: Duration::from_secs(24 * 60 * 60),
            max_kept_fixes: 500,
        }
    }
}
