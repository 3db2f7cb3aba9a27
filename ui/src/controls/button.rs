//! Buttons.

use dioxus::prelude::*;

use super::{Glyph, Icon};

/// How much a button stands out, and what it does in a form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ButtonKind {
    /// The one thing to do: sends the form it stands in.
    Submit,
    /// The one thing to do where there is no form.
    Primary,
    /// Something else that is likely wanted.
    Soft,
    /// Something else that can be done.
    Line,
    /// Something that cannot be taken back.
    Danger,
}

impl ButtonKind {
    const fn class(self) -> &'static str {
        match self {
            Self::Submit | Self::Primary => "button button-primary",
            Self::Soft => "button button-soft",
            Self::Line => "button button-line",
            Self::Danger => "button button-danger",
        }
    }
}

/// A button named `label`. While `busy` it shows so, and keeps the focus, and nothing that is pressed then is heard, but by a
/// form: a form that is busy ignores what is sent.
#[component]
pub fn Button(
    kind: ButtonKind,
    label: String,
    icon: Option<Icon>,
    #[props(default)] busy: bool,
    /// As high as a chip, as wide as its words.
    #[props(default)]
    small: bool,
    #[props(default)] on_press: EventHandler,
    test_id: Option<String>,
) -> Element {
    let while_busy = busy.then_some("true");
    let size = if small { " button-small" } else { "" };
    rsx! {
        button {
            class: "{kind.class()}{size}",
            r#type: if kind == ButtonKind::Submit { "submit" } else { "button" },
            "data-testid": test_id,
            "aria-busy": while_busy,
            "aria-disabled": while_busy,
            onclick: move |_| {
                if !busy {
                    on_press.call(());
                }
            },
            if let Some(icon) = icon.filter(|_| !busy) {
                Glyph { icon, size: if small { 16 } else { 20 } }
            }
            "{label}"
        }
    }
}

/// A round button that shows only a drawing; `label` is its name.
#[component]
pub fn IconButton(icon: Icon, label: String, #[props(default)] soft: bool, on_press: EventHandler) -> Element {
    rsx! {
        button {
            class: if soft { "icon-button icon-button-soft" } else { "icon-button" },
            r#type: "button",
            aria_label: "{label}",
            title: "{label}",
            onclick: move |_| on_press.call(()),
            Glyph { icon, size: 22 }
        }
    }
}
