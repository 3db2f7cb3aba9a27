//! The public profile of a provider.

use dioxus::prelude::*;

/// What clients see of her.
#[component]
pub fn ProviderProfile() -> Element {
    rsx! {}
}
