//! Is it alive, is it ready, how is it doing; and what apps need to know before anybody signs in.

use axum::Json;
use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use rapi_core::wire::location::{ConfigResponse, MqttAddresses};
use serde_json::json;
use std::net::SocketAddr;
use std::time::Duration;
use utoipa_axum::routes;

use super::endpoints::Endpoints;
use super::router::json;
use crate::app::{App, AppState};
use crate::platform::error::StorageFails;
use crate::platform::outage::Outage;
use crate::platform::{ApiError, probe};
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
pub(super) fn public() -> Endpoints {
    Endpoints::default().routes(routes!(config))
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

/// So long a probe may take.
const PATIENCE: Duration = Duration::from_secs(5);

/// Ready means: a file was written and a transaction committed, just now.
async fn ready(State(app): State<AppState>) -> Response {
    let probe = probe::storage(&app.db, &app.settings.data_dir, app.now());
    let reason = match tokio::time::timeout(PATIENCE, probe).await {
        Ok(Ok(())) => return json(json!({ "status": "ready" })),
        Ok(Err(error)) => {
            tracing::warn!(%error, "not ready");
            reason(&app, &error).await
        }
        Err(_) => Outage::DatabaseAway.code(),
    };
    (StatusCode::SERVICE_UNAVAILABLE, json(json!({ "status": "not_ready", "reason": reason }))).into_response()
}

async fn reason(app: &App, error: &ApiError) -> &'static str {
    match error {
        ApiError::Unavailable(Outage::StorageFails, _) => asked_of_the_disk(app).await.code(),
        ApiError::Unavailable(outage, _) => outage.code(),
        ApiError::LostRace(_) => "busy",
        _ => "database",
    }
}

/// What the disk says is the matter when storing failed.
async fn asked_of_the_disk(app: &App) -> Outage {
    let said = probe::disk(&app.settings.data_dir).await;
    said.err().as_ref().and_then(Outage::of_disk).unwrap_or(Outage::StorageFails)
}

/// Tells the caller why storing failed, where the database could not.
pub(super) async fn explain_storage(app: &App, response: Response) -> Response {
    if response.extensions().get::<StorageFails>().is_none() {
        return response;
    }
    match asked_of_the_disk(app).await {
        Outage::StorageFails => response,
        outage => ApiError::Unavailable(outage, "the disk says why storing failed".into()).into_response(),
    }
}

async fn metrics_page() -> Response {
    match crate::metrics::render() {
        Some(page) => ([("content-type", "text/plain; version=0.0.4")], page).into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}
