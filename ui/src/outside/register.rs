//! Asking for an account, and proving its address.

use dioxus::prelude::*;

use super::frame::{OutsideFrame, WayTo, fault_of};
use super::{Faults, OutsideView, Page, RegisterForm, Wish, code_fault, field};
use crate::App;
use crate::controls::{Button, ButtonKind, FieldKind, TextField, typed};
use crate::formats::minutes_seconds;
use crate::text::{Language, Word, text};

/// Asks for what an account needs.
#[component]
pub fn RegisterScreen(
    view: OutsideView,
    now: ReadSignal<rapi_core::Timestamp>,
    on_wish: EventHandler<Wish>,
    on_language: EventHandler<Language>,
) -> Element {
    let text = text();
    let mut faults = use_signal(Faults::new);
    let busy = view.is_busy();
    let send = move |event: FormEvent| {
        event.prevent_default();
        if busy {
            return;
        }
        let typed = |name| typed(&event, name);
        let form = RegisterForm {
            name: typed(field::NAME).trim().to_owned(),
            email: typed(field::EMAIL).trim().to_owned(),
            phone: typed(field::PHONE).trim().to_owned(),
            password: typed(field::PASSWORD).into(),
        };
        faults.set(form.faults());
        if faults.peek().is_empty() {
            on_wish.call(Wish::Register(form));
        }
    };
    let fault = |name| fault_of(&faults(), name);
    // Only who works shows her identity card.
    let (lead, name) = match view.app {
        App::Provider => (Word::RegisterLeadProvider, Word::RegisterNameOnCard),
        _ => (Word::RegisterLeadClient, Word::RegisterName),
    };
    rsx! {
        OutsideFrame { view: view.clone(), title: text.say(Word::RegisterTitle), lead: text.say(lead), now, on_wish, on_language,
            form { novalidate: true, aria_label: text.say(Word::RegisterTitle), onsubmit: send,
                TextField { kind: FieldKind::Name, name: field::NAME, label: text.say(name), fault: fault(field::NAME) }
                TextField { kind: FieldKind::Email, name: field::EMAIL, label: text.say(Word::RegisterEmail), fault: fault(field::EMAIL), hint: text.say(Word::RegisterEmailHint) }
                TextField { kind: FieldKind::Phone, name: field::PHONE, label: text.say(Word::RegisterPhone), fault: fault(field::PHONE) }
                TextField { kind: FieldKind::NewPassword, name: field::PASSWORD, label: text.say(Word::SignInPassword), fault: fault(field::PASSWORD), hint: text.say(Word::PasswordHint) }
                Button { kind: ButtonKind::Submit, busy, label: text.say(Word::RegisterSend) }
            }
            div { class: "ways", WayTo { label: text.say(Word::HaveAnAccount), page: Page::SignIn, on_wish } }
        }
    }
}

/// Asks for the code that went to the address.
#[component]
pub fn ConfirmScreen(
    view: OutsideView,
    email: String,
    now: ReadSignal<rapi_core::Timestamp>,
    on_wish: EventHandler<Wish>,
    on_language: EventHandler<Language>,
) -> Element {
    let text = text();
    let mut fault = use_signal(|| None::<Word>);
    let busy = view.is_busy();
    let address = email.clone();
    let send = move |event: FormEvent| {
        event.prevent_default();
        if busy {
            return;
        }
        let code = typed(&event, field::CODE).trim().to_owned();
        fault.set(code_fault(&code));
        if fault.peek().is_none() {
            on_wish.call(Wish::Confirm { email: address.clone(), code });
        }
    };
    rsx! {
        OutsideFrame {
            view: view.clone(),
            title: text.say(Word::ConfirmTitle),
            lead: text.fill(Word::ConfirmLead, [("email", email.clone())]),
            now,
            on_wish,
            on_language,
            form { novalidate: true, aria_label: text.say(Word::ConfirmTitle), onsubmit: send,
                TextField { kind: FieldKind::Code, name: field::CODE, label: text.say(Word::Code), fault: fault().map(|word| text.say(word)) }
                Button { kind: ButtonKind::Submit, busy, label: text.say(Word::ConfirmSend) }
            }
            Resend { view, email, now, on_wish }
        }
    }
}

/// Another code, a minute after the last.
#[component]
pub fn Resend(view: OutsideView, email: String, now: ReadSignal<rapi_core::Timestamp>, on_wish: EventHandler<Wish>) -> Element {
    let (text, left) = (text(), view.resend_in(now()));
    rsx! {
        div { class: "ways",
            if left.is_zero() {
                button { class: "link", r#type: "button", onclick: move |_| on_wish.call(Wish::Resend { email: email.clone() }), {text.say(Word::CodeResend)} }
            } else {
                p { class: "mute small", {text.fill(Word::CodeResendIn, [("left", minutes_seconds(left))])} }
            }
        }
    }
}
