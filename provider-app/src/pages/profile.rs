//! One's own account, with what only providers have.

use dioxus::prelude::*;
use rapi_app_shell::pages::ProfilePage;
use rapi_ui::controls::{Icon, ListLine};
use rapi_ui::text::{Word, text};

use crate::route::Route;

/// The account, and the ways to the public profile and the identity check.
#[component]
pub fn Profile() -> Element {
    let (text, navigator) = (text(), navigator());
    rsx! {
        ProfilePage {
            more: rsx! {
                ListLine {
                    icon: Icon::Briefcase,
                    title: text.say(Word::HomeProfile),
                    detail: text.say(Word::HomeProfileAdvice),
                    on_open: move |()| { navigator.push(Route::ProviderProfile {}); },
                }
                ListLine {
                    icon: Icon::ShieldCheck,
                    title: text.say(Word::VerifyTitle),
                    on_open: move |()| { navigator.push(Route::Verification {}); },
                }
            },
        }
    }
}
