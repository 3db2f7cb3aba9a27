//! `cargo xtask assets`: what the apps draw with, the map, the icons and the type, put where `ui/build.rs` looks for it.
//!
//! The lock file names each package with its checksum; where npm finds them is its own settings' affair.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context as _, Result, bail};
use serde_json::Value;

use crate::cargo;
use crate::packages::{self, Purpose, program};

/// What npm is asked for: just what the lock file holds, and none of the packages' own scripts run.
const INSTALL: [&str; 4] = ["ci", "--ignore-scripts", "--no-audit", "--no-fund"];

/// Puts them in place, if they are not.
///
/// # Errors
/// When npm cannot be had or cannot fetch them; the text says what to do without a network.
pub fn ensure() -> Result<()> {
    let folder = cargo::root().join("ui/assets");
    if are_in_place(&folder)? {
        println!("    in place: ui/assets/node_modules");
        return Ok(());
    }
    packages::ensure(Purpose::Assets)?;
    let npm = program("npm").context("no npm found")?;
    let status = Command::new(npm).args(INSTALL).current_dir(&folder).stdin(Stdio::null()).status();
    let fetched = status.context("cannot start npm").and_then(|status| if status.success() { Ok(()) } else { bail!("npm: {status}") });
    fetched.context(WITHOUT_NETWORK)?;
    if !are_in_place(&folder)? {
        bail!("npm is content, and still ui/assets/node_modules is not what ui/assets/package-lock.json says");
    }
    Ok(())
}

const WITHOUT_NETWORK: &str = "type, icons and map cannot be put in place. Without a network, copy ui/assets/node_modules from a checkout \
                               of the same version that has it, or let npm take them from its cache (npm_config_offline=true) or from a \
                               server of your own, as its settings say. The apps also build without: they then have no map, no icons and \
                               the system's type";

/// Does what is there come from this lock file? npm keeps a list of what it installed, and writes it last.
fn are_in_place(folder: &Path) -> Result<bool> {
    let lock = folder.join("package-lock.json");
    let lock = fs::read_to_string(&lock).with_context(|| format!("cannot read {}", lock.display()))?;
    let installed = fs::read_to_string(folder.join("node_modules/.package-lock.json")).unwrap_or_default();
    Ok(same(&serde_json::from_str(&lock).context("package-lock.json")?, &serde_json::from_str(&installed).unwrap_or_default()))
}

/// Does `installed` hold every package that `lock` names, to the version and the checksum?
fn same(lock: &Value, installed: &Value) -> bool {
    let Some(wanted) = lock["packages"].as_object() else { return false };
    let of_others = wanted.iter().filter(|(path, _)| !path.is_empty());
    of_others.into_iter().all(|(path, package)| {
        let there = &installed["packages"][path.as_str()];
        ["version", "integrity"].iter().all(|field| there[field].is_string() && there[field] == package[field])
    })
}

#[cfg(test)]
mod tests {
    use std::env;

    use serde_json::json;

    use super::*;
    use crate::folder;

    fn lock(version: &str) -> Value {
        json!({"packages": {"": {"name": "rapi-assets"}, "node_modules/map": {"version": version, "integrity": "sha512-x"}}})
    }

    fn installed(version: &str) -> Value {
        json!({"packages": {"node_modules/map": {"version": version, "integrity": "sha512-x", "license": "MIT"}}})
    }

    #[test]
    fn a_package_of_another_version_is_not_in_place() {
        assert!(same(&lock("1"), &installed("1")));
        assert!(!same(&lock("2"), &installed("1")));
        assert!(!same(&lock("1"), &Value::Null));
        assert!(!same(&Value::Null, &installed("1")));
    }

    #[test]
    fn a_package_without_a_checksum_is_not_in_place() {
        let mut bare = lock("1");
        bare["packages"]["node_modules/map"]["integrity"].take();
        assert!(!same(&bare, &bare));
    }

    #[test]
    fn what_npm_did_not_finish_is_not_in_place() {
        let folder = folder::fresh(&env::temp_dir(), "rapi-assets").unwrap();
        fs::write(folder.join("package-lock.json"), lock("1").to_string()).unwrap();
        fs::create_dir_all(folder.join("node_modules/map")).unwrap();
        assert!(!are_in_place(&folder).unwrap());
        fs::write(folder.join("node_modules/.package-lock.json"), installed("1").to_string()).unwrap();
        assert!(are_in_place(&folder).unwrap());
        fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn the_lock_file_names_no_place_to_fetch_from() {
        let lock = fs::read_to_string(cargo::root().join("ui/assets/package-lock.json")).unwrap();
        assert!(!lock.contains("resolved"));
    }
}
