//! What admins may do. Each holds named permissions; the first admin holds all.

use rapi_core::Timestamp;
use sea_orm::{ActiveValue::Set, ConnectionTrait, DbErr, EntityTrait};
use uuid::Uuid;

use super::entities::permission;
use super::store::UserId;
use crate::platform::{ApiError, ApiResult, Tx};

/// A thing that not every admin may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Permission {
    /// See papers of providers and decide on them.
    Verifications,
    /// Suspend, unlock and sign out people, and give permissions.
    People,
    /// See and cancel orders.
    Orders,
    /// Change categories and texts, send promotions.
    Catalogue,
    /// Withdrawals, refunds, the books.
    Money,
    /// Read what admins did.
    Audit,
}

impl Permission {
    /// Every permission.
    pub const ALL: [Self; 6] = [Self::Verifications, Self::People, Self::Orders, Self::Catalogue, Self::Money, Self::Audit];

    /// Its name in the table.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Verifications => "verifications",
            Self::People => "people",
            Self::Orders => "orders",
            Self::Catalogue => "catalogue",
            Self::Money => "money",
            Self::Audit => "audit",
        }
    }
}

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
    let rows = Permission::ALL.map(|permission| permission::ActiveModel {
        user_id: Set(admin),
        permission: Set(permission.as_str().to_owned()),
        granted_at: Set(now.micros()),
    });
    permission::Entity::insert_many(rows).exec_without_returning(tx).await?;
    Ok(())
}
