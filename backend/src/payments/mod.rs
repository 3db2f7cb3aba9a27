//! Money: bills, wallets, top-ups, withdrawals, and the ledger that all of them post to.
//!
//! Every movement is a journal that sums to zero, posted once per key in the transaction of what caused it. How an order lives
//! is not known here: it is asked to settle.

mod bill;
mod check_ledger;
mod confirm_cash;
mod decide;
mod entities;
mod gateway;
mod pay;
mod post;
mod routes;
pub mod service;
mod settle;
mod statement;
mod store;
mod tell;
#[cfg(test)]
mod tests;
mod top_up;
mod wallets;
mod withdraw;

use std::sync::Arc;

use sea_orm_migration::MigrationTrait;

use crate::app::AppState;
use crate::platform::jobs::Handler;
use crate::platform::schema::{ClusteredTables, SqlMigration};

pub use routes::routes;

/// The module's tables.
#[must_use]
pub fn migrations() -> Vec<Box<dyn MigrationTrait>> {
    // What was paid when, with all that the platform's numbers need of it.
    let paid = "CREATE INDEX payments_by_time ON payments (status, paid_at, total_amount, platform_fee, service_fee, discount)
        WHERE paid_at IS NOT NULL";
    vec![
        Box::new(SqlMigration { name: "m20261122_06_payments", sql: include_str!("tables.sql") }),
        Box::new(SqlMigration { name: "m20261124_01_paid", sql: paid }),
        Box::new(SqlMigration {
            name: "m20261124_04_withdrawals_by_amount",
            sql: "CREATE INDEX withdrawals_by_amount ON withdrawal_requests (amount, id)",
        }),
        Box::new(SqlMigration {
            name: "m20261124_05_pay_until",
            sql: "ALTER TABLE payments ADD COLUMN pay_until BIGINT; ALTER TABLE top_ups ADD COLUMN pay_until BIGINT",
        }),
        // Only the proof of the books asks for what is open, and that reads all there is.
        Box::new(SqlMigration {
            name: "m20261201_06_fewer_indices_of_payments",
            sql: "DROP INDEX payments_of_client; DROP INDEX payments_by_status",
        }),
        Box::new(ClusteredTables { name: "m20261201_16_clustered_payments", tables: &["payment_history", "wallet_transactions"] }),
    ]
}

/// Who acts when its deadlines come.
pub fn handlers(app: &AppState) -> Vec<(&'static str, Arc<dyn Handler>)> {
    vec![(settle::SETTLE, Arc::new(settle::AskGateway(Arc::clone(app)))), (top_up::SETTLE, Arc::new(top_up::AskGateway(Arc::clone(app))))]
}
