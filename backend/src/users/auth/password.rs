//! A new password for who has the mailbox.

use rapi_core::Id;
use rapi_core::session::{Lockout, OtpRefused};
use rapi_core::wire::auth::{PasswordForgotRequest, PasswordResetRequest};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use super::super::entities::user;
use super::super::letters::{self, Letter, To};
use super::super::otps::{self, About, Purpose, Slot};
use super::super::{lockouts, passwords, sessions, store};
use crate::app::App;
use crate::platform::{ApiError, ApiResult, Tx};

/// Sends a code, if the address has an account and got none within the last minute; says nothing about either.
///
/// # Errors
/// 422 for an unreadable address.
pub(in crate::users) async fn forgot(app: &App, request: &PasswordForgotRequest) -> ApiResult<()> {
    let email = super::email(&request.email)?;
    let slot = Slot::new(app, Purpose::Reset, email.as_str());
    let tx = app.db.write().await?;
    match otps::require_cool(&tx, &slot, app.now()).await {
        Err(ApiError::Refused { .. }) => return Ok(()),
        other => other?,
    }
    let person = store::by_email(&tx, email.as_str()).await?;
    let about = About { subject: person.as_ref().map(|person| person.id), phone: None };
    let sent = otps::issue(app, &tx, &slot, about).await?;
    if let Some(person) = person {
        letters::post(app, &tx, To::Email(&person.email), store::language_of(&person), &Letter::Reset(sent)).await?;
    }
    tx.commit().await?;
    Ok(())
}

/// Sets the password, ends all sessions, forgets failed attempts to sign in.
///
/// # Errors
/// 422 for a weak password, `otp_wrong`, `otp_expired`, `otp_too_many_tries`.
pub(in crate::users) async fn reset(app: &App, request: &PasswordResetRequest) -> ApiResult<()> {
    let email = super::email(&request.email)?;
    passwords::require_strong("new_password", &request.new_password, email.as_str())?;
    let slot = Slot::new(app, Purpose::Reset, email.as_str());
    let right = otps::check(app, &slot, &request.otp_code).await?;
    let hash = passwords::hash(app, &request.new_password).await?;
    let tx = app.db.write().await?;
    otps::spend(&tx, &slot, &right).await?;
    let person = store::by_email(&tx, email.as_str()).await?.filter(|person| Some(person.id) == right.subject_id);
    let person = person.ok_or_else(|| otps::refused(OtpRefused::Expired))?;
    set_password(app, &tx, &person, hash).await?;
    let user = Id::new(person.id);
    sessions::end_all(app, &tx, user).await?;
    letters::post(app, &tx, To::Email(&person.email), store::language_of(&person), &Letter::PasswordChanged).await?;
    tx.commit().await?;
    sessions::disconnect(app, user).await;
    Ok(())
}

async fn set_password(app: &App, tx: &Tx, person: &user::Model, hash: String) -> ApiResult<()> {
    let now = app.now();
    user::Entity::update_many()
        .col_expr(user::Column::PasswordHash, Expr::value(hash))
        .col_expr(user::Column::UpdatedAt, Expr::value(now.micros()))
        .filter(user::Column::Id.eq(person.id))
        .exec(tx)
        .await?;
    for identifier in [Some(&person.email), person.phone.as_ref()].into_iter().flatten() {
        lockouts::store(tx, &lockouts::key(app, identifier), Some(person.id), Lockout::default(), now).await?;
    }
    Ok(())
}
