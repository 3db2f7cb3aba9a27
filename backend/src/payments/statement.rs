//! The statement: the lines of a wallet, newest first.

use rapi_core::ledger::EntryType;
use rapi_core::wire::payments::WalletTransactionItem;
use rapi_core::wire::{OrUnknown, Page};
use rapi_core::{Id, Rupiah, Timestamp, values};
use sea_orm::entity::prelude::*;
use sea_orm::{QueryOrder, QuerySelect};

use super::entities::lines::{Column, Entity, Model};
use super::store::word;
use super::wallets;
use crate::platform::ApiResult;
use crate::platform::cursor::Window;

/// A page of a person's statement.
///
/// # Errors
/// When the database cannot be read.
pub(super) async fn page(
    connection: &impl ConnectionTrait,
    owner: Id<values::User>,
    window: Window,
) -> ApiResult<Page<WalletTransactionItem>> {
    let Some(wallet) = wallets::of(connection, owner).await? else {
        return Ok(Page { items: Vec::new(), next_cursor: None });
    };
    let mut query = Entity::find().filter(Column::WalletId.eq(wallet.id));
    if let Some(before) = window.before {
        // Lines of one millisecond have ids in no order; their place in the wallet has.
        let cursor = Entity::find_by_id(before).filter(Column::WalletId.eq(wallet.id)).one(connection).await?;
        query = query.filter(Column::Sequence.lt(cursor.and_then(|line| line.sequence).unwrap_or(0)));
    }
    let rows = query.order_by_desc(Column::Sequence).limit(window.limit + 1).all(connection).await?;
    Ok(window.page(rows, |row| row.id, item))
}

fn entry_type(text: &str) -> OrUnknown<EntryType> {
    let known = [EntryType::Credit, EntryType::Debit].into_iter().find(|entry_type| entry_type.as_str() == text);
    known.map_or_else(|| OrUnknown::Unknown(text.to_owned()), OrUnknown::Known)
}

fn item(line: Model) -> WalletTransactionItem {
    WalletTransactionItem {
        id: line.id,
        transaction_number: line.transaction_number,
        entry_type: entry_type(&line.entry_type),
        category: word(line.category),
        amount: Rupiah::new(line.amount),
        balance_before: Rupiah::new(line.balance_before.unwrap_or_default()),
        balance_after: Rupiah::new(line.balance_after.unwrap_or_default()),
        reference_id: line.reference_id,
        reference_type: line.reference_type,
        description: line.description,
        created_at: Timestamp::from_micros(line.created_at),
    }
}
