//! What must hold for the text of the repository as a whole: which crate may know which, what no file may say.
//!
//! Each check is a function from text to complaints, tried on a small bad sample beside it; the tests below run the
//! checks on every file that git tracks or would track.

mod arrows;
mod bundles;
mod inputs;
mod manifests;
mod mask;
mod modules;
mod repository;
mod styles;
mod words;

use repository::{File, files};

/// Applies `check` to every file that `concerns` picks, and fails with all complaints at once.
fn hold(concerns: impl Fn(&File) -> bool, check: impl Fn(&File) -> Vec<String>) {
    let files: Vec<File> = files().into_iter().filter(concerns).collect();
    let complaints: Vec<String> = files.iter().flat_map(check).collect();
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
}

#[test]
fn git_lists_the_files_of_the_repository() {
    let files = files();
    assert!(files.iter().any(|file| file.path == "xtask/tests/tidy/main.rs"));
    assert!(files.iter().any(|file| file.path == "Cargo.lock"));
    assert!(!files.iter().any(|file| file.path.starts_with("target/")));
}

#[test]
fn arrows_between_crates_point_one_way() {
    let complaints = arrows::check(&repository::metadata());
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
}

#[test]
fn backend_modules_never_reach_into_each_other() {
    hold(|file| modules::owner(&file.path).is_some(), modules::check);
}

#[test]
fn a_class_is_laid_out_in_one_file() {
    let files: Vec<File> = files().into_iter().filter(|file| file.path.ends_with(".css")).collect();
    let complaints = styles::check(&files);
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
}

#[test]
fn long_files_say_why() {
    hold(File::is_rust, words::length);
}

#[test]
fn sources_hold_nothing_unfinished() {
    hold(|file| file.is_source() && !file.path.starts_with("xtask/tests/tidy/"), words::unfinished);
}

#[test]
fn no_file_names_the_host_of_a_package_registry() {
    hold(|file| !file.path.ends_with("Cargo.lock"), words::registries);
}

#[test]
fn tests_never_sleep() {
    hold(|file| words::is_test(file) && !file.path.starts_with("xtask/tests/tidy/"), words::sleeps);
}

#[test]
fn every_crate_takes_the_lints_of_the_workspace() {
    hold(|file| file.path.ends_with("/Cargo.toml"), manifests::lints);
}

#[test]
fn the_lock_file_holds_no_banned_crate() {
    hold(|file| file.path.ends_with("Cargo.lock"), manifests::banned);
}

#[test]
fn every_app_is_bundled_as_what_it_is() {
    let metadata = repository::metadata();
    let packages = metadata["packages"].as_array().expect("cargo lists the crates");
    let mut identifiers = Vec::new();
    for app in ["client-app", "provider-app", "admin-app"] {
        let package = packages.iter().find(|package| package["name"] == format!("rapi-{app}")).expect("the app is a crate");
        let folder = repository::root().join(app);
        let text = std::fs::read_to_string(folder.join("Dioxus.toml")).expect("the app has a Dioxus.toml");
        let says = text.parse().unwrap_or_else(|error| panic!("{app}/Dioxus.toml: {error}"));
        let bundle = bundles::Bundle { app, folder: &folder, version: package["version"].as_str().unwrap_or_default(), says };
        let complaints = bundles::check(&bundle);
        assert!(complaints.is_empty(), "{}", complaints.join("\n"));
        identifiers.push(bundles::identifier(&bundle.says).unwrap_or_default().to_owned());
    }
    assert_eq!(identifiers, ["id.rapi.client", "id.rapi.provider", "id.rapi.admin"]);
}

#[test]
fn no_input_is_controlled() {
    hold(|file| file.is_rust() && inputs::concerns(&file.path), inputs::check);
}
