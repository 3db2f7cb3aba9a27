//! What lies over a screen: sheets, questions and toasts.

use dioxus::prelude::*;

use super::{Button, ButtonKind, Icon, IconButton, Tone};
use crate::text::{Word, text};

/// Asks for something from below; closes by its button, by Escape, or by a tap beside it.
#[component]
pub fn Sheet(title: String, on_close: EventHandler, children: Element) -> Element {
    rsx! {
        div { class: "veil", onclick: move |_| on_close.call(()),
            section {
                class: "sheet",
                role: "dialog",
                aria_modal: "true",
                aria_label: "{title}",
                tabindex: "-1",
                onclick: |event| event.stop_propagation(),
                onmounted: |event| async move { drop(event.set_focus(true).await) },
                onkeydown: move |event| {
                    if event.key() == Key::Escape {
                        on_close.call(());
                    }
                },
                header { class: "sheet-top",
                    h2 { "{title}" }
                    IconButton { icon: Icon::X, label: text().say(Word::Close), on_press: on_close }
                }
                {children}
            }
        }
    }
}

/// A second look before something that cannot be taken back.
#[component]
pub fn Question(
    title: String,
    explained: String,
    yes: String,
    #[props(default)] busy: bool,
    on_yes: EventHandler,
    on_close: EventHandler,
) -> Element {
    rsx! {
        Sheet { title, on_close,
            p { class: "mute", "{explained}" }
            div { class: "pair",
                Button { kind: ButtonKind::Line, label: text().say(Word::Back), on_press: on_close }
                Button { kind: ButtonKind::Danger, label: yes, busy, on_press: on_yes }
            }
        }
    }
}

/// Something to be said in passing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Toast {
    /// Tells it from the others.
    pub id: u64,
    /// How it is meant.
    pub tone: Tone,
    /// What is said.
    pub text: String,
}

/// All toasts of the moment, above everything.
#[component]
pub fn Toasts(toasts: Vec<Toast>, on_close: EventHandler<u64>) -> Element {
    rsx! {
        div { class: "toasts", role: "status", aria_live: "polite",
            for toast in toasts {
                button {
                    key: "{toast.id}",
                    class: "toast toast-{toast.tone.slug()}",
                    r#type: "button",
                    onclick: move |_| on_close.call(toast.id),
                    "{toast.text}"
                }
            }
        }
    }
}
