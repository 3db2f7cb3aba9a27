//! The session a list of events tells of.

use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::UnknownName;
use crate::values::{BootId, Moment, Timestamp};

/// Where the work stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum SessionStatus {
    /// Running.
    Started,
    /// Interrupted.
    Paused,
    /// Done.
    Completed,
}

impl SessionStatus {
    /// The name on wires and in tables.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Started => "STARTED",
            Self::Paused => "PAUSED",
            Self::Completed => "COMPLETED",
        }
    }
}

impl fmt::Display for SessionStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for SessionStatus {
    type Err = UnknownName;
    fn from_str(text: &str) -> Result<Self, UnknownName> {
        [Self::Started, Self::Paused, Self::Completed].into_iter().find(|s| s.as_str() == text).ok_or(UnknownName)
    }
}

/// One interruption, by wall clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PauseSpan {
    /// When it began.
    pub paused_at: Timestamp,
    /// When the work went on; nothing while it is paused, or when it was stopped from the pause.
    pub resumed_at: Option<Timestamp>,
}

/// The server's own times around the work: nobody is billed for more than lies between them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServerWindow {
    /// When the server heard that the order was accepted.
    pub accepted_heard: Timestamp,
    /// When the server heard that the work stopped; nothing until then.
    pub stop_heard: Option<Timestamp>,
}

impl ServerWindow {
    fn length(&self, now: Timestamp) -> Duration {
        self.stop_heard.unwrap_or(now).since(self.accepted_heard)
    }
}

/// The work of one order, as its events tell it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WorkSession {
    /// Where the work stands.
    pub status: SessionStatus,
    /// When it began, by wall clock.
    pub start_time: Timestamp,
    /// When it stopped, by wall clock.
    pub end_time: Option<Timestamp>,
    /// Its interruptions, oldest first.
    pub pauses: Vec<PauseSpan>,
    /// Some stretch was measured by a clock that nothing vouches for: somebody should have a look.
    pub clock_unsure: bool,
    /// The first event not heard of yet, when later ones are already here. Those wait.
    pub missing: Option<u32>,
    pub(super) finished: Duration,
    pub(super) running_since: Option<RunningSince>,
    pub(super) window: Option<ServerWindow>,
}

/// The start of the stretch that is still running.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct RunningSince {
    pub(super) wall: Timestamp,
    pub(super) mono: Option<(BootId, Duration)>,
    /// The server vouches for `wall`.
    pub(super) anchored: bool,
}

impl WorkSession {
    /// Time worked until `now` without pauses: finished stretches by the monotonic clock within one boot and by wall
    /// clock otherwise, a running one by wall clock; never more than the server's window.
    #[must_use]
    pub fn worked(&self, now: Timestamp) -> Duration {
        let running = self.running_since.as_ref().map_or(Duration::ZERO, |since| now.since(since.wall));
        self.within_window(running, now)
    }

    /// The same on the phone, where a running stretch is measured by the monotonic clock too if it began in this boot.
    #[must_use]
    pub fn worked_at(&self, now: &Moment) -> Duration {
        let running = self.running_since.as_ref().map_or(Duration::ZERO, |since| {
            let by_mono = since.mono.as_ref().and_then(|(boot, start)| if *boot == now.boot { now.mono.checked_sub(*start) } else { None });
            by_mono.unwrap_or_else(|| now.wall.since(since.wall))
        });
        self.within_window(running, now.wall)
    }

    fn within_window(&self, running: Duration, now: Timestamp) -> Duration {
        let worked = self.finished.saturating_add(running);
        self.window.map_or(worked, |window| worked.min(window.length(now)))
    }
}
