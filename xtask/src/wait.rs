//! Time as a chore sees it: how long something took, and waiting for something that others make true.

use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Result, bail};

/// Time between two looks at a condition.
const PAUSE: Duration = Duration::from_millis(25);

/// How long something has been going on.
pub struct Stopwatch(Instant);

impl Stopwatch {
    /// Starts now.
    #[expect(clippy::disallowed_methods, reason = "a chore measures its own steps; no rule depends on it")]
    pub fn start() -> Self {
        Self(Instant::now())
    }

    /// Time since the start.
    pub fn elapsed(&self) -> Duration {
        self.0.elapsed()
    }
}

/// Looks until `look` finds something, at most for `limit`.
///
/// # Errors
/// What `look` reports, or that `what` did not happen in time.
pub fn until<T>(limit: Duration, what: &str, mut look: impl FnMut() -> Result<Option<T>>) -> Result<T> {
    let watch = Stopwatch::start();
    loop {
        if let Some(found) = look()? {
            return Ok(found);
        }
        if watch.elapsed() >= limit {
            bail!("{what} did not happen within {} s", limit.as_secs());
        }
        thread::sleep(PAUSE);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waiting_ends_with_what_was_found() {
        let mut looks = 0;
        let found = until(Duration::from_secs(60), "the third look", || {
            looks += 1;
            Ok((looks == 3).then_some(looks))
        });
        assert_eq!(found.unwrap(), 3);
    }

    #[test]
    fn waiting_in_vain_says_for_what() {
        let error = until::<()>(Duration::ZERO, "the impossible", || Ok(None)).unwrap_err();
        assert_eq!(error.to_string(), "the impossible did not happen within 0 s");
    }

    #[test]
    fn an_error_ends_the_waiting() {
        let error = until::<()>(Duration::from_secs(60), "it", || bail!("broken")).unwrap_err();
        assert_eq!(error.to_string(), "broken");
    }
}
