//! The books: withdrawals to decide on, the proof of the ledger, and what admins did.

mod audit;
mod deeds;
mod ledger;
mod withdrawals;

pub use audit::{AuditScreen, AuditScreenProps, audit_columns, audit_row, audit_sort};
pub use ledger::{LedgerScreen, LedgerScreenProps};
pub use withdrawals::{
    Payout, WithdrawalPanel, WithdrawalPanelProps, WithdrawalsScreen, WithdrawalsScreenProps, withdrawal_columns, withdrawal_row,
    withdrawal_sort,
};
