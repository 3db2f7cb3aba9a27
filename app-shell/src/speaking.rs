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

    /// The language that was chosen last; Indonesian before any was.
    #[must_use]
    pub fn language(&self) -> Language {
        self.0.language().unwrap_or(Language::Indonesian)
    }

    /// What has to be told to the backend when somebody of language `hers` signs in here: what was chosen on the way in is hers.
    pub(crate) fn news(&self, hers: Option<Language>) -> Option<PatchMeRequest> {
        let chosen = self.0.language().filter(|chosen| hers != Some(*chosen))?;
        Some(PatchMeRequest { language: Some(chosen), ..PatchMeRequest::default() })
    }

    /// Speaks `hers` from now on, where none was chosen yet.
    pub(crate) fn follow(&self, hers: Option<Language>) {
        if let (None, Some(hers)) = (self.0.language(), hers) {
            text().choose(hers);
            self.keep(hers);
        }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_chosen_before_signing_in_is_told_and_nothing_else() {
        let dir = tempfile::tempdir().unwrap();
        let home = Home::open(dir.path().to_owned()).unwrap();
        let speaking = Speaking::new(home);
        assert_eq!(speaking.news(Some(Language::Indonesian)), None);
        speaking.keep(Language::English);
        assert_eq!(speaking.news(Some(Language::Indonesian)).and_then(|news| news.language), Some(Language::English));
        assert_eq!(speaking.news(Some(Language::English)), None);
    }
}
