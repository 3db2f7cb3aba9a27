//! Inboxes: what people are told, in their own language, and whether they have read it; and the feed of their events.
//!
//! The other modules say which template and with what values; knows nothing of what these mean.

mod entities;
mod first_templates;
mod inbox;
mod render;
mod routes;
pub mod service;

use std::sync::Arc;

use sea_orm_migration::MigrationTrait;

use crate::app::AppState;
use crate::platform::jobs::Handler;
use crate::platform::schema::{ClusteredTables, SqlMigration};

pub use routes::routes;
pub use service::Templates;

/// The module's tables, and the templates they begin with.
#[must_use]
pub fn migrations() -> Vec<Box<dyn MigrationTrait>> {
    let tables = SqlMigration { name: "m20261122_08_notifications", sql: include_str!("tables.sql") };
    // Notices are asked for by whose they are, and of each person there are few enough to look at all for the unread.
    let fewer = SqlMigration {
        name: "m20261201_08_fewer_indices_of_notices",
        sql: "DROP INDEX notifications_unread; DROP INDEX notifications_by_type; DROP INDEX notifications_by_age",
    };
    let clustered = ClusteredTables { name: "m20261202_08_clustered_notices", tables: &["notifications"] };
    vec![Box::new(tables), Box::new(first_templates::FirstTemplates), Box::new(fewer), Box::new(clustered)]
}

/// Who acts when its deadlines come: it has none.
pub fn handlers(_: &AppState) -> Vec<(&'static str, Arc<dyn Handler>)> {
    Vec::new()
}
