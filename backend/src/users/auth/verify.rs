//! Proving the address: the registration becomes an account, and the phone is signed in.

use rapi_core::session::OtpRefused;
use rapi_core::wire::auth::{OtpVerifyRequest, TokensResponse};
use rapi_core::wire::people::UserType;
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter};
use serde_json::json;
use uuid::Uuid;

use super::super::entities::{profile, registration, user};
use super::super::otps::{self, Purpose, Slot};
use super::super::{sessions, store};
use crate::app::App;
use crate::gateway::Peer;
use crate::platform::{ApiResult, Tx};

/// Makes the account of the registration whose code it is.
///
/// # Errors
/// 422 `otp_wrong`, `otp_expired`, `otp_too_many_tries`.
pub(in crate::users) async fn verify(app: &App, request: &OtpVerifyRequest, peer: &Peer) -> ApiResult<TokensResponse> {
    let email = super::email(&request.email)?;
    let slot = Slot::new(app, Purpose::Register, email.as_str());
    let right = otps::check(app, &slot, &request.otp_code).await?;
    let tx = app.db.write().await?;
    otps::spend(&tx, &slot, &right).await?;
    let waiting = registration::Entity::find_by_id(right.subject_id.unwrap_or_default()).one(&tx).await?;
    // An admin may have been made with this address in the meantime.
    let is_free = store::by_email(&tx, email.as_str()).await?.is_none();
    let waiting = waiting.filter(|_| is_free).ok_or_else(|| otps::refused(OtpRefused::Expired))?;
    let person = make(app, &tx, waiting).await?;
    if store::role_of(&person) == UserType::ServiceProvider {
        profile::Entity::insert(empty_profile(app, person.id)).exec_without_returning(&tx).await?;
    }
    registration::Entity::delete_many().filter(registration::Column::Email.eq(email.as_str())).exec(&tx).await?;
    let tokens = sessions::open(app, &tx, &person, peer).await?;
    tx.commit().await?;
    Ok(tokens)
}

async fn make(app: &App, tx: &Tx, waiting: registration::Model) -> ApiResult<user::Model> {
    let now = app.now().micros();
    let is_phone_free = store::by_phone(tx, &waiting.phone).await?.is_none();
    let person = user::Model {
        id: waiting.id,
        email: waiting.email,
        phone: is_phone_free.then_some(waiting.phone),
        phone_verified_at: None,
        password_hash: waiting.password_hash,
        full_name: waiting.full_name,
        user_type: waiting.user_type,
        profile_photo: None,
        date_of_birth: None,
        gender: None,
        language: waiting.language,
        is_active: true,
        is_verified: true,
        last_login: Some(now),
        login_attempts: 0,
        locked_until: None,
        google_id: None,
        login_type: "CREDENTIAL".to_owned(),
        created_at: waiting.created_at,
        updated_at: now,
    };
    user::Entity::insert(person.clone().into_active_model().reset_all()).exec_without_returning(tx).await?;
    Ok(person)
}

fn empty_profile(app: &App, user: Uuid) -> profile::ActiveModel {
    let now = app.now().micros();
    profile::ActiveModel {
        id: Set(app.ids.uuid()),
        user_id: Set(user),
        bio: Set(None),
        service_types: Set(json!([])),
        hourly_rate: Set(None),
        total_orders: Set(0),
        total_completed_orders: Set(0),
        average_rating: Set(0.0),
        total_ratings: Set(0),
        rating_sum: Set(0),
        certifications: Set(json!([])),
        working_hours: Set(None),
        service_areas: Set(json!([])),
        is_available: Set(false),
        portfolio_urls: Set(json!([])),
        created_at: Set(now),
        updated_at: Set(now),
    }
}
