//! Conversations between the client and the provider: chat rooms, messages, calls. So far the tables.

pub mod service;

use std::sync::Arc;

use sea_orm_migration::MigrationTrait;

use crate::app::AppState;
use crate::gateway::Routes;
use crate::platform::jobs::Handler;
use crate::platform::schema::SqlMigration;

/// The module's tables.
#[must_use]
pub fn migrations() -> Vec<Box<dyn MigrationTrait>> {
    vec![Box::new(SqlMigration { name: "m20261122_07_communication", sql: include_str!("tables.sql") })]
}

/// What it serves: nothing yet.
pub fn routes() -> Routes {
    Routes::default()
}

/// Who acts when its deadlines come: it has none.
pub fn handlers(_: &AppState) -> Vec<(&'static str, Arc<dyn Handler>)> {
    Vec::new()
}
