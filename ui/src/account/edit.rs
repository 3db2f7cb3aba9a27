//! Changing the name and the phone number.

use dioxus::prelude::*;

use crate::controls::{Button, ButtonKind, FieldKind, Notice, Sheet, TextField, Tone, typed};
use crate::outside::code_fault;
use crate::text::{Word, text};

/// Asks for another name.
#[component]
pub fn EditNameSheet(name: String, busy: bool, on_save: EventHandler<String>, on_close: EventHandler) -> Element {
    let text = text();
    let mut is_missing = use_signal(|| false);
    let save = move |event: FormEvent| {
        event.prevent_default();
        let name = typed(&event, "name").trim().to_owned();
        is_missing.set(name.is_empty());
        if !name.is_empty() && !busy {
            on_save.call(name);
        }
    };
    rsx! {
        Sheet { title: text.say(Word::EditName), on_close,
            form { class: "column", novalidate: true, onsubmit: save,
                TextField {
                    kind: FieldKind::Name,
                    name: "name",
                    label: text.say(Word::RegisterName),
                    initial_value: name,
                    fault: is_missing().then(|| text.say(Word::RegisterNameMissing)),
                }
                Button { kind: ButtonKind::Submit, busy, label: text.say(Word::Save) }
            }
        }
    }
}

/// How far changing the phone number has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PhoneStep {
    /// The number is asked for.
    Number,
    /// The code that went there is asked for.
    Code,
}

/// Asks for a phone number, then for the code that proves it.
#[component]
pub fn PhoneSheet(
    step: PhoneStep,
    busy: bool,
    fault: Option<String>,
    on_number: EventHandler<String>,
    on_code: EventHandler<String>,
    on_close: EventHandler,
) -> Element {
    let text = text();
    let mut unclear = use_signal(|| None::<Word>);
    let send = move |event: FormEvent| {
        event.prevent_default();
        let filled = typed(&event, if step == PhoneStep::Number { "phone" } else { "code" }).trim().to_owned();
        let is_number = filled.parse::<rapi_core::people::Phone>().is_ok();
        unclear.set(match step {
            PhoneStep::Number => (!is_number).then_some(Word::RegisterPhoneUnclear),
            PhoneStep::Code => code_fault(&filled),
        });
        match (unclear.peek().is_some() || busy, step) {
            (true, _) => {}
            (false, PhoneStep::Number) => on_number.call(filled),
            (false, PhoneStep::Code) => on_code.call(filled),
        }
    };
    let unclear = unclear().map(|word| text.say(word));
    rsx! {
        Sheet { title: text.say(Word::RegisterPhone), on_close,
            form { class: "column", novalidate: true, onsubmit: send,
                if let Some(code) = fault {
                    Notice { tone: Tone::Bad, text: text.problem(&code) }
                }
                match step {
                    PhoneStep::Number => rsx! {
                        TextField { kind: FieldKind::Phone, name: "phone", label: text.say(Word::RegisterPhone), fault: unclear, hint: text.say(Word::PhoneHint) }
                        Button { kind: ButtonKind::Submit, busy, label: text.say(Word::ForgotSend) }
                    },
                    PhoneStep::Code => rsx! {
                        TextField { kind: FieldKind::Code, name: "code", label: text.say(Word::Code), fault: unclear }
                        Button { kind: ButtonKind::Submit, busy, label: text.say(Word::ConfirmSend) }
                    },
                }
            }
        }
    }
}
