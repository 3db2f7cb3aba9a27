//! What the screens draw.

use dioxus::prelude::*;

use super::*;
use crate::App;
use crate::drawn::drawn;
use crate::text::{Language, text};

fn sign_in(language: Language, state: SignInState) -> String {
    drawn(language, move || {
        let view = SignInView { app: App::Client, state: state.clone() };
        rsx! { SignInScreen { view, on_submit: |_| {}, on_language: |_| {} } }
    })
}

#[test]
fn the_form_is_asked_for_in_the_language_chosen() {
    let indonesian = sign_in(Language::Indonesian, SignInState::Idle);
    assert!(indonesian.contains("Kata sandi") && !indonesian.contains("Password"), "{indonesian}");
    let english = sign_in(Language::English, SignInState::Idle);
    assert!(english.contains("Password") && !english.contains("Kata sandi"), "{english}");
}

#[test]
fn every_field_has_its_label_and_what_password_managers_look_for() {
    let html = sign_in(Language::Indonesian, SignInState::Idle);
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
    let html = sign_in(Language::English, SignInState::Idle);
    let pressed = html.split("<button").find(|button| button.contains(r#"aria-pressed="true""#));
    assert!(pressed.is_some_and(|button| button.contains(r#"lang="en""#)), "{html}");
}

#[test]
fn a_refusal_is_said_at_once() {
    let html = sign_in(Language::English, SignInState::refused("invalid_credentials"));
    assert!(html.contains(r#"role="alert""#) && html.contains("Wrong email, phone number or password."), "{html}");
    let html = sign_in(Language::English, SignInState::Locked);
    assert!(html.contains("locked for a while"), "{html}");
}

#[test]
fn a_sent_form_shows_that_it_is_on_its_way() {
    let html = sign_in(Language::English, SignInState::Busy);
    assert!(html.contains(r#"aria-busy="true""#) && html.contains("Signing in…"), "{html}");
}

#[test]
fn choosing_a_language_changes_everything_drawn() {
    let html = drawn(Language::Indonesian, || {
        use_hook(|| text().choose(Language::English));
        let view = SignInView { app: App::Admin, state: SignInState::Idle };
        rsx! { SignInScreen { view, on_submit: |_| {}, on_language: |_| {} } }
    });
    assert!(html.contains("The workspace of the Rapi team.") && html.contains("Rapi Admin"), "{html}");
}
