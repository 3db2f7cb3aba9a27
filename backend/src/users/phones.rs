//! Proving a phone number by SMS. Having the number in hand counts more than having typed it when registering.

use rapi_core::session::OtpRefused;
use rapi_core::wire::people::{MeResponse, PhoneRequest, PhoneVerifyRequest};
use sea_orm::sea_query::Expr;
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter};

use super::auth;
use super::entities::{otp, user};
use super::letters::{self, Letter, To};
use super::otps::{self, About, Purpose, Slot};
use super::store::{self, UserId};
use crate::app::App;
use crate::platform::{ApiError, ApiResult, Tx};

fn slot(app: &App, user: UserId) -> Slot {
    Slot::new(app, Purpose::Phone, &user.to_string())
}

/// Sends a code to the number, whoever has it at the moment: only the code tells.
///
/// # Errors
/// 422 for what is no mobile number; 429 within a minute of the code before.
pub(super) async fn ask(app: &App, tx: &Tx, user: UserId, request: &PhoneRequest) -> ApiResult<()> {
    let phone = auth::phone(&request.phone)?;
    let person = store::locked(tx, user).await?;
    let slot = slot(app, user);
    otps::require_cool(tx, &slot, app.now()).await?;
    let about = About { subject: Some(person.id), phone: Some(phone.as_str().to_owned()) };
    let sent = otps::issue(app, tx, &slot, about).await?;
    letters::post(app, tx, To::Phone(phone.as_str()), store::language_of(&person), &Letter::PhoneCode(sent)).await
}

/// Looks whether the code is right; to be called before the unit of work, which [`prove`]s the number.
///
/// # Errors
/// 422 `otp_wrong`, `otp_expired`, `otp_too_many_tries`.
pub(super) async fn check(app: &App, user: UserId, request: &PhoneVerifyRequest) -> ApiResult<otp::Model> {
    otps::check(app, &slot(app, user), &request.otp_code).await
}

/// Gives the person the number that the code was sent to. An account that never proved it loses it, and is told.
///
/// # Errors
/// 409 `phone_taken` when another account proved it before.
pub(super) async fn prove(app: &App, tx: &Tx, user: UserId, right: &otp::Model) -> ApiResult<MeResponse> {
    otps::spend(tx, &slot(app, user), right).await?;
    let phone = right.phone.clone().ok_or_else(|| otps::refused(OtpRefused::Expired))?;
    if let Some(other) = store::by_phone(tx, &phone).await?.filter(|other| other.id != user.uuid()) {
        take_away(app, tx, other).await?;
    }
    let mut row = store::locked(tx, user).await?.into_active_model();
    row.phone = Set(Some(phone));
    row.phone_verified_at = Set(Some(app.now().micros()));
    row.updated_at = Set(app.now().micros());
    let row = row.update(tx).await?;
    Ok(store::me(tx, &row).await?)
}

async fn take_away(app: &App, tx: &Tx, from: user::Model) -> ApiResult<()> {
    if from.phone_verified_at.is_some() {
        return Err(ApiError::conflict("phone_taken", "this number belongs to another account"));
    }
    user::Entity::update_many()
        .col_expr(user::Column::Phone, Expr::value(None::<String>))
        .col_expr(user::Column::UpdatedAt, Expr::value(app.now().micros()))
        .filter(user::Column::Id.eq(from.id))
        .exec(tx)
        .await?;
    letters::post(app, tx, To::Email(&from.email), store::language_of(&from), &Letter::PhoneMoved).await
}
