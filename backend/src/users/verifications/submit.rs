//! Handing in papers.

use rapi_core::people::{Nik, NotANik};
use rapi_core::wire::events::Event;
use rapi_core::wire::people::{MediaPurpose, VerificationRequest, VerificationResponse, VerificationStatus};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ColumnTrait, DbErr, EntityTrait, IntoActiveModel, QueryFilter};
use uuid::Uuid;

use super::{BANK_ACCOUNT, ID_CARD, answer, seal, status};
use crate::app::App;
use crate::platform::db::is_taken;
use crate::platform::{ApiError, ApiResult, Tx, events};
use crate::users::entities::{past_verification, verification};
use crate::users::media;
use crate::users::store::{self, UserId};

/// Takes the papers. Rejected ones go to the history; those under way or approved stay.
///
/// # Errors
/// 422 for a NIK that cannot be one, files that are not the caller's, `phone_required`, `id_card_taken`;
/// 409 `already_submitted`, `already_approved`.
pub(in crate::users) async fn submit(app: &App, tx: &Tx, user: UserId, request: VerificationRequest) -> ApiResult<VerificationResponse> {
    let nik: Nik = request
        .id_card_number
        .expose()
        .parse()
        .map_err(|error: NotANik| ApiError::invalid_field("id_card_number", error.code(), error.to_string()))?;
    let person = store::locked(tx, user).await?;
    if person.phone.is_none() {
        return Err(ApiError::unprocessable("phone_required", "give a phone number first"));
    }
    require_files(tx, user, &request).await?;
    let before = verification::Entity::find().filter(verification::Column::UserId.eq(user.uuid())).one(tx).await?;
    if let Some(before) = before {
        replace(app, tx, before).await?;
    }
    let fingerprint = app.vault.fingerprint(ID_CARD, nik.as_str());
    require_own_card(tx, &fingerprint).await?;
    let row = row(app, user.uuid(), &nik, fingerprint, request)?;
    let inserted = verification::Entity::insert(row.clone().into_active_model().reset_all()).exec_without_returning(tx).await;
    inserted.map_err(taken_in_between)?;
    let event = Event::VerificationChanged { status: VerificationStatus::Pending.into() };
    events::tell(tx, &app.ids, app.now(), user, &event);
    answer(app, row)
}

async fn require_files(tx: &Tx, user: UserId, request: &VerificationRequest) -> ApiResult<()> {
    use std::slice::from_ref;
    for (field, urls, purpose) in [
        ("id_card_photo_url", from_ref(&request.id_card_photo_url), MediaPurpose::IdCard),
        ("selfie_with_id_url", from_ref(&request.selfie_with_id_url), MediaPurpose::Selfie),
        ("certificate_urls", request.certificate_urls.as_slice(), MediaPurpose::Certificate),
        ("portfolio_urls", request.portfolio_urls.as_slice(), MediaPurpose::Portfolio),
    ] {
        media::require_own(tx, user, field, urls, purpose).await?;
    }
    Ok(())
}

async fn require_own_card(tx: &Tx, fingerprint: &str) -> ApiResult<()> {
    let other = verification::Entity::find()
        .filter(verification::Column::IdCardFingerprint.eq(fingerprint))
        .filter(verification::Column::Status.ne(VerificationStatus::Rejected.as_str()))
        .one(tx)
        .await?;
    if other.is_some() { Err(card_taken()) } else { Ok(()) }
}

fn card_taken() -> ApiError {
    ApiError::unprocessable("id_card_taken", "this identity card belongs to another account")
}

/// Two accounts with one card at the same time: the index lets only one in.
fn taken_in_between(error: DbErr) -> ApiError {
    if is_taken(&error) { card_taken() } else { error.into() }
}

/// Moves rejected papers to the history.
async fn replace(app: &App, tx: &Tx, before: verification::Model) -> ApiResult<()> {
    match status(&before) {
        VerificationStatus::Rejected => {}
        VerificationStatus::Approved => return Err(ApiError::conflict("already_approved", "the identity check was passed")),
        _ => return Err(ApiError::conflict("already_submitted", "the papers are being looked at")),
    }
    verification::Entity::delete_by_id(before.id).exec(tx).await?;
    let past = past_verification::ActiveModel {
        id: Set(before.id),
        user_id: Set(before.user_id),
        id_card_number: Set(before.id_card_number),
        id_card_fingerprint: Set(before.id_card_fingerprint),
        id_card_photo_url: Set(before.id_card_photo_url),
        selfie_with_id_url: Set(before.selfie_with_id_url),
        certificate_urls: Set(before.certificate_urls),
        portfolio_urls: Set(before.portfolio_urls),
        bank_account_name: Set(before.bank_account_name),
        bank_name: Set(before.bank_name),
        bank_account_number: Set(before.bank_account_number),
        status: Set(before.status),
        rejection_reason: Set(before.rejection_reason),
        verified_by: Set(before.verified_by),
        verified_at: Set(before.verified_at),
        submitted_at: Set(before.submitted_at),
        replaced_at: Set(app.now().micros()),
    };
    past_verification::Entity::insert(past).exec_without_returning(tx).await?;
    Ok(())
}

fn row(app: &App, user: Uuid, nik: &Nik, fingerprint: String, request: VerificationRequest) -> ApiResult<verification::Model> {
    let now = app.now().micros();
    Ok(verification::Model {
        id: app.ids.uuid(),
        user_id: user,
        id_card_number: seal(app, ID_CARD, nik.as_str()),
        id_card_fingerprint: fingerprint,
        id_card_photo_url: request.id_card_photo_url,
        selfie_with_id_url: request.selfie_with_id_url,
        certificate_urls: serde_json::to_value(request.certificate_urls)?,
        portfolio_urls: serde_json::to_value(request.portfolio_urls)?,
        bank_account_name: request.bank_account_name,
        bank_name: request.bank_name,
        bank_account_number: seal(app, BANK_ACCOUNT, request.bank_account_number.expose()),
        status: VerificationStatus::Pending.as_str().to_owned(),
        rejection_reason: None,
        verified_by: None,
        verified_at: None,
        submitted_at: now,
        created_at: now,
        updated_at: now,
    })
}
