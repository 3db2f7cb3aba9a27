//! Running cargo, and other programs whose output people should see.

use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::{env, fs};

use anyhow::{Context as _, Result, bail};
use serde_json::Value;

/// The cargo that runs this chore, in the workspace's folder.
pub fn command() -> Command {
    let mut cargo = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.current_dir(root());
    // What the cargo that runs this chore says of the chore's own package is not meant for others: build scripts that look at
    // it would find it changed, and what depends on them would be built anew.
    for (variable, _) in env::vars_os().filter(|(variable, _)| is_of_the_chore(&variable.to_string_lossy())) {
        cargo.env_remove(variable);
    }
    cargo
}

fn is_of_the_chore(variable: &str) -> bool {
    ["CARGO_PKG_", "CARGO_MANIFEST_"].iter().any(|start| variable.starts_with(start))
}

/// The folder of the workspace.
pub fn root() -> PathBuf {
    let xtask = env::var_os("CARGO_MANIFEST_DIR").map_or_else(|| env!("CARGO_MANIFEST_DIR").into(), PathBuf::from);
    fs::canonicalize(xtask.join("..")).unwrap_or_else(|_| xtask.join(".."))
}

/// Is `cargo <subcommand>`, which does not come with cargo itself, installed?
pub fn has(subcommand: &str) -> bool {
    let mut cargo = command();
    cargo.args([subcommand, "--version"]).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    cargo.status().is_ok_and(|status| status.success())
}

/// Runs a program to its end with our stdout and stderr.
///
/// # Errors
/// When it cannot be started or does not succeed.
pub fn run(command: &mut Command) -> Result<()> {
    let name = command.get_program().to_string_lossy().into_owned();
    let status = command.stdin(Stdio::null()).status().with_context(|| format!("cannot start {name}"))?;
    if !status.success() {
        bail!("{name}: {status}");
    }
    Ok(())
}

/// Where cargo puts what it builds.
///
/// # Errors
/// When cargo cannot tell.
pub fn target_directory() -> Result<PathBuf> {
    let output = command().args(["metadata", "--no-deps", "--format-version", "1"]).output()?;
    let metadata: Value = serde_json::from_slice(&output.stdout).context("cargo metadata")?;
    metadata["target_directory"].as_str().map(PathBuf::from).context("cargo metadata names no target directory")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_root_holds_the_lock_file() {
        assert!(root().join("Cargo.lock").is_file());
        assert!(target_directory().unwrap().is_absolute());
    }

    #[test]
    fn only_what_is_said_of_the_chore_is_kept_from_others() {
        assert!(is_of_the_chore("CARGO_PKG_NAME") && is_of_the_chore("CARGO_MANIFEST_DIR"));
        assert!(!is_of_the_chore("CARGO_TARGET_DIR") && !is_of_the_chore("CARGO_HOME"));
    }

    #[test]
    fn a_subcommand_nobody_has_is_not_installed() {
        assert!(!has("a-subcommand-nobody-has"));
    }

    #[test]
    fn a_failing_program_is_an_error() {
        assert!(run(&mut Command::new("true")).is_ok());
        assert!(run(&mut Command::new("false")).is_err());
        assert!(run(&mut Command::new("/nonexistent/rapi")).is_err());
    }
}
