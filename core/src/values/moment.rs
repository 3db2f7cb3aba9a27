//! A reading of all of a phone's clocks at once.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::Timestamp;

/// Names one run of the phone between two boots; monotonic readings compare only within one.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct BootId(pub String);

/// When something happened, as the device could tell: the wall clock (which people and networks may set to anything)
/// and the suspend-counting monotonic clock (which only grows until the next boot).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moment {
    /// The wall clock.
    pub wall: Timestamp,
    /// Time since boot, suspend included.
    pub mono: Duration,
    /// Which boot `mono` counts from.
    pub boot: BootId,
}

impl Moment {
    /// Time passed since `earlier` by the monotonic clock; `None` across boots or when the clock went back.
    #[must_use]
    pub fn elapsed_since(&self, earlier: &Self) -> Option<Duration> {
        if self.boot == earlier.boot { self.mono.checked_sub(earlier.mono) } else { None }
    }
}
