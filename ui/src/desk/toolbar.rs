//! What stands above a table: its title, what is looked for, which rows, and the way into a file.

use dioxus::prelude::*;

use crate::controls::{Button, ButtonKind, Glyph, Icon};
use crate::text::{Word, text};

/// The head of a page: its title, what is looked for, the way into a file, and what else there is to do. Filters stand below.
#[component]
pub fn Head(
    title: String,
    /// Stands before the rest.
    before: Option<Element>,
    /// What can be looked for; without it there is no search.
    search: Option<String>,
    #[props(default)] on_search: EventHandler<String>,
    /// Makes a file of what the filters give.
    on_csv: Option<EventHandler>,
    #[props(default)] saving: bool,
    /// Chips, below.
    filters: Option<Element>,
    children: Element,
) -> Element {
    rsx! {
        header { class: "desk-head",
            h1 { class: "grow", "{title}" }
            {before}
            if let Some(label) = search {
                SearchField { label, on_typed: on_search }
            }
            if let Some(on_csv) = on_csv {
                Button {
                    kind: ButtonKind::Line,
                    small: true,
                    icon: Icon::Download,
                    label: text().say(Word::AdminCsv),
                    busy: saving,
                    on_press: on_csv,
                }
            }
            {children}
        }
        if let Some(filters) = filters {
            div { class: "desk-filters", {filters} }
        }
    }
}

/// A field to look for something; keeps its own text.
#[component]
pub fn SearchField(label: String, #[props(default)] initial_value: String, on_typed: EventHandler<String>) -> Element {
    rsx! {
        label { class: "desk-search",
            Glyph { icon: Icon::Search, size: 18 }
            input {
                id: "field-search",
                name: "search",
                r#type: "search",
                aria_label: "{label}",
                placeholder: "{label}",
                autocomplete: "off",
                spellcheck: "false",
                maxlength: "100",
                initial_value: "{initial_value}",
                oninput: move |event| on_typed.call(event.value()),
            }
        }
    }
}
