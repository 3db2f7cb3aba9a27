//! `/me/sessions`: the signed-in devices.

use axum::Json;
use axum::extract::State;
use axum::response::Response;
use rapi_core::wire::auth::SessionItem;
use rapi_core::wire::{Page, PageQuery};
use utoipa_axum::routes;

use crate::app::AppState;
use crate::gateway::{Caller, Endpoints, NoBody, Params, PathId, Posted, Unit};
use crate::platform::cursor::Window;
use crate::platform::{ApiError, ApiResult};
use crate::users::sessions::{self, Ended};

pub(super) fn routes() -> Endpoints {
    Endpoints::default().routes(routes!(list)).routes(routes!(end))
}

/// The signed-in devices, newest sign-in first
#[utoipa::path(get, path = "/me/sessions", tag = "Me", params(PageQuery), responses((status = 200, description = "Living sessions", body = Page<SessionItem>)))]
async fn list(State(app): State<AppState>, caller: Caller, Params(query): Params<PageQuery>) -> ApiResult<Json<Page<SessionItem>>> {
    let window = Window::try_new(query.limit, query.cursor.as_deref())?;
    let rows = sessions::list(app.db.read(), caller.user, app.now(), window).await?;
    Ok(Json(window.page(rows, |row| row.family_id, |row| sessions::item(row, caller.session))))
}

/// Sign a device out
#[utoipa::path(delete, path = "/me/sessions/{id}", tag = "Me", params(("id" = uuid::Uuid, Path, description = "The session")), responses((status = 204, description = "Signed out")))]
async fn end(State(app): State<AppState>, caller: Caller, PathId(id): PathId<SessionItem>, posted: Posted<NoBody>) -> ApiResult<Response> {
    let unit = Unit::begin(&app, posted.once).await?;
    if sessions::end(&app, &unit, caller.user, id.uuid()).await? == Ended::Before {
        return Err(ApiError::not_found("session"));
    }
    let response = unit.no_content().await?;
    sessions::disconnect(&app, caller.user).await;
    Ok(response)
}
