//! Fixes over HTTP, and where the provider of an order is.

use axum::Json;
use axum::extract::State;
use axum::response::Response;
use rapi_core::tracking::{Fix, Rejected};
use rapi_core::wire::location::{
    FixRequest, LocationBatchRequest, LocationBatchResponse, LocationHistoryItem, RejectedFix, TrackingResponse, WatchResponse,
};
use rapi_core::wire::{Page, PageQuery};
use rapi_core::{LatLng, values};
use utoipa_axum::routes;

use super::intake::Name;
use super::{history, service, watch};
use crate::app::AppState;
use crate::gateway::{Caller, Client, Endpoints, NoBody, Params, PathId, Posted, Provider, Routes, Unit};
use crate::orders;
use crate::platform::cursor::Window;
use crate::platform::{ApiError, ApiResult};

/// What the module serves.
pub fn routes() -> Routes {
    let private = Endpoints::default()
        .routes(routes!(post_location))
        .routes(routes!(put_watch))
        .routes(routes!(get_tracking))
        .routes(routes!(get_tracking_history));
    Routes { private, ..Routes::default() }
}

/// Send fixes over HTTP, for networks that block MQTT.
#[utoipa::path(
    post, path = "/me/location", tag = "Location", request_body = LocationBatchRequest,
    responses((status = 200, body = LocationBatchResponse))
)]
async fn post_location(
    State(app): State<AppState>,
    Provider(caller): Provider,
    posted: Posted<LocationBatchRequest>,
) -> ApiResult<Response> {
    let fixes = posted.body.0.iter().map(fix).collect::<ApiResult<Vec<_>>>()?;
    // Before the transaction, for the history may be another database. Should the answer be lost, the same fixes come again and
    // have no effect.
    let name = posted.once.as_ref().map(|once| Name::Request { key: once.key.clone() });
    let found = app.intake.take(caller.user, fixes, name).await?;
    let unit = Unit::begin(&app, posted.once).await?;
    unit.ok(&verdicts(&found)).await
}

fn fix(request: &FixRequest) -> ApiResult<Fix> {
    let position = LatLng::try_new(request.latitude, request.longitude);
    #[expect(clippy::cast_possible_truncation, reason = "a GPS is far less exact than 24 bits")]
    let short = |number: f64| number as f32;
    Ok(Fix {
        at: request.recorded_at,
        position: position.map_err(|error| ApiError::invalid_field("latitude", "out_of_range", error.to_string()))?,
        accuracy_meters: request.accuracy_meters.map(short),
        speed_kmh: request.speed_kmh.map(short),
        heading_degrees: request.heading_degrees.and_then(|degrees| u16::try_from(degrees).ok()),
        is_mock: request.is_mock,
    })
}

fn verdicts(verdicts: &[Result<(), Rejected>]) -> LocationBatchResponse {
    let rejected = verdicts.iter().enumerate().filter_map(|(index, verdict)| {
        let reason = (*verdict).err()?;
        Some(RejectedFix { index, reason: reason.into() })
    });
    let rejected: Vec<_> = rejected.collect();
    LocationBatchResponse { accepted: verdicts.len() - rejected.len(), rejected }
}

/// Look at the map: the provider sends live for the next 30 seconds.
#[utoipa::path(
    put, path = "/orders/{id}/watch", tag = "Location", params(("id" = Uuid, Path, description = "The order")),
    request_body = NoBody, responses((status = 200, body = WatchResponse))
)]
async fn put_watch(
    State(app): State<AppState>,
    Client(caller): Client,
    PathId(order): PathId<values::Order>,
    posted: Posted<NoBody>,
) -> ApiResult<Response> {
    orders::service::visible(app.db.read(), order, &caller).await?;
    let unit = Unit::begin(&app, posted.once).await?;
    let lease = watch::watch(&app, &unit, order).await?;
    unit.ok(&lease).await
}

/// Where the provider of an order is; only between acceptance and arrival.
#[utoipa::path(
    get, path = "/orders/{id}/tracking", tag = "Location", params(("id" = Uuid, Path, description = "The order")),
    responses((status = 200, body = TrackingResponse))
)]
async fn get_tracking(
    State(app): State<AppState>,
    caller: Caller,
    PathId(order): PathId<values::Order>,
) -> ApiResult<Json<TrackingResponse>> {
    orders::service::visible(app.db.read(), order, &caller).await?;
    let tracking = service::tracking_of(app.db.read(), order).await?;
    let tracking = tracking.ok_or_else(|| ApiError::not_found("tracking"))?;
    Ok(Json(service::with_latest(&app, tracking)))
}

/// The way the provider of an order took, oldest first, for 30 days.
#[utoipa::path(
    get, path = "/orders/{id}/tracking/history", tag = "Location",
    params(("id" = Uuid, Path, description = "The order"), PageQuery),
    responses((status = 200, body = Page<LocationHistoryItem>))
)]
async fn get_tracking_history(
    State(app): State<AppState>,
    caller: Caller,
    PathId(order): PathId<values::Order>,
    Params(query): Params<PageQuery>,
) -> ApiResult<Json<Page<LocationHistoryItem>>> {
    orders::service::visible(app.db.read(), order, &caller).await?;
    let window = Window::try_new(query.limit, query.cursor.as_deref())?;
    Ok(Json(history::page(&app.history, order, &window).await?))
}
