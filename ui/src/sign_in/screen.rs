//! The sign-in screen.

use dioxus::prelude::*;

use super::{Fault, SignInForm, SignInView};
use crate::App;
use crate::controls::{Button, ButtonKind, FieldKind, LanguageSwitch, Mark, Notice, TextField};
use crate::text::{Language, Word, text};

const WHO: &str = "who";
const PASSWORD: &str = "password";

/// Asks who it is, and hands up what was filled in once it can be sent.
#[component]
pub fn SignInScreen(view: SignInView, on_submit: EventHandler<SignInForm>, on_language: EventHandler<Language>) -> Element {
    let text = text();
    let complaint = view.complaint();
    rsx! {
        main { class: "screen outside",
            div { class: "top",
                div { class: "brand",
                    Mark {}
                    span { "{view.app.title()}" }
                }
                LanguageSwitch { on_language }
            }
            div { class: "words",
                h1 { {text.say(Word::SignInTitle)} }
                p { class: "lead", {text.say(lead(view.app))} }
            }
            if let Some(complaint) = complaint {
                Notice { tone: complaint.tone, text: text.say(complaint.word) }
            }
            Fields { busy: view.is_busy(), on_submit }
        }
    }
}

/// The form itself; says what is wrong with a field when it is sent.
#[component]
fn Fields(busy: bool, on_submit: EventHandler<SignInForm>) -> Element {
    let text = text();
    let mut fault = use_signal(Fault::default);
    let send = move |event: FormEvent| {
        event.prevent_default();
        if busy {
            return;
        }
        let form = filled_in(&event);
        let checked = form.check();
        fault.set(checked.err().unwrap_or_default());
        if checked.is_ok() {
            on_submit.call(form);
        }
    };
    let say = |word: Option<Word>| word.map(|word| text.say(word));
    rsx! {
        form { novalidate: true, aria_label: text.say(Word::SignInTitle), onsubmit: send,
            TextField { kind: FieldKind::Account, name: WHO, label: text.say(Word::SignInWho), fault: say(fault().who) }
            TextField { kind: FieldKind::Password, name: PASSWORD, label: text.say(Word::SignInPassword), fault: say(fault().password) }
            Button { kind: ButtonKind::Submit, busy, label: text.say(if busy { Word::SigningIn } else { Word::SignIn }) }
        }
    }
}

fn filled_in(event: &FormEvent) -> SignInForm {
    let typed = |name| match event.get_first(name) {
        Some(FormValue::Text(typed)) => typed,
        Some(FormValue::File(_)) | None => String::new(),
    };
    SignInForm::new(&typed(WHO), typed(PASSWORD))
}

const fn lead(app: App) -> Word {
    match app {
        App::Client => Word::SignInLeadClient,
        App::Provider => Word::SignInLeadProvider,
        App::Admin => Word::SignInLeadAdmin,
    }
}
