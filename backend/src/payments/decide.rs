//! An admin decides on a withdrawal: approve, then complete when the bank has it; or reject, which gives it back.

use std::collections::HashMap;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use rapi_core::ledger::Journal;
use rapi_core::wire::admin::{AdminWithdrawalItem, ListSort, WithdrawalsQuery, WithdrawalsSort};
use rapi_core::wire::payments::{PaymentStatus, WithdrawalStatus};
use rapi_core::wire::{Page, UnknownWord, orders::Party};
use rapi_core::{Id, Rupiah, values};
use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{ExprTrait, Order};
use sea_orm::{Condition, QueryOrder, QuerySelect, Select};
use serde_json::json;

use super::entities::withdrawals::{ActiveModel, Column, Entity, Model};
use super::post::{JournalKind, Posted, Reference, mark_reversed, post};
use super::wallets::{self, Beside};
use super::{tell, withdraw};
use crate::app::App;
use crate::platform::cursor::Window;
use crate::platform::db::Looks;
use crate::platform::{ApiError, ApiResult, Tx};
use crate::users::service::{self as users, Deed, Permission};

/// What an admin makes of a withdrawal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Decision {
    /// The transfer is on its way.
    Approve,
    /// The bank has it.
    Complete,
    /// It goes back to the balance.
    Reject {
        /// Why.
        admin_notes: String,
    },
}

impl Decision {
    const fn leads_to(&self) -> WithdrawalStatus {
        match self {
            Self::Approve => WithdrawalStatus::Processing,
            Self::Complete => WithdrawalStatus::Completed,
            Self::Reject { .. } => WithdrawalStatus::Rejected,
        }
    }

    /// As the audit log names it.
    const fn deed(&self) -> &'static str {
        match self {
            Self::Approve => "withdrawal.approve",
            Self::Complete => "withdrawal.complete",
            Self::Reject { .. } => "withdrawal.reject",
        }
    }

    const fn may_follow(&self, status: WithdrawalStatus) -> bool {
        match self {
            Self::Approve => matches!(status, WithdrawalStatus::Pending),
            Self::Complete => matches!(status, WithdrawalStatus::Processing),
            Self::Reject { .. } => matches!(status, WithdrawalStatus::Pending | WithdrawalStatus::Processing),
        }
    }
}

/// Decides. Decided so already is success.
///
/// # Errors
/// 403 `missing_permission`; 404; 409 `invalid_transition`.
pub(super) async fn decide(
    app: &App,
    tx: &Tx,
    admin: Id<values::User>,
    withdrawal: Uuid,
    decision: &Decision,
) -> ApiResult<AdminWithdrawalItem> {
    users::require_permission(tx, admin, Permission::Money).await?;
    let before = Entity::find_by_id(withdrawal).lock_exclusive().one(tx).await?.ok_or_else(|| ApiError::not_found("withdrawal"))?;
    let (status, next) = (before.status()?, decision.leads_to());
    if status == next {
        return one(app, tx, before).await;
    }
    if !decision.may_follow(status) {
        let detail = format!("cannot make {} of a withdrawal that is {}", next.as_str(), status.as_str());
        return Err(ApiError::conflict("invalid_transition", detail));
    }
    move_money(app, tx, &before, decision).await?;
    let after = store(app, tx, admin, before, decision).await?;
    let details = json!({ "amount": after.amount, "withdrawal_number": after.withdrawal_number });
    let deed = Deed { action: decision.deed(), subject_type: "withdrawal", subject_id: after.id, details };
    users::note_deed(app, tx, admin, deed).await?;
    announce(app, tx, &after, decision).await?;
    one(app, tx, after).await
}

async fn move_money(app: &App, tx: &Tx, withdrawal: &Model, decision: &Decision) -> ApiResult<()> {
    let (owner, amount) = (Id::new(withdrawal.user_id), Rupiah::new(withdrawal.amount));
    if matches!(decision, Decision::Reject { .. }) {
        let back = Journal::withdrawal(owner, amount).map_err(ApiError::internal)?.reversal();
        let key = withdraw::journal_key(withdrawal.id);
        let reference = Reference::Withdrawal(withdrawal.id);
        let posted = post(app, tx, &back, JournalKind::WithdrawalRejected, &format!("{key}:rejected"), reference).await?;
        if let Posted::Now(reversal) = posted {
            mark_reversed(tx, &key, reversal).await?;
        }
    }
    match decision {
        Decision::Approve => Ok(()),
        Decision::Complete | Decision::Reject { .. } => wallets::count(app, tx, owner, Beside::Frozen, -amount).await,
    }
}

async fn store(app: &App, tx: &Tx, admin: Id<values::User>, before: Model, decision: &Decision) -> ApiResult<Model> {
    let now = app.now().micros();
    let notes = match decision {
        Decision::Reject { admin_notes } => Some(admin_notes.clone()),
        _ => before.admin_notes.clone(),
    };
    let after = Model {
        status: decision.leads_to().as_str().to_owned(),
        admin_notes: notes,
        processed_by: Some(admin.uuid()),
        processed_at: Some(now),
        updated_at: now,
        ..before
    };
    let changes = ActiveModel {
        status: Set(after.status.clone()),
        admin_notes: Set(after.admin_notes.clone()),
        processed_by: Set(after.processed_by),
        processed_at: Set(after.processed_at),
        updated_at: Set(now),
        ..Default::default()
    };
    Entity::update_many().set(changes).filter(Column::Id.eq(after.id)).exec(tx).await?;
    Ok(after)
}

