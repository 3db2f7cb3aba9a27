//! The drawings beside words.

use dioxus::prelude::*;

include!(concat!(env!("OUT_DIR"), "/icons.rs"));

/// Draws `icon`, `size` pixels wide, in the colour of the text around it. Decoration: its meaning is said by a label.
#[component]
pub fn Glyph(icon: Icon, #[props(default = 20)] size: u32) -> Element {
    rsx! {
        svg {
            class: "glyph",
            width: "{size}",
            height: "{size}",
            view_box: "0 0 24 24",
            fill: "none",
            stroke: "currentColor",
            stroke_width: "1.75",
            stroke_linecap: "round",
            stroke_linejoin: "round",
            "aria-hidden": "true",
            dangerous_inner_html: icon.shapes(),
        }
    }
}
