//! What a fuzzer once found worth keeping, and what once broke a promise, read again; the promises themselves are in `fuzz/src`.

#[path = "../../fuzz/src/lib.rs"]
mod fuzz;

use std::collections::BTreeSet;
use std::fs;
use std::panic::catch_unwind;
use std::path::{Path, PathBuf};

fn repository() -> PathBuf {
    Path::new(&std::env::var_os("CARGO_MANIFEST_DIR").expect("cargo tells tests where their crate is")).join("..")
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    entries.map(|entry| entry.expect("a folder can be listed").path()).collect()
}

#[test]
fn no_promise_is_broken_by_what_was_found_before() {
    for (name, target) in fuzz::TARGETS {
        let inputs = files(&repository().join("fuzz/corpus").join(name));
        assert!(inputs.len() > 5, "{name} has a corpus");
        for input in inputs {
            let bytes = fs::read(&input).expect("a file can be read");
            assert!(catch_unwind(|| target(&bytes)).is_ok(), "{name} breaks on {}", input.display());
        }
    }
}

#[test]
fn every_type_of_the_wire_is_among_those_tried() {
    let wire = repository().join("core/src/wire");
    let folders = [wire.clone(), wire.join("admin"), wire.join("people")];
    let sources = folders.iter().flat_map(|folder| files(folder)).filter(|path| path.is_file());
    let mut defined = BTreeSet::new();
    for source in sources {
        let text = fs::read_to_string(&source).expect("a source is text");
        // What travels is defined within `request!` and `answer!`.
        let inside = text.lines().filter_map(|line| line.strip_prefix("    pub struct "));
        defined.extend(inside.filter_map(|rest| rest.split([' ', '(', '<', ';']).next()).map(str::to_owned));
    }
    assert!(defined.contains("OrderDetail"), "{defined:?}");
    for (part, whole) in PARTS {
        assert!(defined.remove(part), "{part} is defined");
        assert!(fuzz::wire::TYPES.iter().any(|(name, _)| *name == whole), "{whole} is tried");
    }
    let tried: BTreeSet<String> = fuzz::wire::TYPES.iter().map(|(name, _)| (*name).to_owned()).collect();
    assert_eq!(defined.difference(&tried).collect::<Vec<_>>(), Vec::<&String>::new(), "types nobody tries");
}

/// Parts of requests, tried with the whole.
const PARTS: [(&str, &str); 3] = [
    ("FixRequest", "LocationBatchRequest"),
    ("Certification", "PatchProviderProfileRequest"),
    ("ServiceArea", "PatchProviderProfileRequest"),
];
