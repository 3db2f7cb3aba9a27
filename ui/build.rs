//! Makes Rust of what is not: the catalogues become [`Word`]s, and what `cargo xtask assets` put in place is embedded.
//!
//! A text that one language lacks, a key that stands twice and an icon that does not exist end the build.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

/// The catalogues, the first of which documents the words.
const LANGUAGES: [&str; 2] = ["id", "en"];

fn main() {
    let here = PathBuf::from(env::var("CARGO_MANIFEST_DIR").expect("cargo says where the crate is"));
    let out = PathBuf::from(env::var("OUT_DIR").expect("cargo says where to write"));
    fs::write(out.join("words.rs"), words(&here.join("src/text"))).expect("the words can be written");
    fs::write(out.join("icons.rs"), icons(&here)).expect("the icons can be written");
    fs::write(out.join("sheets.rs"), sheets(&here.join("src"))).expect("the sheets can be written");
    fs::write(out.join("vendored.rs"), vendored(&here.join("assets/node_modules"))).expect("the assets can be written");
}

/// `Word` with a variant for each key, and the catalogues whole.
fn words(folder: &Path) -> String {
    let catalogues = LANGUAGES.map(|language| catalogue(&folder.join(language)));
    let [first, second] = LANGUAGES.map(|language| language.to_owned());
    let [texts, others] = [&catalogues[0], &catalogues[1]].map(|catalogue| entries(catalogue));
    let lacks = |some: &BTreeMap<String, String>, all: &BTreeMap<String, String>| all.keys().find(|key| !some.contains_key(*key)).cloned();
    assert_eq!(lacks(&others, &texts), None, "the {second} catalogue lacks a text");
    assert_eq!(lacks(&texts, &others), None, "the {first} catalogue lacks a text");
    let mut code = String::from("/// One text of the catalogues.\n#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]\npub enum Word {\n");
    for (key, text) in &texts {
        _ = writeln!(code, "    #[doc = {text:?}]\n    {},", variant(key));
    }
    code.push_str("}\nimpl Word {\n    /// Every word.\n    pub const ALL: &'static [Self] = &[");
    for key in texts.keys() {
        _ = write!(code, "Self::{}, ", variant(key));
    }
    code.push_str(
        "];\n    /// Its key in the catalogues.\n    #[must_use]\n    pub const fn key(self) -> &'static str {\n        match self {\n",
    );
    for key in texts.keys() {
        _ = writeln!(code, "            Self::{} => {key:?},", variant(key));
    }
    code.push_str("        }\n    }\n}\n");
    for (name, catalogue) in ["INDONESIAN", "ENGLISH"].iter().zip(&catalogues) {
        _ = writeln!(code, "pub(super) const {name}: &str = {catalogue:?};");
    }
    code
}

/// All files of a language, one after the other.
fn catalogue(folder: &Path) -> String {
    println!("cargo::rerun-if-changed={}", folder.display());
    let mut files: Vec<PathBuf> = fs::read_dir(folder).expect("there is a catalogue").map(|entry| entry.expect("a file").path()).collect();
    files.sort();
    let mut all = String::new();
    for file in files.iter().filter(|file| file.extension().is_some_and(|kind| kind == "ftl")) {
        println!("cargo::rerun-if-changed={}", file.display());
        all.push_str(&fs::read_to_string(file).expect("a catalogue can be read"));
        all.push('\n');
    }
    all
}

/// Key and first line of each text.
fn entries(catalogue: &str) -> BTreeMap<String, String> {
    let mut entries = BTreeMap::new();
    let starts = catalogue.lines().filter(|line| line.starts_with(|first: char| first.is_ascii_lowercase()));
    for (key, text) in starts.filter_map(|line| line.split_once('=')) {
        let twice = entries.insert(key.trim().to_owned(), text.trim().to_owned());
        assert!(twice.is_none(), "`{}` stands twice in a catalogue", key.trim());
    }
    entries
}

/// `sign-in-title` as `SignInTitle`.
fn variant(key: &str) -> String {
    let upper = |part: &str| part[..1].to_uppercase() + &part[1..];
    key.split(['-', '_']).filter(|part| !part.is_empty()).map(upper).collect()
}

