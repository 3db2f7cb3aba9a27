//! What admins look at and decide.

use axum::Json;
use axum::extract::State;
use axum::response::Response;
use rapi_core::values;
use rapi_core::wire::Page;
use rapi_core::wire::admin::{AdminOrdersQuery, AdminStatsQuery, AdminStatsResponse, DispatchExplanation, MapResponse};
use rapi_core::wire::orders::{CancelRequest, OrderDetail, OrderItem};
use utoipa_axum::routes;

use super::moved;
use crate::app::AppState;
use crate::gateway::{Admin, Caller, Endpoints, Params, PathId, Posted, Unit, written};
use crate::orders::store::orders::{Only, Text, Whose};
use crate::orders::{cancel as cancelling, explain, map, overview, view};
use crate::platform::ApiResult;
use crate::platform::cursor::Window;
use crate::platform::days::{end_of, start_of};
use crate::users::service::{Permission, named, require_permission};

pub(super) fn routes() -> Endpoints {
    Endpoints::default()
        .routes(routes!(list))
        .routes(routes!(detail))
        .routes(routes!(dispatch))
        .routes(routes!(cancel))
        .routes(routes!(stats))
        .routes(routes!(live))
}

async fn may_see(app: &AppState, caller: &Caller) -> ApiResult<()> {
    require_permission(app.db.read(), caller.user, Permission::Orders).await
}

/// Everybody's orders, newest first unless told otherwise.
#[utoipa::path(get, path = "/admin/orders", tag = "Admin", params(AdminOrdersQuery), responses((status = 200, body = Page<OrderItem>)))]
async fn list(
    State(app): State<AppState>,
    Admin(caller): Admin,
    Params(query): Params<AdminOrdersQuery>,
) -> ApiResult<Json<Page<OrderItem>>> {
    may_see(&app, &caller).await?;
    let window = Window::try_new(query.limit, query.cursor.as_deref())?.sorted(query.sort);
    let only = Only {
        status: query.status,
        since: query.from.map(start_of),
        until: query.to.map(end_of),
        text: query.q.map(|part| Text { people: named(&part), part }),
    };
    Ok(Json(view::page(&app, app.db.read(), Whose::Everybodys, &only, &window).await?))
}

/// The platform in numbers, by day in Asia/Jakarta.
#[utoipa::path(get, path = "/admin/stats", tag = "Admin", params(AdminStatsQuery), responses((status = 200, body = AdminStatsResponse)))]
async fn stats(
    State(app): State<AppState>,
    Admin(caller): Admin,
    Params(query): Params<AdminStatsQuery>,
) -> ApiResult<Json<AdminStatsResponse>> {
    may_see(&app, &caller).await?;
    Ok(Json(overview::overview(&app, app.db.read(), &query).await?))
}

/// Everything that goes on now, on one map.
#[utoipa::path(get, path = "/admin/map", tag = "Admin", responses((status = 200, body = MapResponse)))]
async fn live(State(app): State<AppState>, Admin(caller): Admin) -> ApiResult<Json<MapResponse>> {
    may_see(&app, &caller).await?;
    Ok(Json(map::map(&app, app.db.read()).await?))
}

/// Anybody's order with all that belongs to it.
#[utoipa::path(get, path = "/admin/orders/{id}", tag = "Admin", params(("id" = Uuid, Path, description = "The order")),
    responses((status = 200, body = OrderDetail)))]
async fn detail(State(app): State<AppState>, Admin(caller): Admin, PathId(id): PathId<values::Order>) -> ApiResult<Response> {
    may_see(&app, &caller).await?;
    Ok(written(view::committed(&app, id, &caller).await?))
}

/// Why each provider was, or was not, offered an order.
#[utoipa::path(get, path = "/admin/orders/{id}/dispatch", tag = "Admin", params(("id" = Uuid, Path, description = "The order")),
    responses((status = 200, body = DispatchExplanation)))]
async fn dispatch(
    State(app): State<AppState>,
    Admin(caller): Admin,
    PathId(id): PathId<values::Order>,
) -> ApiResult<Json<DispatchExplanation>> {
    may_see(&app, &caller).await?;
    Ok(Json(explain::explain(&app, app.db.read(), id).await?))
}

/// Calls off anybody's order that is not over.
#[utoipa::path(post, path = "/admin/orders/{id}/cancel", tag = "Admin", params(("id" = Uuid, Path, description = "The order")),
    request_body = CancelRequest, responses((status = 200, body = OrderDetail)))]
async fn cancel(
    State(app): State<AppState>,
    Admin(caller): Admin,
    PathId(id): PathId<values::Order>,
    posted: Posted<CancelRequest>,
) -> ApiResult<Response> {
    let unit = Unit::begin(&app, posted.once).await?;
    cancelling::cancel(&app, &unit, id, caller.actor(), posted.body).await?;
    moved(&app, unit, id, &caller).await
}
