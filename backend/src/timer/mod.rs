//! The work timer: a list of events that is the truth, and the session that it comes to.
//!
//! Prices are asked of the rules and the bill of `payments`; who may move an order is asked of `orders`.

mod cap;
mod entities;
mod notes;
mod record;
mod routes;
pub mod service;
mod session;
mod store;

use std::sync::Arc;

use sea_orm_migration::MigrationTrait;

use crate::app::AppState;
use crate::platform::jobs::Handler;
use crate::platform::schema::{ClusteredTables, SqlMigration};

pub use routes::routes;

/// The module's tables.
#[must_use]
pub fn migrations() -> Vec<Box<dyn MigrationTrait>> {
    // Work is asked for by its order alone.
    let fewer = "DROP INDEX work_sessions_by_status; DROP INDEX work_sessions_by_start";
    vec![
        Box::new(SqlMigration { name: "m20261122_04_timer", sql: include_str!("tables.sql") }),
        Box::new(SqlMigration { name: "m20261201_04_fewer_indices_of_work", sql: fewer }),
        Box::new(ClusteredTables { name: "m20261201_14_clustered_work", tables: &["work_sessions", "work_events"] }),
    ]
}

/// Who acts when its deadlines come.
pub fn handlers(app: &AppState) -> Vec<(&'static str, Arc<dyn Handler>)> {
    vec![(cap::CAP, Arc::new(cap::WarnOfCap(Arc::clone(app))))]
}
