//! Papers as admins see them.

use std::collections::HashMap;

use rapi_core::wire::admin::{VerificationDetail, VerificationItem, VerificationsQuery};
use rapi_core::{Id, Timestamp};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter};
use serde_json::json;
use uuid::Uuid;

use super::{BANK_ACCOUNT, ID_CARD, open, status};
use crate::app::App;
use crate::platform::cursor::Window;
use crate::platform::{ApiError, ApiResult, Tx};
use crate::users::audits::{self, Deed};
use crate::users::entities::{user, verification};
use crate::users::profiles;
use crate::users::store::{self, UserId};

/// A page; one row more than asked for, when there is one.
pub(in crate::users) async fn list(
    connection: &impl ConnectionTrait,
    query: &VerificationsQuery,
    window: Window,
) -> Result<Vec<verification::Model>, DbErr> {
    let mut rows = verification::Entity::find();
    if let Some(status) = query.status {
        rows = rows.filter(verification::Column::Status.eq(status.as_str()));
    }
    window.over(rows, verification::Column::Id).all(connection).await
}

/// The rows as the queue shows them, in the same order.
pub(in crate::users) async fn items(
    connection: &impl ConnectionTrait,
    rows: &[verification::Model],
) -> Result<Vec<VerificationItem>, DbErr> {
    let people = user::Entity::find().filter(user::Column::Id.is_in(rows.iter().map(|row| row.user_id))).all(connection).await?;
    let people: HashMap<Uuid, user::Model> = people.into_iter().map(|person| (person.id, person)).collect();
    Ok(rows.iter().filter_map(|row| Some(item(row, people.get(&row.user_id)?))).collect())
}

fn item(row: &verification::Model, person: &user::Model) -> VerificationItem {
    VerificationItem {
        id: row.id,
        user: store::summary(person, status(row)),
        status: status(row).into(),
        submitted_at: Timestamp::from_micros(row.submitted_at),
        verified_at: row.verified_at.map(Timestamp::from_micros),
        verified_by: row.verified_by.map(Id::new),
        rejection_reason: row.rejection_reason.clone(),
    }
}

/// The item of one row.
pub(super) async fn item_of(connection: &impl ConnectionTrait, row: &verification::Model) -> ApiResult<VerificationItem> {
    let person = store::of(connection, Id::new(row.user_id)).await?;
    Ok(item(row, &person))
}

/// The papers, decrypted; the view is written down in the same transaction.
///
/// # Errors
/// 404 for unknown ones.
pub(in crate::users) async fn detail(app: &App, tx: &Tx, admin: UserId, id: Uuid) -> ApiResult<VerificationDetail> {
    let row = verification::Entity::find_by_id(id).one(tx).await?.ok_or_else(|| ApiError::not_found("verification"))?;
    let deed =
        Deed { action: "verification.view", subject_type: "verification", subject_id: id, details: json!({ "user_id": row.user_id }) };
    audits::note(app, tx, admin, deed).await?;
    Ok(VerificationDetail {
        verification: item_of(tx, &row).await?,
        id_card_number: open(app, ID_CARD, &row.id_card_number)?,
        bank_account_number: open(app, BANK_ACCOUNT, &row.bank_account_number)?,
        id_card_photo_url: row.id_card_photo_url,
        selfie_with_id_url: row.selfie_with_id_url,
        certificate_urls: profiles::read(row.certificate_urls),
        portfolio_urls: profiles::read(row.portfolio_urls),
        bank_account_name: row.bank_account_name,
        bank_name: row.bank_name,
    })
}
