//! `/admin/users`: who there is, and what admins do about them.

use axum::Json;
use axum::extract::State;
use axum::response::Response;
use rapi_core::values;
use rapi_core::wire::admin::{AdminUserDetail, AdminUserItem, AdminUsersQuery, PatchUserRequest};
use rapi_core::wire::auth::SessionItem;
use rapi_core::wire::{Page, PageQuery};
use utoipa_axum::routes;

use crate::app::AppState;
use crate::gateway::{Admin, Endpoints, NoBody, Params, PathId, Posted, Unit};
use crate::platform::ApiResult;
use crate::platform::cursor::Window;
use crate::users::permissions::{Permission, require};
use crate::users::{oversight, sessions as living, store};

pub(super) fn routes() -> Endpoints {
    Endpoints::default().routes(routes!(list)).routes(routes!(detail, change)).routes(routes!(sessions, sign_out))
}

/// Everybody, newest first unless told otherwise
#[utoipa::path(get, path = "/admin/users", tag = "Admin", params(AdminUsersQuery), responses((status = 200, description = "Newest first unless told otherwise", body = Page<AdminUserItem>)))]
async fn list(
    State(app): State<AppState>,
    Admin(caller): Admin,
    Params(query): Params<AdminUsersQuery>,
) -> ApiResult<Json<Page<AdminUserItem>>> {
    let (connection, now) = (app.db.read(), app.now());
    require(connection, caller.user, Permission::People).await?;
    let window = Window::try_new(query.limit, query.cursor.as_deref())?;
    let page = window.page(oversight::list(connection, &query, now, window).await?, |row| row.id, |row| row);
    let items = oversight::items(connection, &page.items, now).await?;
    Ok(Json(Page { items, next_cursor: page.next_cursor }))
}

/// Somebody's account, work and money
#[utoipa::path(get, path = "/admin/users/{id}", tag = "Admin", params(("id" = uuid::Uuid, Path, description = "The person")), responses((status = 200, description = "The person", body = AdminUserDetail)))]
async fn detail(State(app): State<AppState>, Admin(caller): Admin, PathId(id): PathId<values::User>) -> ApiResult<Json<AdminUserDetail>> {
    require(app.db.read(), caller.user, Permission::People).await?;
    Ok(Json(oversight::detail(&app, app.db.read(), id).await?))
}

/// Suspend, reopen or unlock somebody's account, or say what an admin may do
#[utoipa::path(patch, path = "/admin/users/{id}", tag = "Admin", params(("id" = uuid::Uuid, Path, description = "The person")), request_body = PatchUserRequest, responses((status = 200, description = "As she is now", body = AdminUserDetail)))]
async fn change(
    State(app): State<AppState>,
    Admin(caller): Admin,
    PathId(id): PathId<values::User>,
    posted: Posted<PatchUserRequest>,
) -> ApiResult<Response> {
    let is_shut = posted.body.suspended == Some(true);
    let unit = Unit::begin(&app, posted.once).await?;
    let answer = oversight::change(&app, &unit, caller.user, id, posted.body).await?;
    let response = unit.ok(&answer).await?;
    if is_shut {
        living::disconnect(&app, id).await;
    }
    Ok(response)
}

/// Somebody's signed-in devices, newest sign-in first
#[utoipa::path(get, path = "/admin/users/{id}/sessions", tag = "Admin", params(("id" = uuid::Uuid, Path, description = "The person"), PageQuery), responses((status = 200, description = "Living sessions", body = Page<SessionItem>)))]
async fn sessions(
    State(app): State<AppState>,
    Admin(caller): Admin,
    PathId(id): PathId<values::User>,
    Params(query): Params<PageQuery>,
) -> ApiResult<Json<Page<SessionItem>>> {
    require(app.db.read(), caller.user, Permission::People).await?;
    store::of(app.db.read(), id).await?;
    let window = Window::try_new(query.limit, query.cursor.as_deref())?;
    let rows = living::list(app.db.read(), id, app.now(), window).await?;
    Ok(Json(window.page(rows, |row| row.family_id, |row| living::item(row, caller.session))))
}

/// Sign somebody out everywhere
#[utoipa::path(delete, path = "/admin/users/{id}/sessions", tag = "Admin", params(("id" = uuid::Uuid, Path, description = "The person")), responses((status = 204, description = "Signed out")))]
async fn sign_out(
    State(app): State<AppState>,
    Admin(caller): Admin,
    PathId(id): PathId<values::User>,
    posted: Posted<NoBody>,
) -> ApiResult<Response> {
    let unit = Unit::begin(&app, posted.once).await?;
    oversight::sign_out(&app, &unit, caller.user, id).await?;
    let response = unit.no_content().await?;
    living::disconnect(&app, id).await;
    Ok(response)
}
