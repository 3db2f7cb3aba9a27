//! The language of this device and of its person.

use rapi_core::wire::people::PatchMeRequest;
use rapi_engine::Intent;
use rapi_ui::text::{Language, text};

use crate::home::Home;
use crate::hooks::Acting;

/// Keeps the language that was chosen.
#[derive(Clone)]
pub struct Speaking(Home);

impl Speaking {
    /// Remembers it in `home`.
    pub(crate) const fn new(home: Home) -> Self {
        Self(home)
    }

    /// The language that was chosen last.
    #[must_use]
    pub fn language(&self) -> Language {
        self.0.language()
    }

    /// Remembers `language` on this device.
    pub(crate) fn keep(&self, language: Language) {
        if let Err(error) = self.0.keep_language(language) {
            eprintln!("the language cannot be kept: {error}");
        }
    }

    /// Changes everything drawn, and the language of notices, to `language`.
    pub fn choose(&self, language: Language, acting: Acting) {
        text().choose(language);
        self.keep(language);
        acting.submit(Intent::PatchMe(PatchMeRequest { language: Some(language), ..PatchMeRequest::default() }));
    }
}
