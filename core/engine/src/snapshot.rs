//! What the engine knows right now, for whoever draws it. Replaced as a whole, never changed in place.

use std::collections::BTreeMap;
use std::time::Duration;

use rapi_core::values::Order;
use rapi_core::wire::events::OfferEnd;
use rapi_core::wire::location::TrackingResponse;
use rapi_core::wire::orders::{OfferItem, OrderDetail};
use rapi_core::wire::people::UserSummary;
use rapi_core::{Id, Timestamp};

use crate::intent::{IntentKey, lane_of};

/// How many refused intents are remembered.
pub(crate) const KEPT_REFUSALS: usize = 20;
/// How many offers that ended are remembered.
pub(crate) const KEPT_CLOSED_OFFERS: usize = 20;
/// How many orders are kept beside the running ones.
pub(crate) const KEPT_ORDERS: usize = 20;

/// Is somebody signed in?
#[derive(Debug, Clone, PartialEq, Default)]
pub enum SessionState {
    /// Not known yet: the engine is opening.
    #[default]
    Starting,
    /// Nobody.
    SignedOut {
        /// Stable snake_case name of why the last session ended, unless the user ended it.
        reason: Option<String>,
    },
    /// This person.
    SignedIn(UserSummary),
}

impl SessionState {
    /// Who is signed in.
    #[must_use]
    pub const fn user(&self) -> Option<&UserSummary> {
        match self {
            Self::SignedIn(user) => Some(user),
            Self::Starting | Self::SignedOut { .. } => None,
        }
    }
}

/// How the backend is reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Connection {
    /// Not at all.
    #[default]
    Offline,
    /// On the way; requests may already get through.
    Connecting,
    /// Events arrive as they happen.
    Online,
}

/// Something the user asked for that the backend has not answered yet.
#[derive(Debug, Clone, PartialEq)]
pub struct PendingIntent {
    /// Names it.
    pub key: IntentKey,
    /// Intents of one lane are sent one after the other.
    pub lane: String,
    /// What was asked: [`crate::Intent::what`].
    pub what: String,
    /// When.
    pub submitted_at: Timestamp,
    /// The words, where these are notes on the work: they are shown ahead.
    pub notes: Option<String>,
}

/// An offer that can no longer be taken.
#[derive(Debug, Clone, PartialEq)]
pub struct ClosedOffer {
    /// Of which order.
    pub order_id: Id<Order>,
    /// Why; nothing when a newer backend gives a reason of its own.
    pub reason: Option<OfferEnd>,
}

/// Something the user asked for that the backend refused.
#[derive(Debug, Clone, PartialEq)]
pub struct RefusedIntent {
    /// Names it.
    pub key: IntentKey,
    /// What was asked: [`crate::Intent::what`].
    pub what: String,
    /// Stable snake_case name of the reason.
    pub code: String,
    /// The reason in a sentence, for developers.
    pub detail: String,
}

/// Everything the engine knows.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Snapshot {
    /// Is somebody signed in?
    pub session: SessionState,
    /// How the backend is reached.
    pub connection: Connection,
    /// The running orders and the last 20 others.
    pub orders: BTreeMap<Id<Order>, OrderDetail>,
    /// Orders open to this provider, as the backend ranks them.
    pub offers: Vec<OfferItem>,
    /// The last 20 offers that ended while the app runs, oldest first.
    pub closed_offers: Vec<ClosedOffer>,
    /// Where the providers of running orders are.
    pub tracking: BTreeMap<Id<Order>, TrackingResponse>,
    /// Not answered yet, oldest first.
    pub pending: Vec<PendingIntent>,
    /// The last 20 refusals, oldest first.
    pub refused: Vec<RefusedIntent>,
    /// Grows with every notice that comes in while the app runs; starts at 0. The inbox itself is `ApiClient::notifications`.
    pub unread_notifications: u32,
    /// Grows when the identity check of this person moves.
    pub verification_changes: u32,
    /// Grows when money of this person moves: bills, top-ups, withdrawals.
    pub payment_changes: u32,
    /// The newest event taken in.
    pub last_seq: i64,
    /// How often the position is sampled; nothing while it is not.
    pub sampling: Option<Duration>,
}

impl Snapshot {
    /// What was asked of an order and is not answered yet, oldest first.
    pub fn pending_of(&self, order: Id<Order>) -> impl DoubleEndedIterator<Item = &PendingIntent> {
        let lane = lane_of(order);
        self.pending.iter().filter(move |pending| pending.lane == lane)
    }

    /// The notes on an order that wait to be sent, as they were written last.
    #[must_use]
    pub fn notes_of(&self, order: Id<Order>) -> Option<&str> {
        self.pending_of(order).rev().find_map(|pending| pending.notes.as_deref())
    }
}
