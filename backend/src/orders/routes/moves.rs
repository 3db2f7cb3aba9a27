//! Moves of an order by the people of it.

use axum::extract::State;
use axum::response::Response;
use rapi_core::values;
use rapi_core::wire::orders::{CancelRequest, OccurredRequest, OrderDetail, RatingRequest};
use utoipa_axum::routes;

use super::moved;
use crate::app::AppState;
use crate::gateway::{Caller, Client, Endpoints, PathId, Posted, Provider, Unit};
use crate::orders::{cancel as cancelling, rate as rating, service, travel};
use crate::platform::ApiResult;

pub(super) fn routes() -> Endpoints {
    Endpoints::default().routes(routes!(depart)).routes(routes!(arrive)).routes(routes!(cancel)).routes(routes!(rate))
}

/// The provider set off; `occurred_at` is kept between the acceptance and now.
#[utoipa::path(post, path = "/orders/{id}/depart", tag = "Orders", params(("id" = Uuid, Path, description = "The order")),
    request_body = OccurredRequest, responses((status = 200, body = OrderDetail)))]
async fn depart(
    State(app): State<AppState>,
    Provider(caller): Provider,
    PathId(id): PathId<values::Order>,
    posted: Posted<OccurredRequest>,
) -> ApiResult<Response> {
    let unit = Unit::begin(&app, posted.once).await?;
    service::seen(&unit, id, &caller).await?;
    travel::depart(&app, &unit, id, &caller, posted.body.occurred_at).await?;
    moved(&app, unit, id, &caller).await
}

/// The provider is at the door; `occurred_at` is kept between the departure and now.
#[utoipa::path(post, path = "/orders/{id}/arrive", tag = "Orders", params(("id" = Uuid, Path, description = "The order")),
    request_body = OccurredRequest, responses((status = 200, body = OrderDetail)))]
async fn arrive(
    State(app): State<AppState>,
    Provider(caller): Provider,
    PathId(id): PathId<values::Order>,
    posted: Posted<OccurredRequest>,
) -> ApiResult<Response> {
    let unit = Unit::begin(&app, posted.once).await?;
    service::seen(&unit, id, &caller).await?;
    travel::arrive(&app, &unit, id, &caller, posted.body.occurred_at).await?;
    moved(&app, unit, id, &caller).await
}

/// Calls the order off: the client until the work starts, the provider from acceptance until then.
#[utoipa::path(post, path = "/orders/{id}/cancel", tag = "Orders", params(("id" = Uuid, Path, description = "The order")),
    request_body = CancelRequest, responses((status = 200, body = OrderDetail)))]
async fn cancel(
    State(app): State<AppState>,
    caller: Caller,
    PathId(id): PathId<values::Order>,
    posted: Posted<CancelRequest>,
) -> ApiResult<Response> {
    let unit = Unit::begin(&app, posted.once).await?;
    service::seen(&unit, id, &caller).await?;
    cancelling::cancel(&app, &unit, id, caller.actor(), posted.body).await?;
    moved(&app, unit, id, &caller).await
}

/// Rates the paid work, which completes the order.
#[utoipa::path(post, path = "/orders/{id}/rating", tag = "Orders", params(("id" = Uuid, Path, description = "The order")),
    request_body = RatingRequest, responses((status = 200, body = OrderDetail)))]
async fn rate(
    State(app): State<AppState>,
    Client(caller): Client,
    PathId(id): PathId<values::Order>,
    posted: Posted<RatingRequest>,
) -> ApiResult<Response> {
    let unit = Unit::begin(&app, posted.once).await?;
    service::seen(&unit, id, &caller).await?;
    rating::rate(&app, &unit, id, caller.user, posted.body).await?;
    moved(&app, unit, id, &caller).await
}
