//! `/providers`: who can be asked for help.

use axum::Json;
use axum::extract::State;
use rapi_core::values::User;
use rapi_core::wire::Page;
use rapi_core::wire::people::{ProviderDetail, ProviderItem, ProvidersQuery};
use utoipa_axum::routes;

use crate::app::AppState;
use crate::gateway::{Caller, Endpoints, Params, PathId};
use crate::platform::ApiResult;
use crate::users::providers;

pub(super) fn routes() -> Endpoints {
    Endpoints::default().routes(routes!(search)).routes(routes!(detail))
}

/// Approved providers, nearest or best rated first
#[utoipa::path(get, path = "/providers", tag = "Providers", params(ProvidersQuery), responses((status = 200, description = "Who fits", body = Page<ProviderItem>)))]
async fn search(State(app): State<AppState>, _: Caller, Params(query): Params<ProvidersQuery>) -> ApiResult<Json<Page<ProviderItem>>> {
    Ok(Json(providers::search(&app, query).await?))
}

/// A provider's public page
#[utoipa::path(get, path = "/providers/{id}", tag = "Providers", params(("id" = uuid::Uuid, Path, description = "The provider")), responses((status = 200, description = "The page", body = ProviderDetail)))]
async fn detail(State(app): State<AppState>, _: Caller, PathId(id): PathId<User>) -> ApiResult<Json<ProviderDetail>> {
    Ok(Json(providers::detail(&app, id).await?))
}
