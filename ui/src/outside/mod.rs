//! Outside: what somebody sees who is not signed in. Welcome, signing in, an account, a forgotten password.

mod complaint;
mod forms;
mod frame;
mod model;
mod password;
mod register;
mod sign_in;
mod wish;

use dioxus::prelude::*;

use self::password::{ForgotScreen, ResetScreen};
use self::register::{ConfirmScreen, RegisterScreen};
use self::sign_in::{SignInScreen, WelcomeScreen};
use crate::text::Language;

pub use complaint::{Complaint, WRONG_ROLE};
pub use forms::{Faults, RegisterForm, ResetForm, SignInForm, code_fault, email_fault, field};
pub use model::{Attempt, OutsideView, Page};
pub use wish::Wish;

/// The screen that `view` says; hands up what is wanted.
#[component]
pub fn Outside(
    view: OutsideView,
    now: ReadSignal<rapi_core::Timestamp>,
    on_wish: EventHandler<Wish>,
    on_language: EventHandler<Language>,
) -> Element {
    match view.page.clone() {
        Page::Welcome => rsx! { WelcomeScreen { view, now, on_wish, on_language } },
        Page::SignIn => rsx! { SignInScreen { view, now, on_wish, on_language } },
        Page::Register => rsx! { RegisterScreen { view, now, on_wish, on_language } },
        Page::Confirm { email } => rsx! { ConfirmScreen { view, email, now, on_wish, on_language } },
        Page::Forgot => rsx! { ForgotScreen { view, now, on_wish, on_language } },
        Page::Reset { email } => rsx! { ResetScreen { view, email, now, on_wish, on_language } },
    }
}

#[cfg(test)]
mod tests;
