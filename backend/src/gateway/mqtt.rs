//! The broker's view of the backend.

use std::net::SocketAddr;

use async_trait::async_trait;

use crate::app::AppState;
use crate::platform::bus::Bus;

/// A bus whose broker starts later.
#[derive(Clone, Default)]
pub struct LateBus;

#[async_trait]
impl Bus for LateBus {
    async fn publish(&self, _: String, _: Vec<u8>) {}

    async fn disconnect(&self, _: &str) {}
}

/// The running broker.
pub struct RunningBroker {
    /// Over TCP.
    pub tcp: SocketAddr,
    /// Over WebSocket.
    pub ws: SocketAddr,
}

impl RunningBroker {
    /// Stops it.
    pub async fn stop(self) {}
}

/// Starts it.
///
/// # Errors
/// When an address cannot be bound.
pub async fn start(app: &AppState, _: &LateBus) -> anyhow::Result<RunningBroker> {
    Ok(RunningBroker { tcp: app.settings.mqtt, ws: app.settings.mqtt_ws })
}
