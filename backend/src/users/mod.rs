//! users
pub mod service;
pub mod tokens;

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

/// Makes an admin.
///
/// # Errors
/// When the e-mail exists.
pub async fn create_admin(_app: &crate::app::App, _email: &str, _password: &str) -> anyhow::Result<()> {
    Ok(())
}
