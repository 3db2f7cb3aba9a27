//! The text fields of all apps.

use dioxus::prelude::*;

use crate::text::{Word, text};

/// What is typed into a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldKind {
    /// An e-mail address or phone number, as sign-in takes them.
    Account,
    /// The password of an account; hidden until asked for.
    Password,
    /// A password that is being chosen.
    NewPassword,
    /// An e-mail address.
    Email,
    /// A phone number.
    Phone,
    /// A person's name.
    Name,
    /// The digits of a one-time code.
    Code,
    /// Whole numbers: amounts, minutes, numbers of cards and accounts.
    Digits,
    /// A street address.
    Address,
    /// A time of day, by digits: what systems have for it takes no typing, or turns 09:30 into 23:00.
    Time,
    /// What is looked for.
    Search,
    /// Any words.
    Text,
}

impl FieldKind {
    const fn is_secret(self) -> bool {
        matches!(self, Self::Password | Self::NewPassword)
    }

    const fn input_type(self) -> &'static str {
        match self {
            Self::Search => "search",
            Self::Phone => "tel",
            _ => "text",
        }
    }

    /// Which keyboard a phone shows.
    const fn keyboard(self) -> &'static str {
        match self {
            Self::Code | Self::Digits | Self::Time => "numeric",
            Self::Phone => "tel",
            Self::Account | Self::Email => "email",
            Self::Search => "search",
            _ => "text",
        }
    }

    /// So many characters at most, where that is known.
    const fn longest(self) -> Option<&'static str> {
        match self {
            Self::Code => Some("6"),
            Self::Time => Some("5"),
            _ => None,
        }
    }

    /// What password managers know it by.
    const fn autocomplete(self) -> &'static str {
        match self {
            Self::Account => "username",
            Self::Password => "current-password",
            Self::NewPassword => "new-password",
            Self::Email => "email",
            Self::Phone => "tel",
            Self::Name => "name",
            Self::Code => "one-time-code",
            Self::Address => "street-address",
            Self::Digits | Self::Time | Self::Search | Self::Text => "off",
        }
    }
}

/// A field named `label`, with what is wrong with it, if anything. Keeps its own text, so that no key is ever lost: its form
/// hands the text over under `name` when it is sent, and `on_typed` hears of every change. To fill it anew, give the field
/// another `key`.
#[component]
pub fn TextField(
    kind: FieldKind,
    name: String,
    label: String,
    #[props(default)] initial_value: String,
    fault: Option<String>,
    /// What helps to fill it in.
    hint: Option<String>,
    #[props(default)] on_typed: EventHandler<String>,
) -> Element {
    let mut shown = use_signal(|| !kind.is_secret());
    let (id, fault_id) = (format!("field-{name}"), format!("fault-{name}"));
    let is_faulty = fault.is_some();
    let described = (is_faulty || hint.is_some()).then(|| fault_id.clone());
    rsx! {
        div { class: if is_faulty { "field field-faulty" } else { "field" },
            div { class: "field-box",
                input {
                    id: "{id}",
                    name: "{name}",
                    r#type: if shown() { kind.input_type() } else { "password" },
                    inputmode: kind.keyboard(),
                    initial_value: "{initial_value}",
                    autocomplete: kind.autocomplete(),
                    autocapitalize: if kind == FieldKind::Name { "words" } else { "none" },
                    spellcheck: "false",
                    maxlength: kind.longest(),
                    "aria-invalid": is_faulty.then_some("true"),
                    "aria-describedby": described,
                    oninput: move |event| on_typed.call(event.value()),
                    // Where a code is asked for there is nothing else to do.
                    onmounted: move |event| async move {
                        if kind == FieldKind::Code {
                            drop(event.set_focus(true).await);
                        }
                    },
                }
                label { r#for: "{id}", "{label}" }
                if kind.is_secret() {
                    Reveal { shown: shown(), on_toggle: move |()| shown.toggle() }
                }
            }
            Advice { id: fault_id, fault, hint }
        }
    }
}

/// A field for several lines; as [`TextField`] otherwise.
#[component]
pub fn TextArea(
    name: String,
    label: String,
    #[props(default)] initial_value: String,
    #[props(default = 3)] rows: u32,
    fault: Option<String>,
    hint: Option<String>,
    #[props(default)] on_typed: EventHandler<String>,
) -> Element {
    let (id, fault_id) = (format!("field-{name}"), format!("fault-{name}"));
    let is_faulty = fault.is_some();
    let described = (is_faulty || hint.is_some()).then(|| fault_id.clone());
    rsx! {
        div { class: if is_faulty { "field field-faulty" } else { "field" },
            div { class: "field-box",
                textarea {
                    id: "{id}",
                    name: "{name}",
                    rows: "{rows}",
                    initial_value: "{initial_value}",
                    "aria-invalid": is_faulty.then_some("true"),
                    "aria-describedby": described,
                    oninput: move |event| on_typed.call(event.value()),
                }
                label { r#for: "{id}", "{label}" }
            }
            Advice { id: fault_id, fault, hint }
        }
    }
}

/// What is wrong, or else what helps.
#[component]
fn Advice(id: String, fault: Option<String>, hint: Option<String>) -> Element {
    match (fault, hint) {
        (Some(fault), _) => rsx! { p { id: "{id}", class: "field-fault", role: "alert", "{fault}" } },
        (None, Some(hint)) => rsx! { p { id: "{id}", class: "field-hint", "{hint}" } },
        (None, None) => rsx! {},
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

/// What stands in the field `name` of a form that was sent.
#[must_use]
pub fn typed(event: &FormEvent, name: &str) -> String {
    match event.get_first(name) {
        Some(FormValue::Text(typed)) => typed,
        Some(FormValue::File(_)) | None => String::new(),
    }
}
