//! Wallets, top-ups and withdrawals over HTTP.

use axum::Json;
use axum::extract::State;
use axum::response::Response;
use rapi_core::values;
use rapi_core::wire::payments::{TopUpRequest, TopUpResponse, WalletResponse, WalletTransactionItem, WithdrawalItem, WithdrawalRequest};
use rapi_core::wire::{Page, PageQuery};
use utoipa_axum::routes;

use crate::app::AppState;
use crate::gateway::{Caller, Client, Endpoints, Params, PathId, Posted, Provider, Unit};
use crate::payments::{statement, top_up, wallets, withdraw};
use crate::platform::ApiResult;
use crate::platform::cursor::Window;

pub(super) fn routes() -> Endpoints {
    Endpoints::default()
        .routes(routes!(get_wallet))
        .routes(routes!(transactions))
        .routes(routes!(add_top_up, list_top_ups))
        .routes(routes!(get_top_up))
        .routes(routes!(ask_withdrawal, list_withdrawals))
}

fn window(page: &PageQuery) -> ApiResult<Window> {
    Window::try_new(page.limit, page.cursor.as_deref())
}

/// What the caller has.
#[utoipa::path(get, path = "/wallet", tag = "Payments", responses((status = 200, description = "The wallet", body = WalletResponse)))]
async fn get_wallet(State(app): State<AppState>, caller: Caller) -> ApiResult<Json<WalletResponse>> {
    Ok(Json(wallets::answer(wallets::of(app.db.read(), caller.user).await?)))
}

/// The caller's statement, newest first.
#[utoipa::path(get, path = "/wallet/transactions", tag = "Payments", params(PageQuery),
    responses((status = 200, description = "A page of the statement", body = Page<WalletTransactionItem>)))]
async fn transactions(
    State(app): State<AppState>,
    caller: Caller,
    Params(page): Params<PageQuery>,
) -> ApiResult<Json<Page<WalletTransactionItem>>> {
    Ok(Json(statement::page(app.db.read(), caller.user, window(&page)?).await?))
}

/// Adds money to the wallet.
#[utoipa::path(post, path = "/wallet/top-ups", tag = "Payments", request_body = TopUpRequest,
    responses((status = 201, description = "On its way: pay at `redirect_url` or scan `qr_string`", body = TopUpResponse)))]
async fn add_top_up(State(app): State<AppState>, Client(caller): Client, posted: Posted<TopUpRequest>) -> ApiResult<Response> {
    let unit = Unit::begin(&app, posted.once).await?;
    let top_up = top_up::begin(&app, &unit, caller.user, &posted.body).await?;
    unit.created(&top_up).await
}

/// The caller's top-ups, newest first.
#[utoipa::path(get, path = "/wallet/top-ups", tag = "Payments", params(PageQuery),
    responses((status = 200, description = "A page of top-ups", body = Page<TopUpResponse>)))]
async fn list_top_ups(
    State(app): State<AppState>,
    Client(caller): Client,
    Params(page): Params<PageQuery>,
) -> ApiResult<Json<Page<TopUpResponse>>> {
    Ok(Json(top_up::list(app.db.read(), caller.user, window(&page)?).await?))
}

/// One top-up.
#[utoipa::path(get, path = "/wallet/top-ups/{id}", tag = "Payments", params(("id" = Uuid, Path, description = "The top-up")),
    responses((status = 200, description = "The top-up", body = TopUpResponse)))]
async fn get_top_up(
    State(app): State<AppState>,
    Client(caller): Client,
    PathId(id): PathId<values::TopUp>,
) -> ApiResult<Json<TopUpResponse>> {
    Ok(Json(top_up::find(app.db.read(), caller.user, id).await?))
}

/// Asks for earnings to be paid out.
#[utoipa::path(post, path = "/wallet/withdrawals", tag = "Payments", request_body = WithdrawalRequest,
    responses((status = 201, description = "An admin will look at it", body = WithdrawalItem)))]
async fn ask_withdrawal(State(app): State<AppState>, Provider(caller): Provider, posted: Posted<WithdrawalRequest>) -> ApiResult<Response> {
    let unit = Unit::begin(&app, posted.once).await?;
    let withdrawal = withdraw::request(&app, &unit, caller.user, &posted.body).await?;
    unit.created(&withdrawal).await
}

/// The caller's withdrawals, newest first.
#[utoipa::path(get, path = "/wallet/withdrawals", tag = "Payments", params(PageQuery),
    responses((status = 200, description = "A page of withdrawals", body = Page<WithdrawalItem>)))]
async fn list_withdrawals(
    State(app): State<AppState>,
    Provider(caller): Provider,
    Params(page): Params<PageQuery>,
) -> ApiResult<Json<Page<WithdrawalItem>>> {
    Ok(Json(withdraw::list(app.db.read(), caller.user, window(&page)?).await?))
}
