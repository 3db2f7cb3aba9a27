//! What admins change of people's accounts.

use std::collections::BTreeSet;

use rapi_core::wire::admin::{AdminUserDetail, PatchUserRequest, Permission};
use rapi_core::wire::people::UserType;
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{ActiveValue::Set, ColumnTrait, DbErr, EntityTrait, QueryFilter};
use serde_json::{Value, json};

use super::detail;
use crate::app::App;
use crate::platform::{ApiError, ApiResult, Tx};
use crate::users::audits::{self, Deed};
use crate::users::entities::{profile, suspension, user};
use crate::users::store::{self, UserId};
use crate::users::{lockouts, permissions, sessions};

/// An admin at work on somebody's account, in her transaction.
struct Desk<'a> {
    app: &'a App,
    tx: &'a Tx,
    admin: UserId,
    person: user::Model,
}

/// Changes what is given. Whoever suspends somebody ends her connections with [`sessions::disconnect`] after the commit.
///
/// # Errors
/// 403 `missing_permission`; 404; 409 `own_account` for suspending oneself, `last_admin` when nobody would be left who manages
/// people; 422 for permissions of somebody who is no admin.
pub(in crate::users) async fn change(
    app: &App,
    tx: &Tx,
    admin: UserId,
    id: UserId,
    request: PatchUserRequest,
) -> ApiResult<AdminUserDetail> {
    let takes_away = request.suspended == Some(true) || request.permissions.is_some();
    if takes_away {
        // Two admins who take it from each other at the same time do so one after the other.
        permissions::lock_keepers(tx).await?;
    }
    permissions::require(tx, admin, Permission::People).await?;
    if request.unlock == Some(true) {
        lockouts::forget(app, tx, &store::of(tx, id).await?).await?;
    }
    let desk = Desk { app, tx, admin, person: store::held(tx, id).await? };
    match (request.suspended, request.reason) {
        (Some(true), Some(reason)) => desk.suspend(reason.trim()).await?,
        (Some(false), _) => desk.reinstate().await?,
        _ => {}
    }
    if request.unlock == Some(true) {
        desk.note("user.unlock", json!({})).await?;
    }
    if let Some(permissions) = request.permissions {
        desk.permit(permissions.into_iter().collect()).await?;
    }
    if takes_away && !permissions::is_kept(tx).await? {
        return Err(ApiError::conflict("last_admin", "nobody would be left who may manage people"));
    }
    detail(app, tx, id).await
}

/// Signs somebody out everywhere. Whoever calls this ends her connections with [`sessions::disconnect`] after the commit.
///
/// # Errors
/// 403 `missing_permission`; 404.
pub(in crate::users) async fn sign_out(app: &App, tx: &Tx, admin: UserId, id: UserId) -> ApiResult<()> {
    permissions::require(tx, admin, Permission::People).await?;
    let desk = Desk { app, tx, admin, person: store::held(tx, id).await? };
    sessions::end_all(app, tx, id).await?;
    Ok(desk.note("user.sign_out", json!({})).await?)
}

impl Desk<'_> {
    fn id(&self) -> UserId {
        UserId::new(self.person.id)
    }

    /// Shuts the account. Shut for the same reason already is success.
    async fn suspend(&self, reason: &str) -> ApiResult<()> {
        if self.id() == self.admin {
            return Err(ApiError::conflict("own_account", "nobody suspends herself"));
        }
        let before = suspension::Entity::find_by_id(self.person.id).one(self.tx).await?;
        if !self.person.is_active && before.is_some_and(|before| before.reason == reason) {
            return Ok(());
        }
        self.remember(reason).await?;
        self.set_active(false).await?;
        sessions::end_all(self.app, self.tx, self.id()).await?;
        if store::role_of(&self.person) == UserType::ServiceProvider {
            profile::Entity::update_many()
                .col_expr(profile::Column::IsAvailable, Expr::value(false))
                .col_expr(profile::Column::UpdatedAt, Expr::value(self.app.now().micros()))
                .filter(profile::Column::UserId.eq(self.person.id))
                .exec(self.tx)
                .await?;
        }
        Ok(self.note("user.suspend", json!({ "reason": reason })).await?)
    }

    async fn remember(&self, reason: &str) -> Result<(), DbErr> {
        use suspension::Column::{Reason, SuspendedAt, SuspendedBy, UserId as Person};
        let row = suspension::ActiveModel {
            user_id: Set(self.person.id),
            reason: Set(reason.to_owned()),
            suspended_by: Set(self.admin.uuid()),
            suspended_at: Set(self.app.now().micros()),
        };
        let anew = OnConflict::column(Person).update_columns([Reason, SuspendedBy, SuspendedAt]).to_owned();
        suspension::Entity::insert(row).on_conflict(anew).exec_without_returning(self.tx).await.map(|_| ())
    }

    /// Opens the account again. A provider goes online by herself.
    async fn reinstate(&self) -> ApiResult<()> {
        if self.person.is_active {
            return Ok(());
        }
        suspension::Entity::delete_by_id(self.person.id).exec(self.tx).await?;
        self.set_active(true).await?;
        Ok(self.note("user.reinstate", json!({})).await?)
    }

    async fn set_active(&self, is_active: bool) -> Result<(), DbErr> {
        user::Entity::update_many()
            .col_expr(user::Column::IsActive, Expr::value(is_active))
            .col_expr(user::Column::UpdatedAt, Expr::value(self.app.now().micros()))
            .filter(user::Column::Id.eq(self.person.id))
            .exec(self.tx)
            .await
            .map(|_| ())
    }

    /// Says what an admin may do.
    async fn permit(&self, held: BTreeSet<Permission>) -> ApiResult<()> {
        if store::role_of(&self.person) != UserType::Admin {
            return Err(ApiError::invalid_field("permissions", "not_an_admin", "only admins hold permissions"));
        }
        permissions::set(self.tx, self.person.id, &held, self.app.now()).await?;
        Ok(self.note("user.permissions", json!({ "permissions": held })).await?)
    }

    async fn note(&self, action: &'static str, details: Value) -> Result<(), DbErr> {
        let deed = Deed { action, subject_type: "user", subject_id: self.person.id, details };
        audits::note(self.app, self.tx, self.admin, deed).await
    }
}
