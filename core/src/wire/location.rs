//! Where providers are.

use super::{Checks, OrUnknown, Validate};
use crate::tracking::{Rejected, TrackingStatus};
use crate::values::{Id, Order, Timestamp, User};

request! {
    /// One reading of the phone's position.
    pub struct FixRequest {
        /// Degrees north.
        #[cfg_attr(feature = "openapi", schema(minimum = -90, maximum = 90))]
        pub latitude: f64,
        /// Degrees east.
        #[cfg_attr(feature = "openapi", schema(minimum = -180, maximum = 180))]
        pub longitude: f64,
        /// Radius of 68 % confidence; a fix without it is rejected.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "openapi", schema(minimum = 0, maximum = 1_000_000))]
        pub accuracy_meters: Option<f64>,
        /// Speed.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "openapi", schema(minimum = 0, maximum = 10_000))]
        pub speed_kmh: Option<f64>,
        /// Clockwise from north, 0…359.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "openapi", schema(minimum = 0, maximum = 359))]
        pub heading_degrees: Option<i32>,
        /// When.
        pub recorded_at: Timestamp,
        /// Did the system say it is simulated?
        #[serde(default)]
        pub is_mock: bool,
    }
}

/// The fixes of one upload, oldest first, at most 100.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
#[serde(transparent)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(min_items = 1, max_items = 100))]
pub struct LocationBatchRequest(pub Vec<FixRequest>);

answer! {
    /// What became of the fixes.
    pub struct LocationBatchResponse {
        /// How many were kept.
        pub accepted: usize,
        /// The others.
        pub rejected: Vec<RejectedFix>,
    }

    /// A fix that was not kept.
    pub struct RejectedFix {
        /// Its place in the upload, from 0.
        pub index: usize,
        /// Why.
        pub reason: OrUnknown<Rejected>,
    }

    /// Where the provider of an order is. The same goes to `u/{uid}/tracking/{order_id}`.
    pub struct TrackingResponse {
        /// Its order.
        pub order_id: Id<Order>,
        /// Who is on the way.
        pub service_provider_id: Id<User>,
        /// Degrees north; absent before the first fix.
        pub latitude: Option<f64>,
        /// Degrees east.
        pub longitude: Option<f64>,
        /// Radius of 68 % confidence; absent where the receiver told none.
        pub accuracy_meters: Option<f64>,
        /// Clockwise from north, 0…359.
        pub heading_degrees: Option<i32>,
        /// Speed.
        pub speed_kmh: Option<f64>,
        /// Estimated way left.
        pub distance_km: Option<f64>,
        /// Estimated time left.
        pub estimated_arrival_minutes: Option<i32>,
        /// ACTIVE while fixes come in, PAUSED in silence, STOPPED at the end.
        pub tracking_status: OrUnknown<TrackingStatus>,
        /// When the position was taken.
        pub recorded_at: Option<Timestamp>,
    }

    /// A point of the way.
    pub struct LocationHistoryItem {
        /// Degrees north.
        pub latitude: f64,
        /// Degrees east.
        pub longitude: f64,
        /// Speed.
        pub speed_kmh: Option<f64>,
        /// Radius of 68 % confidence.
        pub accuracy_meters: Option<i32>,
        /// Clockwise from north, 0…359.
        pub heading_degrees: Option<i32>,
        /// When.
        pub recorded_at: Timestamp,
    }

    /// What apps have to know before anybody signs in.
    pub struct ConfigResponse {
        /// Where events come from.
        pub mqtt: MqttAddresses,
        /// Always `IDR`.
        #[serde(default)]
        pub currency: Option<String>,
    }

    /// Where the MQTT broker is to be found.
    #[derive(Default)]
    pub struct MqttAddresses {
        /// `host:port` for TCP, or `mqtts://host:port` for TLS.
        #[serde(default)]
        pub tcp: Option<String>,
        /// `ws://…` or `wss://…`.
        #[serde(default)]
        pub websocket: Option<String>,
    }

    /// How long the watch lasts; ask again before.
    pub struct WatchResponse {
        /// The end of the lease.
        pub watched_until: Timestamp,
    }
}

impl Validate for LocationBatchRequest {
    fn validate(&self, checks: &mut Checks) {
        checks.at_most("body", &self.0, 100);
        checks.holds(!self.0.is_empty(), "body", "too_short", "at least 1 item");
        for (index, fix) in self.0.iter().enumerate().take(100) {
            let field = |name: &str| format!("[{index}].{name}");
            checks.range(&field("latitude"), fix.latitude, -90.0..=90.0);
            checks.range(&field("longitude"), fix.longitude, -180.0..=180.0);
            checks.range(&field("accuracy_meters"), fix.accuracy_meters.unwrap_or_default(), 0.0..=1_000_000.0);
            checks.range(&field("speed_kmh"), fix.speed_kmh.unwrap_or_default(), 0.0..=10_000.0);
            checks.range(&field("heading_degrees"), fix.heading_degrees.unwrap_or_default(), 0..=359);
        }
    }
}
