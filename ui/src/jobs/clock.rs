//! The clock of the work, as far as it can be told without asking.

use std::time::Duration;

use rapi_core::Timestamp;
use rapi_core::wire::work::WorkSessionResponse;
use rapi_core::work::SessionStatus;

/// Time worked so far, and since when it grows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WorkClock {
    counted: Duration,
    running_since: Option<Timestamp>,
    started: Timestamp,
    ended: bool,
}

impl WorkClock {
    /// As the backend told it last.
    #[must_use]
    pub fn of(session: &WorkSessionResponse) -> Self {
        let is_running = session.status.is(&SessionStatus::Started);
        Self {
            counted: Duration::from_secs(u64::try_from(session.elapsed_seconds).unwrap_or(0)),
            running_since: is_running.then_some(session.as_of),
            started: session.start_time,
            ended: session.end_time.is_some(),
        }
    }

    /// Started at `at`.
    #[must_use]
    pub const fn started(at: Timestamp) -> Self {
        Self { counted: Duration::ZERO, running_since: Some(at), started: at, ended: false }
    }

    /// Halted at `at`; nothing happens to a clock that stands.
    pub fn pause(&mut self, at: Timestamp) {
        if let Some(since) = self.running_since.take() {
            self.counted += at.since(since);
        }
    }

    /// Goes on at `at`; nothing happens to a clock that runs or was stopped.
    pub fn resume(&mut self, at: Timestamp) {
        if !self.ended {
            self.running_since.get_or_insert(at);
        }
    }

    /// Halted for good.
    pub fn stop(&mut self, at: Timestamp) {
        self.pause(at);
        self.ended = true;
    }

    /// Time worked until `now`, without pauses.
    #[must_use]
    pub fn worked(&self, now: Timestamp) -> Duration {
        self.counted + self.running_since.map_or(Duration::ZERO, |since| now.since(since))
    }

    /// Does it run?
    #[must_use]
    pub const fn is_running(&self) -> bool {
        self.running_since.is_some()
    }

    /// When the work began.
    #[must_use]
    pub const fn started_at(&self) -> Timestamp {
        self.started
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::jobs::fixtures::at;

    #[test]
    fn pauses_do_not_count() {
        let mut clock = WorkClock::started(at(0));
        clock.pause(at(600));
        assert_eq!((clock.worked(at(900)), clock.is_running()), (Duration::from_secs(600), false));
        clock.resume(at(1_000));
        assert_eq!(clock.worked(at(1_060)), Duration::from_secs(660));
    }

    #[test]
    fn a_move_that_was_made_already_changes_nothing() {
        let mut clock = WorkClock::started(at(0));
        clock.resume(at(50));
        assert_eq!(clock.worked(at(60)), Duration::from_secs(60));
        clock.pause(at(60));
        clock.pause(at(90));
        clock.stop(at(95));
        clock.resume(at(99));
        assert_eq!((clock.worked(at(200)), clock.is_running()), (Duration::from_secs(60), false));
    }
}
