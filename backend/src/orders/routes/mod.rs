//! What the module serves over HTTP: extract, call, answer.

mod admin;
mod catalogue;
mod categories;
mod moves;
mod offers;
mod orders;
mod ratings;

use rapi_core::{Id, values};

use super::view;
use crate::app::App;
use crate::gateway::{Caller, Endpoints, Routes, Unit};
use crate::platform::ApiResult;

/// All of it.
pub(super) fn routes() -> Routes {
    let private = [orders::routes(), offers::routes(), moves::routes(), ratings::routes(), admin::routes(), catalogue::routes()];
    Routes { public: categories::routes(), private: private.into_iter().fold(Endpoints::default(), Endpoints::merge), ..Routes::default() }
}

/// Ends a move with the order as the caller sees it now.
async fn moved(app: &App, unit: Unit, order: Id<values::Order>, caller: &Caller) -> ApiResult<axum::response::Response> {
    let answer = view::detail(app, &unit, order, caller).await?;
    unit.ok(&answer).await
}
