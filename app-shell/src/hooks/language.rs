//! The language of the app.

use dioxus::prelude::*;
use rapi_ui::text::{Language, text};

use crate::home::Home;

/// Chooses a language, at once and for the next time.
#[must_use]
pub fn use_language() -> Callback<Language> {
    let (home, text) = (use_context::<Home>(), text());
    use_callback(move |language| {
        text.choose(language);
        if let Err(error) = home.keep_language(language) {
            eprintln!("the language cannot be kept: {error}");
        }
    })
}
