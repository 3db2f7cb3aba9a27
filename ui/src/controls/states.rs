//! What stands where there is nothing to show: not yet, nothing there, or something went wrong.

use dioxus::prelude::*;

use super::{Button, ButtonKind, Glyph, Icon};
use crate::text::{Word, text};

/// What will be where there are grey bars as yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Shape {
    /// Words.
    #[default]
    Words,
    /// Lines of a list, each with an icon.
    Lines,
    /// Cards below each other.
    Cards,
    /// Tiles, three in a row.
    Tiles,
    /// Rows of a table.
    Rows,
}

impl Shape {
    /// How many bars each of them has within.
    const fn bars(self) -> usize {
        match self {
            Self::Words => 0,
            Self::Lines | Self::Tiles => 2,
            Self::Cards => 3,
            Self::Rows => 4,
        }
    }

    const fn class(self) -> &'static str {
        match self {
            Self::Words => "skeleton skeleton-words",
            Self::Lines => "skeleton skeleton-lines",
            Self::Cards => "skeleton skeleton-cards",
            Self::Tiles => "skeleton skeleton-tiles",
            Self::Rows => "skeleton skeleton-rows",
        }
    }
}

/// Grey bars where `lines` things of a `shape` will be.
#[component]
pub fn Skeleton(#[props(default = 3)] lines: usize, #[props(default)] shape: Shape) -> Element {
    rsx! {
        div { class: shape.class(), role: "status", aria_busy: "true", aria_label: text().say(Word::Loading),
            for line in 0..lines {
                div { key: "{line}", class: "skeleton-line",
                    for bar in 0..shape.bars() {
                        i { key: "{bar}" }
                    }
                }
            }
        }
    }
}

/// What was asked for, as far as it has come.
#[derive(Debug, Clone, PartialEq)]
pub enum Awaited<T> {
    /// Not here yet.
    Loading,
    /// Cannot be had, and why, by its stable code.
    Failed(String),
    /// Here.
    Here(T),
}

impl<T> Awaited<T> {
    /// The newest answer, or why there is none.
    #[must_use]
    pub fn of(ready: Option<T>, fault: Option<String>) -> Self {
        match (ready, fault) {
            (Some(ready), _) => Self::Here(ready),
            (None, Some(code)) => Self::Failed(code),
            (None, None) => Self::Loading,
        }
    }
}

/// Nothing is there: says so, and what to do next.
#[component]
pub fn Empty(icon: Icon, title: String, advice: Option<String>, children: Element) -> Element {
    rsx! {
        div { class: "empty",
            span { class: "empty-icon", Glyph { icon, size: 28 } }
            p { class: "empty-title", "{title}" }
            if let Some(advice) = advice {
                p { class: "mute", "{advice}" }
            }
            {children}
        }
    }
}

/// Something went wrong: says what by its stable `code`, and lets people try again.
#[component]
pub fn Failed(code: String, on_retry: EventHandler) -> Element {
    let text = text();
    let (icon, title, advice) = match code.as_str() {
        "network" => (Icon::WifiOff, text.say(Word::FailedUnreachable), Some(Word::FailedUnreachableAdvice)),
        code if Word::of_problem(code) == Word::ProblemOther => {
            (Icon::CircleAlert, text.say(Word::FailedBroken), Some(Word::FailedBrokenAdvice))
        }
        code => (Icon::CircleAlert, text.problem(code), None),
    };
    rsx! {
        div { class: "empty", role: "alert",
            span { class: "empty-icon", Glyph { icon, size: 28 } }
            p { class: "empty-title", "{title}" }
            if let Some(advice) = advice {
                p { class: "mute", {text.say(advice)} }
            }
            Button { kind: ButtonKind::Soft, small: true, icon: Icon::RefreshCw, label: text.say(Word::TryAgain), on_press: on_retry }
        }
    }
}

/// The end of a list of which there is more: asks for it when it comes into sight, or by a tap.
#[component]
pub fn MoreBelow(on_more: EventHandler) -> Element {
    rsx! {
        button {
            class: "more-below",
            r#type: "button",
            onvisible: move |event| {
                if event.is_intersecting().unwrap_or_default() {
                    on_more.call(());
                }
            },
            onclick: move |_| on_more.call(()),
            {text().say(Word::LoadMore)}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::drawn::drawn;
    use crate::text::Language;

    fn failed(code: &'static str) -> String {
        drawn(Language::Indonesian, move || rsx! { Failed { code, on_retry: |()| {} } })
    }

    #[test]
    fn what_failed_is_told_with_what_can_be_done_about_it() {
        for (code, said) in
            [("network", "Periksa koneksi internet"), ("internal_error", "Gangguan di pihak Rapi"), ("not_found", "Tidak ditemukan")]
        {
            let html = failed(code);
            assert!(html.contains(said) && html.contains("Coba lagi") && html.contains("role=\"alert\""), "{html}");
        }
    }

    #[test]
    fn each_shape_says_that_something_is_awaited() {
        for shape in [Shape::Words, Shape::Lines, Shape::Cards, Shape::Tiles, Shape::Rows] {
            let html = drawn(Language::Indonesian, move || rsx! { Skeleton { lines: 2, shape } });
            assert!(html.contains("aria-busy=\"true\"") && html.contains("role=\"status\"") && html.contains("Memuat"), "{html}");
            assert_eq!(html.matches("skeleton-line\"").count(), 2, "{html}");
        }
    }
}
