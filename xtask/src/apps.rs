//! The three apps as programs.

use std::path::PathBuf;

use anyhow::Result;

use crate::cargo;

/// Always the same packages: another set would build shared dependencies anew, with other features.
const PACKAGES: [&str; 6] = ["rapi-ui", "rapi-app-shell", "rapi-client-app", "rapi-provider-app", "rapi-admin-app", "rapi-bindings"];

/// Builds them as they are shipped, with the empty window they are measured by, and tells in which folder they are.
///
/// # Errors
/// When they do not build.
pub fn build() -> Result<PathBuf> {
    let packages = PACKAGES.iter().flat_map(|package| ["--package", package]);
    cargo::run(cargo::command().args(["build", "--release", "--bins", "--examples"]).args(packages))?;
    Ok(cargo::target_directory()?.join("release"))
}
