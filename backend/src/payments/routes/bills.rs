//! The bill of an order over HTTP.

use axum::Json;
use axum::extract::State;
use axum::response::Response;
use rapi_core::values;
use rapi_core::wire::payments::{PayRequest, PaymentResponse};
use utoipa_axum::routes;

use crate::app::AppState;
use crate::gateway::{Caller, Client, Endpoints, NoBody, PathId, Posted, Provider, Unit};
use crate::orders::service as orders;
use crate::payments::{confirm_cash, pay, service};
use crate::platform::{ApiError, ApiResult};

pub(super) fn routes() -> Endpoints {
    Endpoints::default().routes(routes!(get_payment)).routes(routes!(pay_bill)).routes(routes!(confirm))
}

/// The bill of an order.
#[utoipa::path(get, path = "/orders/{id}/payment", tag = "Payments", params(("id" = Uuid, Path, description = "The order")),
    responses((status = 200, description = "The bill", body = PaymentResponse)))]
async fn get_payment(State(app): State<AppState>, caller: Caller, PathId(id): PathId<values::Order>) -> ApiResult<Json<PaymentResponse>> {
    orders::visible(app.db.read(), id, &caller).await?;
    let payment = service::payment_of(app.db.read(), id).await?;
    payment.map(Json).ok_or_else(|| ApiError::not_found("payment"))
}

/// Pays the bill of an order.
#[utoipa::path(post, path = "/orders/{id}/payment/pay", tag = "Payments", params(("id" = Uuid, Path, description = "The order")),
    request_body = PayRequest, responses((status = 200, description = "The bill: paid, or being paid", body = PaymentResponse)))]
async fn pay_bill(
    State(app): State<AppState>,
    Client(caller): Client,
    PathId(id): PathId<values::Order>,
    posted: Posted<PayRequest>,
) -> ApiResult<Response> {
    let unit = Unit::begin(&app, posted.once).await?;
    let payment = pay::pay(&app, &unit, &caller, id, &posted.body).await?;
    unit.ok(&payment).await
}

/// The provider has the cash.
#[utoipa::path(post, path = "/orders/{id}/payment/confirm-cash", tag = "Payments",
    params(("id" = Uuid, Path, description = "The order")), request_body = NoBody,
    responses((status = 200, description = "The bill, paid", body = PaymentResponse)))]
async fn confirm(
    State(app): State<AppState>,
    Provider(caller): Provider,
    PathId(id): PathId<values::Order>,
    posted: Posted<NoBody>,
) -> ApiResult<Response> {
    let unit = Unit::begin(&app, posted.once).await?;
    let payment = confirm_cash::confirm_cash(&app, &unit, &caller, id).await?;
    unit.ok(&payment).await
}
