//! What admins decide about money, over HTTP.

use axum::Json;
use axum::extract::State;
use axum::response::Response;
use rapi_core::Id;
use rapi_core::wire::Page;
use rapi_core::wire::admin::{AdminWithdrawalItem, LedgerCheckResponse, RejectWithdrawalRequest, WithdrawalsQuery};
use utoipa_axum::routes;

use crate::app::AppState;
use crate::gateway::{Admin, Caller, Endpoints, NoBody, Params, PathId, Posted, Unit};
use crate::payments::decide::{self, Decision};
use crate::payments::service;
use crate::platform::ApiResult;
use crate::platform::answers::Once;
use crate::users::service::{self as users, Permission};

/// Names withdrawals in paths.
struct Withdrawal;

pub(super) fn routes() -> Endpoints {
    Endpoints::default()
        .routes(routes!(list))
        .routes(routes!(approve))
        .routes(routes!(complete))
        .routes(routes!(reject))
        .routes(routes!(ledger_check))
}

/// Withdrawals of all providers, newest first.
#[utoipa::path(get, path = "/admin/withdrawals", tag = "Admin", params(WithdrawalsQuery),
    responses((status = 200, description = "A page of withdrawals", body = Page<AdminWithdrawalItem>)))]
async fn list(
    State(app): State<AppState>,
    Admin(admin): Admin,
    Params(wanted): Params<WithdrawalsQuery>,
) -> ApiResult<Json<Page<AdminWithdrawalItem>>> {
    users::require_permission(app.db.read(), admin.user, Permission::Money).await?;
    Ok(Json(decide::list(&app, app.db.read(), &wanted).await?))
}

/// The transfer is on its way.
#[utoipa::path(post, path = "/admin/withdrawals/{id}/approve", tag = "Admin",
    params(("id" = Uuid, Path, description = "The withdrawal")), request_body = NoBody,
    responses((status = 200, description = "Now PROCESSING", body = AdminWithdrawalItem)))]
async fn approve(
    State(app): State<AppState>,
    Admin(caller): Admin,
    PathId(id): PathId<Withdrawal>,
    posted: Posted<NoBody>,
) -> ApiResult<Response> {
    decided(&app, &caller, id, posted.once, Decision::Approve).await
}

/// The bank has the money.
#[utoipa::path(post, path = "/admin/withdrawals/{id}/complete", tag = "Admin",
    params(("id" = Uuid, Path, description = "The withdrawal")), request_body = NoBody,
    responses((status = 200, description = "Now COMPLETED", body = AdminWithdrawalItem)))]
async fn complete(
    State(app): State<AppState>,
    Admin(caller): Admin,
    PathId(id): PathId<Withdrawal>,
    posted: Posted<NoBody>,
) -> ApiResult<Response> {
    decided(&app, &caller, id, posted.once, Decision::Complete).await
}

/// Gives the money back to the provider's balance.
#[utoipa::path(post, path = "/admin/withdrawals/{id}/reject", tag = "Admin",
    params(("id" = Uuid, Path, description = "The withdrawal")), request_body = RejectWithdrawalRequest,
    responses((status = 200, description = "Now REJECTED", body = AdminWithdrawalItem)))]
async fn reject(
    State(app): State<AppState>,
    Admin(caller): Admin,
    PathId(id): PathId<Withdrawal>,
    posted: Posted<RejectWithdrawalRequest>,
) -> ApiResult<Response> {
    let admin_notes = posted.body.admin_notes;
    decided(&app, &caller, id, posted.once, Decision::Reject { admin_notes }).await
}

async fn decided(app: &AppState, admin: &Caller, id: Id<Withdrawal>, once: Option<Once>, decision: Decision) -> ApiResult<Response> {
    let unit = Unit::begin(app, once).await?;
    let withdrawal = decide::decide(app, &unit, admin.user, id.uuid(), &decision).await?;
    unit.ok(&withdrawal).await
}

/// Proves the books.
#[utoipa::path(get, path = "/admin/ledger/check", tag = "Admin",
    responses((status = 200, description = "What was found", body = LedgerCheckResponse)))]
async fn ledger_check(State(app): State<AppState>, Admin(admin): Admin) -> ApiResult<Json<LedgerCheckResponse>> {
    users::require_permission(app.db.read(), admin.user, Permission::Money).await?;
    let snapshot = app.db.snapshot().await?;
    let proof = service::check_ledger(&snapshot).await?;
    Ok(Json(proof))
}
