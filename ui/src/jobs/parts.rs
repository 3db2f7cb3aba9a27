//! Whom a job is for, where, and what is to be done.

use dioxus::prelude::*;

use crate::controls::{Avatar, Glyph, Icon};
use crate::text::{Word, text};

/// Who asked for it, and where.
#[component]
pub fn ClientCard(client: String, address: String, face: Option<String>) -> Element {
    rsx! {
        section { class: "card", aria_label: text().say(Word::JobClient),
            div { class: "row",
                Avatar { name: client.clone(), photo: face }
                div { class: "grow",
                    p { class: "strong break", "{client}" }
                    p { class: "small mute break job-address",
                        Glyph { icon: Icon::MapPin, size: 14 }
                        span { "{address}" }
                    }
                }
            }
        }
    }
}

/// What is to be done; nothing when nobody said anything of it.
#[component]
pub fn TaskCard(description: Option<String>, photos: Option<Element>) -> Element {
    let text = text();
    if description.is_none() && photos.is_none() {
        return rsx! {};
    }
    rsx! {
        section { class: "card", aria_label: text.say(Word::JobTask),
            h3 { {text.say(Word::JobTask)} }
            if let Some(description) = description {
                p { class: "break job-task", "{description}" }
            }
            if let Some(photos) = photos {
                div { class: "job-photos", role: "group", aria_label: text.say(Word::JobPhotos), {photos} }
            }
        }
    }
}
