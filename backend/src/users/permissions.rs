//! What admins may do. Each holds named permissions; the first admin holds all.

use rapi_core::Timestamp;
use sea_orm::{ActiveValue::Set, ConnectionTrait, DbErr, EntityTrait};
use uuid::Uuid;

use super::entities::permission;
use super::store::UserId;
use crate::platform::{ApiError, ApiResult, Tx};

pub use rapi_core::wire::admin::Permission;

/// Does this admin hold it?
pub(super) async fn holds(connection: &impl ConnectionTrait, admin: UserId, permission: Permission) -> Result<bool, DbErr> {
    let key = (admin.uuid(), permission.as_str().to_owned());
    Ok(permission::Entity::find_by_id(key).one(connection).await?.is_some())
}

/// Refuses an admin who does not hold it.
///
/// # Errors
/// 403 `missing_permission`.
pub(super) async fn require(connection: &impl ConnectionTrait, admin: UserId, permission: Permission) -> ApiResult<()> {
    if holds(connection, admin, permission).await? {
        Ok(())
    } else {
        Err(ApiError::forbidden("missing_permission", format!("needs the permission {}", permission.as_str())))
    }
}

/// Gives all of them.
pub(super) async fn grant_all(tx: &Tx, admin: Uuid, now: Timestamp) -> Result<(), DbErr> {
    let rows = Permission::ALL.iter().map(|permission| permission::ActiveModel {
        user_id: Set(admin),
        permission: Set(permission.as_str().to_owned()),
        granted_at: Set(now.micros()),
    });
    permission::Entity::insert_many(rows).exec_without_returning(tx).await?;
    Ok(())
}
