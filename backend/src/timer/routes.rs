//! The work timer over HTTP.

use axum::Json;
use axum::extract::State;
use axum::response::Response;
use rapi_core::values;
use rapi_core::wire::orders::OccurredRequest;
use rapi_core::wire::work::{WorkNotesRequest, WorkSessionResponse};
use rapi_core::work::WorkEventKind;
use rapi_core::{Id, Timestamp};
use utoipa_axum::routes;

use super::{notes, record, service};
use crate::app::AppState;
use crate::gateway::{Caller, Endpoints, PathId, Posted, Provider, Routes, Unit};
use crate::orders::service as orders;
use crate::platform::{ApiError, ApiResult};

/// What it serves.
pub fn routes() -> Routes {
    let private = Endpoints::default()
        .routes(routes!(start))
        .routes(routes!(pause))
        .routes(routes!(resume))
        .routes(routes!(stop))
        .routes(routes!(get_session, write_notes));
    Routes { private, ..Routes::default() }
}

/// The work begins.
#[utoipa::path(post, path = "/orders/{id}/work-session/start", tag = "Timer", params(("id" = Uuid, Path, description = "The order")),
    request_body = OccurredRequest, responses((status = 200, description = "The session, running", body = WorkSessionResponse)))]
async fn start(
    State(app): State<AppState>,
    Provider(caller): Provider,
    PathId(id): PathId<values::Order>,
    posted: Posted<OccurredRequest>,
) -> ApiResult<Response> {
    recorded(&app, &caller, id, WorkEventKind::Start, posted).await
}

/// The work is interrupted.
#[utoipa::path(post, path = "/orders/{id}/work-session/pause", tag = "Timer", params(("id" = Uuid, Path, description = "The order")),
    request_body = OccurredRequest, responses((status = 200, description = "The session, paused", body = WorkSessionResponse)))]
async fn pause(
    State(app): State<AppState>,
    Provider(caller): Provider,
    PathId(id): PathId<values::Order>,
    posted: Posted<OccurredRequest>,
) -> ApiResult<Response> {
    recorded(&app, &caller, id, WorkEventKind::Pause, posted).await
}

/// The work goes on.
#[utoipa::path(post, path = "/orders/{id}/work-session/resume", tag = "Timer", params(("id" = Uuid, Path, description = "The order")),
    request_body = OccurredRequest, responses((status = 200, description = "The session, running", body = WorkSessionResponse)))]
async fn resume(
    State(app): State<AppState>,
    Provider(caller): Provider,
    PathId(id): PathId<values::Order>,
    posted: Posted<OccurredRequest>,
) -> ApiResult<Response> {
    recorded(&app, &caller, id, WorkEventKind::Resume, posted).await
}

/// The work is done; makes the bill.
#[utoipa::path(post, path = "/orders/{id}/work-session/stop", tag = "Timer", params(("id" = Uuid, Path, description = "The order")),
    request_body = OccurredRequest, responses((status = 200, description = "The session, done", body = WorkSessionResponse)))]
async fn stop(
    State(app): State<AppState>,
    Provider(caller): Provider,
    PathId(id): PathId<values::Order>,
    posted: Posted<OccurredRequest>,
) -> ApiResult<Response> {
    recorded(&app, &caller, id, WorkEventKind::Stop, posted).await
}

async fn recorded(
    app: &AppState,
    caller: &Caller,
    order: Id<values::Order>,
    kind: WorkEventKind,
    posted: Posted<OccurredRequest>,
) -> ApiResult<Response> {
    let occurred_at: Option<Timestamp> = posted.body.occurred_at;
    let unit = Unit::begin(app, posted.once).await?;
    let session = record::record(app, &unit, caller, order, kind, occurred_at).await?;
    unit.ok(&session).await
}

/// The work session of an order.
#[utoipa::path(get, path = "/orders/{id}/work-session", tag = "Timer", params(("id" = Uuid, Path, description = "The order")),
    responses((status = 200, description = "The session as of now", body = WorkSessionResponse)))]
async fn get_session(
    State(app): State<AppState>,
    caller: Caller,
    PathId(id): PathId<values::Order>,
) -> ApiResult<Json<WorkSessionResponse>> {
    let facts = orders::visible(app.db.read(), id, &caller).await?;
    let session = service::session_of(app.db.read(), &facts, app.now()).await?;
    session.map(Json).ok_or_else(|| ApiError::not_found("work session"))
}

/// Writes notes on the work; each side its own.
#[utoipa::path(patch, path = "/orders/{id}/work-session", tag = "Timer", params(("id" = Uuid, Path, description = "The order")),
    request_body = WorkNotesRequest, responses((status = 200, description = "The session with its notes", body = WorkSessionResponse)))]
async fn write_notes(
    State(app): State<AppState>,
    caller: Caller,
    PathId(id): PathId<values::Order>,
    posted: Posted<WorkNotesRequest>,
) -> ApiResult<Response> {
    let unit = Unit::begin(&app, posted.once).await?;
    let session = notes::write(&app, &unit, &caller, id, posted.body).await?;
    unit.ok(&session).await
}
