//! Orders: made, listed, looked at.

use axum::Json;
use axum::extract::State;
use axum::response::Response;
use rapi_core::values;
use rapi_core::wire::Page;
use rapi_core::wire::orders::{CreateOrderRequest, OrderDetail, OrderItem, OrdersQuery, QuoteRequest, QuoteResponse, TimelineItem};
use rapi_core::wire::people::UserType;
use utoipa_axum::routes;

use crate::app::AppState;
use crate::gateway::{Caller, Client, Endpoints, Params, PathId, Posted, Unit, written};
use crate::orders::store::orders::{Only, Whose};
use crate::orders::{create, prices, service, timeline, view};
use crate::platform::ApiResult;
use crate::platform::cursor::Window;

pub(super) fn routes() -> Endpoints {
    Endpoints::default().routes(routes!(quote)).routes(routes!(mine, order)).routes(routes!(detail)).routes(routes!(steps))
}

/// What so many minutes of work would cost.
#[utoipa::path(post, path = "/orders/quote", tag = "Orders", request_body = QuoteRequest,
    responses((status = 200, body = QuoteResponse)))]
async fn quote(State(app): State<AppState>, _: Caller, posted: Posted<QuoteRequest>) -> ApiResult<Json<QuoteResponse>> {
    Ok(Json(prices::quote(&app, app.db.read(), &posted.body).await?))
}

/// Asks for help at home; providers nearby are offered the order at once, or 45 minutes before its time.
#[utoipa::path(post, path = "/orders", tag = "Orders", request_body = CreateOrderRequest,
    responses((status = 201, body = OrderDetail)))]
async fn order(State(app): State<AppState>, Client(caller): Client, posted: Posted<CreateOrderRequest>) -> ApiResult<Response> {
    let unit = Unit::begin(&app, posted.once).await?;
    let made = create::create(&app, &unit, caller.user, posted.body).await?;
    let answer = view::detail(&app, &unit, made.order_id(), &caller).await?;
    unit.created(&answer).await
}

/// My orders, as client or as provider, newest first.
#[utoipa::path(get, path = "/orders", tag = "Orders", params(OrdersQuery), responses((status = 200, body = Page<OrderItem>)))]
async fn mine(State(app): State<AppState>, caller: Caller, Params(query): Params<OrdersQuery>) -> ApiResult<Json<Page<OrderItem>>> {
    let window = Window::try_new(query.limit, query.cursor.as_deref())?;
    let whose = match caller.role {
        UserType::ServiceProvider => Whose::ProvidersOf(caller.user),
        UserType::Client | UserType::Admin => Whose::ClientsOf(caller.user),
    };
    Ok(Json(view::page(&app, app.db.read(), whose, &Only { status: query.status, ..Only::default() }, &window).await?))
}

/// An order with all that belongs to it; to a provider it is offered to, what the offer shows.
#[utoipa::path(get, path = "/orders/{id}", tag = "Orders", params(("id" = Uuid, Path, description = "The order")),
    responses((status = 200, body = OrderDetail)))]
async fn detail(State(app): State<AppState>, caller: Caller, PathId(id): PathId<values::Order>) -> ApiResult<Response> {
    Ok(written(view::committed(&app, id, &caller).await?))
}

/// Every step an order took, first to last.
#[utoipa::path(get, path = "/orders/{id}/timeline", tag = "Orders", params(("id" = Uuid, Path, description = "The order")),
    responses((status = 200, body = Vec<TimelineItem>)))]
async fn steps(State(app): State<AppState>, caller: Caller, PathId(id): PathId<values::Order>) -> ApiResult<Json<Vec<TimelineItem>>> {
    service::visible(app.db.read(), id, &caller).await?;
    Ok(Json(timeline::timeline(app.db.read(), id).await?))
}
