//! What clients said of a provider, and what she has done.

use axum::Json;
use axum::extract::State;
use rapi_core::values;
use rapi_core::wire::orders::RatingItem;
use rapi_core::wire::people::{StatsQuery, StatsResponse};
use rapi_core::wire::{Page, PageQuery};
use utoipa_axum::routes;

use crate::app::AppState;
use crate::gateway::{Caller, Endpoints, Params, PathId, Provider};
use crate::orders::{stats as statistics, view};
use crate::platform::ApiResult;
use crate::platform::cursor::Window;

pub(super) fn routes() -> Endpoints {
    Endpoints::default().routes(routes!(ratings)).routes(routes!(stats))
}

/// A provider's ratings, newest first.
#[utoipa::path(get, path = "/providers/{id}/ratings", tag = "Providers",
    params(("id" = Uuid, Path, description = "The provider"), PageQuery), responses((status = 200, body = Page<RatingItem>)))]
async fn ratings(
    State(app): State<AppState>,
    _: Caller,
    PathId(id): PathId<values::User>,
    Params(query): Params<PageQuery>,
) -> ApiResult<Json<Page<RatingItem>>> {
    let window = Window::try_new(query.limit, query.cursor.as_deref())?;
    Ok(Json(view::ratings(&app, app.db.read(), id, &window).await?))
}

/// My orders, ratings and earnings, by day in Asia/Jakarta.
#[utoipa::path(get, path = "/me/stats", tag = "Providers", params(StatsQuery), responses((status = 200, body = StatsResponse)))]
async fn stats(
    State(app): State<AppState>,
    Provider(caller): Provider,
    Params(query): Params<StatsQuery>,
) -> ApiResult<Json<StatsResponse>> {
    Ok(Json(statistics::stats(&app, app.db.read(), caller.user, &query).await?))
}
