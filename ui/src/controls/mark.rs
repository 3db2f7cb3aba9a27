//! The mark of Rapi.

use dioxus::prelude::*;

/// A spark on the app's accent. Decoration: the name stands beside it.
#[component]
pub fn Mark() -> Element {
    rsx! {
        span { class: "mark", aria_hidden: "true",
            svg { width: "24", height: "24", view_box: "0 0 24 24", fill: "currentColor",
                path { d: "M10 4 C10.8 9.6 12.4 11.2 18 12 C12.4 12.8 10.8 14.4 10 20 C9.2 14.4 7.6 12.8 2 12 C7.6 11.2 9.2 9.6 10 4 Z" }
                path { d: "M18.5 2.5 C18.8 4.8 19.2 5.2 21.5 5.5 C19.2 5.8 18.8 6.2 18.5 8.5 C18.2 6.2 17.8 5.8 15.5 5.5 C17.8 5.2 18.2 4.8 18.5 2.5 Z" }
            }
        }
    }
}
