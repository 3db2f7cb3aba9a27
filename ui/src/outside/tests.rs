//! What the screens draw.

use dioxus::prelude::*;
use rapi_core::Timestamp;

use super::*;
use crate::App;
use crate::drawn::drawn;
use crate::text::{Language, text};

fn outside(language: Language, page: Page, attempt: Attempt) -> String {
    drawn(language, move || {
        let now = use_signal(Timestamp::default);
        let view = OutsideView { page: page.clone(), attempt: attempt.clone(), ..OutsideView::first(App::Client) };
        rsx! { Outside { view, now, on_wish: |_| {}, on_language: |_| {} } }
    })
}

fn sign_in(language: Language, attempt: Attempt) -> String {
    outside(language, Page::SignIn, attempt)
}

#[test]
fn the_form_is_asked_for_in_the_language_chosen() {
    let indonesian = sign_in(Language::Indonesian, Attempt::Idle);
    assert!(indonesian.contains("Kata sandi") && !indonesian.contains("Password"), "{indonesian}");
    let english = sign_in(Language::English, Attempt::Idle);
    assert!(english.contains("Password") && !english.contains("Kata sandi"), "{english}");
}

#[test]
fn every_field_has_its_label_and_what_password_managers_look_for() {
    let html = sign_in(Language::Indonesian, Attempt::Idle);
    for part in [
        r#"for="field-who""#,
        r#"id="field-who""#,
        r#"for="field-password""#,
        r#"id="field-password""#,
        r#"autocomplete="username""#,
        r#"autocomplete="current-password""#,
        r#"type="password""#,
        r#"type="submit""#,
        r#"aria-label="Lihat kata sandi""#,
    ] {
        assert!(html.contains(part), "{part} in {html}");
    }
    assert!(!html.contains("role=\"alert\""), "{html}");
}

#[test]
fn the_chosen_language_is_the_pressed_one() {
    let html = sign_in(Language::English, Attempt::Idle);
    let pressed = html.split("<button").find(|button| button.contains(r#"aria-pressed="true""#));
    assert!(pressed.is_some_and(|button| button.contains(r#"lang="en""#)), "{html}");
}

#[test]
fn a_refusal_is_said_at_once() {
    let html = sign_in(Language::English, Attempt::refused("invalid_credentials"));
    assert!(html.contains(r#"role="alert""#) && html.contains("Wrong email, phone number or password."), "{html}");
}

#[test]
fn a_locked_account_says_how_long_it_is_locked() {
    let until = Timestamp::default() + std::time::Duration::from_secs(29 * 60 + 5);
    let html = sign_in(Language::English, Attempt::Refused { code: "account_locked".into(), until: Some(until) });
    assert!(html.contains("29:05"), "{html}");
}

#[test]
fn a_sent_form_shows_that_it_is_on_its_way() {
    let html = sign_in(Language::English, Attempt::Busy);
    assert!(html.contains(r#"aria-busy="true""#) && html.contains("Signing in…"), "{html}");
}

#[test]
fn the_address_that_the_code_went_to_is_said() {
    let html = outside(Language::Indonesian, Page::Confirm { email: "siti@example.com".into() }, Attempt::Idle);
    assert!(html.contains("siti@example.com") && html.contains(r#"autocomplete="one-time-code""#), "{html}");
}

#[test]
fn choosing_a_language_changes_everything_drawn() {
    let html = drawn(Language::Indonesian, || {
        use_hook(|| text().choose(Language::English));
        let now = use_signal(Timestamp::default);
        rsx! { Outside { view: OutsideView::first(App::Admin), now, on_wish: |_| {}, on_language: |_| {} } }
    });
    assert!(html.contains("The workspace of the Rapi team.") && html.contains("Rapi Admin"), "{html}");
}
