//! Following what happens: the link's news, the feed, and what each event means.

use std::collections::BTreeSet;

use rapi_core::values::Order;
use rapi_core::wire::events::{Event, EventEnvelope, EventsResponse};
use rapi_core::wire::location::TrackingResponse;
use rapi_core::wire::topics;
use rapi_core::{Id, Timestamp, outbox, session as core_session, tracking as core_tracking};

use super::session::session_of;
use super::{Conductor, Done, Reach, report};
use crate::error::EngineError;
use crate::link::LinkEvent;
use crate::snapshot::{ClosedOffer, Connection, KEPT_CLOSED_OFFERS};
use crate::store::Slot;

/// Whether something has to be asked for, or is being.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Asking {
    #[default]
    Idle,
    UnderWay,
    /// Under way, but it may already be outdated: once more.
    Again,
}

/// How far the engine has followed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Following {
    pub(super) feed: Asking,
    pub(super) offers: Asking,
    /// Orders that have moved and are to be asked for.
    pub(super) stale: BTreeSet<Id<Order>>,
    /// Orders that are being asked for.
    pub(super) fetching: BTreeSet<Id<Order>>,
    /// When what failed is asked for again.
    pub(super) retry_at: Option<Timestamp>,
    /// Has the list of orders been compared since the start?
    pub(super) compared: bool,
    /// Is the provider online?
    pub(super) available: bool,
    /// The newest event whose consequences are on disk.
    pub(super) kept_seq: i64,
}

impl Following {
    pub(super) fn new(last_seq: i64, available: bool) -> Self {
        Self {
            feed: Asking::Idle,
            offers: Asking::Idle,
            stale: BTreeSet::new(),
            fetching: BTreeSet::new(),
            retry_at: None,
            compared: false,
            available,
            kept_seq: last_seq,
        }
    }

    pub(super) const fn retry_at(&self) -> Option<Timestamp> {
        self.retry_at
    }

    /// What was under way for a session that ended is not any more.
    pub(super) fn forget_requests(&mut self) {
        self.stale.append(&mut self.fetching);
        (self.feed, self.offers, self.retry_at) = (Asking::Idle, Asking::Idle, None);
    }
}

impl Conductor {
    pub(super) async fn link_event(&mut self, event: LinkEvent) {
        match event {
            LinkEvent::Unreachable => {
                self.snapshot.connection = Connection::Offline;
                self.reached(Reach::Nothing).await;
            }
            LinkEvent::Down => {
                self.snapshot.connection = Connection::Connecting;
                self.reached(Reach::Nothing).await;
            }
            LinkEvent::Reachable => {
                self.snapshot.connection = Connection::Connecting;
                self.tell_session(core_session::Input::Online).await;
                self.tell_outbox(outbox::Input::Online).await;
            }
            LinkEvent::RequestsOnly => {
                self.reached(Reach::Requests).await;
                self.catch_up();
            }
            LinkEvent::Up => {
                self.snapshot.connection = Connection::Online;
                self.reached(Reach::Live).await;
                self.catch_up();
            }
            LinkEvent::Message { topic, payload } => self.message(&topic, &payload).await,
            LinkEvent::Acked { sequence } => self.tell_batcher(core_tracking::Input::Acked { sequence }).await,
        }
    }

    async fn reached(&mut self, reach: Reach) {
        self.reach = reach;
        let batches = match reach {
            Reach::Nothing => {
                self.tell_outbox(outbox::Input::Offline).await;
                core_tracking::Connection::Offline
            }
            Reach::Requests | Reach::Live => core_tracking::Connection::Online,
        };
        self.tell_batcher(core_tracking::Input::Connected(batches)).await;
    }

    /// Reads what was missed. The subscription is there already, so nothing falls in between.
    fn catch_up(&mut self) {
        self.following.retry_at = None;
        self.read_feed();
        self.offers_moved();
        self.compare();
        self.fetch_stale();
    }

    async fn message(&mut self, topic: &str, payload: &[u8]) {
        let Some(user) = self.snapshot.session.user().map(|user| user.id) else { return };
        if topic == topics::events(user) {
            match serde_json::from_slice::<EventEnvelope>(payload) {
                Ok(event) => self.event_now(event).await,
                // It is in the feed as well, perhaps in a shape that can be read.
                Err(error) => {
                    tracing::warn!(%error, "an event cannot be read");
                    self.read_feed();
                }
            }
        } else if let Some(position) = report("a position cannot be read", serde_json::from_slice::<TrackingResponse>(payload))
            && topic == topics::tracking(user, position.order_id)
        {
            self.snapshot.tracking.insert(position.order_id, position);
        }
    }

