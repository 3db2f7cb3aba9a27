//! The MQTT broker inside: MQTT 5 and 3.1.1, over TCP and WebSocket, in the backend's own process.
//!
//! It carries what happens now and remembers nothing: clean sessions, nothing retained, no files. Who may come in and what
//! becomes of a batch of positions is decided behind [`Gate`] and [`Inbox`]; this module knows neither people nor places.
//! A broker outside takes its place by standing behind [`super::bus::Bus`] likewise.

mod badge;
mod bus;
mod front;
mod gate;
mod hooks;
mod live;
mod rules;

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use mqtt5::broker::config::WebSocketConfig;
use mqtt5::broker::{BrokerConfig, BrokerShutdownHandle, MqttBroker, ResourceLimits, StorageConfig};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

pub use bus::LateBus;
pub use gate::{Admitted, Gate, Inbox, NotTaken, Refusal};

use super::clock::Clock;
use hooks::Hooks;
use live::Live;
use rules::Rules;

/// A packet may be this long, in bytes, all included; a batch of positions is at most 8 KiB.
const MAX_PACKET_BYTES: usize = 64 * 1024;
/// Messages that may wait for one connection; a lane of the library's default length drops most of a burst.
const LANE_LENGTH: usize = 100_000;
/// Connections of one process, as many from one address as in all: phones share the addresses of their networks.
const MAX_CONNECTIONS: usize = 100_000;
/// Filters of one connection.
const MAX_SUBSCRIPTIONS: usize = 32;
/// Names a client may give to topics instead of repeating them.
const TOPIC_ALIASES: u16 = 16;

/// Where the broker listens; port 0 picks one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Listen {
    /// MQTT over TCP.
    pub tcp: SocketAddr,
    /// MQTT over WebSocket, below the path `/mqtt`.
    pub ws: SocketAddr,
}

/// A running broker. Dropping it leaves it running; end it with [`Broker::stop`].
pub struct Broker {
    /// Where MQTT over TCP is.
    pub tcp: SocketAddr,
    /// Where MQTT over WebSocket is; the path is `/mqtt`.
    pub ws: SocketAddr,
    live: Arc<Live>,
    stop: CancellationToken,
    library: BrokerShutdownHandle,
    tasks: Vec<JoinHandle<()>>,
}

impl Broker {
    /// Starts listening and lets `bus` publish through it. Ready when it returns.
    ///
    /// # Errors
    /// When an address cannot be had, or `bus` already has a broker.
    pub async fn start(
        listen: Listen,
        bus: &LateBus,
        clock: Arc<dyn Clock>,
        gate: Arc<dyn Gate>,
        inbox: Arc<dyn Inbox>,
    ) -> anyhow::Result<Self> {
        let live = Arc::new(Live::default());
        let hooks = Arc::new(Hooks::new(Arc::clone(&live), Arc::clone(&gate), inbox));
        let rules = Rules::new(Arc::clone(&live), Arc::clone(&gate), Arc::clone(&clock));
        let config = config(listen.tcp).with_event_handler(Arc::clone(&hooks) as _);
        let mut library =
            MqttBroker::with_config(config).await.context("cannot start the MQTT broker")?.with_auth_provider(Arc::new(rules));
        library.resource_monitor().update_limits(limits());
        live.attach(library.router());
        bus.attach(Arc::clone(&live))?;
        let tcp = library.local_addr().context("MQTT over TCP has no address")?;
        let behind = library.ws_local_addr().context("MQTT over WebSocket has no address")?;
        let front = TcpListener::bind(listen.ws).await.with_context(|| format!("cannot listen on {}", listen.ws))?;
        let ws = front.local_addr()?;

        let (stop, shutdown) = (CancellationToken::new(), library.shutdown_handle());
        let mut ready = library.ready_receiver();
        let run = tokio::spawn(async move {
            if let Err(error) = library.run().await {
                tracing::error!(%error, "the MQTT broker ended");
            }
        });
        ready.wait_for(|ready| *ready).await.context("the MQTT broker did not start")?;
        let watch = tokio::spawn(live::watch(Arc::clone(&live), gate, clock, stop.clone()));
        let front = tokio::spawn(front::serve(front, behind, stop.clone()));
        Ok(Self { tcp, ws, live, stop, library: shutdown, tasks: vec![run, watch, front] })
    }

    /// Says goodbye to everybody and stops.
    pub async fn stop(self) {
        self.stop.cancel();
        self.library.shutdown();
        for task in self.tasks {
            if let Err(error) = task.await {
                tracing::warn!(%error, "a task of the MQTT broker broke");
            }
        }
        self.live.detach();
    }
}

fn config(tcp: SocketAddr) -> BrokerConfig {
    // The library's own WebSocket door opens inwards only: see `front`.
    let inwards = WebSocketConfig::new().with_bind_addresses(vec![SocketAddr::from((Ipv4Addr::LOCALHOST, 0))]);
    let mut config = BrokerConfig::default()
        .with_bind_address(tcp)
        .with_websocket(inwards)
        .with_storage(StorageConfig::new().with_persistence(false))
        .with_session_expiry(Duration::ZERO)
        .with_retain_available(false)
        .with_sys_topics_enabled(false)
        .with_max_clients(MAX_CONNECTIONS)
        .with_max_packet_size(MAX_PACKET_BYTES)
        .with_max_subscriptions_per_client(MAX_SUBSCRIPTIONS)
        .with_client_channel_capacity(LANE_LENGTH);
    config.shared_subscription_available = false;
    config.topic_alias_maximum = TOPIC_ALIASES;
    config
}

fn limits() -> ResourceLimits {
    ResourceLimits {
        max_connections: MAX_CONNECTIONS,
        max_connections_per_ip: MAX_CONNECTIONS,
        // A batch that comes too often would be acknowledged in MQTT 3.1.1 without having been stored: none is refused for that.
        max_message_rate_per_client: 0,
        max_bandwidth_per_client: 0,
        max_connection_rate: 10_000,
        rate_limit_window: Duration::from_secs(1),
    }
}
