//! The first screen, and signing in.

use dioxus::prelude::*;

use super::frame::{OutsideFrame, WayTo, fault_of};
use super::{Faults, OutsideView, Page, SignInForm, Wish, field};
use crate::App;
use crate::controls::{Button, ButtonKind, FieldKind, Glyph, Icon, TextField, typed};
use crate::text::{Language, Word, text};

/// Says what Rapi is, and asks whether one is new.
#[component]
pub fn WelcomeScreen(
    view: OutsideView,
    now: ReadSignal<rapi_core::Timestamp>,
    on_wish: EventHandler<Wish>,
    on_language: EventHandler<Language>,
) -> Element {
    let text = text();
    rsx! {
        OutsideFrame { view: view.clone(), title: text.say(title(view.app)), lead: text.say(lead(view.app)), now, on_wish, on_language,
            ul { class: "promises",
                for (icon , what , why) in promises(view.app) {
                    li { key: "{what:?}", class: "row",
                        span { class: "line-icon", Glyph { icon: *icon, size: 22 } }
                        div { class: "grow",
                            p { class: "strong", {text.say(*what)} }
                            p { class: "small mute", {text.say(*why)} }
                        }
                    }
                }
            }
            div { class: "column welcome-ways",
                Button { kind: ButtonKind::Primary, label: text.say(Word::Register), on_press: move |()| on_wish.call(Wish::See(Page::Register)) }
                Button { kind: ButtonKind::Line, label: text.say(Word::SignIn), on_press: move |()| on_wish.call(Wish::See(Page::SignIn)) }
            }
        }
    }
}

/// Asks who it is.
#[component]
pub fn SignInScreen(
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
        let form = SignInForm::new(&typed(&event, field::WHO), typed(&event, field::PASSWORD));
        faults.set(form.faults());
        if faults.peek().is_empty() {
            on_wish.call(Wish::SignIn(form));
        }
    };
    rsx! {
        OutsideFrame { view: view.clone(), title: text.say(Word::SignInTitle), lead: text.say(lead(view.app)), now, on_wish, on_language,
            form { novalidate: true, aria_label: text.say(Word::SignInTitle), onsubmit: send,
                TextField { kind: FieldKind::Account, name: field::WHO, label: text.say(Word::SignInWho), fault: fault_of(&faults(), field::WHO) }
                TextField { kind: FieldKind::Password, name: field::PASSWORD, label: text.say(Word::SignInPassword), fault: fault_of(&faults(), field::PASSWORD) }
                Button { kind: ButtonKind::Submit, busy, label: text.say(if busy { Word::SigningIn } else { Word::SignIn }) }
            }
            div { class: "ways",
                WayTo { label: text.say(Word::ForgotPassword), page: Page::Forgot, on_wish }
                if view.app != App::Admin {
                    WayTo { label: text.say(Word::NoAccountYet), page: Page::Register, on_wish }
                }
            }
        }
    }
}

/// What Rapi is, to whoever stands at this door; whoever runs the floor is asked who she is at once.
const fn title(app: App) -> Word {
    match app {
        App::Client | App::Admin => Word::WelcomeTitle,
        App::Provider => Word::WelcomeTitleProvider,
    }
}

/// What one may count on: in two or three words, and in a sentence. Whoever runs the floor is not won over here.
const fn promises(app: App) -> &'static [(Icon, Word, Word)] {
    match app {
        App::Client => &[
            (Icon::ShieldCheck, Word::WelcomeClientChecked, Word::WelcomeClientCheckedWhy),
            (Icon::Timer, Word::WelcomeClientMinutes, Word::WelcomeClientMinutesWhy),
            (Icon::MapPin, Word::WelcomeClientSeen, Word::WelcomeClientSeenWhy),
        ],
        App::Provider => &[
            (Icon::BellRing, Word::WelcomeProviderNear, Word::WelcomeProviderNearWhy),
            (Icon::Timer, Word::WelcomeProviderMinutes, Word::WelcomeProviderMinutesWhy),
            (Icon::Wallet, Word::WelcomeProviderMoney, Word::WelcomeProviderMoneyWhy),
        ],
        App::Admin => &[],
    }
}

const fn lead(app: App) -> Word {
    match app {
        App::Client => Word::SignInLeadClient,
        App::Provider => Word::SignInLeadProvider,
        App::Admin => Word::SignInLeadAdmin,
    }
}
