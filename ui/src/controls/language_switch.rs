//! The choice between the languages.

use dioxus::prelude::*;

use crate::text::{Language, Word, text};

/// Indonesian or English, at a tap.
#[component]
pub fn LanguageSwitch(on_language: EventHandler<Language>) -> Element {
    let text = text();
    rsx! {
        div { class: "languages", role: "group", aria_label: text.say(Word::Language),
            for (language, name) in [(Language::Indonesian, Word::LanguageId), (Language::English, Word::LanguageEn)] {
                button {
                    key: "{language.as_str()}",
                    class: "language",
                    r#type: "button",
                    lang: language.as_str(),
                    title: text.say(name),
                    aria_label: text.say(name),
                    aria_pressed: if text.language() == language { "true" } else { "false" },
                    onclick: move |_| on_language.call(language),
                    {language.as_str().to_uppercase()}
                }
            }
        }
    }
}
