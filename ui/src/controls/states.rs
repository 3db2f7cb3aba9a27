//! What stands where there is nothing to show: not yet, nothing there, or something went wrong.

use dioxus::prelude::*;

use super::{Button, ButtonKind, Glyph, Icon};
use crate::text::{Word, text};

/// Grey bars where `lines` lines will be.
#[component]
pub fn Skeleton(#[props(default = 3)] lines: usize) -> Element {
    rsx! {
        div { class: "skeleton", role: "status", aria_busy: "true", aria_label: text().say(Word::Loading),
            for line in 0..lines {
                div { key: "{line}", class: "skeleton-line" }
            }
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
    let icon = if code == "network" { Icon::WifiOff } else { Icon::CircleAlert };
    rsx! {
        div { class: "empty", role: "alert",
            span { class: "empty-icon", Glyph { icon, size: 28 } }
            p { class: "empty-title", {text.problem(&code)} }
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
