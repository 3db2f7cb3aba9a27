//! What every crate's manifest must say, and which crates of others must not come in at all.

use crate::repository::File;

/// Crates that must not come in by any way, and why.
const BANNED: &[(&str, &str)] =
    &[("aws-lc-rs", "rustls runs on ring here"), ("aws-lc-sys", "rustls runs on ring here"), ("rumqttd", "the broker has no access rules")];

/// Complains about a crate that does not take the lints of the workspace.
pub fn lints(file: &File) -> Vec<String> {
    let mut section = "";
    for line in file.text.lines().map(str::trim) {
        if line.starts_with('[') {
            section = line;
        } else if section == "[lints]" && line.replace(' ', "") == "workspace=true" {
            return Vec::new();
        }
    }
    vec![format!("{}: says no `[lints] workspace = true`", file.path)]
}

/// Complains about a lock file that holds a banned crate.
pub fn banned(file: &File) -> Vec<String> {
    file.lines_with(|line| {
        let name = line.strip_prefix("name = \"")?.strip_suffix('"')?;
        BANNED.iter().find(|(banned, _)| *banned == name).map(|(_, why)| *why)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lints_of_ones_own_are_not_those_of_the_workspace() {
        let manifest = |text| File::new("new/Cargo.toml", text);
        assert!(lints(&manifest("[package]\nname = \"a\"\n\n[lints]\nworkspace = true\n")).is_empty());
        assert_eq!(lints(&manifest("[lints]\n[dependencies]\nworkspace = true\n")).len(), 1);
        assert_eq!(lints(&manifest("[lints]\n# workspace = true\n")).len(), 1);
        assert_eq!(lints(&manifest("")).len(), 1);
    }

    #[test]
    fn a_banned_crate_is_found_in_the_lock_file() {
        let lock = File::new("Cargo.lock", "[[package]]\nname = \"aws-lc-sys\"\n");
        assert_eq!(banned(&lock), ["Cargo.lock:2: rustls runs on ring here"]);
        assert!(banned(&File::new("Cargo.lock", "name = \"ring\"\n")).is_empty());
    }
}
