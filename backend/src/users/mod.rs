//! People: accounts, sessions, profiles, addresses, devices, files, the identity check, and what admins do about them.
//!
//! Must not know what an order or a bill is; it asks `orders` for the categories there are and for who shares an order, and what
//! admins see of a person it gathers from the services of the others.

mod admins;
mod audits;
mod auth;
pub mod callers;
mod devices;
mod entities;
mod letters;
mod lockouts;
mod me;
mod media;
mod otps;
mod oversight;
mod passwords;
pub mod people;
mod permissions;
mod phones;
mod places;
mod profiles;
mod providers;
mod routes;
pub mod service;
mod sessions;
mod store;
pub mod tokens;
mod verifications;

use std::sync::Arc;

use sea_orm_migration::MigrationTrait;

use crate::app::AppState;
use crate::platform::jobs::Handler;
use crate::platform::schema::SqlMigration;

pub use routes::routes;

/// The module's tables.
#[must_use]
pub fn migrations() -> Vec<Box<dyn MigrationTrait>> {
    vec![
        Box::new(SqlMigration { name: "m20261122_02_users", sql: include_str!("tables.sql") }),
        Box::new(SqlMigration { name: "m20261124_01_oversight", sql: include_str!("oversight.sql") }),
        Box::new(SqlMigration { name: "m20261124_02_users_by_name", sql: "CREATE INDEX users_by_name ON users (lower(full_name), id)" }),
    ]
}

/// Who acts when its deadlines come.
pub fn handlers(app: &AppState) -> Vec<(&'static str, Arc<dyn Handler>)> {
    vec![(letters::KIND, Arc::new(letters::Postman::new(app)))]
}
