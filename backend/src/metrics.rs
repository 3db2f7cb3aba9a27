//! Numbers for Prometheus.

use std::collections::HashMap;
use std::sync::{Arc, OnceLock, PoisonError, RwLock};
use std::time::Duration;

use axum::http::Method;
use metrics::{Counter, Histogram};
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};
use tokio_util::sync::CancellationToken;

use crate::platform::Clock;

static RECORDER: OnceLock<Option<PrometheusHandle>> = OnceLock::new();

/// Starts counting; once a process, however often it is called.
pub fn start() {
    RECORDER.get_or_init(|| PrometheusBuilder::new().set_buckets(&SECONDS).ok()?.install_recorder().ok());
}

/// Where requests are told apart by how long they took, in seconds.
const SECONDS: [f64; 12] = [0.000_5, 0.001, 0.002_5, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0];

/// The page Prometheus reads; `None` when another recorder counts.
#[must_use]
pub fn render() -> Option<String> {
    RECORDER.get().and_then(Option::as_ref).map(PrometheusHandle::render)
}

/// How often what was measured is added up.
const EVERY: Duration = Duration::from_secs(1);

/// Adds up what was measured, now and then, until `stop`: each value is kept by itself until then, and nobody may ever read the
/// page.
pub async fn add_up(clock: Arc<dyn Clock>, stop: CancellationToken) {
    let Some(recorder) = RECORDER.get().and_then(Option::as_ref) else { return };
    loop {
        let next = clock.now() + EVERY;
        tokio::select! {
            () = stop.cancelled() => return,
            () = clock.sleep_until(next) => {}
        }
        // Where it keeps no request waiting. It cannot fail.
        let _ = tokio::task::spawn_blocking(|| recorder.run_upkeep()).await;
    }
}

/// Requests by method, route and status. Finding the counters by their labels costs more than counting, so they are found once.
#[derive(Default)]
pub struct Requests(RwLock<HashMap<Box<str>, Outcomes>>);

/// Of one route.
type Outcomes = HashMap<(Method, u16), Tally>;

#[derive(Clone)]
struct Tally {
    requests: Counter,
    seconds: Histogram,
}

impl Requests {
    /// Counts one that was answered.
    pub fn answered(&self, method: &Method, route: &str, status: u16, took: Duration) {
        let tally = self.known(method, route, status).unwrap_or_else(|| self.tally(method, route, status));
        tally.requests.increment(1);
        tally.seconds.record(took.as_secs_f64());
    }

    fn known(&self, method: &Method, route: &str, status: u16) -> Option<Tally> {
        let known = self.0.read().unwrap_or_else(PoisonError::into_inner);
        known.get(route)?.get(&(method.clone(), status)).cloned()
    }

    fn tally(&self, method: &Method, route: &str, status: u16) -> Tally {
        let labels = [("method", method.to_string()), ("route", route.to_owned()), ("status", status.to_string())];
        let tally = Tally {
            requests: metrics::counter!("rapi_http_requests_total", &labels),
            seconds: metrics::histogram!("rapi_http_request_seconds", &labels[..2]),
        };
        let mut known = self.0.write().unwrap_or_else(PoisonError::into_inner);
        known.entry(route.into()).or_default().insert((method.clone(), status), tally.clone());
        tally
    }
}
