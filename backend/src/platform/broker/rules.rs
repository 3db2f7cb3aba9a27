//! Who may connect, subscribe and publish. The topics themselves are ruled in [`rapi_core::wire::topics`].

use std::future::{Future, ready};
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;

use mqtt5::broker::{AuthProvider, AuthResult};
use mqtt5::packet::connect::ConnectPacket;
use mqtt5::protocol::v5::reason_codes::ReasonCode;
use rapi_core::wire::topics;

use super::badge::{self, Badge};
use super::gate::{Gate, Refusal};
use super::live::Live;
use crate::platform::clock::Clock;

type Answer<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// The broker's rules.
pub(super) struct Rules {
    live: Arc<Live>,
    gate: Arc<dyn Gate>,
    clock: Arc<dyn Clock>,
}

impl Rules {
    pub(super) fn new(live: Arc<Live>, gate: Arc<dyn Gate>, clock: Arc<dyn Clock>) -> Self {
        Self { live, gate, clock }
    }

    async fn admit(&self, connect: &ConnectPacket) -> Result<Badge, ReasonCode> {
        let bad = ReasonCode::BadUsernameOrPassword;
        let user = connect.username.as_deref().ok_or(bad)?;
        let token = connect.password.as_deref().and_then(|token| std::str::from_utf8(token).ok()).ok_or(bad)?;
        let admitted = self.gate.admit(user, token).await.map_err(|refusal| match refusal {
            Refusal::BadCredentials => bad,
            Refusal::Unavailable => ReasonCode::ServerUnavailable,
        })?;
        if topics::device_of(admitted.user, &connect.client_id).is_none() {
            return Err(ReasonCode::ClientIdentifierNotValid);
        }
        // A Will speaks when nobody can be asked any more; no app of ours leaves one.
        if connect.will.is_some() {
            return Err(ReasonCode::NotAuthorized);
        }
        Ok(Badge { admitted, since: self.clock.now(), serial: self.live.next_serial() })
    }
}

impl AuthProvider for Rules {
    fn authenticate<'a>(&'a self, connect: &'a ConnectPacket, _: SocketAddr) -> Answer<'a, mqtt5::Result<AuthResult>> {
        Box::pin(async move {
            Ok(match self.admit(connect).await {
                Ok(badge) => AuthResult::success_with_user(badge.to_string()),
                Err(reason) => AuthResult::fail(reason),
            })
        })
    }

    fn authorize_publish<'a>(&'a self, client_id: &str, user_id: Option<&'a str>, topic: &'a str) -> Answer<'a, bool> {
        let admitted = badge::read(user_id).map(|badge| badge.admitted);
        // Whether it is to be retained is known later: see `Hooks`.
        let may = admitted.is_some_and(|admitted| topics::sender(admitted.user, admitted.role, client_id, topic, false).is_some());
        Box::pin(ready(may))
    }

    fn authorize_subscribe<'a>(&'a self, _: &str, user_id: Option<&'a str>, filter: &'a str) -> Answer<'a, bool> {
        Box::pin(ready(badge::read(user_id).is_some_and(|badge| topics::may_subscribe(badge.admitted.user, filter))))
    }
}
