//! Asking for an account. The account itself is made when the address is proved.

use std::time::Duration;

use rapi_core::session::OtpState;
use rapi_core::wire::auth::{RegisterRequest, RegisterResponse};
use rapi_core::wire::people::Language;
use rapi_core::{Id, Timestamp};
use sea_orm::{ActiveValue::Set, ColumnTrait, DbErr, EntityTrait, QueryFilter};
use uuid::Uuid;

use super::super::entities::registration;
use super::super::letters::{self, Letter, To};
use super::super::otps::{self, About, Purpose, Slot};
use super::super::{passwords, store};
use crate::app::App;
use crate::platform::{ApiResult, Tx};

/// Registrations that nobody finished are forgotten after that.
const FORGOTTEN_AFTER: Duration = Duration::from_secs(30 * 24 * 3600);
/// Codes that may be good at once: bounds both what a mailbox gets and what a guesser may hit.
const MOST_LIVE_CODES: u64 = 5;

/// Registers: the same answer after the same work, whether the address is new, waiting to be proved, or taken.
///
/// An address that is not proved yet may be registered again: each attempt waits for its own code, so the code that the true
/// owner types never wakes somebody else's password. A taken address gets no code; its owner is told. A taken phone number
/// stays where it is, its owner is told, and the new account will have none until one is proved.
///
/// # Errors
/// 422 for unreadable addresses, numbers and weak passwords.
pub(in crate::users) async fn register(app: &App, request: RegisterRequest, language: Language) -> ApiResult<RegisterResponse> {
    let email = super::email(&request.email)?;
    let phone = super::phone(&request.phone)?;
    passwords::require_strong("password", &request.password, email.as_str())?;
    let hash = passwords::hash(app, &request.password).await?;

    let (now, id) = (app.now(), app.ids.uuid());
    let slot = Slot::new(app, Purpose::Register, email.as_str());
    let tx = app.db.write().await?;
    let owner = store::by_email(&tx, email.as_str()).await?;
    let phones_owner = store::by_phone(&tx, phone.as_str()).await?;
    let live = otps::live(&tx, &slot, now).await?;
    match owner {
        Some(owner) if live == 0 => {
            otps::issue(app, &tx, &slot, About::default()).await?;
            letters::post(app, &tx, To::Email(&owner.email), store::language_of(&owner), &Letter::EmailTaken).await?;
        }
        None if live < MOST_LIVE_CODES => {
            let row = registration::ActiveModel {
                id: Set(id),
                email: Set(email.as_str().to_owned()),
                phone: Set(phone.as_str().to_owned()),
                password_hash: Set(Some(hash)),
                full_name: Set(request.full_name.trim().to_owned()),
                user_type: Set(request.user_type.as_str().to_owned()),
                language: Set(language.as_str().to_owned()),
                created_at: Set(now.micros()),
            };
            keep(&tx, row, now).await?;
            let about = About { subject: Some(id), phone: None };
            let welcome = Letter::Welcome(otps::issue(app, &tx, &slot, about).await?);
            letters::post(app, &tx, To::Email(email.as_str()), language, &welcome).await?;
            if let Some(owner) = phones_owner {
                letters::post(app, &tx, To::Email(&owner.email), store::language_of(&owner), &Letter::PhoneTaken).await?;
            }
        }
        _ => {}
    }
    tx.commit().await?;
    Ok(answer(id, now))
}

fn answer(id: Uuid, now: Timestamp) -> RegisterResponse {
    RegisterResponse { user_id: Id::new(id), otp_expires_at: OtpState::sent(now).expires_at }
}

async fn keep(tx: &Tx, row: registration::ActiveModel, now: Timestamp) -> Result<(), DbErr> {
    let old = registration::Column::CreatedAt.lt((now - FORGOTTEN_AFTER).micros());
    registration::Entity::delete_many().filter(old).exec(tx).await?;
    registration::Entity::insert(row).exec_without_returning(tx).await?;
    Ok(())
}
