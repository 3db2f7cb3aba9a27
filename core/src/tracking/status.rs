//! Whether the provider can be followed just now.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::TrackingRules;
use crate::values::Timestamp;

/// State of an order's tracking.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum TrackingStatus {
    /// Fixes are coming in.
    Active,
    /// The phone is silent.
    Paused,
    /// Arrived or cancelled.
    Stopped,
}

/// Text that names no tracking status.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("unknown tracking status")]
pub struct UnknownStatus;

impl TrackingStatus {
    /// The name on wires and in tables.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Active => "ACTIVE",
            Self::Paused => "PAUSED",
            Self::Stopped => "STOPPED",
        }
    }

    /// The status on the way, when the phone was last heard at `last_heard`.
    #[must_use]
    pub fn on_the_way(last_heard: Timestamp, now: Timestamp, rules: &TrackingRules) -> Self {
        if now.since(last_heard) < rules.silence_pauses_after { Self::Active } else { Self::Paused }
    }
}

impl fmt::Display for TrackingStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for TrackingStatus {
    type Err = UnknownStatus;
    fn from_str(text: &str) -> Result<Self, UnknownStatus> {
        [Self::Active, Self::Paused, Self::Stopped].into_iter().find(|s| s.as_str() == text).ok_or(UnknownStatus)
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn silence_of_30_seconds_pauses() {
        let heard = Timestamp::from_micros(1_800_000_000_000_000);
        let after = |millis| TrackingStatus::on_the_way(heard, heard + Duration::from_millis(millis), &TrackingRules::default());
        assert_eq!((after(29_999), after(30_000)), (TrackingStatus::Active, TrackingStatus::Paused));
    }

    #[test]
    fn names_are_read_as_they_are_written() {
        for status in [TrackingStatus::Active, TrackingStatus::Paused, TrackingStatus::Stopped] {
            assert_eq!(status.as_str().parse(), Ok(status));
            assert_eq!(serde_json::to_value(status).unwrap(), status.as_str());
        }
    }
}