/// `Icon` with a variant for each name in `assets/icons.txt`.
fn icons(here: &Path) -> String {
    let list = here.join("assets/icons.txt");
    println!("cargo::rerun-if-changed={}", list.display());
    let list = fs::read_to_string(list).expect("the list of icons can be read");
    let names: Vec<&str> = list.lines().map(str::trim).filter(|name| !name.is_empty()).collect();
    let drawings = here.join("assets/node_modules/lucide-static/icons");
    let mut code = String::from(
        "/// A drawing of Lucide, by the name it has there.\n#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]\npub enum Icon {\n",
    );
    for name in &names {
        _ = writeln!(code, "    #[doc = {name:?}]\n    {},", variant(name));
    }
    code.push_str("}\nimpl Icon {\n    /// Its shapes, in a field of 24 by 24.\n    #[must_use]\n    pub const fn shapes(self) -> &'static str {\n        match self {\n");
    for name in &names {
        _ = writeln!(code, "            Self::{} => {:?},", variant(name), shapes(&drawings, name));
    }
    code.push_str("        }\n    }\n\n    /// The icon that has this name at Lucide, if it is one of ours.\n    #[must_use]\n    pub fn named(name: &str) -> Option<Self> {\n        match name {\n");
    for name in &names {
        _ = writeln!(code, "            {name:?} => Some(Self::{}),", variant(name));
    }
    code.push_str("            _ => None,\n        }\n    }\n}\n");
    code
}

/// What stands within an icon's `<svg>`; nothing when no icons were put in place.
fn shapes(drawings: &Path, name: &str) -> String {
    if !drawings.exists() {
        return String::new();
    }
    let Ok(svg) = fs::read_to_string(drawings.join(format!("{name}.svg"))) else { panic!("there is no icon named `{name}`") };
    let inner = svg.split_once("<svg").and_then(|(_, svg)| svg.split_once('>')).and_then(|(_, inner)| inner.rsplit_once("</svg>"));
    inner.map(|(inner, _)| inner.split_whitespace().collect::<Vec<_>>().join(" ")).expect("an icon is an <svg>")
}

/// Every sheet of rules: tokens, what all stands on, the rest of the theme, and then those beside the components they are for, so
/// that these have the last word.
fn sheets(source: &Path) -> String {
    println!("cargo::rerun-if-changed={}", source.display());
    let first = ["tokens.css", "base.css"].map(|name| source.join("theme").join(name));
    let mut found = Vec::new();
    collect_sheets(source, &mut found);
    found.sort_by_key(|sheet| (!sheet.starts_with(source.join("theme")), sheet.clone()));
    let others = found.iter().filter(|sheet| !first.contains(sheet));
    let mut code = String::from("pub(crate) const SHEETS: &[&str] = &[\n");
    for sheet in first.iter().chain(others) {
        _ = writeln!(code, "    include_str!({:?}),", sheet.display().to_string());
    }
    code.push_str("];\n");
    code
}

fn collect_sheets(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder can be read") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            collect_sheets(&path, found);
        } else if path.extension().is_some_and(|kind| kind == "css") {
            found.push(path);
        }
    }
}

/// Type and map, or nothing where they were not put in place.
fn vendored(modules: &Path) -> String {
    println!("cargo::rerun-if-changed={}", modules.join(".package-lock.json").display());
    if !modules.exists() {
        println!("cargo::warning=type, icons and map are not in place: run `cargo xtask assets`");
    }
    let mut code = String::new();
    for (name, docs, file) in
        [("MAP_SCRIPT", "Leaflet.", "leaflet/dist/leaflet.js"), ("MAP_SHEET", "Leaflet's rules.", "leaflet/dist/leaflet.css")]
    {
        let text = fs::read_to_string(modules.join(file)).unwrap_or_default();
        _ = writeln!(code, "/// {docs}\npub(crate) const {name}: &str = {text:?};");
    }
    let files = modules.join("@fontsource-variable/plus-jakarta-sans/files");
    let font = fs::read(files.join("plus-jakarta-sans-latin-wght-normal.woff2")).unwrap_or_default();
    _ = writeln!(code, "/// Plus Jakarta Sans for Latin letters, as base64 of WOFF2.\npub(crate) const FONT: &str = {:?};", base64(&font));
    code
}

/// RFC 4648, section 4.
fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for chunk in bytes.chunks(3) {
        let bits = chunk.iter().enumerate().fold(0u32, |bits, (at, byte)| bits | u32::from(*byte) << (16 - 8 * at));
        for at in 0..4 {
            let digit = if at <= chunk.len() { DIGITS[(bits >> (18 - 6 * at)) as usize & 63] } else { b'=' };
            text.push(char::from(digit));
        }
    }
    text
}
