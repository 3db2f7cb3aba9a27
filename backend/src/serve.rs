//! Starting and stopping the whole backend: what `main` and the tests call.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use axum::serve::ListenerExt as _;
use tokio::net::TcpListener;
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::app::{Addresses, App, AppState};
use crate::gateway::mqtt;
use crate::platform::clock::Clock;
use crate::platform::events::{Onwards, Relay};
use crate::platform::follower::Follower;
use crate::platform::jobs::{Handler, Worker};
use crate::platform::shared_bus::SharedBus;
use crate::settings::Settings;
use crate::{gateway, housekeeping, location, metrics, notifications, orders, payments, timer, users};

/// A backend that serves.
pub struct Running {
    /// Its parts.
    pub app: AppState,
    /// Where it serves HTTP.
    pub http: SocketAddr,
    /// Where it serves MQTT over TCP.
    pub mqtt: SocketAddr,
    /// Where it serves MQTT over WebSocket.
    pub mqtt_ws: SocketAddr,
    stop: CancellationToken,
    tasks: TaskTracker,
    broker: mqtt::RunningBroker,
}

/// How long open requests may take to end after SIGTERM.
const DRAIN: Duration = Duration::from_secs(10);

/// Opens everything and serves.
///
/// # Errors
/// When something cannot be opened or an address cannot be bound; says what.
pub async fn start(settings: Settings, clock: Arc<dyn Clock>) -> anyhow::Result<Running> {
    metrics::start();
    let bus = mqtt::LateBus::default();
    let shared = Arc::new(SharedBus::new(bus.clone()));
    let app = App::open(settings, clock, Arc::clone(&shared) as _).await?;
    let (stop, tasks) = (CancellationToken::new(), TaskTracker::new());
    // Before anybody connects: what happens elsewhere from now on is heard here.
    let onwards =
        if app.db.is_shared() { with_others(&app, &bus, shared, &tasks, &stop).await? } else { Onwards::Publish(Arc::new(bus.clone())) };
    let broker = mqtt::start(&app, &bus).await.context("cannot start the MQTT broker")?;
    let listener = TcpListener::bind(app.settings.http).await.with_context(|| format!("cannot bind {}", app.settings.http))?;
    let http = listener.local_addr()?;
    // Nobody else sets them: the app was made above.
    let _ = app.addresses.set(Addresses { mqtt: broker.tcp, mqtt_ws: broker.ws });
    housekeeping::plan(&app).await?;

    let service = gateway::router(&app).into_make_service_with_connect_info::<SocketAddr>();
    // Without it small answers wait for acknowledgements (Nagle and delayed ACK).
    let listener = listener.tap_io(|stream| {
        let _ = stream.set_nodelay(true);
    });
    let closing = stop.clone().cancelled_owned();
    tasks.spawn(async move {
        if let Err(error) = axum::serve(listener, service).with_graceful_shutdown(closing).await {
            tracing::error!(%error, "HTTP stopped");
        }
    });
    let relay = Relay { db: app.db.clone(), onwards, clock: Arc::clone(&app.clock) };
    tasks.spawn(relay.run(stop.clone()));
    let worker =
        Worker { db: app.db.clone(), clock: Arc::clone(&app.clock), handlers: handlers(&app), lease: app.settings.deadlines.lease() };
    tasks.spawn(worker.run(stop.clone()));
    tasks.spawn(metrics::add_up(Arc::clone(&app.clock), stop.clone()));
    tasks.spawn(location::service::take_in(Arc::clone(&app), stop.clone()));
    tasks.spawn(location::service::show(Arc::clone(&app), stop.clone()));
    tasks.close();
    Ok(Running { mqtt: broker.tcp, mqtt_ws: broker.ws, app, http, stop, tasks, broker })
}

/// What it takes not to be the only process on a database: to hear of events, of positions, and of what is published elsewhere.
async fn with_others(
    app: &AppState,
    bus: &mqtt::LateBus,
    shared: Arc<SharedBus>,
    tasks: &TaskTracker,
    stop: &CancellationToken,
) -> anyhow::Result<Onwards> {
    let numbered = Arc::new(Notify::new());
    let (db, clock) = (app.db.clone(), Arc::clone(&app.clock));
    let follower = Follower::open(db, Arc::new(bus.clone()), clock, Arc::clone(&numbered)).await.context("cannot follow events")?;
    tasks.spawn(follower.run(stop.clone()));
    let url = app.settings.database.as_deref().unwrap_or_default();
    let heard = shared.attach(app.db.clone(), url).await.context("cannot listen to the database")?;
    tasks.spawn(shared.listen(heard, Arc::clone(&app.clock), stop.clone()));
    tasks.spawn(location::service::follow_positions(Arc::clone(app), stop.clone()));
    Ok(Onwards::Follow(numbered))
}

/// Who acts when a deadline comes, by its kind.
fn handlers(app: &AppState) -> HashMap<&'static str, Arc<dyn Handler>> {
    let modules = [
        users::handlers(app),
        orders::handlers(app),
        timer::handlers(app),
        location::handlers(app),
        payments::handlers(app),
        notifications::handlers(app),
        housekeeping::handlers(app),
    ];
    modules.into_iter().flatten().collect()
}

impl Running {
    /// Stops taking requests, lets open ones end, stops workers and broker, closes the databases.
    pub async fn stop(self) {
        self.stop.cancel();
        if tokio::time::timeout(DRAIN, self.tasks.wait()).await.is_err() {
            tracing::warn!("some requests did not end in time");
        }
        self.broker.stop().await;
        for db in [self.app.db.clone(), self.app.history.clone()] {
            if let Err(error) = db.close().await {
                tracing::warn!(%error, "a database did not close cleanly");
            }
        }
    }
}
