//! How often one may fail to sign in: counted by the identifier that is submitted, known or not.

use std::time::Duration;

use rapi_core::Timestamp;
use rapi_core::session::{Locked, Lockout};
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QuerySelect};
use uuid::Uuid;

use super::entities::{login_attempt, user};
use crate::app::App;
use crate::platform::{ApiError, ApiResult, Tx};

/// Failures older than that are forgotten.
const FORGOTTEN_AFTER: Duration = Duration::from_secs(24 * 3600);

/// What the failures of `identifier` are counted under.
pub(super) fn key(app: &App, identifier: &str) -> String {
    app.vault.fingerprint("login-identifier", identifier)
}

/// Refuses while it is locked. A first look without a lock, to spare the work of a hash.
///
/// # Errors
/// 423 with the time left.
pub(super) async fn require_open(connection: &impl ConnectionTrait, key: &str, now: Timestamp) -> ApiResult<()> {
    let row = login_attempt::Entity::find_by_id(key.to_owned()).one(connection).await?;
    require(row.map(lockout).unwrap_or_default(), now)
}

/// Refuses while `lockout` is locked.
///
/// # Errors
/// 423 with the time left.
pub(super) fn require(lockout: Lockout, now: Timestamp) -> ApiResult<()> {
    lockout
        .check(now)
        .map_err(|Locked { until }| ApiError::locked("account_locked", "too many failed attempts to sign in", until.since(now)))
}

/// The failures so far, locked until the transaction ends: attempts at the same time are counted one after the other.
pub(super) async fn locked(tx: &Tx, key: &str, now: Timestamp) -> Result<Lockout, DbErr> {
    let fresh = login_attempt::ActiveModel {
        identifier: Set(key.to_owned()),
        failures: Set(0),
        locked_until: Set(None),
        updated_at: Set(now.micros()),
    };
    let nothing = OnConflict::column(login_attempt::Column::Identifier).do_nothing().to_owned();
    login_attempt::Entity::insert(fresh).on_conflict(nothing).exec_without_returning(tx).await?;
    let row = login_attempt::Entity::find_by_id(key.to_owned()).lock_exclusive().one(tx).await?;
    Ok(row.map(lockout).unwrap_or_default())
}

/// Keeps what an attempt came to; `user` is whose identifier it was, if anybody's.
pub(super) async fn store(tx: &Tx, key: &str, user: Option<Uuid>, lockout: Lockout, now: Timestamp) -> Result<(), DbErr> {
    forget_old(tx, now).await?;
    let failures = i32::try_from(lockout.failures).unwrap_or(i32::MAX);
    let until = lockout.locked_until.map(Timestamp::micros);
    login_attempt::Entity::update_many()
        .col_expr(login_attempt::Column::Failures, Expr::value(failures))
        .col_expr(login_attempt::Column::LockedUntil, Expr::value(until))
        .col_expr(login_attempt::Column::UpdatedAt, Expr::value(now.micros()))
        .filter(login_attempt::Column::Identifier.eq(key))
        .exec(tx)
        .await?;
    if let Some(user) = user {
        user::Entity::update_many()
            .col_expr(user::Column::LoginAttempts, Expr::value(failures))
            .col_expr(user::Column::LockedUntil, Expr::value(until))
            .filter(user::Column::Id.eq(user))
            .exec(tx)
            .await?;
    }
    Ok(())
}

/// Forgets the failures of a person, by whatever she signs in with. Whoever locks her row does that afterwards, as in [`store`].
pub(super) async fn forget(app: &App, tx: &Tx, person: &user::Model) -> Result<(), DbErr> {
    let keys = [Some(&person.email), person.phone.as_ref()].into_iter().flatten().map(|identifier| key(app, identifier));
    login_attempt::Entity::delete_many().filter(login_attempt::Column::Identifier.is_in(keys)).exec(tx).await?;
    user::Entity::update_many()
        .col_expr(user::Column::LoginAttempts, Expr::value(0))
        .col_expr(user::Column::LockedUntil, Expr::value(None::<i64>))
        .filter(user::Column::Id.eq(person.id))
        .exec(tx)
        .await?;
    Ok(())
}

async fn forget_old(tx: &Tx, now: Timestamp) -> Result<(), DbErr> {
    let unlocked =
        Condition::any().add(login_attempt::Column::LockedUntil.is_null()).add(login_attempt::Column::LockedUntil.lt(now.micros()));
    let old = login_attempt::Column::UpdatedAt.lt((now - FORGOTTEN_AFTER).micros());
    login_attempt::Entity::delete_many().filter(old).filter(unlocked).exec(tx).await?;
    Ok(())
}

fn lockout(row: login_attempt::Model) -> Lockout {
    Lockout { failures: u32::try_from(row.failures).unwrap_or(0), locked_until: row.locked_until.map(Timestamp::from_micros) }
}
