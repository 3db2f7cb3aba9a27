//! The two catalogues as they come with the binary.

use dioxus_i18n::prelude::I18nConfig;
use dioxus_i18n::unic_langid::{LanguageIdentifier, langid};

use super::Language;
use super::word::{ENGLISH, INDONESIAN};

/// Both catalogues, `first` chosen.
pub(super) fn config(first: Language) -> I18nConfig {
    I18nConfig::new(id_of(first)).with_locale((id_of(Language::Indonesian), INDONESIAN)).with_locale((id_of(Language::English), ENGLISH))
}

pub(super) const fn id_of(language: Language) -> LanguageIdentifier {
    match language {
        Language::Indonesian => langid!("id"),
        Language::English => langid!("en"),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use dioxus_i18n::fluent::FluentResource;

    use super::super::Word;
    use super::*;

    /// Each text with its key, continuation lines included.
    fn entries(catalogue: &'static str) -> BTreeMap<&'static str, String> {
        FluentResource::try_new(catalogue.to_owned()).expect("the catalogue is well written");
        let mut entries = BTreeMap::<&str, String>::new();
        let mut last = None;
        for line in catalogue.lines().filter(|line| !line.starts_with('#')) {
            match line.split_once(" =") {
                Some((key, text)) if !line.starts_with(' ') => {
                    last = Some(key);
                    entries.insert(key, text.trim().to_owned());
                }
                _ => last.and_then(|key| entries.get_mut(key)).into_iter().for_each(|text| text.push_str(line)),
            }
        }
        entries
    }

    /// The `$names` within a text.
    fn variables(text: &str) -> BTreeSet<&str> {
        let names = text.split('$').skip(1);
        names.map(|rest| rest.split(|other: char| !other.is_ascii_alphanumeric() && other != '_').next().unwrap_or_default()).collect()
    }

    #[test]
    fn both_catalogues_have_every_word_and_no_other() {
        for catalogue in [INDONESIAN, ENGLISH] {
            let entries = entries(catalogue);
            let keys: BTreeSet<&str> = entries.keys().copied().collect();
            assert_eq!(keys, Word::ALL.iter().map(|word| word.key()).collect());
        }
    }

    #[test]
    fn both_languages_are_given_the_same_values() {
        let english = entries(ENGLISH);
        for (key, text) in entries(INDONESIAN) {
            assert_eq!(variables(&text), variables(&english[key]), "{key}");
        }
    }

    #[test]
    fn no_text_is_empty() {
        for (key, text) in entries(INDONESIAN).into_iter().chain(entries(ENGLISH)) {
            assert!(!text.trim().is_empty(), "{key}");
        }
    }
}
