//! A line that says what happened.

use dioxus::prelude::*;

/// What a notice is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// Good to know.
    Info,
    /// Will pass, or can be mended.
    Warn,
    /// Refused.
    Bad,
}

/// Says `text`, also to those who listen to the screen: at once when something went wrong.
#[component]
pub fn Notice(tone: Tone, text: String) -> Element {
    let (class, role) = match tone {
        Tone::Info => ("notice notice-info", "status"),
        Tone::Warn => ("notice notice-warn", "alert"),
        Tone::Bad => ("notice notice-bad", "alert"),
    };
    rsx! {
        p { class, role, "{text}" }
    }
}
