//! One reading of the phone's position.

use serde::{Deserialize, Serialize};

use crate::values::{LatLng, Timestamp};

/// Movements shorter than this say nothing about the direction: the noise of GPS is as large.
const MIN_LEG_METERS: f64 = 3.0;

/// Where the phone was, and what the receiver said about it.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Fix {
    /// When, by the receiver.
    pub at: Timestamp,
    /// Where.
    pub position: LatLng,
    /// Radius of 68 % confidence, metres.
    pub accuracy_meters: Option<f32>,
    /// Speed over ground, km/h.
    pub speed_kmh: Option<f32>,
    /// Direction of travel, degrees clockwise from north, 0…359.
    pub heading_degrees: Option<u16>,
    /// The system said that the position is simulated. Such fixes are kept and flagged, not refused: who fakes is
    /// a question for an admin, and test phones and demos fake by trade.
    pub is_mock: bool,
}

/// Direction of travel from one position to the next; `None` when they are too close together to tell (under 3 m).
#[must_use]
pub fn heading(previous: LatLng, current: LatLng) -> Option<u16> {
    (previous.meters_to(current) >= MIN_LEG_METERS).then(|| previous.heading_to(current))
}
