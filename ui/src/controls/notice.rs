//! A line that says what happened.

use dioxus::prelude::*;

/// What a notice is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// It worked.
    Good,
    /// Good to know.
    Info,
    /// Will pass, or can be mended.
    Warn,
    /// Refused.
    Bad,
}

impl Tone {
    /// Its name in the theme.
    #[must_use]
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Good => "good",
            Self::Info => "info",
            Self::Warn => "warn",
            Self::Bad => "bad",
        }
    }
}

/// Says `text`, also to those who listen to the screen: at once when something went wrong.
#[component]
pub fn Notice(tone: Tone, text: String) -> Element {
    let role = if matches!(tone, Tone::Warn | Tone::Bad) { "alert" } else { "status" };
    rsx! {
        p { class: "notice notice-{tone.slug()}", role, "{text}" }
    }
}
