//! The tables of money, as rows. Amounts are whole rupiah, times microseconds.

pub mod history;
pub mod journals;
pub mod lines;
pub mod payments;
pub mod top_ups;
pub mod wallets;
pub mod withdrawals;
