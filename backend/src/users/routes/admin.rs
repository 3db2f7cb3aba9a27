//! `/admin`: the queue of identity checks, and what admins did.

use axum::Json;
use axum::extract::State;
use axum::response::Response;
use rapi_core::wire::Page;
use rapi_core::wire::admin::{AuditItem, AuditQuery, RejectVerificationRequest, VerificationDetail, VerificationItem, VerificationsQuery};
use utoipa_axum::routes;

use crate::app::AppState;
use crate::gateway::{Admin, Endpoints, NoBody, Params, PathId, Posted, Unit};
use crate::platform::ApiResult;
use crate::platform::cursor::Window;
use crate::users::audits;
use crate::users::permissions::{Permission, require};
use crate::users::verifications::{self, Decision};

pub(super) fn routes() -> Endpoints {
    Endpoints::default()
        .routes(routes!(list))
        .routes(routes!(detail))
        .routes(routes!(approve))
        .routes(routes!(reject))
        .routes(routes!(audit_log))
}

/// Papers of providers
#[utoipa::path(get, path = "/admin/verifications", tag = "Admin", params(VerificationsQuery), responses((status = 200, description = "Newest first", body = Page<VerificationItem>)))]
async fn list(
    State(app): State<AppState>,
    Admin(caller): Admin,
    Params(query): Params<VerificationsQuery>,
) -> ApiResult<Json<Page<VerificationItem>>> {
    let connection = app.db.read();
    require(connection, caller.user, Permission::Verifications).await?;
    let window = Window::try_new(query.limit, query.cursor.as_deref())?;
    let page = window.page(verifications::list(connection, &query, window).await?, |row| row.id, |row| row);
    let items = verifications::items(connection, &page.items).await?;
    Ok(Json(Page { items, next_cursor: page.next_cursor }))
}

/// The papers of one provider, with their numbers; the view is logged
#[utoipa::path(get, path = "/admin/verifications/{id}", tag = "Admin", params(("id" = uuid::Uuid, Path, description = "The papers")), responses((status = 200, description = "The papers", body = VerificationDetail)))]
async fn detail(State(app): State<AppState>, Admin(caller): Admin, PathId(id): PathId<VerificationItem>) -> ApiResult<Response> {
    require(app.db.read(), caller.user, Permission::Verifications).await?;
    let unit = Unit::begin(&app, None).await?;
    let answer = verifications::detail(&app, &unit, caller.user, id.uuid()).await?;
    unit.ok(&answer).await
}

/// Let a provider take orders
#[utoipa::path(post, path = "/admin/verifications/{id}/approve", tag = "Admin", params(("id" = uuid::Uuid, Path, description = "The papers")), responses((status = 200, description = "Approved", body = VerificationItem)))]
async fn approve(
    State(app): State<AppState>,
    Admin(caller): Admin,
    PathId(id): PathId<VerificationItem>,
    posted: Posted<NoBody>,
) -> ApiResult<Response> {
    require(app.db.read(), caller.user, Permission::Verifications).await?;
    let unit = Unit::begin(&app, posted.once).await?;
    let answer = verifications::decide(&app, &unit, caller.user, id.uuid(), &Decision::Approve).await?;
    unit.ok(&answer).await
}

/// Turn a provider's papers down
#[utoipa::path(post, path = "/admin/verifications/{id}/reject", tag = "Admin", params(("id" = uuid::Uuid, Path, description = "The papers")), request_body = RejectVerificationRequest, responses((status = 200, description = "Rejected", body = VerificationItem)))]
async fn reject(
    State(app): State<AppState>,
    Admin(caller): Admin,
    PathId(id): PathId<VerificationItem>,
    posted: Posted<RejectVerificationRequest>,
) -> ApiResult<Response> {
    require(app.db.read(), caller.user, Permission::Verifications).await?;
    let decision = Decision::Reject { reason: posted.body.rejection_reason };
    let unit = Unit::begin(&app, posted.once).await?;
    let answer = verifications::decide(&app, &unit, caller.user, id.uuid(), &decision).await?;
    unit.ok(&answer).await
}

/// What admins did
#[utoipa::path(get, path = "/admin/audit-log", tag = "Admin", params(AuditQuery), responses((status = 200, description = "Newest first unless told otherwise", body = Page<AuditItem>)))]
async fn audit_log(
    State(app): State<AppState>,
    Admin(caller): Admin,
    Params(query): Params<AuditQuery>,
) -> ApiResult<Json<Page<AuditItem>>> {
    require(app.db.read(), caller.user, Permission::Audit).await?;
    let window = Window::try_new(query.limit, query.cursor.as_deref())?.sorted(query.sort);
    let rows = audits::list(app.db.read(), window).await?;
    Ok(Json(window.page(rows, |row| row.id, audits::item)))
}
