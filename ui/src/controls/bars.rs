//! Where one is, and where else one can go.

use dioxus::prelude::*;

use super::{Glyph, Icon, IconButton};
use crate::text::{Word, text};

/// The head of a screen: back, its title, and what else there is to do.
#[component]
pub fn TopBar(title: String, on_back: Option<EventHandler>, end: Option<Element>) -> Element {
    rsx! {
        header { class: "top-bar",
            if let Some(on_back) = on_back {
                IconButton { icon: Icon::ArrowLeft, label: text().say(Word::Back), on_press: on_back }
            }
            h1 { "{title}" }
            {end}
        }
    }
}

/// A place to go.
#[derive(Debug, Clone, PartialEq)]
pub struct Place<T> {
    /// What it stands for.
    pub to: T,
    /// Its name.
    pub label: String,
    /// Its drawing.
    pub icon: Icon,
    /// How much waits there.
    pub waiting: u64,
}

/// The places of an app: at the foot of a phone, at the side of a desk.
#[component]
pub fn Places<T: Clone + PartialEq + 'static>(places: Vec<Place<T>>, here: Option<T>, on_go: EventHandler<T>) -> Element {
    rsx! {
        nav { class: "places", aria_label: text().say(Word::Places),
            for place in places {
                button {
                    key: "{place.label}",
                    class: "place",
                    r#type: "button",
                    "aria-current": (here.as_ref() == Some(&place.to)).then_some("page"),
                    onclick: {
                        let to = place.to.clone();
                        move |_| on_go.call(to.clone())
                    },
                    Glyph { icon: place.icon, size: 22 }
                    span { "{place.label}" }
                    if place.waiting > 0 {
                        span { class: "place-waiting", aria_label: text().fill(Word::WaitingCount, [("count", place.waiting)]), "{place.waiting}" }
                    }
                }
            }
        }
    }
}
