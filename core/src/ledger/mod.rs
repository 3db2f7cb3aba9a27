//! Money that moves: journals that cannot be unbalanced, and floors that balances must not fall through.
//!
//! A journal is a list of lines that sums to zero over users' and system accounts; it is posted whole, never edited,
//! only reversed. It must not know tables, gateways or clocks.
//!
//! Signs are the account owner's: `+` is what Rapi owes her more (CREDIT), `−` what it owes her less (DEBIT). So
//! a system account that holds Rapi's claims, such as the gateway's, is below zero while money is on its way.

mod account;
mod entry;
mod floor;
mod journal;
mod postings;
#[cfg(test)]
mod tests;

pub use account::{Account, AccountKind, UnknownAccountKind};
pub use entry::{Entry, EntryCategory, EntryType, UnknownCategory};
pub use floor::{InsufficientBalance, check_floor};
pub use journal::{Journal, Unbalanced};
