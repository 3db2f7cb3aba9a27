//! Everything the apps say, in Indonesian and English, from the Fluent catalogues beside this file.
//!
//! Nobody else knows a key: components name a [`Word`], so that a text cannot be missing where it is used.

mod catalogue;
mod word;

use dioxus::prelude::*;
use dioxus_i18n::fluent::{FluentArgs, FluentValue};
use dioxus_i18n::prelude::{I18n, i18n, use_init_i18n};
pub use rapi_core::wire::people::Language;

pub use word::Word;

/// The text of the language that was chosen.
#[derive(Clone, Copy, PartialEq)]
pub struct Text(I18n);

/// Gives the components below this one their text, in `first` until another language is chosen.
pub fn use_texts(first: Language) -> Text {
    Text(use_init_i18n(|| catalogue::config(first)))
}

/// The text, within a component below one that has [`use_texts`].
#[must_use]
pub fn text() -> Text {
    Text(i18n())
}

impl Text {
    /// Says `word`.
    #[must_use]
    pub fn say(self, word: Word) -> String {
        self.fill(word, None)
    }

    /// Says `word` with the places in it filled: `[("name", "Siti")]`.
    #[must_use]
    pub fn say_with(self, word: Word, places: &[(&'static str, &str)]) -> String {
        let places: FluentArgs = places.iter().map(|(name, value)| (*name, FluentValue::from(*value))).collect();
        self.fill(word, Some(&places))
    }

    /// The language that was chosen.
    #[must_use]
    pub fn language(self) -> Language {
        self.0.language().language.as_str().parse().unwrap_or(Language::Indonesian)
    }

    /// Chooses another language; everything drawn changes at once.
    pub fn choose(mut self, language: Language) {
        self.0.set_language(catalogue::id_of(language));
    }

    fn fill(self, word: Word, places: Option<&FluentArgs>) -> String {
        // A test holds that every word is in both catalogues; a key on the screen is still better than no screen.
        let filled = self.0.try_translate_with_args(word.key(), places).unwrap_or_else(|_| word.key().to_owned());
        // Both languages run left to right: the marks that keep directions apart are of no use here.
        filled.replace(['\u{2068}', '\u{2069}'], "")
    }
}
