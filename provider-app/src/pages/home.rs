//! Where the app begins.

use dioxus::prelude::*;
use rapi_app_shell::hooks::use_user;

/// Greets.
#[component]
pub fn Home() -> Element {
    let name = use_user().map(|user| user.full_name).unwrap_or_default();
    rsx! {
        main { class: "screen",
            div { class: "screen-body", h1 { "{name}" } }
        }
    }
}
