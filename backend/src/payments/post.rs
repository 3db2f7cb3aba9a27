//! Posting: the one way money moves. A journal is posted whole, once per key, and never edited; undoing it is another journal.

use std::collections::BTreeMap;

use rapi_core::ledger::{Account, AccountKind, Entry, InsufficientBalance, Journal};
use rapi_core::{Id, Rupiah, Timestamp, values};
use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::OnConflict;

use super::entities::{journals, lines, wallets as wallet_rows};
use super::wallets;
use crate::app::App;
use crate::platform::{ApiError, ApiResult, Tx};

/// Which movement a journal is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum JournalKind {
    /// A bill, from a wallet.
    WalletPayment,
    /// A bill, in cash.
    CashPayment,
    /// A bill, through the gateway.
    GatewayPayment,
    /// Money into a wallet.
    TopUp,
    /// Earnings out.
    Withdrawal,
    /// A withdrawal that an admin turned down.
    WithdrawalRejected,
}

impl JournalKind {
    /// The word in tables, and the description of its lines.
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::WalletPayment => "wallet_payment",
            Self::CashPayment => "cash_payment",
            Self::GatewayPayment => "gateway_payment",
            Self::TopUp => "top_up",
            Self::Withdrawal => "withdrawal",
            Self::WithdrawalRejected => "withdrawal_rejected",
        }
    }
}

/// What a journal is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reference {
    /// A bill; on statements its order stands for it.
    Payment {
        /// The bill.
        payment: Uuid,
        /// Its order.
        order: Uuid,
    },
    /// Money into a wallet.
    TopUp(Uuid),
    /// Earnings out.
    Withdrawal(Uuid),
}

impl Reference {
    const fn of_journal(self) -> (Uuid, &'static str) {
        match self {
            Self::Payment { payment, .. } => (payment, "PAYMENT"),
            Self::TopUp(id) => (id, "TOP_UP"),
            Self::Withdrawal(id) => (id, "WITHDRAWAL"),
        }
    }

    const fn of_line(self) -> (Uuid, &'static str) {
        match self {
            Self::Payment { order, .. } => (order, "ORDER"),
            other => other.of_journal(),
        }
    }
}

/// What came of posting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Posted {
    /// The money moved now.
    Now(Uuid),
    /// It moved before, under the same key.
    Before,
}

impl From<InsufficientBalance> for ApiError {
    fn from(error: InsufficientBalance) -> Self {
        Self::unprocessable("insufficient_balance", error.to_string())
    }
}

/// Posts `journal` under `key`, once. The caller must roll back when this fails.
///
/// # Errors
/// 422 `insufficient_balance`; when the database refuses.
pub(super) async fn post(app: &App, tx: &Tx, journal: &Journal, kind: JournalKind, key: &str, reference: Reference) -> ApiResult<Posted> {
    let (id, now) = (app.ids.uuid(), app.now());
    if !take_key(tx, id, kind, key, reference, now).await? {
        return Ok(Posted::Before);
    }
    let before = wallets::lock(app, tx, &owners(journal)).await?;
    let mut after = before.clone();
    let number = app.ids.number("TX");
    let mut rows = Vec::new();
    for (index, entry) in journal.entries().iter().enumerate() {
        let wallet = entry.account().owner().and_then(|owner| after.iter_mut().find(|wallet| wallet.user_id == owner.uuid()));
        let moved = wallet.map(|wallet| move_balance(wallet, entry)).transpose()?;
        let line = Line { journal: id, number: format!("{number}-{}", index + 1), entry, moved, kind, reference };
        rows.push(line.row(app.ids.uuid(), now));
    }
    tx.insert(rows).await?;
    for (before, after) in before.iter().zip(&after) {
        wallets::store(tx, before, after, now).await?;
    }
    Ok(Posted::Now(id))
}

/// Notes that `reversal` undid the journal that was posted under `key`.
///
/// # Errors
/// 500 when there is none or it was undone before; when the database refuses.
pub(super) async fn mark_reversed(tx: &Tx, key: &str, reversal: Uuid) -> ApiResult<()> {
    let marked = journals::Entity::update_many()
        .col_expr(journals::Column::ReversedBy, Expr::value(reversal))
        .filter(journals::Column::IdempotencyKey.eq(key))
        .filter(journals::Column::ReversedBy.is_null())
        .exec(tx)
        .await?;
    if marked.rows_affected == 1 { Ok(()) } else { Err(ApiError::internal("the journal to undo is not there, or was undone before")) }
}

/// Takes the key; `false` when it is taken. A second posting waits here until the first has committed or failed.
async fn take_key(tx: &Tx, id: Uuid, kind: JournalKind, key: &str, reference: Reference, now: Timestamp) -> Result<bool, DbErr> {
    let (reference_id, reference_type) = reference.of_journal();
    let journal = journals::ActiveModel {
        id: Set(id),
        idempotency_key: Set(key.to_owned()),
        kind: Set(kind.as_str().to_owned()),
        reference_id: Set(reference_id),
        reference_type: Set(reference_type.to_owned()),
        reversed_by: Set(None),
        created_at: Set(now.micros()),
    };
    Ok(tx.insert_or([journal], || OnConflict::column(journals::Column::IdempotencyKey).do_nothing().to_owned()).await? == 1)
}

/// The people whose wallets a journal touches.
fn owners(journal: &Journal) -> BTreeMap<Id<values::User>, AccountKind> {
    journal.entries().iter().map(Entry::account).filter_map(|account: Account| Some((account.owner()?, account.kind()))).collect()
}

/// A line's place in its wallet.
struct Moved {
    wallet: Uuid,
    sequence: i64,
    before: i64,
    after: i64,
}

fn move_balance(wallet: &mut wallet_rows::Model, entry: &Entry) -> ApiResult<Moved> {
    let before = Rupiah::new(wallet.balance);
    let after = before.checked_add(entry.amount()).map_err(ApiError::internal)?;
    entry.check_floor(after)?;
    wallet.balance = after.get();
    wallet.last_sequence += 1;
    Ok(Moved { wallet: wallet.id, sequence: wallet.last_sequence, before: before.get(), after: after.get() })
}

struct Line<'a> {
    journal: Uuid,
    number: String,
    entry: &'a Entry,
    moved: Option<Moved>,
    kind: JournalKind,
    reference: Reference,
}

impl Line<'_> {
    fn row(self, id: Uuid, now: Timestamp) -> lines::ActiveModel {
        let (reference_id, reference_type) = self.reference.of_line();
        let moved = self.moved.as_ref();
        lines::ActiveModel {
            id: Set(id),
            wallet_id: Set(moved.map(|moved| moved.wallet)),
            sequence: Set(moved.map(|moved| moved.sequence)),
            journal_id: Set(self.journal),
            account: Set(self.entry.account().kind().as_str().to_owned()),
            transaction_number: Set(self.number),
            entry_type: Set(self.entry.entry_type().as_str().to_owned()),
            category: Set(self.entry.category().as_str().to_owned()),
            // A journal holds no line of i64::MIN, so the opposite exists.
            amount: Set(self.entry.amount().get().abs()),
            balance_before: Set(moved.map(|moved| moved.before)),
            balance_after: Set(moved.map(|moved| moved.after)),
            reference_id: Set(Some(reference_id)),
            reference_type: Set(Some(reference_type.to_owned())),
            description: Set(Some(self.kind.as_str().to_owned())),
            metadata: Set(None),
            created_at: Set(now.micros()),
        }
    }
}
