//! Everything the apps say, in Indonesian and English, from the Fluent catalogues in `id` and `en`.
//!
//! Nobody else knows a key: components name a [`Word`]. A new text is a line in a catalogue of each language.

mod catalogue;
mod word;

use dioxus_i18n::fluent::FluentArgs;
pub use dioxus_i18n::fluent::FluentValue;
use dioxus_i18n::prelude::{I18n, i18n, use_init_i18n};
pub use rapi_core::wire::people::Language;

pub use word::Word;

/// The text of the language that was chosen.
#[derive(Clone, Copy)]
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
        // A test holds that both catalogues have every word; a key on the screen is still better than no screen.
        self.0.try_translate(word.key()).unwrap_or_else(|_| word.key().to_owned())
    }

    /// Says `word` with its `$names` filled in. A number chooses the plural; give an amount that is already written as text.
    #[must_use]
    pub fn fill<'a, V: Into<FluentValue<'a>>>(self, word: Word, values: impl IntoIterator<Item = (&'static str, V)>) -> String {
        let values: FluentArgs = values.into_iter().map(|(name, value)| (name, value.into())).collect();
        let said = self.0.try_translate_with_args(word.key(), Some(&values)).unwrap_or_else(|_| word.key().to_owned());
        // Fluent wraps what is filled in with marks of direction; both our languages run the same way.
        said.replace(['\u{2068}', '\u{2069}'], "")
    }

    /// Says what the stable snake_case `code` of a problem means: the text `problem-…` of its name, or something general.
    #[must_use]
    pub fn problem(self, code: &str) -> String {
        self.say(Word::of_problem(code))
    }

    /// The text `<family>-<name>`, if there is one; for names that come from the backend.
    #[must_use]
    pub fn named(self, family: &str, name: &str) -> Option<String> {
        let key = format!("{family}-{}", name.to_ascii_lowercase().replace('_', "-"));
        Word::ALL.iter().copied().find(|word| word.key() == key).map(|word| self.say(word))
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
}
