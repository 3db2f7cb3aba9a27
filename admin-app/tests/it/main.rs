//! The program itself.

use std::process::Command;

#[test]
fn the_program_says_its_version_without_opening_a_window() {
    let said = Command::new(env!("CARGO_BIN_EXE_rapi-admin-app")).arg("--version").env_remove("DISPLAY").output().unwrap();
    assert!(said.status.success());
    assert!(String::from_utf8_lossy(&said.stdout).contains(env!("CARGO_PKG_VERSION")));
}
