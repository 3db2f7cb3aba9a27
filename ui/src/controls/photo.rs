//! Photos that only the backend has.

use dioxus::prelude::*;

use super::{Avatar, Glyph, Icon};

/// Where photos are developed: makes a `data:` address of the backend's address, once it can. A hook; the app gives it to the
/// screens as a context, for they know no backend.
#[derive(Clone, Copy)]
pub struct Darkroom(pub fn(ReadSignal<Option<String>>) -> Option<String>);

/// Within a component: the photo at `url`, once it is developed.
fn use_developed(url: ReadSignal<Option<String>>) -> Option<String> {
    let darkroom = use_hook(try_consume_context::<Darkroom>);
    darkroom.and_then(|Darkroom(develop)| develop(url))
}

/// A face by the backend's address of its photo; initials until it is there.
#[component]
pub fn Face(name: String, url: ReadSignal<Option<String>>, #[props(default)] large: bool) -> Element {
    let photo = use_developed(url);
    rsx! { Avatar { name, photo, large } }
}

/// A picture by its address at the backend; grey until it is there. `alt` says what is on it.
#[component]
pub fn Picture(url: ReadSignal<Option<String>>, alt: String) -> Element {
    match use_developed(url) {
        Some(photo) => rsx! { img { class: "picture", src: "{photo}", alt: "{alt}" } },
        None => rsx! {
            div { class: "picture picture-missing", role: "img", aria_label: "{alt}", Glyph { icon: Icon::Image, size: 24 } }
        },
    }
}
