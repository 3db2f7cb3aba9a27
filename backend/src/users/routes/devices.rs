//! `/me/devices/{device_id}`: the device a session runs on.

use axum::extract::{Path, State};
use axum::response::Response;
use rapi_core::wire::people::{DeviceItem, DeviceRequest};
use utoipa_axum::routes;

use crate::app::AppState;
use crate::gateway::{Caller, Endpoints, NoBody, Posted, Unit};
use crate::platform::ApiResult;
use crate::users::devices;

pub(super) fn routes() -> Endpoints {
    Endpoints::default().routes(routes!(put, remove))
}

/// Note the device of this session
#[utoipa::path(put, path = "/me/devices/{device_id}", tag = "Me", params(("device_id" = String, Path, description = "What the device calls itself")), request_body = DeviceRequest, responses((status = 200, description = "Noted", body = DeviceItem)))]
async fn put(
    State(app): State<AppState>,
    caller: Caller,
    Path(device_id): Path<String>,
    posted: Posted<DeviceRequest>,
) -> ApiResult<Response> {
    let device_id = devices::device_id(&device_id)?;
    let unit = Unit::begin(&app, posted.once).await?;
    let answer = devices::put(&app, &unit, &caller, device_id, posted.body).await?;
    unit.ok(&answer).await
}

/// Forget a device
#[utoipa::path(delete, path = "/me/devices/{device_id}", tag = "Me", params(("device_id" = String, Path, description = "What the device calls itself")), responses((status = 204, description = "Forgotten")))]
async fn remove(State(app): State<AppState>, caller: Caller, Path(device_id): Path<String>, posted: Posted<NoBody>) -> ApiResult<Response> {
    let device_id = devices::device_id(&device_id)?;
    let unit = Unit::begin(&app, posted.once).await?;
    devices::remove(&unit, caller.user, device_id).await?;
    unit.no_content().await
}
