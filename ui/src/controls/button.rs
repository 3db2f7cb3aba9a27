//! A button.

use dioxus::prelude::*;

/// How much a button stands out, and what it does in a form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ButtonKind {
    /// The one thing to do: sends the form it stands in.
    Submit,
    /// Something else that can be done.
    Line,
}

/// A button named `label`. While `busy` it shows so, and keeps the focus: whoever listens ignores what is pressed then.
#[component]
pub fn Button(kind: ButtonKind, label: String, #[props(default)] busy: bool, #[props(default)] on_press: EventHandler) -> Element {
    let (class, does) = match kind {
        ButtonKind::Submit => ("button button-primary", "submit"),
        ButtonKind::Line => ("button button-line", "button"),
    };
    let while_busy = busy.then_some("true");
    rsx! {
        button {
            class,
            r#type: does,
            "aria-busy": while_busy,
            "aria-disabled": while_busy,
            onclick: move |_| on_press.call(()),
            "{label}"
        }
    }
}