async fn announce(app: &App, tx: &Tx, withdrawal: &Model, decision: &Decision) -> ApiResult<()> {
    let owner = Id::new(withdrawal.user_id);
    let (status, notice) = match decision {
        Decision::Approve => (PaymentStatus::Processing, "WITHDRAWAL_APPROVED"),
        Decision::Complete => (PaymentStatus::Completed, "WITHDRAWAL_COMPLETED"),
        Decision::Reject { .. } => (PaymentStatus::Failed, "WITHDRAWAL_REJECTED"),
    };
    tell::reference_changed(app, tx, owner, withdrawal.id, status).await?;
    let about = [
        ("withdrawal_id", json!(withdrawal.id)),
        ("withdrawal_number", json!(withdrawal.withdrawal_number)),
        ("admin_notes", json!(withdrawal.admin_notes.clone().unwrap_or_default())),
    ];
    tell::of_wallet(app, tx, owner, notice, Rupiah::new(withdrawal.amount), &about).await
}

/// Those of the page by amount, and by age among equals: as the index `withdrawals_by_amount` has them.
async fn by_amount(connection: &impl ConnectionTrait, rows: Select<Entity>, window: Window, order: Order) -> Result<Select<Entity>, DbErr> {
    let last = match window.before {
        Some(last) => Entity::find_by_id(last).one(connection).await?,
        None => None,
    };
    let rows = last.into_iter().fold(rows, |rows, last| {
        let same = Column::Amount.eq(last.amount);
        rows.filter(match order {
            Order::Desc => Condition::any().add(Column::Amount.lt(last.amount)).add(same.and(Column::Id.lt(last.id))),
            _ => Condition::any().add(Column::Amount.gt(last.amount)).add(same.and(Column::Id.gt(last.id))),
        })
    });
    Ok(rows.order_by(Column::Amount, order.clone()).order_by(Column::Id, order).limit(window.limit + 1))
}

/// Withdrawals of everybody.
///
/// # Errors
/// 422 for a cursor of another list; when the database cannot be read.
pub(super) async fn list(app: &App, connection: &impl Looks, wanted: &WithdrawalsQuery) -> ApiResult<Page<AdminWithdrawalItem>> {
    let window = Window::try_new(wanted.limit, wanted.cursor.as_deref())?;
    let mut query = Entity::find();
    if let Some(status) = wanted.status {
        query = query.filter(Column::Status.eq(status.as_str()));
    }
    let query = match wanted.sort.unwrap_or(WithdrawalsSort::Newest) {
        WithdrawalsSort::Newest => window.sorted(Some(ListSort::Newest)).over(query, Column::Id),
        WithdrawalsSort::Oldest => window.sorted(Some(ListSort::Oldest)).over(query, Column::Id),
        WithdrawalsSort::Amount => by_amount(connection, query, window, Order::Asc).await?,
        WithdrawalsSort::AmountDesc => by_amount(connection, query, window, Order::Desc).await?,
    };
    let rows = query.all(connection).await?;
    let people: Vec<_> = rows.iter().map(|row| Id::new(row.user_id)).collect();
    let names = users::parties(app, connection, &people).await?;
    let items = rows.into_iter().map(|row| Ok((row.id, item(app, row, &names)?))).collect::<ApiResult<Vec<_>>>()?;
    Ok(window.page(items, |(id, _)| *id, |(_, item)| item))
}

async fn one(app: &App, tx: &Tx, row: Model) -> ApiResult<AdminWithdrawalItem> {
    let names = users::parties(app, tx, &[Id::new(row.user_id)]).await?;
    item(app, row, &names)
}

/// The account number is shown as long as the money has to be sent there.
fn item(app: &App, row: Model, names: &HashMap<Id<values::User>, Party>) -> ApiResult<AdminWithdrawalItem> {
    let is_open = matches!(row.status()?, WithdrawalStatus::Pending | WithdrawalStatus::Processing);
    let number = if is_open { Some(row.account_number(app)?) } else { None };
    let provider_id = Id::new(row.user_id);
    Ok(AdminWithdrawalItem {
        provider_id,
        provider_name: names.get(&provider_id).map(|party| party.full_name.clone()),
        bank_account_number: number.map(Into::into),
        processed_by: row.processed_by.map(Id::new),
        withdrawal: withdraw::item(row),
    })
}

impl Model {
    fn status(&self) -> ApiResult<WithdrawalStatus> {
        self.status.parse().map_err(|error: UnknownWord| ApiError::internal(error))
    }

    fn account_number(&self, app: &App) -> ApiResult<String> {
        let sealed = STANDARD.decode(&self.bank_account_number).map_err(ApiError::internal)?;
        let plain = app.vault.open(withdraw::SECRET, &sealed).map_err(ApiError::internal)?;
        String::from_utf8(plain).map_err(ApiError::internal)
    }
}
