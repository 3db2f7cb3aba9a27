//! A class is laid out in one file: all rules are read into one page, so two screens that use a word for two things spoil each other.

use std::collections::BTreeMap;

use crate::repository::File;

/// Complains about every class that more than one of the files lays out by itself.
pub fn check(files: &[File]) -> Vec<String> {
    let mut places: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for file in files {
        for class in classes(&file.text) {
            let files = places.entry(class).or_default();
            if files.last() != Some(&file.path.as_str()) {
                files.push(&file.path);
            }
        }
    }
    let torn = places.into_iter().filter(|(_, files)| files.len() > 1);
    torn.map(|(class, files)| format!(".{class} is laid out in {}", files.join(" and in "))).collect()
}

/// The classes that stand alone as a selector.
fn classes(css: &str) -> impl Iterator<Item = &str> {
    let selectors = css.split(['{', '}', ';']).flat_map(|part| part.split(','));
    let alone = selectors.filter_map(|selector| selector.rsplit("*/").next()?.trim().strip_prefix('.'));
    alone.filter(|class| !class.is_empty() && class.chars().all(|sign| sign.is_ascii_alphanumeric() || sign == '-'))
}

#[test]
fn a_word_for_two_things_is_found_and_rules_within_another_are_not() {
    let one = File::new("one.css", "/* so */ .hours, .days { gap: 1px; }\n.hours .switch { gap: 2px; }\n.hours { margin: .5em; }");
    let other = File::new("other.css", "@media (x) { .hours { gap: 3px; } } .card .days { gap: 4px; }");
    assert_eq!(check(&[one, other]), [".hours is laid out in one.css and in other.css"]);
}
