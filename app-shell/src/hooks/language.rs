//! The language of the app.

use dioxus::prelude::*;
use rapi_ui::text::{Language, text};

use crate::Speaking;

/// Chooses a language, at once and for the next time.
#[must_use]
pub fn use_language() -> Callback<Language> {
    let (speaking, text) = (use_context::<Speaking>(), text());
    use_callback(move |language| {
        text.choose(language);
        speaking.keep(language);
    })
}
