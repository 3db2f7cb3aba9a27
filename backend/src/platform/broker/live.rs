//! Which connections are open, and the end of those whose time has come.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};
use std::time::Duration;

use mqtt5::QoS;
use mqtt5::broker::router::MessageRouter;
use mqtt5::packet::publish::PublishPacket;
use tokio_util::sync::CancellationToken;

use super::badge::Badge;
use super::gate::Gate;
use crate::platform::clock::Clock;

/// A connection lives at most this long.
const LONGEST: Duration = Duration::from_secs(24 * 3600);
/// How often sessions are looked at that ended without this process being told.
const ROUND: Duration = Duration::from_secs(30);

/// The open connections of this broker.
#[derive(Default)]
pub(super) struct Live {
    router: RwLock<Option<Arc<MessageRouter>>>,
    serials: AtomicU64,
    open: Mutex<HashMap<u64, Open>>,
}

#[derive(Clone)]
struct Open {
    client_id: Arc<str>,
    badge: Badge,
}

impl Live {
    /// Gives it the library's router.
    pub(super) fn attach(&self, router: Arc<MessageRouter>) {
        *self.router.write().unwrap_or_else(PoisonError::into_inner) = Some(router);
    }

    /// Lets go of the router, which holds on to the hooks and so to the whole backend.
    pub(super) fn detach(&self) {
        *self.router.write().unwrap_or_else(PoisonError::into_inner) = None;
    }

    fn router(&self) -> Option<Arc<MessageRouter>> {
        self.router.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub(super) fn next_serial(&self) -> u64 {
        self.serials.fetch_add(1, Ordering::Relaxed)
    }

    pub(super) fn opened(&self, client_id: Arc<str>, badge: Badge) {
        self.open().insert(badge.serial, Open { client_id, badge });
        self.count();
    }

    pub(super) fn closed(&self, badge: &Badge) {
        self.open().remove(&badge.serial);
        self.count();
    }

    pub(super) fn is_open(&self, badge: &Badge) -> bool {
        self.open().contains_key(&badge.serial)
    }

    /// Ends a connection. What it still sends is not taken any more.
    pub(super) async fn end(&self, client_id: &str, badge: &Badge) {
        self.closed(badge);
        self.drop_client(client_id).await;
    }

    /// Ends the connections whose client ids begin with `prefix`.
    pub(super) async fn end_below(&self, prefix: &str) {
        for open in self.all() {
            if open.client_id.starts_with(prefix) {
                self.end(&open.client_id, &open.badge).await;
            }
        }
    }

    pub(super) async fn publish(&self, topic: String, payload: Vec<u8>) {
        if let Some(router) = self.router() {
            router.route_message(&PublishPacket::new(topic, payload, QoS::AtLeastOnce), None).await;
        }
    }

    async fn drop_client(&self, client_id: &str) {
        if let Some(router) = self.router() {
            router.unregister_client(client_id).await;
        }
    }

    fn open(&self) -> MutexGuard<'_, HashMap<u64, Open>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn all(&self) -> Vec<Open> {
        self.open().values().cloned().collect()
    }

    fn count(&self) {
        metrics::gauge!("rapi_mqtt_connections").set(u32::try_from(self.open().len()).unwrap_or(u32::MAX));
    }
}

/// Ends what is too old or no longer signed in, round after round, until `stop`.
pub(super) async fn watch(live: Arc<Live>, gate: Arc<dyn Gate>, clock: Arc<dyn Clock>, stop: CancellationToken) {
    loop {
        let next = clock.now() + ROUND;
        tokio::select! {
            () = stop.cancelled() => return,
            () = clock.sleep_until(next) => {}
        }
        for open in live.all() {
            let is_old = clock.now().since(open.badge.since) >= LONGEST;
            if is_old || !gate.is_live(open.badge.admitted).await {
                live.end(&open.client_id, &open.badge).await;
            }
        }
    }
}
