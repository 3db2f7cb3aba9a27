//! How low a balance may fall.

use super::{AccountKind, EntryCategory};
use crate::values::Rupiah;

/// There is not enough on the account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the balance is {short_by} short")]
pub struct InsufficientBalance {
    /// How much is missing.
    pub short_by: Rupiah,
}

/// May a debit of this category leave such an account with `balance_after`? A client never falls below zero. A provider
/// does by commission alone: the cash of the job is in her pocket already. Rapi's own accounts may.
///
/// This is about lines that take. A credit is always welcome, also when the balance stays below zero after it;
/// [`Entry::check_floor`](super::Entry::check_floor) knows the difference.
///
/// # Errors
/// [`InsufficientBalance`] when it may not.
pub fn check_floor(kind: AccountKind, balance_after: Rupiah, category: EntryCategory) -> Result<(), InsufficientBalance> {
    let may_fall = match kind {
        AccountKind::ClientWallet => false,
        AccountKind::ProviderEarnings => category == EntryCategory::Commission,
        _ => true,
    };
    if may_fall || !balance_after.is_negative() {
        Ok(())
    } else {
        Err(InsufficientBalance { short_by: Rupiah::new(balance_after.get().saturating_neg()) })
    }
}
