//! Reading people. Every query of `users` that more than one operation needs.

use std::collections::HashMap;

use rapi_core::wire::people::{Gender, Language, MeResponse, UserSummary, UserType, VerificationStatus};
use rapi_core::{Id, Timestamp, values};
use sea_orm::sea_query::LockType;
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QuerySelect};
use uuid::Uuid;

use super::entities::{user, verification};
use crate::platform::{ApiError, ApiResult, Tx};

/// Names a person.
pub(super) type UserId = Id<values::User>;

/// A signed-in person's own row.
///
/// # Errors
/// 404 when the account is gone.
pub(super) async fn of(connection: &impl ConnectionTrait, id: UserId) -> ApiResult<user::Model> {
    user::Entity::find_by_id(id.uuid()).one(connection).await?.ok_or_else(|| ApiError::not_found("person"))
}

/// The same, locked until the transaction ends: whoever changes what belongs to one person waits here.
pub(super) async fn locked(tx: &Tx, id: UserId) -> ApiResult<user::Model> {
    let found = user::Entity::find_by_id(id.uuid()).lock_exclusive().one(tx).await?;
    found.ok_or_else(|| ApiError::not_found("person"))
}

/// The same for who only changes the person herself: others may go on adding rows that refer to her, such as the next token of
/// a session.
pub(super) async fn held(tx: &Tx, id: UserId) -> ApiResult<user::Model> {
    let found = user::Entity::find_by_id(id.uuid()).lock(LockType::NoKeyUpdate).one(tx).await?;
    found.ok_or_else(|| ApiError::not_found("person"))
}

/// By address, in lower case.
pub(super) async fn by_email(connection: &impl ConnectionTrait, email: &str) -> Result<Option<user::Model>, DbErr> {
    user::Entity::find().filter(user::Column::Email.eq(email)).one(connection).await
}

/// By phone, in E.164.
pub(super) async fn by_phone(connection: &impl ConnectionTrait, phone: &str) -> Result<Option<user::Model>, DbErr> {
    user::Entity::find().filter(user::Column::Phone.eq(phone)).one(connection).await
}

/// How far the identity checks of these people have come; absent is NONE.
pub(super) async fn statuses(connection: &impl ConnectionTrait, people: &[Uuid]) -> Result<HashMap<Uuid, VerificationStatus>, DbErr> {
    let rows: Vec<(Uuid, String)> = verification::Entity::find()
        .select_only()
        .columns([verification::Column::UserId, verification::Column::Status])
        .filter(verification::Column::UserId.is_in(people.iter().copied()))
        .into_tuple()
        .all(connection)
        .await?;
    Ok(rows.into_iter().map(|(id, status)| (id, status.parse().unwrap_or(VerificationStatus::None))).collect())
}

/// How far one identity check has come.
pub(super) async fn status_of(connection: &impl ConnectionTrait, id: Uuid) -> Result<VerificationStatus, DbErr> {
    Ok(statuses(connection, &[id]).await?.remove(&id).unwrap_or(VerificationStatus::None))
}

/// What the person is here for.
pub(super) fn role_of(row: &user::Model) -> UserType {
    // The column admits only these three words.
    row.user_type.parse().unwrap_or(UserType::Client)
}

/// What the person reads.
pub(super) fn language_of(row: &user::Model) -> Language {
    row.language.parse().unwrap_or(Language::Indonesian)
}

/// The person as the apps show her.
pub(super) fn summary(row: &user::Model, status: VerificationStatus) -> UserSummary {
    UserSummary {
        id: Id::new(row.id),
        full_name: row.full_name.clone(),
        email: row.email.clone(),
        phone: row.phone.clone(),
        user_type: role_of(row).into(),
        profile_photo: row.profile_photo.clone(),
        language: language_of(row).into(),
        is_verified: row.is_verified,
        verification_status: status.into(),
    }
}

/// The person as she sees herself.
pub(super) async fn me(connection: &impl ConnectionTrait, row: &user::Model) -> Result<MeResponse, DbErr> {
    let status = status_of(connection, row.id).await?;
    Ok(MeResponse {
        user: summary(row, status),
        date_of_birth: row.date_of_birth.as_deref().and_then(|text| text.parse().ok()),
        gender: row.gender.as_deref().and_then(|word| word.parse::<Gender>().ok()).map(Into::into),
        created_at: Timestamp::from_micros(row.created_at),
    })
}
