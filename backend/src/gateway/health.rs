//! Is it alive, is it ready, how is it doing; and what apps need to know before anybody signs in.

use axum::Json;
use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use rapi_core::wire::location::{ConfigResponse, MqttAddresses};
use sea_orm::ConnectionTrait;
use serde_json::json;
use std::net::SocketAddr;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::router::json;
use crate::app::AppState;
use crate::settings::Environment;

pub(super) fn routes(app: &AppState) -> Router<AppState> {
    let routes = Router::new()
        .route("/health/live", get(async || json(json!({ "status": "live" }))))
        .route("/health/ready", get(ready))
        .route("/.well-known/jwks.json", get(async |State(app): State<AppState>| json(app.keys.jwks())));
    let is_public = app.settings.public_metrics && app.settings.env != Environment::Production;
    if is_public { routes.route("/metrics", get(metrics_page)) } else { routes }
}

/// What anybody may know before signing in.
pub(super) fn public() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(config))
}

/// Where the MQTT broker is, and other things an app must know at start.
#[utoipa::path(get, path = "/config", tag = "Config", responses((status = 200, body = ConfigResponse)))]
async fn config(State(app): State<AppState>) -> Json<ConfigResponse> {
    let reachable = |bound: SocketAddr| {
        let host = &app.settings.public_host;
        if host.is_empty() { bound.to_string() } else { format!("{host}:{}", bound.port()) }
    };
    let addresses = app.addresses.get();
    let tcp = addresses.map(|addresses| reachable(addresses.mqtt));
    let websocket = addresses.map(|addresses| format!("ws://{}/mqtt", reachable(addresses.mqtt_ws)));
    Json(ConfigResponse { mqtt: MqttAddresses { tcp, websocket }, currency: Some("IDR".to_owned()) })
}

/// Ready means: a write transaction can be opened and undone.
async fn ready(State(app): State<AppState>) -> Response {
    let probe = async {
        let tx = app.db.write().await?;
        tx.execute_unprepared("UPDATE jobs SET attempts = attempts WHERE kind = 'health'").await
    };
    match probe.await {
        Ok(_) => json(json!({ "status": "ready" })),
        Err(error) => {
            tracing::warn!(%error, "not ready");
            (StatusCode::SERVICE_UNAVAILABLE, json(json!({ "status": "not_ready", "reason": "database" }))).into_response()
        }
    }
}

async fn metrics_page() -> Response {
    match crate::metrics::render() {
        Some(page) => ([("content-type", "text/plain; version=0.0.4")], page).into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}
