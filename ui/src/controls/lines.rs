//! Lines of a list, and lines of a bill.

use dioxus::prelude::*;

use super::{Glyph, Icon};

/// A line that opens something when it is tapped; a picture in front, a word at the end.
#[component]
pub fn ListLine(
    title: String,
    detail: Option<String>,
    icon: Option<Icon>,
    /// Stands in front instead of the icon.
    front: Option<Element>,
    /// Stands at the end instead of the arrow.
    end: Option<Element>,
    on_open: Option<EventHandler>,
) -> Element {
    let has_end = end.is_some();
    let content = rsx! {
        if let Some(front) = front {
            {front}
        } else if let Some(icon) = icon {
            span { class: "line-icon", Glyph { icon, size: 22 } }
        }
        span { class: "line-words",
            span { class: "line-title", "{title}" }
            if let Some(detail) = detail {
                span { class: "line-detail", "{detail}" }
            }
        }
        {end}
    };
    match on_open {
        Some(on_open) => rsx! {
            button { class: "line line-opens", r#type: "button", onclick: move |_| on_open.call(()),
                {content}
                if !has_end {
                    span { class: "line-arrow", Glyph { icon: Icon::ChevronRight, size: 18 } }
                }
            }
        },
        None => rsx! { div { class: "line", {content} } },
    }
}

/// A name and its value, as on a bill.
#[component]
pub fn ValueLine(name: String, value: String, #[props(default)] strong: bool) -> Element {
    rsx! {
        div { class: if strong { "value-line value-line-strong" } else { "value-line" },
            span { "{name}" }
            span { class: "value", "{value}" }
        }
    }
}

/// How far along something is, 0 to 1; `label` says of what.
#[component]
pub fn Progress(label: String, part: f64, #[props(default)] warn: bool) -> Element {
    let percent = (part.clamp(0.0, 1.0) * 100.0).round();
    rsx! {
        div {
            class: if warn { "progress progress-warn" } else { "progress" },
            role: "progressbar",
            aria_label: "{label}",
            "aria-valuenow": "{percent}",
            "aria-valuemin": "0",
            "aria-valuemax": "100",
            span { style: "width: {percent}%" }
        }
    }
}

/// Stages of a way, `done` of `all` behind us; `label` says which.
#[component]
pub fn Stages(label: String, done: usize, all: usize) -> Element {
    rsx! {
        div { class: "stages", role: "img", aria_label: "{label}",
            for stage in 0..all {
                i { key: "{stage}", class: if stage < done { "on" } }
            }
        }
    }
}
