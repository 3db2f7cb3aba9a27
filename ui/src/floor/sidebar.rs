//! The frame: where one can go, who is here, and the way out.

use dioxus::prelude::*;

use crate::controls::{Avatar, Icon, IconButton, LanguageSwitch, Mark, Place, Places};
use crate::text::{Language, Word, text};

/// At the side of the desk: the places above, the admin named `name` at the foot.
#[component]
pub fn Sidebar<T: Clone + PartialEq + 'static>(
    places: Vec<Place<T>>,
    here: Option<T>,
    name: String,
    on_go: EventHandler<T>,
    on_language: EventHandler<Language>,
    on_sign_out: EventHandler,
) -> Element {
    let text = text();
    rsx! {
        aside { class: "side",
            div { class: "side-brand",
                Mark {}
                span { class: "side-word", "Rapi" }
            }
            Places { places, here, on_go }
            div { class: "side-foot",
                div { class: "side-person",
                    Avatar { name: name.clone() }
                    span { class: "side-word grow",
                        span { class: "side-name clip", title: "{name}", "{name}" }
                        span { class: "tiny mute", {text.say(Word::RoleAdmin)} }
                    }
                    IconButton { icon: Icon::LogOut, label: text.say(Word::SignOut), on_press: on_sign_out }
                }
                LanguageSwitch { on_language }
            }
        }
    }
}
