//! Doing what somebody outside wants.

use std::time::Duration;

use dioxus::prelude::*;
use rapi_core::Timestamp;
use rapi_core::people::Email;
use rapi_core::wire::auth::{PasswordResetRequest, RegisterRequest};
use rapi_core::wire::people::UserSummary;
use rapi_engine::{Engine, EngineError, Intent};
use rapi_ui::App;
use rapi_ui::outside::{Attempt, OutsideView, Page, RegisterForm, ResetForm, SignInForm, WRONG_ROLE, Wish};
use rapi_ui::text::Word;

use crate::Speaking;

type Answer<T> = Result<T, EngineError>;

/// Does what is wanted and shows in `outside` how that goes. `now` tells the time; whoever gets in is spoken to as was chosen here.
pub fn grant(engine: Engine, speaking: Speaking, mut outside: Signal<OutsideView>, now: ReadSignal<Timestamp>, wish: Wish) {
    if let Wish::See(page) = wish {
        outside.with_mut(|view| (view.page, view.attempt) = (page, Attempt::Idle));
        return;
    }
    outside.with_mut(|view| view.attempt = Attempt::Busy);
    spawn(async move {
        let before = outside.peek().clone();
        let after = granted(&engine, &before, move || *now.peek(), wish).await;
        outside.set(after);
        let known = engine.snapshot();
        if let Some(news) = known.session.user().and_then(|user| speaking.news(user.language.known().copied())) {
            // It waits in the outbox; only an engine that is closed takes nothing in.
            drop(engine.submit(Intent::PatchMe(news)).await);
        }
    });
}

/// What is seen after `wish`, of whoever saw `before`.
pub(super) async fn granted(engine: &Engine, before: &OutsideView, now: impl Fn() -> Timestamp, wish: Wish) -> OutsideView {
    let there = |page, attempt| OutsideView { page, attempt, ..before.clone() };
    let sent = |page, attempt| OutsideView { page, attempt, sent_at: Some(now()), ..before.clone() };
    let outcome = match wish {
        Wish::See(page) => Ok(there(page, Attempt::Idle)),
        Wish::SignIn(form) => sign_in(engine, before, &now, form).await,
        Wish::Register(form) => {
            let email = form.email.clone();
            register(engine, before.app, form).await.map(|()| sent(Page::Confirm { email }, Attempt::Idle))
        }
        Wish::Confirm { email, code } => match engine.verify_otp(&email, &code).await {
            Ok(user) => admit(engine, before, &user).await,
            Err(error) => Err(error),
        },
        Wish::Resend { email } => {
            let again = match before.page {
                Page::Reset { .. } => engine.forgot_password(&email).await,
                _ => engine.resend_otp(&email).await,
            };
            again.map(|()| sent(before.page.clone(), Attempt::Done(Word::CodeSent)))
        }
        Wish::Forgot { email } => engine.forgot_password(&email).await.map(|()| sent(Page::Reset { email }, Attempt::Idle)),
        Wish::Reset(form) => reset(engine, before, &now, form).await,
    };
    outcome.unwrap_or_else(|error| there(before.page.clone(), refused(&error, now())))
}

/// Signs in; whoever has not proved her address gets another code and is asked for it.
async fn sign_in(engine: &Engine, before: &OutsideView, now: &impl Fn() -> Timestamp, form: SignInForm) -> Answer<OutsideView> {
    match engine.sign_in(&form.who, form.password.expose()).await {
        Ok(user) => admit(engine, before, &user).await,
        Err(EngineError::Api(problem)) if problem.code == "not_verified" && form.who.parse::<Email>().is_ok() => {
            // The last code may be too young for another one: then that one is still good.
            let sent_at = engine.resend_otp(&form.who).await.is_ok().then(now).or(before.sent_at);
            Ok(OutsideView { page: Page::Confirm { email: form.who }, attempt: Attempt::Idle, sent_at, ..before.clone() })
        }
        Err(error) => Err(error),
    }
}

/// A person of another app is out again before anything of hers is shown.
async fn admit(engine: &Engine, before: &OutsideView, user: &UserSummary) -> Answer<OutsideView> {
    if before.app.admits(user) {
        return Ok(OutsideView { page: Page::SignIn, attempt: Attempt::Idle, ..before.clone() });
    }
    // It fails only when the engine is closed: then nobody is signed in either.
    drop(engine.sign_out().await);
    Ok(OutsideView { attempt: Attempt::refused(WRONG_ROLE), ..before.clone() })
}

async fn register(engine: &Engine, app: App, form: RegisterForm) -> Answer<()> {
    let RegisterForm { name: full_name, email, phone, password } = form;
    engine.register(RegisterRequest { full_name, email, phone, password, user_type: app.serves() }).await.map(|_| ())
}

/// Sets the new password and signs in with it.
async fn reset(engine: &Engine, before: &OutsideView, now: &impl Fn() -> Timestamp, form: ResetForm) -> Answer<OutsideView> {
    let ResetForm { email, code, password } = form;
    let request = PasswordResetRequest { email: email.clone(), otp_code: code.into(), new_password: password.clone() };
    engine.reset_password(request).await?;
    let sign_in = sign_in(engine, before, now, SignInForm::new(&email, password)).await;
    // The password is set in any case.
    Ok(sign_in.unwrap_or_else(|_| OutsideView { page: Page::SignIn, attempt: Attempt::Done(Word::ResetDone), ..before.clone() }))
}

fn refused(error: &EngineError, now: Timestamp) -> Attempt {
    let seconds = match error {
        EngineError::Api(problem) => problem.retry_after,
        _ => None,
    };
    Attempt::Refused { code: error.code().to_owned(), until: seconds.map(|seconds| now + Duration::from_secs(seconds)) }
}
