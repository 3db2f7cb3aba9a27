//! Why an event does not fit the list.

use super::WorkEventKind;

/// Why an event, or a whole list, makes no sense.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum WorkRefused {
    /// Pause, resume or stop before the work began.
    #[error("{kind} needs work that has started")]
    NotStarted {
        /// What was asked for.
        kind: WorkEventKind,
    },
    /// Resume of work that was never paused.
    #[error("the work is not paused")]
    NotPaused,
    /// Depart after arriving, or depart or arrive once the work has begun.
    #[error("{kind} comes too late")]
    TooLate {
        /// What was asked for.
        kind: WorkEventKind,
    },
    /// Pause or resume of work that has stopped.
    #[error("the work has stopped")]
    Stopped,
    /// Two different events claim the same place in the list.
    #[error("two different events at {sequence}")]
    Forked {
        /// The place.
        sequence: u32,
    },
    /// Nothing can be added behind a gap.
    #[error("event {sequence} is missing")]
    Missing {
        /// The first place that is empty.
        sequence: u32,
    },
}

impl WorkRefused {
    /// The stable code for clients.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::NotStarted { .. } => "work_not_started",
            Self::NotPaused => "work_not_paused",
            Self::TooLate { .. } => "work_event_too_late",
            Self::Stopped => "work_stopped",
            Self::Forked { .. } => "work_events_forked",
            Self::Missing { .. } => "work_event_missing",
        }
    }
}
