//! Waiting for something to become true.

use std::thread;
use std::time::{Duration, Instant};

/// How long a person would wait for a screen on a busy machine.
pub const PATIENCE: Duration = Duration::from_secs(40);
/// How often it is looked at.
const GLANCE: Duration = Duration::from_millis(40);

/// Looks until `look` gives something, at most [`PATIENCE`].
#[expect(clippy::disallowed_methods, reason = "the outer limit of a poll; no result depends on it")]
pub fn until<T>(mut look: impl FnMut() -> Option<T>) -> Option<T> {
    let end = Instant::now() + PATIENCE;
    loop {
        if let Some(found) = look() {
            return Some(found);
        }
        if Instant::now() >= end {
            return None;
        }
        thread::sleep(GLANCE);
    }
}
