//! Offers: seen, taken, left to others.

use axum::Json;
use axum::extract::State;
use axum::response::Response;
use rapi_core::values;
use rapi_core::wire::orders::{OfferItem, OrderDetail};
use rapi_core::wire::{Page, PageQuery};
use utoipa_axum::routes;

use super::moved;
use crate::app::AppState;
use crate::gateway::{Endpoints, NoBody, Params, PathId, Posted, Provider, Unit};
use crate::orders::{accept as accepting, offers};
use crate::platform::ApiResult;
use crate::platform::cursor::Window;

pub(super) fn routes() -> Endpoints {
    Endpoints::default().routes(routes!(open)).routes(routes!(seen)).routes(routes!(accept)).routes(routes!(decline))
}

/// Orders I can take now, newest offer first; of the client only the first name.
#[utoipa::path(get, path = "/orders/offers", tag = "Offers", params(PageQuery), responses((status = 200, body = Page<OfferItem>)))]
async fn open(
    State(app): State<AppState>,
    Provider(caller): Provider,
    Params(query): Params<PageQuery>,
) -> ApiResult<Json<Page<OfferItem>>> {
    let window = Window::try_new(query.limit, query.cursor.as_deref())?;
    Ok(Json(offers::open_offers(&app, app.db.read(), caller.user, &window).await?))
}

/// The offer was shown.
#[utoipa::path(post, path = "/orders/{id}/seen", tag = "Offers", params(("id" = Uuid, Path, description = "The order")),
    request_body = NoBody, responses((status = 204)))]
async fn seen(
    State(app): State<AppState>,
    Provider(caller): Provider,
    PathId(id): PathId<values::Order>,
    posted: Posted<NoBody>,
) -> ApiResult<Response> {
    let unit = Unit::begin(&app, posted.once).await?;
    offers::seen(&app, &unit, id, caller.user).await?;
    unit.no_content().await
}

/// Takes the order; the loser of a race gets 409 `order_already_taken`.
#[utoipa::path(post, path = "/orders/{id}/accept", tag = "Offers", params(("id" = Uuid, Path, description = "The order")),
    request_body = NoBody, responses((status = 200, body = OrderDetail)))]
async fn accept(
    State(app): State<AppState>,
    Provider(caller): Provider,
    PathId(id): PathId<values::Order>,
    posted: Posted<NoBody>,
) -> ApiResult<Response> {
    let turn = accepting::turn(&app, id, caller.user).await?;
    let unit = Unit::begin(&app, posted.once).await?;
    accepting::accept(&app, &unit, &turn, id, caller.user).await?;
    let answer = moved(&app, unit, id, &caller).await?;
    turn.end();
    Ok(answer)
}

/// Leaves the order to others.
#[utoipa::path(post, path = "/orders/{id}/decline", tag = "Offers", params(("id" = Uuid, Path, description = "The order")),
    request_body = NoBody, responses((status = 204)))]
async fn decline(
    State(app): State<AppState>,
    Provider(caller): Provider,
    PathId(id): PathId<values::Order>,
    posted: Posted<NoBody>,
) -> ApiResult<Response> {
    let unit = Unit::begin(&app, posted.once).await?;
    offers::decline(&app, &unit, id, caller.user).await?;
    unit.no_content().await
}
