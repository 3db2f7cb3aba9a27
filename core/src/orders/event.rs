//! What has happened to an order, and what that makes of it.

use serde::{Deserialize, Serialize};

use super::{Order, Stage};
use crate::values::{Id, Timestamp, User};

/// A fact in the life of an order, made by [`step`](super::step()) alone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Event {
    /// A provider took it.
    OrderAccepted {
        /// Who did.
        provider: Id<User>,
    },
    /// She set off.
    ProviderDeparted,
    /// She reached the door.
    ProviderArrived,
    /// The work began.
    WorkStarted,
    /// The work ended; the bill is open.
    WorkFinished,
    /// The bill was paid.
    OrderPaid {
        /// When the payment settled.
        at: Timestamp,
    },
    /// The client rated it.
    OrderRated,
    /// It is closed, well done.
    OrderCompleted,
    /// It ended before it was done.
    OrderCancelled {
        /// Who ended it; `None` when nobody took it.
        by: Option<Id<User>>,
        /// Why.
        reason: String,
    },
}

impl Order {
    /// Lets `event` become part of this order. An event that does not follow from the present stage changes nothing,
    /// so that hearing of the same event twice does no harm.
    pub fn apply(&mut self, event: &Event) {
        let next = match (&self.stage, event) {
            (Stage::Pending, Event::OrderAccepted { provider }) => Stage::Accepted { provider: *provider },
            (Stage::Accepted { provider }, Event::ProviderDeparted) => Stage::OnTheWay { provider: *provider },
            (Stage::OnTheWay { provider }, Event::ProviderArrived) => Stage::Arrived { provider: *provider },
            (Stage::Arrived { provider }, Event::WorkStarted) => Stage::Working { provider: *provider },
            (Stage::Working { provider }, Event::WorkFinished) => Stage::AwaitingPayment { provider: *provider },
            (Stage::AwaitingPayment { provider }, Event::OrderPaid { at }) => Stage::AwaitingRating { provider: *provider, paid_at: *at },
            (Stage::AwaitingRating { provider, .. }, Event::OrderCompleted) => Stage::Completed { provider: *provider },
            (stage, Event::OrderCancelled { by, reason }) if !stage.is_over() => Stage::Cancelled { by: *by, reason: reason.clone() },
            _ => return,
        };
        self.stage = next;
    }
}
