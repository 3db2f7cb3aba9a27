//! What stands beside a table: the row that is open.

use dioxus::prelude::*;

use crate::controls::{Glyph, Icon, IconButton};
use crate::text::{Word, text};

/// The open row, beside its list; closes by its button and by Escape.
#[component]
pub fn Panel(
    title: String,
    detail: Option<String>,
    /// Stands beside the title.
    mark: Option<Element>,
    /// What can be done, always in sight.
    foot: Option<Element>,
    on_close: EventHandler,
    children: Element,
) -> Element {
    rsx! {
        aside {
            class: "desk-panel",
            aria_label: "{title}",
            onkeydown: move |event| {
                if event.key() == Key::Escape {
                    event.stop_propagation();
                    on_close.call(());
                }
            },
            header { class: "desk-panel-head",
                div { class: "grow",
                    h2 { class: "break", "{title}" }
                    if let Some(detail) = detail {
                        p { class: "mute small break", "{detail}" }
                    }
                }
                {mark}
                IconButton { icon: Icon::X, label: text().say(Word::Close), on_press: on_close }
            }
            div { class: "desk-panel-body", {children} }
            if let Some(foot) = foot {
                footer { class: "desk-panel-foot", {foot} }
            }
        }
    }
}

/// A part of a panel under its heading.
#[component]
pub fn Section(heading: String, children: Element) -> Element {
    rsx! {
        section { class: "desk-panel-section", aria_label: "{heading}",
            h3 { "{heading}" }
            {children}
        }
    }
}

/// Something known, by name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    /// What it is.
    pub name: String,
    /// What is known.
    pub value: String,
}

impl Fact {
    /// `value`, named `name`.
    pub fn new(name: String, value: impl Into<String>) -> Self {
        Self { name, value: value.into() }
    }
}

/// Facts, one below the other.
#[component]
pub fn Facts(facts: Vec<Fact>) -> Element {
    rsx! {
        dl { class: "desk-facts",
            for fact in facts {
                div { key: "{fact.name}", class: "desk-fact",
                    dt { "{fact.name}" }
                    dd { class: "break", "{fact.value}" }
                }
            }
        }
    }
}

/// Nothing is there, said in one quiet line.
#[component]
pub fn Nothing(said: String, icon: Option<Icon>) -> Element {
    rsx! {
        p { class: "row mute small",
            if let Some(icon) = icon {
                Glyph { icon, size: 16 }
            }
            "{said}"
        }
    }
}
