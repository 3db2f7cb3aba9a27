//! Keeping the orders and offers of the snapshot fresh.

use std::time::Duration;

use rapi_core::Id;
use rapi_core::orders::Status;
use rapi_core::values::Order;
use rapi_core::wire::orders::{OfferItem, OrderDetail, OrderItem, OrdersQuery};
use rapi_core::wire::people::UserType;

use super::following::Asking;
use super::{Conductor, Done, Reach, report};
use crate::error::EngineError;
use crate::snapshot::KEPT_ORDERS;
use crate::store::Slot;

type Answer<T> = Result<T, EngineError>;

/// Orders asked for at the same time.
const AT_ONCE: usize = 4;
/// What failed is asked for again after this.
const RETRY_AFTER: Duration = Duration::from_secs(2);

impl Conductor {
    /// The order is no longer what the snapshot says.
    pub(super) async fn order_moved(&mut self, id: Id<Order>) {
        self.following.stale.insert(id);
        self.fetch_stale();
    }

    /// Asks for what has moved, a few at a time, each once at a time.
    pub(super) fn fetch_stale(&mut self) {
        while self.following.fetching.len() < AT_ONCE && self.following.retry_at.is_none() {
            let next = self.following.stale.difference(&self.following.fetching).next().copied();
            let Some(id) = next else { return };
            self.following.stale.remove(&id);
            self.following.fetching.insert(id);
            let api = self.api.clone();
            self.spawn(async move { Done::Order { id, result: Box::new(api.order(id).await) } });
        }
    }

    pub(super) async fn order_fetched(&mut self, id: Id<Order>, result: Answer<OrderDetail>) {
        self.following.fetching.remove(&id);
        match result {
            Ok(detail) => self.put_order(detail).await,
            Err(EngineError::Api(problem)) if matches!(problem.status, 403 | 404) => self.drop_order(id).await,
            Err(EngineError::Unreadable(error)) => tracing::error!(%error, "an order cannot be read"),
            Err(_) => {
                self.following.stale.insert(id);
                self.ask_later();
            }
        }
        self.fetch_stale();
        self.settle().await;
    }

    /// Shows and keeps an order.
    pub(super) async fn put_order(&mut self, detail: OrderDetail) {
        let id = detail.order.id;
        match &detail.tracking {
            Some(position) => {
                let known = self.snapshot.tracking.get(&id).and_then(|known| known.recorded_at);
                if position.recorded_at >= known {
                    self.snapshot.tracking.insert(id, position.clone());
                }
            }
            None => drop(self.snapshot.tracking.remove(&id)),
        }
        report("cannot keep an order", self.store.keep_order(&detail).await);
        self.snapshot.orders.insert(id, detail);
        self.prune().await;
        self.follow_mode().await;
    }

    async fn drop_order(&mut self, id: Id<Order>) {
        self.snapshot.orders.remove(&id);
        self.snapshot.tracking.remove(&id);
        report("cannot forget an order", self.store.remove_order(id.uuid()).await);
        self.follow_mode().await;
    }

    /// Of the orders that are over, only the newest stay. Ids grow with time.
    async fn prune(&mut self) {
        let over: Vec<_> = self.snapshot.orders.values().filter(|detail| is_over(&detail.order)).map(|detail| detail.order.id).collect();
        for id in over.iter().rev().skip(KEPT_ORDERS) {
            self.snapshot.orders.remove(id);
            self.snapshot.tracking.remove(id);
            report("cannot forget an order", self.store.remove_order(id.uuid()).await);
        }
    }

    /// Asks for the newest orders once a start: what happened while nobody looked for longer than the feed goes back.
    pub(super) fn compare(&mut self) {
        let user_type = self.snapshot.session.user().map(|user| user.user_type.clone());
        if self.following.compared || user_type.is_none_or(|kind| kind.is(&UserType::Admin)) {
            return;
        }
        self.following.compared = true;
        let api = self.api.clone();
        let newest = OrdersQuery { limit: u32::try_from(KEPT_ORDERS).ok(), ..OrdersQuery::default() };
        self.spawn(async move { Done::Orders(api.orders(newest).await.map(|page| page.items)) });
        if self.is_provider() {
            let api = self.api.clone();
            self.spawn(async move { Done::Available(api.provider_profile().await.map(|profile| profile.is_available)) });
        }
    }

    pub(super) async fn orders_listed(&mut self, result: Answer<Vec<OrderItem>>) {
        match result {
            Ok(items) => {
                let known = &self.snapshot.orders;
                let moved = items.iter().filter(|item| known.get(&item.id).is_none_or(|kept| kept.order != **item));
                let running = known.values().filter(|kept| !is_over(&kept.order)).map(|kept| &kept.order);
                self.following.stale.extend(moved.chain(running).map(|order| order.id));
                self.fetch_stale();
            }
            Err(error) => {
                tracing::debug!(code = error.code(), "the orders are not listed");
                self.following.compared = false;
                self.ask_later();
            }
        }
        self.settle().await;
    }

    pub(super) async fn availability_known(&mut self, result: Answer<bool>) {
        match result {
            Ok(available) if available != self.following.available => {
                self.following.available = available;
                report("cannot keep the availability", self.store.put(Slot::Available, &available).await);
            }
            Ok(_) | Err(EngineError::Api(_) | EngineError::Unreadable(_)) => {}
            Err(_) => {
                self.following.compared = false;
                self.ask_later();
            }
        }
        self.follow_mode().await;
    }

    /// The offers are no longer what the snapshot says.
    pub(super) fn offers_moved(&mut self) {
        if !self.is_provider() {
            return;
        }
        if self.following.offers != Asking::Idle {
            self.following.offers = Asking::Again;
            return;
        }
        self.following.offers = Asking::UnderWay;
        let api = self.api.clone();
        self.spawn(async move { Done::Offers(api.offers().await) });
    }

    pub(super) async fn offers_fetched(&mut self, result: Answer<Vec<OfferItem>>) {
        let asked = std::mem::take(&mut self.following.offers);
        match result {
            Ok(offers) => self.snapshot.offers = offers,
            // Not approved yet: there is nothing to offer.
            Err(EngineError::Api(problem)) if problem.status == 403 => self.snapshot.offers.clear(),
            Err(error) => {
                tracing::debug!(code = error.code(), "the offers are not known");
                self.ask_later();
            }
        }
        if asked == Asking::Again {
            self.offers_moved();
        }
    }

    pub(super) fn ask_later(&mut self) {
        self.following.retry_at = Some(self.now() + RETRY_AFTER);
    }

    /// Asks again for what failed, when its time has come.
    pub(super) async fn fetch_again(&mut self) {
        let now = self.now();
        // A time further ahead than anybody waits: the clock was set back.
        let has_come = |at| at <= now || at > now + RETRY_AFTER;
        if self.following.retry_at.is_some_and(has_come) {
            self.following.retry_at = None;
            if self.reach == Reach::Nothing {
                // The next connection asks for everything.
                return;
            }
            self.read_feed();
            self.offers_moved();
            self.compare();
            self.fetch_stale();
        }
    }
}

/// Will nothing happen to it any more?
pub(super) fn is_over(order: &OrderItem) -> bool {
    matches!(order.status.known(), Some(Status::Completed | Status::Cancelled))
}
