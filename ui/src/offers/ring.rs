//! The bell.

use dioxus::document;
use dioxus::prelude::*;

/// What the page needs to ring.
pub(crate) const SCRIPT: &str = include_str!("ring.js");

/// Rings while it is drawn, unless it is `muted`.
#[component]
pub fn Bell(muted: ReadSignal<bool>) -> Element {
    use_effect(move || {
        let order = if muted() { "stop" } else { "start" };
        document::eval(&format!("window.RapiBell && RapiBell.{order}()"));
    });
    use_drop(|| {
        document::eval("window.RapiBell && RapiBell.stop()");
    });
    rsx! {}
}
