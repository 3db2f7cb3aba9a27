//! payments
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

/// Proves the books.
///
/// # Errors
/// When the database cannot be read.
pub async fn check_ledger(_connection: &impl sea_orm::ConnectionTrait) -> anyhow::Result<rapi_core::wire::admin::LedgerCheckResponse> {
    anyhow::bail!("the payments module is not there yet")
}
