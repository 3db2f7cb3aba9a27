//! The running balances of people. Balances move by journals alone (see `post`); what is pending or frozen is counted here.

use std::collections::BTreeMap;

use rapi_core::ledger::AccountKind;
use rapi_core::wire::payments::WalletResponse;
use rapi_core::{Id, Rupiah, Timestamp, values};
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{ExprTrait, OnConflict};
use sea_orm::{ActiveValue::Set, QueryOrder, QuerySelect};

use super::entities::wallets::{ActiveModel, Column, Entity, Model};
use crate::app::App;
use crate::platform::{ApiError, ApiResult, Tx};

/// What is counted beside the balance.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Beside {
    /// Earned, not yet paid.
    Pending,
    /// Asked to be withdrawn.
    Frozen,
}

/// Locks wallets in id order, and makes those that are not there yet.
///
/// # Errors
/// 500 when a person's wallet is of another kind; when the database refuses.
pub(super) async fn lock(app: &App, tx: &Tx, owners: &BTreeMap<Id<values::User>, AccountKind>) -> ApiResult<Vec<Model>> {
    let mut wallets = locked(tx, owners).await?;
    if wallets.len() < owners.len() {
        for (owner, kind) in owners {
            open(app, tx, *owner, *kind).await?;
        }
        wallets = locked(tx, owners).await?;
    }
    match wallets.iter().find(|wallet| owners.get(&Id::new(wallet.user_id)).is_none_or(|kind| kind.as_str() != wallet.account)) {
        Some(wallet) => Err(ApiError::internal(format!("wallet {} is of another kind", wallet.id))),
        None => Ok(wallets),
    }
}

async fn locked(tx: &Tx, owners: &BTreeMap<Id<values::User>, AccountKind>) -> Result<Vec<Model>, DbErr> {
    let people = owners.keys().map(|owner| owner.uuid());
    Entity::find().filter(Column::UserId.is_in(people)).order_by_asc(Column::Id).lock_exclusive().all(tx).await
}

async fn open(app: &App, tx: &Tx, owner: Id<values::User>, kind: AccountKind) -> Result<(), DbErr> {
    let now = app.now().micros();
    let wallet = ActiveModel {
        id: Set(app.ids.uuid()),
        user_id: Set(owner.uuid()),
        account: Set(kind.as_str().to_owned()),
        balance: Set(0),
        pending_balance: Set(0),
        frozen_balance: Set(0),
        last_sequence: Set(0),
        currency: Set("IDR".to_owned()),
        is_active: Set(true),
        created_at: Set(now),
        updated_at: Set(now),
    };
    tx.insert_or([wallet], || OnConflict::column(Column::UserId).do_nothing().to_owned()).await.map(|_| ())
}

/// Writes the balance after a journal, if the wallet is still as `before` says.
///
/// # Errors
/// 500 when it is not; when the database refuses.
pub(super) async fn store(tx: &Tx, before: &Model, after: &Model, now: Timestamp) -> ApiResult<()> {
    let (balance, last_sequence) = (Set(after.balance), Set(after.last_sequence));
    let change = ActiveModel { balance, last_sequence, updated_at: Set(now.micros()), ..Default::default() };
    let by = [
        (Column::Id, Some(before.id.into())),
        (Column::UserId, Some(before.user_id.into())),
        (Column::Balance, Some(before.balance.into())),
        (Column::LastSequence, Some(before.last_sequence.into())),
    ];
    let is_stored = tx.change(change, by).await? == 1;
    if is_stored { Ok(()) } else { Err(ApiError::internal(format!("wallet {} moved under its lock", before.id))) }
}

/// Counts `by` more (or less) beside the balance of a provider.
///
/// # Errors
/// When less than nothing would remain, or the database refuses.
pub(super) async fn count(app: &App, tx: &Tx, owner: Id<values::User>, beside: Beside, by: Rupiah) -> ApiResult<()> {
    if by == Rupiah::ZERO {
        return Ok(());
    }
    if counted(app, tx, owner, beside, by).await? {
        return Ok(());
    }
    open(app, tx, owner, AccountKind::ProviderEarnings).await?;
    if counted(app, tx, owner, beside, by).await? {
        Ok(())
    } else {
        Err(ApiError::internal(format!("the wallet of {owner} is no provider's")))
    }
}

/// `false`: there is no such wallet.
async fn counted(app: &App, tx: &Tx, owner: Id<values::User>, beside: Beside, by: Rupiah) -> Result<bool, DbErr> {
    let column = match beside {
        Beside::Pending => Column::PendingBalance,
        Beside::Frozen => Column::FrozenBalance,
    };
    let done = Entity::update_many()
        .col_expr(column, Expr::col(column).add(by.get()))
        .col_expr(Column::UpdatedAt, Expr::value(app.now().micros()))
        .filter(Column::UserId.eq(owner.uuid()))
        .filter(Column::Account.eq(AccountKind::ProviderEarnings.as_str()))
        .exec(tx)
        .await?;
    Ok(done.rows_affected == 1)
}

/// The wallet of a person, once money touched it.
///
/// # Errors
/// When the database cannot be read.
pub(super) async fn of(connection: &impl ConnectionTrait, owner: Id<values::User>) -> Result<Option<Model>, DbErr> {
    Entity::find().filter(Column::UserId.eq(owner.uuid())).one(connection).await
}

/// A wallet as its owner sees it; one that was never touched is empty.
pub(super) fn answer(wallet: Option<Model>) -> WalletResponse {
    let (balance, pending, frozen) = wallet.map_or((0, 0, 0), |wallet| (wallet.balance, wallet.pending_balance, wallet.frozen_balance));
    WalletResponse {
        balance: Rupiah::new(balance),
        pending_balance: Rupiah::new(pending),
        frozen_balance: Rupiah::new(frozen),
        currency: "IDR".to_owned(),
    }
}
