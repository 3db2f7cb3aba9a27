//! What each `Dioxus.toml` says: only what `dx` 0.7 understands, each app something of its own, and nothing that is not there.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use toml::{Table, Value};

/// The keys that `dx` 0.7 understands and that are used here, from its own schema; `*` stands for any. A key that it does
/// not know it passes over in silence.
const KNOWN: &[&str] = &[
    "application.name",
    "application.android_min_sdk_version",
    "bundle.identifier",
    "bundle.version",
    "bundle.publisher",
    "bundle.category",
    "bundle.copyright",
    "bundle.short_description",
    "bundle.long_description",
    "bundle.icon",
    "permissions.location.precision",
    "permissions.location.description",
    "permissions.camera.description",
    "permissions.notifications.description",
    "deep_links.schemes",
    "android.min_sdk",
    "android.target_sdk",
    "android.compile_sdk",
    "android.permissions.*.description",
    "ios.deployment_target",
    "ios.background_modes",
    "ios.icon",
    "ios.resources",
    "ios.plist.*",
];

/// The sentences that iOS shows, and where they stand.
const SENTENCES: [(&str, &[&str]); 3] = [
    ("NSLocationWhenInUseUsageDescription", &["permissions", "location", "description"]),
    ("NSCameraUsageDescription", &["permissions", "camera", "description"]),
    ("NSPhotoLibraryUsageDescription", &["ios", "plist", "NSPhotoLibraryUsageDescription"]),
];

/// A `Dioxus.toml`, and the folder it describes.
pub struct Bundle<'a> {
    /// The name of the folder, for complaints.
    pub app: &'a str,
    /// The folder.
    pub folder: &'a Path,
    /// The version of the crate.
    pub version: &'a str,
    /// What the file holds.
    pub says: Table,
}

/// Complains about what is unknown to `dx`, missing, or untrue.
pub fn check(bundle: &Bundle) -> Vec<String> {
    let found = [unknown(&bundle.says), untrue(bundle), absent(bundle), untold(bundle)];
    found.into_iter().flatten().map(|complaint| format!("{}/Dioxus.toml: {complaint}", bundle.app)).collect()
}

/// The identifier of an app.
pub fn identifier(says: &Table) -> Option<&str> {
    at(says, &["bundle", "identifier"])?.as_str()
}

fn at<'a>(says: &'a Table, path: &[&str]) -> Option<&'a Value> {
    let (last, tables) = path.split_last()?;
    tables.iter().try_fold(says, |table, key| table.get(*key)?.as_table())?.get(*last)
}

fn unknown(says: &Table) -> Vec<String> {
    let mut found = Vec::new();
    paths(says, &mut Vec::new(), &mut |path| {
        if !KNOWN.iter().any(|known| is_known(known, path)) {
            found.push(format!("dx knows no {}", path.join(".")));
        }
    });
    found
}

fn is_known(known: &str, path: &[String]) -> bool {
    let parts: Vec<&str> = known.split('.').collect();
    parts.len() == path.len() && parts.iter().zip(path).all(|(part, key)| *part == "*" || part == key)
}

fn paths(table: &Table, above: &mut Vec<String>, tell: &mut impl FnMut(&[String])) {
    for (key, value) in table {
        above.push(key.clone());
        match value {
            Value::Table(below) => paths(below, above, tell),
            _ => tell(above),
        }
        above.pop();
    }
}

fn untrue(bundle: &Bundle) -> Vec<String> {
    let said = at(&bundle.says, &["bundle", "version"]).and_then(Value::as_str).unwrap_or("none");
    if said == bundle.version { Vec::new() } else { vec![format!("the version is {}, not {said}", bundle.version)] }
}

/// Files that are named and are not there.
fn absent(bundle: &Bundle) -> Vec<String> {
    let lists = [["bundle", "icon"], ["ios", "icon"], ["ios", "resources"]].map(|path| at(&bundle.says, &path).and_then(Value::as_array));
    let files = lists.into_iter().flatten().flatten().filter_map(Value::as_str);
    let mut found: Vec<String> =
        files.filter(|file| !bundle.folder.join(file).is_file()).map(|file| format!("there is no {file}")).collect();
    if at(&bundle.says, &["bundle", "icon"]).is_none() {
        found.push("no icon".to_owned());
    }
    found
}

/// Sentences that are not told in both languages, in the words of `Dioxus.toml` where that is the language.
fn untold(bundle: &Bundle) -> Vec<String> {
    let told = |language: &str| strings(&bundle.folder.join(format!("ios/{language}.lproj/InfoPlist.strings")));
    let (indonesian, english) = (told("id"), told("en"));
    let mut found = Vec::new();
    let keys = |told: &BTreeMap<String, String>| told.keys().cloned().collect::<BTreeSet<_>>();
    if keys(&indonesian) != keys(&english) {
        found.push("the two languages of ios do not tell the same".to_owned());
    }
    for (key, path) in SENTENCES {
        let said = at(&bundle.says, path).and_then(Value::as_str);
        if indonesian.get(key).map(String::as_str) != said {
            found.push(format!("ios/id.lproj says something else of {key}"));
        }
    }
    found
}

/// The lines of a strings file: `key = "text";`. Nothing where there is none.
fn strings(file: &Path) -> BTreeMap<String, String> {
    let text = std::fs::read_to_string(file).unwrap_or_default();
    let line = |line: &str| {
        let (key, text) = line.trim().split_once(" = \"")?;
        Some((key.to_owned(), text.strip_suffix("\";")?.to_owned()))
    };
    text.lines().filter_map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn complaints(text: &str) -> Vec<String> {
        let says = text.parse().unwrap();
        check(&Bundle { app: "some-app", folder: Path::new("/nonexistent"), version: "0.1.0", says })
    }

    const GOOD: &str = "[bundle]\nidentifier = \"id.rapi.some\"\nversion = \"0.1.0\"\nicon = []\n";

    #[test]
    fn a_key_that_dx_does_not_know_is_found() {
        assert_eq!(complaints(GOOD), Vec::<String>::new());
        assert_eq!(complaints(&format!("{GOOD}[android]\nintent = 1\n")), ["some-app/Dioxus.toml: dx knows no android.intent"]);
        assert!(complaints(&format!("{GOOD}[android.permissions]\n\"a.B\" = {{ description = \"c\" }}\n")).is_empty());
    }

    #[test]
    fn an_old_version_and_an_icon_that_is_not_there_are_found() {
        let found = complaints("[bundle]\nversion = \"0.0.1\"\nicon = [\"icons/none.png\"]\n");
        assert_eq!(found, ["some-app/Dioxus.toml: the version is 0.1.0, not 0.0.1", "some-app/Dioxus.toml: there is no icons/none.png"]);
    }

    #[test]
    fn a_sentence_in_one_language_only_is_found() {
        let found = complaints(&format!("{GOOD}[permissions]\ncamera = {{ description = \"Untuk memotret.\" }}\n"));
        assert_eq!(found, ["some-app/Dioxus.toml: ios/id.lproj says something else of NSCameraUsageDescription"]);
    }
}
