//! What the screens outside have in common.

use dioxus::prelude::*;

use super::{Faults, OutsideView, Page, Wish};
use crate::controls::{Icon, IconButton, LanguageSwitch, Mark, Notice};
use crate::formats::minutes_seconds;
use crate::text::{Language, Word, text};

/// Name and language above, a title, what is to be said about the last attempt, and the screen's own part.
#[component]
pub fn OutsideFrame(
    view: OutsideView,
    title: String,
    lead: String,
    now: ReadSignal<rapi_core::Timestamp>,
    on_wish: EventHandler<Wish>,
    on_language: EventHandler<Language>,
    children: Element,
) -> Element {
    let text = text();
    let back = view.page.back(view.app);
    let complaint = view.complaint();
    let locked = view.locked_for(now());
    rsx! {
        main { class: "screen outside",
            div { class: "top",
                div { class: "brand",
                    if let Some(page) = back {
                        IconButton { icon: Icon::ArrowLeft, label: text.say(Word::Back), on_press: move |()| on_wish.call(Wish::See(page.clone())) }
                    } else {
                        Mark {}
                    }
                    span { "{view.app.title()}" }
                }
                LanguageSwitch { on_language }
            }
            div { class: "words",
                h1 { "{title}" }
                p { class: "lead", "{lead}" }
            }
            if let Some(left) = locked {
                Notice { tone: crate::controls::Tone::Warn, text: text.fill(Word::LockedFor, [("left", minutes_seconds(left))]) }
            } else if let Some(complaint) = complaint {
                Notice { tone: complaint.tone, text: text.say(complaint.word) }
            }
            {children}
        }
    }
}

/// A way to another page, in words.
#[component]
pub fn WayTo(label: String, page: Page, on_wish: EventHandler<Wish>) -> Element {
    rsx! {
        button { class: "link", r#type: "button", onclick: move |_| on_wish.call(Wish::See(page.clone())), "{label}" }
    }
}

/// What is wrong with the field `name`, in words.
#[must_use]
pub fn fault_of(faults: &Faults, name: &str) -> Option<String> {
    faults.iter().find(|(field, _)| *field == name).map(|(_, word)| text().say(*word))
}
