//! The MQTT connection: found, made, kept, made again. Says what arrives; decides nothing.

mod backoff;
mod connection;
mod topics;

use std::sync::Arc;
use std::time::Duration;

use rapi_core::Id;
use rapi_core::values::User;
use tokio::sync::{Notify, mpsc, watch};

use crate::api::ApiClient;
use crate::error::EngineError;
use crate::host::Host;
use crate::snapshot::Snapshot;
use backoff::Backoff;
use connection::{Address, Ended, Session};

/// What the link tells.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum LinkEvent {
    /// The backend does not answer.
    Unreachable,
    /// The backend answers requests.
    Reachable,
    /// It does, but MQTT does not get through.
    RequestsOnly,
    /// Connected and subscribed.
    Up,
    /// No longer.
    Down,
    /// Something arrived.
    Message { topic: String, payload: Vec<u8> },
    /// The backend has stored this batch.
    Acked { sequence: u64 },
}

/// A batch to be published.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Publish {
    pub(crate) sequence: u64,
    pub(crate) payload: Vec<u8>,
}

/// A connection that lasted this long was a good one: the next attempt follows at once.
const GOOD_AFTER: Duration = Duration::from_secs(10);

/// Everything a link needs.
pub(crate) struct Link {
    pub(crate) api: ApiClient,
    pub(crate) host: Host,
    pub(crate) tls: Arc<rustls::ClientConfig>,
    pub(crate) api_url: String,
    pub(crate) user: Id<User>,
    pub(crate) device_id: String,
    /// Says which orders to listen for.
    pub(crate) known: watch::Receiver<Arc<Snapshot>>,
    /// Ends the wait for the next attempt.
    pub(crate) wake: Arc<Notify>,
    pub(crate) tell: Box<dyn Fn(LinkEvent) + Send + Sync>,
}

impl Link {
    /// Connects, again and again, until dropped.
    pub(crate) async fn run(self, mut publishes: mpsc::UnboundedReceiver<Publish>) {
        let (mut backoff, mut refused_token) = (Backoff::default(), None);
        loop {
            let began = self.host.clock.now();
            refused_token = self.attempt(refused_token, &mut publishes).await;
            let now = self.host.clock.now();
            if now.since(began) >= GOOD_AFTER {
                backoff = Backoff::default();
            }
            let at = now + backoff.next(self.host.ids.new_uuid().as_u128());
            tokio::select! {
                () = self.host.clock.sleep_until(at) => {}
                () = self.wake.notified() => {}
            }
        }
    }

    /// One connection from its beginning to its end; answers the token if it was refused.
    async fn attempt(&self, refused: Option<String>, publishes: &mut mpsc::UnboundedReceiver<Publish>) -> Option<String> {
        let (token, address) = match self.prepare(refused).await {
            Ok(prepared) => prepared,
            Err(error) => {
                tracing::debug!(code = error.code(), "no way to the backend");
                (self.tell)(LinkEvent::Unreachable);
                return None;
            }
        };
        (self.tell)(LinkEvent::Reachable);
        let Some(address) = address else {
            (self.tell)(LinkEvent::RequestsOnly);
            return None;
        };
        let session = Session {
            address,
            user: self.user,
            device_id: &self.device_id,
            token: &token,
            tls: &self.tls,
            known: &self.known,
            tell: &self.tell,
        };
        match session.run(publishes).await {
            Ended::NeverUp => (self.tell)(LinkEvent::RequestsOnly),
            Ended::WasUp => (self.tell)(LinkEvent::Down),
            Ended::TokenRefused => {
                (self.tell)(LinkEvent::RequestsOnly);
                return Some(token);
            }
        }
        None
    }

    async fn prepare(&self, refused: Option<String>) -> Result<(String, Option<Address>), EngineError> {
        let token = self.api.token(refused).await?;
        let config = self.api.config().await?;
        Ok((token, config.mqtt.tcp.as_deref().and_then(|text| Address::parse(text, &self.api_url))))
    }
}
