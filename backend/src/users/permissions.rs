//! What admins may do. Each holds named permissions; the first admin holds all.

use std::collections::BTreeSet;

use rapi_core::Timestamp;
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Select};
use uuid::Uuid;

use super::entities::{permission, user};
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
    grant(tx, admin, Permission::ALL.iter().copied(), now).await
}

/// Gives these, and takes all others.
pub(super) async fn set(tx: &Tx, admin: Uuid, held: &BTreeSet<Permission>, now: Timestamp) -> Result<(), DbErr> {
    permission::Entity::delete_many().filter(permission::Column::UserId.eq(admin)).exec(tx).await?;
    if held.is_empty() { Ok(()) } else { grant(tx, admin, held.iter().copied(), now).await }
}

async fn grant(tx: &Tx, admin: Uuid, held: impl Iterator<Item = Permission>, now: Timestamp) -> Result<(), DbErr> {
    let rows = held.map(|permission| permission::ActiveModel {
        user_id: Set(admin),
        permission: Set(permission.as_str().to_owned()),
        granted_at: Set(now.micros()),
    });
    permission::Entity::insert_many(rows).exec_without_returning(tx).await?;
    Ok(())
}

/// Locks whoever manages people until the transaction ends.
pub(super) async fn lock_keepers(tx: &Tx) -> Result<(), DbErr> {
    keepers().lock_exclusive().all(tx).await.map(|_| ())
}

/// Is there anybody who manages people and is not suspended?
pub(super) async fn is_kept(tx: &Tx) -> Result<bool, DbErr> {
    let keepers = keepers().all(tx).await?.into_iter().map(|row| row.user_id);
    let active = user::Entity::find().filter(user::Column::Id.is_in(keepers)).filter(user::Column::IsActive.eq(true));
    Ok(active.limit(1).one(tx).await?.is_some())
}

fn keepers() -> Select<permission::Entity> {
    let people = permission::Column::Permission.eq(Permission::People.as_str());
    permission::Entity::find().filter(people).order_by_asc(permission::Column::UserId)
}
