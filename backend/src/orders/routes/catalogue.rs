//! What admins do with the catalogue.

use axum::Json;
use axum::extract::State;
use axum::response::Response;
use rapi_core::values;
use rapi_core::wire::categories::{AdminCategoryItem, CreateCategoryRequest, PatchCategoryRequest};
use utoipa_axum::routes;

use crate::app::AppState;
use crate::gateway::{Admin, Endpoints, PathId, Posted, Unit};
use crate::orders::catalogue;
use crate::platform::ApiResult;

pub(super) fn routes() -> Endpoints {
    Endpoints::default().routes(routes!(list, add)).routes(routes!(change))
}

/// All categories, also those that cannot be ordered now.
#[utoipa::path(get, path = "/admin/categories", tag = "Admin", responses((status = 200, body = Vec<AdminCategoryItem>)))]
async fn list(State(app): State<AppState>, Admin(caller): Admin) -> ApiResult<Json<Vec<AdminCategoryItem>>> {
    Ok(Json(catalogue::list(app.db.read(), caller.user).await?))
}

/// Adds a category; it can be ordered at once.
#[utoipa::path(post, path = "/admin/categories", tag = "Admin", request_body = CreateCategoryRequest,
    responses((status = 201, body = AdminCategoryItem)))]
async fn add(State(app): State<AppState>, Admin(caller): Admin, posted: Posted<CreateCategoryRequest>) -> ApiResult<Response> {
    let unit = Unit::begin(&app, posted.once).await?;
    let answer = catalogue::add(&app, &unit, caller.user, posted.body).await?;
    unit.created(&answer).await
}

/// Changes a category: its name, its price, whether it can be ordered.
#[utoipa::path(patch, path = "/admin/categories/{id}", tag = "Admin", params(("id" = Uuid, Path, description = "The category")),
    request_body = PatchCategoryRequest, responses((status = 200, body = AdminCategoryItem)))]
async fn change(
    State(app): State<AppState>,
    Admin(caller): Admin,
    PathId(id): PathId<values::Category>,
    posted: Posted<PatchCategoryRequest>,
) -> ApiResult<Response> {
    let unit = Unit::begin(&app, posted.once).await?;
    let answer = catalogue::change(&app, &unit, caller.user, id, posted.body).await?;
    unit.ok(&answer).await
}
