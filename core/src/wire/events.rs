//! What the backend tells a person: the same in `GET /me/events` and on `u/{uid}/events`.
//!
//! An event says what changed and lets the app ask for the rest, so a late or doubled one does no harm.

use serde::{Deserialize, Serialize};

use crate::orders::{PayStage, Status};
use crate::values::{Id, Order, Timestamp};
use crate::work::SessionStatus;

use super::OrUnknown;
use super::payments::PaymentStatus;
use super::people::VerificationStatus;

/// One event of a person.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EventEnvelope {
    /// Grows by one with each event of this person.
    pub seq: i64,
    /// Unique; the same event may arrive twice.
    pub id: uuid::Uuid,
    /// What happened.
    #[serde(rename = "type")]
    pub kind: String,
    /// Version of `data`; grows when its meaning changes.
    pub version: u32,
    /// When.
    pub at: Timestamp,
    /// What it is about.
    pub data: serde_json::Value,
}

impl EventEnvelope {
    /// The event in this version's words; `None` for kinds and versions from the future.
    #[must_use]
    pub fn event(&self) -> Option<Event> {
        if self.version != VERSION {
            return None;
        }
        let tagged = serde_json::json!({ "type": self.kind, "data": self.data });
        serde_json::from_value(tagged).ok()
    }
}

words! {
    /// Why an order can no longer be taken.
    OfferEnd {
        /// Somebody else has it.
        Taken = "taken",
        /// It was called off.
        Cancelled = "cancelled",
        /// Nobody answered in time.
        Expired = "expired",
    }
}

/// The version of every event below.
pub const VERSION: u32 = 1;

/// What can happen to a person.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", content = "data")]
pub enum Event {
    /// An order can be taken.
    #[serde(rename = "offer.new")]
    OfferNew {
        /// Which.
        order_id: Id<Order>,
        /// Until when, at the latest.
        offer_expires_at: Timestamp,
    },
    /// It no longer can.
    #[serde(rename = "offer.closed")]
    OfferClosed {
        /// Which.
        order_id: Id<Order>,
        /// The word of an [`OfferEnd`].
        reason: String,
    },
    /// An order moved.
    #[serde(rename = "order.changed")]
    OrderChanged {
        /// Which.
        order_id: Id<Order>,
        /// To.
        status: OrUnknown<Status>,
        /// To, within IN_PROGRESS.
        stage: Option<OrUnknown<PayStage>>,
    },
    /// The clock was started, paused, resumed, stopped or annotated.
    #[serde(rename = "work_session.changed")]
    WorkSessionChanged {
        /// Of which order.
        order_id: Id<Order>,
        /// Its state.
        status: OrUnknown<SessionStatus>,
    },
    /// A bill was made, paid, or failed.
    #[serde(rename = "payment.changed")]
    PaymentChanged {
        /// Of which order; absent for top-ups and withdrawals.
        order_id: Option<Id<Order>>,
        /// The top-up or withdrawal.
        reference_id: Option<uuid::Uuid>,
        /// Its state.
        status: OrUnknown<PaymentStatus>,
    },
    /// Somebody rated the provider.
    #[serde(rename = "rating.received")]
    RatingReceived {
        /// For which order.
        order_id: Id<Order>,
        /// Stars.
        rating: i32,
    },
    /// The identity check moved.
    #[serde(rename = "verification.changed")]
    VerificationChanged {
        /// To.
        status: OrUnknown<VerificationStatus>,
    },
    /// The client looks at the map: send live until then.
    #[serde(rename = "tracking.watched")]
    TrackingWatched {
        /// Of which order.
        order_id: Id<Order>,
        /// The end of the lease.
        watched_until: Timestamp,
    },
    /// A notice came in.
    #[serde(rename = "notification.new")]
    NotificationNew {
        /// Which.
        notification_id: uuid::Uuid,
    },
    /// A session of this person was ended.
    #[serde(rename = "session.revoked")]
    SessionRevoked {
        /// Which.
        session_id: uuid::Uuid,
    },
}

impl Event {
    /// Its name and its data, as they stand in the envelope.
    #[must_use]
    pub fn parts(&self) -> (String, serde_json::Value) {
        match serde_json::to_value(self) {
            Ok(serde_json::Value::Object(mut tagged)) => {
                let kind = tagged.remove("type").and_then(|kind| kind.as_str().map(str::to_owned)).unwrap_or_default();
                (kind, tagged.remove("data").unwrap_or_default())
            }
            _ => (String::new(), serde_json::Value::Null),
        }
    }
}

/// What is wanted of the feed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Default)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
pub struct EventsQuery {
    /// Only events after this `seq`; 0 is the oldest kept.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", param(minimum = 0))]
    pub after: i64,
    /// How many, 1…100; 100 when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", param(minimum = 1, maximum = 100))]
    pub limit: Option<u32>,
}

impl super::Validate for EventsQuery {
    fn validate(&self, checks: &mut super::Checks) {
        checks.range("after", self.after, 0..=i64::MAX);
        checks.range("limit", self.limit.unwrap_or(100), 1..=100);
    }
}

/// A piece of the feed, oldest first.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EventsResponse {
    /// The events.
    pub items: Vec<EventEnvelope>,
    /// Are there more right now? Ask again after the last `seq`.
    pub has_more: bool,
}
