//! A forgotten password.

use dioxus::prelude::*;

use super::frame::{OutsideFrame, fault_of};
use super::register::Resend;
use super::{Faults, OutsideView, ResetForm, Wish, email_fault, field};
use crate::controls::{Button, ButtonKind, FieldKind, TextField, typed};
use crate::text::{Language, Word, text};

/// Asks whose password it is.
#[component]
pub fn ForgotScreen(
    view: OutsideView,
    now: ReadSignal<rapi_core::Timestamp>,
    on_wish: EventHandler<Wish>,
    on_language: EventHandler<Language>,
) -> Element {
    let text = text();
    let mut fault = use_signal(|| None::<Word>);
    let busy = view.is_busy();
    let send = move |event: FormEvent| {
        event.prevent_default();
        if busy {
            return;
        }
        let email = typed(&event, field::EMAIL).trim().to_owned();
        fault.set(email_fault(&email));
        if fault.peek().is_none() {
            on_wish.call(Wish::Forgot { email });
        }
    };
    rsx! {
        OutsideFrame { view, title: text.say(Word::ForgotTitle), lead: text.say(Word::ForgotLead), now, on_wish, on_language,
            form { novalidate: true, aria_label: text.say(Word::ForgotTitle), onsubmit: send,
                TextField { kind: FieldKind::Email, name: field::EMAIL, label: text.say(Word::RegisterEmail), fault: fault().map(|word| text.say(word)) }
                Button { kind: ButtonKind::Submit, busy, label: text.say(Word::ForgotSend) }
            }
        }
    }
}

/// Asks for the code and the new password.
#[component]
pub fn ResetScreen(
    view: OutsideView,
    email: String,
    now: ReadSignal<rapi_core::Timestamp>,
    on_wish: EventHandler<Wish>,
    on_language: EventHandler<Language>,
) -> Element {
    let text = text();
    let mut faults = use_signal(Faults::new);
    let busy = view.is_busy();
    let address = email.clone();
    let send = move |event: FormEvent| {
        event.prevent_default();
        if busy {
            return;
        }
        let code = typed(&event, field::CODE).trim().to_owned();
        let form = ResetForm { email: address.clone(), code, password: typed(&event, field::PASSWORD).into() };
        faults.set(form.faults());
        if faults.peek().is_empty() {
            on_wish.call(Wish::Reset(form));
        }
    };
    let lead = text.fill(Word::ResetLead, [("email", email.clone())]);
    rsx! {
        OutsideFrame { view: view.clone(), title: text.say(Word::ResetTitle), lead, now, on_wish, on_language,
            form { novalidate: true, aria_label: text.say(Word::ResetTitle), onsubmit: send,
                TextField { kind: FieldKind::Code, name: field::CODE, label: text.say(Word::Code), fault: fault_of(&faults(), field::CODE) }
                TextField { kind: FieldKind::NewPassword, name: field::PASSWORD, label: text.say(Word::ResetPassword), fault: fault_of(&faults(), field::PASSWORD), hint: text.say(Word::PasswordHint) }
                Button { kind: ButtonKind::Submit, busy, label: text.say(Word::ResetSend) }
            }
            Resend { view, email, now, on_wish }
        }
    }
}
