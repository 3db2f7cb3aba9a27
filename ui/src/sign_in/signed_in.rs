//! Who is signed in.

use dioxus::prelude::*;

use super::{Reach, SignedInView};
use crate::controls::{Button, ButtonKind, Card, LanguageSwitch, Mark, Notice, Tag, TagTone, Tone};
use crate::text::{Language, Word, text};

/// Greets the person, says how the backend is reached, and lets her leave.
#[component]
pub fn SignedIn(view: SignedInView, on_sign_out: EventHandler, on_language: EventHandler<Language>) -> Element {
    let text = text();
    let (tone, reach) = reach(view.reach);
    rsx! {
        main { class: "screen signed-in",
            div { class: "top",
                div { class: "brand",
                    Mark {}
                    span { "{view.app.title()}" }
                }
                LanguageSwitch { on_language }
            }
            if view.reach == Reach::Offline {
                Notice { tone: Tone::Warn, text: text.say(Word::ReachOfflineExplained) }
            }
            div { class: "hello",
                span { class: "avatar", aria_hidden: "true", "{view.initials()}" }
                div { class: "name",
                    p { class: "mute", {text.say(Word::Greeting)} }
                    h1 { "{view.name}" }
                }
            }
            Card { heading: text.say(Word::Account),
                div { class: "row",
                    p { class: "mute", {text.say(view.app.role())} }
                    Tag { tone, label: text.say(reach) }
                }
                Button { kind: ButtonKind::Line, label: text.say(Word::SignOut), on_press: on_sign_out }
            }
        }
    }
}

const fn reach(reach: Reach) -> (TagTone, Word) {
    match reach {
        Reach::Online => (TagTone::Good, Word::ReachOnline),
        Reach::Connecting => (TagTone::Quiet, Word::ReachConnecting),
        Reach::Offline => (TagTone::Warn, Word::ReachOffline),
    }
}
