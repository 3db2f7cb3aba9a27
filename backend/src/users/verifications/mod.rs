//! The identity check of providers: papers handed in, looked at, decided.
//!
//! The numbers of the card and the account are encrypted; a keyed fingerprint of the card's number keeps one card from serving two.

mod decide;
mod queue;
mod submit;

pub(super) use decide::{Decision, decide};
pub(super) use queue::{detail, items, list};
pub(super) use submit::submit;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use rapi_core::Timestamp;
use rapi_core::wire::people::{VerificationResponse, VerificationStatus};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};

use super::entities::verification;
use super::store::UserId;
use crate::app::App;
use crate::platform::{ApiError, ApiResult};

const ID_CARD: &str = "id_card_number";
const BANK_ACCOUNT: &str = "bank_account_number";

fn seal(app: &App, purpose: &str, text: &str) -> String {
    STANDARD.encode(app.vault.seal(purpose, text.as_bytes()))
}

fn open(app: &App, purpose: &str, sealed: &str) -> ApiResult<String> {
    let sealed = STANDARD.decode(sealed).map_err(ApiError::internal)?;
    let plain = app.vault.open(purpose, &sealed).map_err(ApiError::internal)?;
    String::from_utf8(plain).map_err(ApiError::internal)
}

/// All but the last four hidden.
fn masked(number: &str) -> String {
    let hidden = number.chars().count().saturating_sub(4);
    number.chars().enumerate().map(|(index, digit)| if index < hidden { '*' } else { digit }).collect()
}

/// How the check of a person stands.
///
/// # Errors
/// When the database cannot be read.
pub(super) async fn of(app: &App, connection: &impl ConnectionTrait, user: UserId) -> ApiResult<VerificationResponse> {
    let row = verification::Entity::find().filter(verification::Column::UserId.eq(user.uuid())).one(connection).await?;
    row.map_or_else(|| Ok(nothing()), |row| answer(app, row))
}

fn nothing() -> VerificationResponse {
    VerificationResponse {
        status: VerificationStatus::None.into(),
        rejection_reason: None,
        submitted_at: None,
        verified_at: None,
        id_card_number_masked: None,
        bank_account_number_masked: None,
        bank_name: None,
        bank_account_name: None,
    }
}

fn answer(app: &App, row: verification::Model) -> ApiResult<VerificationResponse> {
    Ok(VerificationResponse {
        status: status(&row).into(),
        id_card_number_masked: Some(masked(&open(app, ID_CARD, &row.id_card_number)?)),
        bank_account_number_masked: Some(masked(&open(app, BANK_ACCOUNT, &row.bank_account_number)?)),
        rejection_reason: row.rejection_reason,
        submitted_at: Some(Timestamp::from_micros(row.submitted_at)),
        verified_at: row.verified_at.map(Timestamp::from_micros),
        bank_name: Some(row.bank_name),
        bank_account_name: Some(row.bank_account_name),
    })
}

fn status(row: &verification::Model) -> VerificationStatus {
    // The column admits only these words.
    row.status.parse().unwrap_or(VerificationStatus::Pending)
}

#[cfg(test)]
mod tests {
    use super::masked;

    #[test]
    fn only_the_last_four_digits_are_shown() {
        assert_eq!(masked("3174014506900001"), "************0001");
        assert_eq!(masked("123"), "123");
        assert_eq!(masked(""), "");
    }
}
