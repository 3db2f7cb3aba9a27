//! A provider takes her earnings out. Asking moves them from the balance to what is frozen; an admin decides (see `decide`).

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use rapi_core::ledger::Journal;
use rapi_core::wire::Page;
use rapi_core::wire::payments::{PaymentStatus, WithdrawalItem, WithdrawalRequest, WithdrawalStatus};
use rapi_core::{Id, Rupiah, Timestamp, values};
use sea_orm::entity::prelude::*;
use sea_orm::{IntoActiveModel, QueryOrder, QuerySelect};
use serde_json::json;

use super::entities::withdrawals::{Column, Entity, Model};
use super::post::{JournalKind, Reference, post};
use super::store::word;
use super::tell;
use super::wallets::{self, Beside};
use crate::app::App;
use crate::platform::cursor::Window;
use crate::platform::{ApiError, ApiResult, Tx};

/// What the encrypted account number is bound to.
pub(super) const SECRET: &str = "withdrawal_requests.bank_account_number";

/// The key under which the money of a withdrawal leaves, once.
pub(super) fn journal_key(withdrawal: Uuid) -> String {
    format!("withdrawal:{withdrawal}")
}

/// Asks for a withdrawal.
///
/// # Errors
/// 422 `insufficient_balance`.
pub(super) async fn request(app: &App, tx: &Tx, provider: Id<values::User>, request: &WithdrawalRequest) -> ApiResult<WithdrawalItem> {
    let id = app.ids.uuid();
    let journal = Journal::withdrawal(provider, request.amount).map_err(ApiError::internal)?;
    post(app, tx, &journal, JournalKind::Withdrawal, &journal_key(id), Reference::Withdrawal(id)).await?;
    wallets::count(app, tx, provider, Beside::Frozen, request.amount).await?;
    let wallet = wallets::of(tx, provider).await?.ok_or_else(|| ApiError::internal("a wallet vanished"))?;
    let row = row(app, id, &wallet.id, provider, request);
    tx.insert([row.clone().into_active_model().reset_all()]).await?;
    tell::reference_changed(app, tx, provider, id, PaymentStatus::Pending).await?;
    let about = [("withdrawal_id", json!(id)), ("withdrawal_number", json!(row.withdrawal_number))];
    tell::of_wallet(app, tx, provider, "WITHDRAWAL_REQUESTED", request.amount, &about).await?;
    Ok(item(row))
}

fn row(app: &App, id: Uuid, wallet: &Uuid, provider: Id<values::User>, request: &WithdrawalRequest) -> Model {
    let (now, number) = (app.now().micros(), request.bank_account_number.expose());
    // Digits only, checked on the way in.
    let last_digits = &number[number.len().saturating_sub(4)..];
    Model {
        id,
        user_id: provider.uuid(),
        wallet_id: *wallet,
        withdrawal_number: app.ids.number("WD"),
        amount: request.amount.get(),
        currency: "IDR".to_owned(),
        bank_name: request.bank_name.clone(),
        bank_account_number: STANDARD.encode(app.vault.seal(SECRET, number.as_bytes())),
        bank_account_last_digits: last_digits.to_owned(),
        bank_account_name: request.bank_account_name.clone(),
        status: WithdrawalStatus::Pending.as_str().to_owned(),
        admin_notes: None,
        processed_by: None,
        processed_at: None,
        created_at: now,
        updated_at: now,
    }
}

/// The provider's withdrawals, newest first.
///
/// # Errors
/// When the database cannot be read.
pub(super) async fn list(connection: &impl ConnectionTrait, provider: Id<values::User>, window: Window) -> ApiResult<Page<WithdrawalItem>> {
    let mut query = Entity::find().filter(Column::UserId.eq(provider.uuid()));
    if let Some(before) = window.before {
        query = query.filter(Column::Id.lt(before));
    }
    let rows = query.order_by_desc(Column::Id).limit(window.limit + 1).all(connection).await?;
    Ok(window.page(rows, |row| row.id, item))
}

/// A withdrawal as its owner sees it.
pub(super) fn item(row: Model) -> WithdrawalItem {
    WithdrawalItem {
        id: row.id,
        withdrawal_number: row.withdrawal_number,
        amount: Rupiah::new(row.amount),
        bank_name: row.bank_name,
        bank_account_number_masked: format!("••••{}", row.bank_account_last_digits),
        bank_account_name: row.bank_account_name,
        status: word(row.status),
        admin_notes: row.admin_notes,
        created_at: Timestamp::from_micros(row.created_at),
        processed_at: row.processed_at.map(Timestamp::from_micros),
    }
}
