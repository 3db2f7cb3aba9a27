//! A word about a state.

use dioxus::prelude::*;

/// How the state is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TagTone {
    /// As it should be.
    Good,
    /// Under way.
    Accent,
    /// Good to know.
    Info,
    /// Nothing to do.
    Quiet,
    /// Not as it should be.
    Warn,
    /// It failed.
    Bad,
}

/// Says how something is, and says it again when that changes.
#[component]
pub fn Tag(tone: TagTone, label: String) -> Element {
    let class = match tone {
        TagTone::Good => "tag tag-good",
        TagTone::Accent => "tag tag-accent",
        TagTone::Info => "tag tag-info",
        TagTone::Quiet => "tag tag-quiet",
        TagTone::Warn => "tag tag-warn",
        TagTone::Bad => "tag tag-bad",
    };
    rsx! {
        span { class, role: "status", "{label}" }
    }
}
