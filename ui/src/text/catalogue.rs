//! The two catalogues as they come with the binary.

use dioxus_i18n::prelude::I18nConfig;
use dioxus_i18n::unic_langid::{LanguageIdentifier, langid};

use super::Language;

const INDONESIAN: &str = include_str!("id.ftl");
const ENGLISH: &str = include_str!("en.ftl");

/// Both catalogues, `first` chosen.
pub(super) fn config(first: Language) -> I18nConfig {
    I18nConfig::new(id_of(first))
        .with_locale((id_of(Language::Indonesian), INDONESIAN))
        .with_locale((id_of(Language::English), ENGLISH))
}

pub(super) const fn id_of(language: Language) -> LanguageIdentifier {
    match language {
        Language::Indonesian => langid!("id"),
        Language::English => langid!("en"),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use dioxus_i18n::fluent::FluentResource;

    use super::super::Word;
    use super::*;

    /// The keys a catalogue has, and the places (`{ $name }`) of each text.
    fn entries(catalogue: &str) -> Vec<(String, BTreeSet<String>)> {
        FluentResource::try_new(catalogue.to_owned()).expect("the catalogue is well written");
        let lines = catalogue.lines().filter_map(|line| line.split_once(" = "));
        lines.map(|(key, text)| (key.to_owned(), places(text))).collect()
    }

    fn places(text: &str) -> BTreeSet<String> {
        text.split('$').skip(1).filter_map(|rest| rest.split([' ', '}']).next()).map(str::to_owned).collect()
    }

    #[test]
    fn both_catalogues_have_every_word_and_no_other() {
        let words: Vec<&str> = Word::ALL.iter().map(|word| word.key()).collect();
        for catalogue in [INDONESIAN, ENGLISH] {
            let keys: Vec<String> = entries(catalogue).into_iter().map(|(key, _)| key).collect();
            assert_eq!(keys, words);
        }
    }

    #[test]
    fn both_languages_have_the_same_places_to_fill() {
        assert_eq!(entries(INDONESIAN), entries(ENGLISH));
        assert_eq!(places("Halo, { $name }"), BTreeSet::from(["name".to_owned()]));
    }
}
