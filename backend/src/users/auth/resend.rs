//! Another code for an address that is not proved yet.

use rapi_core::wire::auth::OtpResendRequest;
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder};

use super::super::entities::registration;
use super::super::letters::{self, Letter, To};
use super::super::otps::{self, About, Purpose, Slot};
use super::super::store;
use crate::app::App;
use crate::platform::{ApiResult, Tx};

/// Sends another code, if somebody waits for one at that address; says nothing about whether.
///
/// # Errors
/// 429 within a minute of the code before.
pub(in crate::users) async fn resend(app: &App, request: &OtpResendRequest) -> ApiResult<()> {
    let email = super::email(&request.email)?;
    let slot = Slot::new(app, Purpose::Register, email.as_str());
    let tx = app.db.write().await?;
    otps::require_cool(&tx, &slot, app.now()).await?;
    let waiting = if store::by_email(&tx, email.as_str()).await?.is_none() { waiting(app, &tx, email.as_str()).await? } else { None };
    let about = About { subject: waiting.as_ref().map(|row| row.id), phone: None };
    let sent = otps::issue(app, &tx, &slot, about).await?;
    if let Some(waiting) = waiting {
        let language = waiting.language.parse().unwrap_or(rapi_core::wire::people::Language::Indonesian);
        letters::post(app, &tx, To::Email(&waiting.email), language, &Letter::Welcome(sent)).await?;
    }
    tx.commit().await?;
    Ok(())
}

/// The registration that the next code proves: the newest. When several were tried, nobody can tell whose password the owner
/// of the address means, so the code brings none to life; she sets one by `/auth/password/forgot`.
async fn waiting(app: &App, tx: &Tx, email: &str) -> ApiResult<Option<registration::Model>> {
    let found = registration::Entity::find().filter(registration::Column::Email.eq(email)).order_by_desc(registration::Column::Id);
    let mut tried = found.all(tx).await?;
    if tried.len() < 2 {
        return Ok(tried.pop());
    }
    let unsure = registration::Model { id: app.ids.uuid(), password_hash: None, created_at: app.now().micros(), ..tried.swap_remove(0) };
    registration::Entity::insert(unsure.clone().into_active_model().reset_all()).exec_without_returning(tx).await?;
    Ok(Some(unsure))
}
