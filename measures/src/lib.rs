//! What was measured, and how it is written down: medians of rounds, memory and processor time of processes, the machine, and
//! docs/benchmarks.
//!
//! Those who measure stand on it, the backend's and the apps'; it must not know what they measure.

pub mod machine;
pub mod page;
pub mod process;
pub mod report;
pub mod stats;

use std::time::Instant;

/// Now, for measuring.
#[expect(clippy::disallowed_methods, reason = "durations are what measuring is for; no rule depends on them")]
#[must_use]
pub fn now() -> Instant {
    Instant::now()
}
