//! A card.

use dioxus::prelude::*;

/// Things that belong together, under a heading.
#[component]
pub fn Card(heading: String, children: Element) -> Element {
    rsx! {
        section { class: "card", aria_label: "{heading}",
            h2 { "{heading}" }
            {children}
        }
    }
}
