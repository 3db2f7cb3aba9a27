//! `/me/locations`: saved addresses.

use axum::Json;
use axum::extract::State;
use axum::response::Response;
use rapi_core::wire::people::{LocationItem, LocationRequest, PatchLocationRequest};
use rapi_core::wire::{Page, PageQuery};
use utoipa_axum::routes;

use crate::app::AppState;
use crate::gateway::{Caller, Endpoints, NoBody, Params, PathId, Posted, Unit};
use crate::platform::ApiResult;
use crate::platform::cursor::Window;
use crate::users::places;

pub(super) fn routes() -> Endpoints {
    Endpoints::default().routes(routes!(list, add)).routes(routes!(patch, remove))
}

/// Saved addresses
#[utoipa::path(get, path = "/me/locations", tag = "Me", params(PageQuery), responses((status = 200, description = "Newest first", body = Page<LocationItem>)))]
async fn list(State(app): State<AppState>, caller: Caller, Params(query): Params<PageQuery>) -> ApiResult<Json<Page<LocationItem>>> {
    let window = Window::try_new(query.limit, query.cursor.as_deref())?;
    let rows = places::list(app.db.read(), caller.user, window).await?;
    Ok(Json(window.page(rows, |row| row.id, places::item)))
}

/// Save an address; the first one is primary
#[utoipa::path(post, path = "/me/locations", tag = "Me", request_body = LocationRequest, responses((status = 201, description = "Saved", body = LocationItem)))]
async fn add(State(app): State<AppState>, caller: Caller, posted: Posted<LocationRequest>) -> ApiResult<Response> {
    let unit = Unit::begin(&app, posted.once).await?;
    let answer = places::add(&app, &unit, caller.user, posted.body).await?;
    unit.created(&answer).await
}

/// Change a saved address
#[utoipa::path(patch, path = "/me/locations/{id}", tag = "Me", params(("id" = uuid::Uuid, Path, description = "The address")), request_body = PatchLocationRequest, responses((status = 200, description = "As it is now", body = LocationItem)))]
async fn patch(
    State(app): State<AppState>,
    caller: Caller,
    PathId(id): PathId<LocationItem>,
    posted: Posted<PatchLocationRequest>,
) -> ApiResult<Response> {
    let unit = Unit::begin(&app, posted.once).await?;
    let answer = places::patch(&app, &unit, caller.user, id.uuid(), posted.body).await?;
    unit.ok(&answer).await
}

/// Forget a saved address; when it was primary, another becomes so
#[utoipa::path(delete, path = "/me/locations/{id}", tag = "Me", params(("id" = uuid::Uuid, Path, description = "The address")), responses((status = 204, description = "Forgotten")))]
async fn remove(
    State(app): State<AppState>,
    caller: Caller,
    PathId(id): PathId<LocationItem>,
    posted: Posted<NoBody>,
) -> ApiResult<Response> {
    let unit = Unit::begin(&app, posted.once).await?;
    places::remove(&unit, caller.user, id.uuid()).await?;
    unit.no_content().await
}
