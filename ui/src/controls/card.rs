//! A card.

use dioxus::prelude::*;

/// Things that belong together, under a heading if they have one.
#[component]
pub fn Card(heading: Option<String>, children: Element) -> Element {
    rsx! {
        section { class: "card", aria_label: heading.clone(),
            if let Some(heading) = &heading {
                h2 { "{heading}" }
            }
            {children}
        }
    }
}
