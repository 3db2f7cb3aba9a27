//! The one text field of all apps.

use dioxus::prelude::*;

use crate::text::{Word, text};

/// What is typed into a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldKind {
    /// An e-mail address or phone number, as sign-in takes them.
    Account,
    /// The password of an account; hidden until asked for.
    Password,
}

impl FieldKind {
    /// What password managers know it by.
    const fn autocomplete(self) -> &'static str {
        match self {
            Self::Account => "username",
            Self::Password => "current-password",
        }
    }
}

/// A field named `label`, with what is wrong with it, if anything. Keeps its own text, so that no key is ever lost: its form
/// hands the text over under `name` when it is sent.
#[component]
pub fn TextField(kind: FieldKind, name: String, label: String, #[props(default)] initial_value: String, fault: Option<String>) -> Element {
    let mut shown = use_signal(|| kind != FieldKind::Password);
    let (id, fault_id) = (format!("field-{name}"), format!("fault-{name}"));
    let is_faulty = fault.is_some();
    rsx! {
        div { class: if is_faulty { "field field-faulty" } else { "field" },
            div { class: "field-box",
                input {
                    id: "{id}",
                    name: "{name}",
                    r#type: if shown() { "text" } else { "password" },
                    initial_value: "{initial_value}",
                    autocomplete: kind.autocomplete(),
                    autocapitalize: "none",
                    spellcheck: "false",
                    "aria-invalid": is_faulty.then_some("true"),
                    "aria-describedby": is_faulty.then_some(fault_id.clone()),
                }
                label { r#for: "{id}", "{label}" }
                if kind == FieldKind::Password {
                    Reveal { shown: shown(), on_toggle: move |()| shown.toggle() }
                }
            }
            if let Some(fault) = fault {
                p { id: "{fault_id}", class: "field-fault", role: "alert", "{fault}" }
            }
        }
    }
}

/// Shows and hides what was typed.
#[component]
fn Reveal(shown: bool, on_toggle: EventHandler) -> Element {
    let (label, name) = if shown { (Word::Hide, Word::HidePassword) } else { (Word::Show, Word::ShowPassword) };
    rsx! {
        button {
            class: "field-toggle",
            r#type: "button",
            aria_label: text().say(name),
            onclick: move |_| on_toggle.call(()),
            {text().say(label)}
        }
    }
}
