//! The two catalogues as they come with the binary.

use dioxus_i18n::prelude::I18nConfig;
use dioxus_i18n::unic_langid::{LanguageIdentifier, langid};

use super::Language;

const INDONESIAN: &str = include_str!("id.ftl");
const ENGLISH: &str = include_str!("en.ftl");

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
    use dioxus_i18n::fluent::FluentResource;

    use super::super::Word;
    use super::*;

    /// Key and text of each entry of a catalogue.
    fn entries(catalogue: &'static str) -> Vec<(&'static str, &'static str)> {
        FluentResource::try_new(catalogue.to_owned()).expect("the catalogue is well written");
        catalogue.lines().filter_map(|line| line.split_once(" = ")).collect()
    }

    #[test]
    fn both_catalogues_have_every_word_and_no_other() {
        let words: Vec<&str> = Word::ALL.iter().map(|word| word.key()).collect();
        for catalogue in [INDONESIAN, ENGLISH] {
            let keys: Vec<&str> = entries(catalogue).into_iter().map(|(key, _)| key).collect();
            assert_eq!(keys, words);
        }
    }

    #[test]
    fn no_text_is_empty() {
        for (key, text) in [entries(INDONESIAN), entries(ENGLISH)].concat() {
            assert!(!text.trim().is_empty(), "{key}");
        }
    }
}
