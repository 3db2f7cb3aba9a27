//! What the library tells us of its connections. Publishing is answered here: the library waits for the hook before it sends
//! PUBACK (or PUBREC), so a batch is durable before it is acknowledged.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use bytes::Bytes;
use mqtt5::QoS;
use mqtt5::broker::{BrokerEventHandler, ClientConnectEvent, ClientDisconnectEvent, ClientPublishEvent, PublishAction};
use mqtt5::packet::publish::PublishPacket;
use rapi_core::wire::topics;

use super::badge::{self, Badge};
use super::gate::{Gate, Inbox};
use super::live::Live;

type Done<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// Where refused packets go: nobody may subscribe to it.
const NOWHERE: &str = "refused";

pub(super) struct Hooks {
    live: Arc<Live>,
    gate: Arc<dyn Gate>,
    inbox: Arc<dyn Inbox>,
}

impl Hooks {
    pub(super) fn new(live: Arc<Live>, gate: Arc<dyn Gate>, inbox: Arc<dyn Inbox>) -> Self {
        Self { live, gate, inbox }
    }

    async fn connected(&self, client_id: Arc<str>, badge: Badge) {
        self.live.opened(Arc::clone(&client_id), badge);
        // The session may have ended between the check of the token and now, when ending connections did not see this one yet.
        if !self.gate.is_live(badge.admitted).await {
            self.live.end(&client_id, &badge).await;
        }
    }

    /// Is the packet taken care of, so that it may be acknowledged?
    async fn takes(&self, event: &ClientPublishEvent, badge: &Badge) -> bool {
        let admitted = badge.admitted;
        match topics::sender(admitted.user, admitted.role, &event.client_id, &event.topic, event.retain) {
            Some(device) if self.live.is_open(badge) => self.inbox.receive(admitted.user, device, &event.payload).await.is_ok(),
            _ => false,
        }
    }

    async fn published(&self, event: ClientPublishEvent) -> PublishAction {
        let Some(badge) = badge::read(event.user_id.as_deref()) else { return unacknowledged() };
        if self.takes(&event, &badge).await {
            return PublishAction::Handled;
        }
        self.live.end(&event.client_id, &badge).await;
        unacknowledged()
    }
}

/// The library acknowledges by the QoS of what it goes on with: of QoS 0 nothing.
fn unacknowledged() -> PublishAction {
    PublishAction::Transform(PublishPacket::new(NOWHERE, Bytes::new(), QoS::AtMostOnce))
}

impl BrokerEventHandler for Hooks {
    fn on_client_connect<'a>(&'a self, event: ClientConnectEvent) -> Done<'a, ()> {
        Box::pin(async move {
            if let Some(badge) = badge::read(event.user_id.as_deref()) {
                self.connected(event.client_id, badge).await;
            }
        })
    }

    fn on_client_publish<'a>(&'a self, event: ClientPublishEvent) -> Done<'a, PublishAction> {
        Box::pin(self.published(event))
    }

    fn on_client_disconnect<'a>(&'a self, event: ClientDisconnectEvent) -> Done<'a, ()> {
        Box::pin(async move {
            if let Some(badge) = badge::read(event.user_id.as_deref()) {
                self.live.closed(&badge);
            }
        })
    }
}
