//! What can be ordered.

use axum::Json;
use axum::extract::State;
use rapi_core::wire::categories::CategoryItem;
use utoipa_axum::routes;

use crate::app::AppState;
use crate::gateway::Endpoints;
use crate::orders::service;
use crate::platform::ApiResult;

pub(super) fn routes() -> Endpoints {
    Endpoints::default().routes(routes!(list))
}

/// Active categories, by display order.
#[utoipa::path(get, path = "/categories", tag = "Orders", responses((status = 200, body = Vec<CategoryItem>)))]
async fn list(State(app): State<AppState>) -> ApiResult<Json<Vec<CategoryItem>>> {
    Ok(Json(service::categories(app.db.read()).await?))
}
