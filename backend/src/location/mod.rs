//! location
pub mod service;

/// The module's tables.
#[must_use]
pub fn migrations() -> Vec<Box<dyn sea_orm_migration::MigrationTrait>> {
    Vec::new()
}

/// What it serves.
pub fn routes() -> crate::gateway::Routes {
    crate::gateway::Routes::default()
}

/// Who acts when its deadlines come.
pub fn handlers(_app: &crate::app::AppState) -> Vec<(&'static str, std::sync::Arc<dyn crate::platform::jobs::Handler>)> {
    Vec::new()
}
/// The history's tables.
#[must_use]
pub fn history_migrations() -> Vec<Box<dyn sea_orm_migration::MigrationTrait>> {
    Vec::new()
}
/// nearby
#[derive(Default)]
pub struct Nearby;
