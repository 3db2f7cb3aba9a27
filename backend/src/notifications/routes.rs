//! The inbox and the feed of events over HTTP.

use axum::Json;
use axum::extract::State;
use axum::response::Response;
use rapi_core::values;
use rapi_core::wire::events::{EventsQuery, EventsResponse};
use rapi_core::wire::notifications::NotificationItem;
use rapi_core::wire::{Page, PageQuery};
use utoipa_axum::routes;

use super::inbox;
use crate::app::AppState;
use crate::gateway::{Caller, Endpoints, NoBody, Params, PathId, Posted, Routes, Unit};
use crate::platform::cursor::Window;
use crate::platform::{ApiResult, events};

/// What the module serves.
pub fn routes() -> Routes {
    let private = Endpoints::default()
        .routes(routes!(get_notifications))
        .routes(routes!(post_read))
        .routes(routes!(post_read_all))
        .routes(routes!(get_events));
    Routes { private, ..Routes::default() }
}

/// The inbox, newest first.
#[utoipa::path(
    get, path = "/notifications", tag = "Notifications", params(PageQuery),
    responses((status = 200, body = Page<NotificationItem>))
)]
async fn get_notifications(
    State(app): State<AppState>,
    caller: Caller,
    Params(query): Params<PageQuery>,
) -> ApiResult<Json<Page<NotificationItem>>> {
    let window = Window::try_new(query.limit, query.cursor.as_deref())?;
    let rows = inbox::page(app.db.read(), caller.user, &window).await?;
    Ok(Json(window.page(rows, |row| row.id, inbox::item)))
}

/// Mark a notice as read.
#[utoipa::path(
    post, path = "/notifications/{id}/read", tag = "Notifications", params(("id" = Uuid, Path, description = "The notice")),
    request_body = NoBody, responses((status = 204, description = "Read"))
)]
async fn post_read(
    State(app): State<AppState>,
    caller: Caller,
    PathId(id): PathId<values::Notification>,
    posted: Posted<NoBody>,
) -> ApiResult<Response> {
    let unit = Unit::begin(&app, posted.once).await?;
    inbox::read(&unit, caller.user, id, app.now()).await?;
    unit.no_content().await
}

/// Mark everything in the inbox as read.
#[utoipa::path(
    post, path = "/notifications/read-all", tag = "Notifications",
    request_body = NoBody, responses((status = 204, description = "All read"))
)]
async fn post_read_all(State(app): State<AppState>, caller: Caller, posted: Posted<NoBody>) -> ApiResult<Response> {
    let unit = Unit::begin(&app, posted.once).await?;
    inbox::read_all(&unit, caller.user, app.now()).await?;
    unit.no_content().await
}

/// What happened to me since the event last seen, oldest first; kept for 30 days.
#[utoipa::path(get, path = "/me/events", tag = "Events", params(EventsQuery), responses((status = 200, body = EventsResponse)))]
async fn get_events(State(app): State<AppState>, caller: Caller, Params(query): Params<EventsQuery>) -> ApiResult<Json<EventsResponse>> {
    let limit = query.limit.unwrap_or(100);
    let mut items = events::feed(&app.db, caller.user, query.after, u64::from(limit) + 1).await?;
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    let has_more = items.len() > limit;
    items.truncate(limit);
    Ok(Json(EventsResponse { items, has_more }))
}
