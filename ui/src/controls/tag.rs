//! A word about a state.

use dioxus::prelude::*;

/// How the state is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TagTone {
    /// As it should be.
    Good,
    /// On its way.
    Quiet,
    /// Not as it should be.
    Warn,
}

/// Says how something is, and says it again when that changes.
#[component]
pub fn Tag(tone: TagTone, label: String) -> Element {
    let class = match tone {
        TagTone::Good => "tag tag-good",
        TagTone::Quiet => "tag tag-quiet",
        TagTone::Warn => "tag tag-warn",
    };
    rsx! {
        span { class, role: "status", "{label}" }
    }
}