    /// An event as it happens: the next one counts, a later one shows that some were missed.
    async fn event_now(&mut self, envelope: EventEnvelope) {
        if envelope.seq <= self.snapshot.last_seq {
            return;
        }
        if envelope.seq == self.snapshot.last_seq + 1 && self.feed_is_read() {
            self.event(envelope).await;
            self.settle().await;
        } else {
            self.read_feed();
        }
    }

    const fn feed_is_read(&self) -> bool {
        matches!(self.following.feed, Asking::Idle)
    }

    pub(super) fn read_feed(&mut self) {
        if self.following.feed != Asking::Idle {
            self.following.feed = Asking::Again;
            return;
        }
        self.following.feed = Asking::UnderWay;
        let (api, after) = (self.api.clone(), self.snapshot.last_seq);
        self.spawn(async move { Done::Feed(api.events(after).await) });
    }

    pub(super) async fn feed_page(&mut self, page: Result<EventsResponse, EngineError>) {
        let asked = std::mem::take(&mut self.following.feed);
        match page {
            Ok(page) => {
                for envelope in page.items {
                    self.event(envelope).await;
                }
                let is_signed_in = self.snapshot.session.user().is_some();
                if is_signed_in && (page.has_more || asked == Asking::Again) {
                    self.read_feed();
                }
                self.settle().await;
            }
            Err(error) => {
                tracing::debug!(code = error.code(), "the feed is not read");
                self.ask_later();
            }
        }
    }

    /// Takes in one event, in order; an old one has been taken in before.
    async fn event(&mut self, envelope: EventEnvelope) {
        // One of them may have ended the session.
        let is_signed_in = self.snapshot.session.user().is_some();
        if !is_signed_in || envelope.seq <= self.snapshot.last_seq {
            return;
        }
        self.snapshot.last_seq = envelope.seq;
        match envelope.event() {
            Some(event) => self.happened(event).await,
            None => tracing::debug!(kind = envelope.kind, version = envelope.version, "an event from the future"),
        }
    }

    async fn happened(&mut self, event: Event) {
        match event {
            Event::OfferNew { .. } => self.offers_moved(),
            Event::OfferClosed { order_id, reason } => {
                self.snapshot.offers.retain(|offer| offer.order.id != order_id);
                let closed = &mut self.snapshot.closed_offers;
                closed.retain(|known| known.order_id != order_id);
                closed.push(ClosedOffer { order_id, reason: reason.parse().ok() });
                closed.drain(..closed.len().saturating_sub(KEPT_CLOSED_OFFERS));
                self.offers_moved();
            }
            Event::OrderChanged { order_id, .. } => {
                if self.snapshot.offers.iter().any(|offer| offer.order.id == order_id) {
                    self.offers_moved();
                }
                self.order_moved(order_id).await;
            }
            Event::WorkSessionChanged { order_id, .. } | Event::RatingReceived { order_id, .. } => {
                self.order_moved(order_id).await;
            }
            Event::PaymentChanged { order_id, .. } => {
                self.snapshot.payment_changes += 1;
                if let Some(order_id) = order_id {
                    self.order_moved(order_id).await;
                }
            }
            Event::VerificationChanged { .. } => self.verification_moved(),
            Event::TrackingWatched { watched_until, .. } => {
                self.tell_batcher(core_tracking::Input::Watched { until: watched_until }).await;
            }
            Event::NotificationNew { .. } => self.snapshot.unread_notifications += 1,
            Event::SessionRevoked { session_id } => {
                let tokens = self.session.checkpoint().tokens.as_ref();
                if tokens.and_then(|tokens| session_of(&tokens.access_token)) == Some(session_id) {
                    self.revoked().await;
                }
            }
        }
    }

    fn verification_moved(&mut self) {
        self.snapshot.verification_changes += 1;
        let api = self.api.clone();
        self.spawn(async move { Done::Me(Box::new(api.me().await.map(|me| me.user))) });
    }

    /// Once everything an event led to is on disk, so is its number: a crash before that only reads it again.
    pub(super) async fn settle(&mut self) {
        let following = &self.following;
        if self.snapshot.session.user().is_none() {
            return;
        }
        let is_settled = following.stale.is_empty() && following.fetching.is_empty();
        if is_settled && following.kept_seq != self.snapshot.last_seq {
            self.following.kept_seq = self.snapshot.last_seq;
            report("cannot keep the place in the feed", self.store.put(Slot::LastSeq, &self.snapshot.last_seq).await);
        }
    }
}
