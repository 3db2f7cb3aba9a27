//! A document that can be looked at closely.

use dioxus::prelude::*;

use crate::controls::{Button, ButtonKind, Icon, IconButton};
use crate::text::{Word, text};

/// How close one can look, as widths of the frame.
const CLOSER: [u32; 5] = [100, 150, 200, 300, 400];

/// A document named `name`, by its `data:` address; grey until that is here. What is no picture can be saved.
#[component]
pub fn Viewer(name: String, address: Option<String>, #[props(default)] small: bool, on_save: EventHandler) -> Element {
    let text = text();
    let mut close = use_signal(|| 0usize);
    let mut step = move |by: isize| {
        let next = close.peek().saturating_add_signed(by).min(CLOSER.len() - 1);
        close.set(next);
    };
    let is_picture = address.as_ref().is_none_or(|address| address.starts_with("data:image/"));
    let size = CLOSER[close()];
    rsx! {
        figure { class: if small { "viewer viewer-small" } else { "viewer" },
            figcaption { class: "viewer-top",
                span { class: "strong clip grow", "{name}" }
                if address.is_some() && is_picture {
                    IconButton { icon: Icon::ZoomOut, label: text.fill(Word::AdminZoomOut, [("name", name.clone())]), on_press: move |()| step(-1) }
                    IconButton { icon: Icon::ZoomIn, label: text.fill(Word::AdminZoomIn, [("name", name.clone())]), on_press: move |()| step(1) }
                }
            }
            div { class: "viewer-frame", ondoubleclick: move |_| close.set(if close() == 0 { 2 } else { 0 }),
                match address {
                    Some(address) if is_picture => rsx! {
                        img { class: if size == 100 { "viewer-whole" } else { "viewer-close" }, style: "width: {size}%", src: "{address}", alt: "{name}", draggable: "false" }
                    },
                    Some(_) => rsx! {
                        div { class: "viewer-file",
                            p { class: "small mute", {text.say(Word::AdminPdf)} }
                            Button { kind: ButtonKind::Line, small: true, icon: Icon::Download, label: text.say(Word::AdminPdfSave), on_press: on_save }
                        }
                    },
                    None => rsx! { div { class: "viewer-missing", role: "status", aria_busy: "true", aria_label: text.say(Word::Loading) } },
                }
            }
        }
    }
}
