//! Where providers are: who is near a place, how far the one on her way still is, and where she has been.
//!
//! Positions come in batches over MQTT or HTTP. Knows orders only by what their service tells; the history may live in a
//! database of its own and is never joined with anything.

mod elsewhere;
mod entities;
mod history;
mod nearby;
mod routes;
pub mod service;
mod silence;
mod store;
mod take;
mod tracking;
mod watch;

use std::sync::Arc;

use sea_orm_migration::MigrationTrait;

use crate::app::AppState;
use crate::platform::jobs::Handler;
use crate::platform::schema::SqlMigration;

pub use nearby::Nearby;
pub use routes::routes;

/// The module's tables.
#[must_use]
pub fn migrations() -> Vec<Box<dyn MigrationTrait>> {
    vec![
        Box::new(SqlMigration { name: "m20261122_04_location", sql: include_str!("tables.sql") }),
        Box::new(SqlMigration {
            name: "m20261123_04_positions_stored_at",
            sql: "ALTER TABLE provider_positions ADD COLUMN stored_at BIGINT NOT NULL DEFAULT 0; \
                CREATE INDEX provider_positions_by_storing ON provider_positions (stored_at);",
        }),
    ]
}

/// The history's tables.
#[must_use]
pub fn history_migrations() -> Vec<Box<dyn MigrationTrait>> {
    vec![Box::new(SqlMigration { name: "m20261122_04_location_history", sql: include_str!("history.sql") })]
}

/// Who acts when its deadlines come.
pub fn handlers(app: &AppState) -> Vec<(&'static str, Arc<dyn Handler>)> {
    vec![(silence::KIND, Arc::new(silence::Silence { app: Arc::clone(app) }))]
}
