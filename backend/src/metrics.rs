//! Numbers for Prometheus.

use std::sync::OnceLock;

use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};

static RECORDER: OnceLock<Option<PrometheusHandle>> = OnceLock::new();

/// Starts counting; once a process, however often it is called.
pub fn start() {
    RECORDER.get_or_init(|| PrometheusBuilder::new().install_recorder().ok());
}

/// The page Prometheus reads; `None` when another recorder counts.
#[must_use]
pub fn render() -> Option<String> {
    RECORDER.get().and_then(Option::as_ref).map(PrometheusHandle::render)
}
