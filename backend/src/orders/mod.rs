//! Orders: what can be ordered, the life of each order, who is offered it, how it was rated.
//!
//! `rapi_core::orders` decides every move and [`service::advance`] is the one way to make it; other modules see [`service`] alone.
//! It must not know how people sign in, how positions are kept, how the clock of the work runs or how money moves.

mod accept;
mod advance;
mod cancel;
mod catalogue;
mod categories;
mod create;
mod deadlines;
mod dispatch;
mod entities;
mod error;
mod explain;
mod follow;
mod map;
mod notices;
mod offers;
mod overview;
mod prices;
mod rate;
mod routes;
pub mod service;
mod sheets;
mod stats;
mod store;
mod timeline;
mod travel;
mod view;

use std::sync::Arc;

pub use accept::Turns;
pub use categories::Categories;
pub use dispatch::{Around, Known, Roster};
pub use sheets::Sheets;

use sea_orm_migration::MigrationTrait;

use crate::app::AppState;
use crate::gateway::Routes;
use crate::platform::jobs::Handler;
use crate::platform::schema::{ClusteredTables, SqlMigration};

/// The module's tables, and the categories they begin with.
#[must_use]
pub fn migrations() -> Vec<Box<dyn MigrationTrait>> {
    let tables = SqlMigration { name: "m20261122_02_orders", sql: include_str!("tables.sql") };
    let overview = SqlMigration { name: "m20261124_01_overview", sql: include_str!("overview.sql") };
    // Nobody asks by these, and each was written with every order.
    let fewer = SqlMigration {
        name: "m20261201_02_fewer_indices_of_orders",
        sql: "DROP INDEX orders_by_requested_time; DROP INDEX order_broadcasts_by_time; DROP INDEX ratings_of_client",
    };
    let clustered = ClusteredTables { name: "m20261201_12_clustered_orders", tables: &["order_broadcasts", "order_transitions"] };
    // In the words that are asked by.
    let one_job = SqlMigration {
        name: "m20261202_02_one_job",
        sql: "DROP INDEX orders_one_job;
            CREATE UNIQUE INDEX orders_one_job ON orders (service_provider_id)
                WHERE status IN ('ACCEPTED', 'ON_THE_WAY', 'ARRIVED') OR (status = 'IN_PROGRESS' AND stage = 'working')",
    };
    let first = categories::FirstCategories;
    vec![Box::new(tables), Box::new(first), Box::new(overview), Box::new(fewer), Box::new(clustered), Box::new(one_job)]
}

/// What it serves.
pub fn routes() -> Routes {
    routes::routes()
}

/// Who acts when its deadlines come.
pub fn handlers(app: &AppState) -> Vec<(&'static str, Arc<dyn Handler>)> {
    deadlines::handlers(app)
}
