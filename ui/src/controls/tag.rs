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

impl TagTone {
    /// Its name in the theme.
    #[must_use]
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Good => "good",
            Self::Accent => "accent",
            Self::Info => "info",
            Self::Quiet => "quiet",
            Self::Warn => "warn",
            Self::Bad => "bad",
        }
    }

    /// Its class in the theme.
    #[must_use]
    pub const fn class(self) -> &'static str {
        match self {
            Self::Good => "tag tag-good",
            Self::Accent => "tag tag-accent",
            Self::Info => "tag tag-info",
            Self::Quiet => "tag tag-quiet",
            Self::Warn => "tag tag-warn",
            Self::Bad => "tag tag-bad",
        }
    }
}

/// Says how something is, and says it again when that changes.
#[component]
pub fn Tag(tone: TagTone, label: String) -> Element {
    rsx! {
        span { class: tone.class(), role: "status", "{label}" }
    }
}
