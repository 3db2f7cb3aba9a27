//! Where providers are: who is near a place, how far the one on her way still is, and where she has been.
//!
//! Positions come in batches over MQTT or HTTP. Knows orders only by what their service tells; the history may live in a
//! database of its own and is never joined with anything.

mod elsewhere;
mod entities;
mod history;
mod intake;
mod nearby;
mod routes;
pub mod service;
mod shown;
mod silence;
mod store;
mod taken;
mod tracking;
mod watch;
mod ways;

use std::sync::Arc;

use sea_orm_migration::MigrationTrait;

use crate::app::AppState;
use crate::platform::jobs::Handler;
use crate::platform::schema::{ClusteredTables, SqlMigration};

pub use intake::Intake;
pub use nearby::Nearby;
pub use routes::routes;
pub use shown::Shown;

/// The module's tables.
#[must_use]
pub fn migrations() -> Vec<Box<dyn MigrationTrait>> {
    vec![
        Box::new(SqlMigration { name: "m20261122_04_location", sql: include_str!("tables.sql") }),
        Box::new(SqlMigration {
            name: "m20261124_04_tracking_accuracy",
            sql: "ALTER TABLE order_tracking ADD COLUMN accuracy_meters DOUBLE PRECISION",
        }),
        // Tracking is asked for by its order alone.
        Box::new(SqlMigration {
            name: "m20261201_05_tracking_of_orders",
            sql: "DROP INDEX order_tracking_of_provider; DROP INDEX order_tracking_by_status; DROP INDEX order_tracking_by_age",
        }),
        Box::new(ClusteredTables { name: "m20261201_15_clustered_tracking", tables: &["order_tracking"] }),
    ]
}

/// The history's tables, and what changes with it.
#[must_use]
pub fn history_migrations() -> Vec<Box<dyn MigrationTrait>> {
    vec![
        Box::new(SqlMigration { name: "m20261122_04_location_history", sql: include_str!("history.sql") }),
        // An index is written with every batch. Ids grow with time, so ways are forgotten by their ids; and when a position was stored
        // matters only where several processes tell each other.
        Box::new(SqlMigration {
            name: "m20261201_04_fewer_indices",
            sql: "DROP INDEX location_history_by_age; DROP INDEX provider_positions_by_storing; \
                  CREATE INDEX provider_positions_by_storing ON provider_positions (stored_at) WHERE stored_at > 0;",
        }),
        Box::new(ClusteredTables {
            name: "m20261201_14_clustered_history",
            tables: &["location_history", "provider_positions"],
        }),
        // A row a device, not one a batch for 30 days. Of what an earlier version entered, all counts as taken.
        Box::new(SqlMigration {
            name: "m20261201_15_devices",
            sql: "CREATE TABLE location_devices (
                      user_id UUID NOT NULL, device TEXT NOT NULL, sequence BIGINT NOT NULL, before BIGINT NOT NULL, received_at BIGINT NOT NULL,
                      PRIMARY KEY (user_id, device)
                  );
                  INSERT INTO location_devices
                      SELECT user_id, device, max(sequence), -1, max(received_at) FROM location_batches GROUP BY user_id, device;
                  DELETE FROM location_batches;",
        }),
        Box::new(ClusteredTables { name: "m20261201_16_clustered_devices", tables: &["location_devices"] }),
    ]
}

/// Who acts when its deadlines come.
pub fn handlers(app: &AppState) -> Vec<(&'static str, Arc<dyn Handler>)> {
    vec![(silence::KIND, Arc::new(silence::Silence { app: Arc::clone(app) }))]
}
