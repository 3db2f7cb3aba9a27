//! The devices of a person, and where push messages go.

use rapi_core::wire::people::{DeviceItem, DeviceRequest, DeviceType};
use rapi_core::wire::{Checks, OrUnknown, Secret};
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use super::entities::device;
use super::store::{self, UserId};
use crate::app::App;
use crate::gateway::Caller;
use crate::platform::{ApiError, ApiResult, Tx};

/// The device's name for itself, as it stands in the path.
///
/// # Errors
/// 422 unless it is 1 to 255 characters without control characters.
pub(super) fn device_id(text: &str) -> ApiResult<&str> {
    let mut checks = Checks::default();
    checks.text("device_id", text, 1..=255);
    checks.finish().map_err(ApiError::invalid)?;
    Ok(text)
}

/// Notes the device of this session. A push token that another account left on the same phone is taken off it.
///
/// # Errors
/// When the database refuses.
pub(super) async fn put(app: &App, tx: &Tx, caller: &Caller, device_id: &str, request: DeviceRequest) -> ApiResult<DeviceItem> {
    store::locked(tx, caller.user).await?;
    let now = app.now();
    let token = request.fcm_token.as_ref().map(|token: &Secret| token.expose().to_owned());
    if let Some(token) = &token {
        device::Entity::update_many()
            .col_expr(device::Column::FcmToken, Expr::value(None::<String>))
            .filter(device::Column::FcmToken.eq(token))
            .exec(tx)
            .await?;
    }
    let row = device::ActiveModel {
        id: Set(app.ids.uuid()),
        user_id: Set(caller.user.uuid()),
        session_id: Set(caller.session),
        device_id: Set(device_id.to_owned()),
        fcm_token: Set(token),
        device_type: Set(request.device_type.as_str().to_owned()),
        device_name: Set(request.device_name.clone()),
        is_active: Set(true),
        last_used: Set(now.micros()),
        created_at: Set(now.micros()),
    };
    device::Entity::insert(row).on_conflict(again()).exec_without_returning(tx).await?;
    let device_type: OrUnknown<DeviceType> = request.device_type.into();
    Ok(DeviceItem { device_id: device_id.to_owned(), device_type, device_name: request.device_name, last_used: now })
}

/// The same device again: in this session now.
fn again() -> OnConflict {
    use device::Column::{DeviceId, DeviceName, DeviceType, FcmToken, IsActive, LastUsed, SessionId, UserId};
    OnConflict::columns([UserId, DeviceId]).update_columns([SessionId, FcmToken, DeviceType, DeviceName, IsActive, LastUsed]).to_owned()
}

/// Forgets a device.
///
/// # Errors
/// 404 for one that the person does not have.
pub(super) async fn remove(tx: &Tx, user: UserId, device_id: &str) -> ApiResult<()> {
    let owner: Uuid = user.uuid();
    let done = device::Entity::delete_many()
        .filter(device::Column::UserId.eq(owner))
        .filter(device::Column::DeviceId.eq(device_id))
        .exec(tx)
        .await?;
    if done.rows_affected == 0 { Err(ApiError::not_found("device")) } else { Ok(()) }
}
