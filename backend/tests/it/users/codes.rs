//! One-time codes: cool-down, tries, expiry; a new password.

use std::time::Duration;

use serde_json::json;

use super::{count, form, letter, new_code, other_than};
use crate::client::PASSWORD;
use crate::harness::{Backend, on_both};

const EMAIL: &str = "kode@contoh.id";

#[tokio::test(flavor = "multi_thread")]
async fn another_code_comes_after_a_minute_and_nobody_learns_who_is_known() {
    on_both(async |engine| {
        let backend = Backend::with_manual_clock(engine).await;
        let owner = backend.client().await;
        backend.advance(Duration::from_secs(60));
        let stranger = backend.stranger();
        stranger.post("auth/register", form(EMAIL, "081344445555")).await.expect(201);
        let first = backend.otp(EMAIL, None).await;
        let resend = async |email: &str| stranger.post("auth/otp/resend", json!({ "email": email })).await;
        backend.advance(Duration::from_secs(50));
        let early = resend(EMAIL).await;
        assert_eq!(early.headers["retry-after"], "10");
        early.refused(429, "slow_down");
        for email in [owner.email.as_str(), "hantu@contoh.id"] {
            resend(email).await.expect(204);
            resend(email).await.refused(429, "slow_down");
        }
        backend.advance(Duration::from_secs(10));
        resend(EMAIL).await.expect(204);
        let second = backend.otp(EMAIL, Some(&first)).await;
        stranger.post("auth/otp/verify", json!({ "email": EMAIL, "otp_code": second })).await.expect(200);
        stranger.post("auth/login", json!({ "email": EMAIL, "password": PASSWORD })).await.expect(200);
        backend.stop().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_is_good_for_five_minutes_and_five_tries() {
    on_both(async |engine| {
        let backend = Backend::with_manual_clock(engine).await;
        let stranger = backend.stranger();
        let verify = async |code: &str| stranger.post("auth/otp/verify", json!({ "email": EMAIL, "otp_code": code })).await;
        stranger.post("auth/register", form(EMAIL, "081344445555")).await.expect(201);
        let first = backend.otp(EMAIL, None).await;
        backend.advance(Duration::from_secs(300));
        verify(&first).await.refused(422, "otp_expired");

        stranger.post("auth/otp/resend", json!({ "email": EMAIL })).await.expect(204);
        let second = backend.otp(EMAIL, Some(&first)).await;
        for _ in 0..5 {
            verify(other_than(&second)).await.refused(422, "otp_wrong");
        }
        verify(&second).await.refused(422, "otp_too_many_tries");

        backend.advance(Duration::from_secs(60));
        stranger.post("auth/otp/resend", json!({ "email": EMAIL })).await.expect(204);
        let third = new_code(&backend, EMAIL, &[&first, &second]).await;
        verify(&third).await.expect(200);
        backend.stop().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_is_kept_nowhere_in_the_clear() {
    on_both(async |engine| {
        let backend = Backend::start(engine).await;
        backend.stranger().post("auth/register", form(EMAIL, "081344445555")).await.expect(201);
        let code = backend.otp(EMAIL, None).await;
        assert_eq!(
            count(&backend, &format!("SELECT COUNT(*) FROM otps WHERE otp_code LIKE '%{code}%' AND LENGTH(otp_code) < 64")).await,
            0
        );
        assert_eq!(count(&backend, &format!("SELECT COUNT(*) FROM otps WHERE identifier LIKE '%{EMAIL}%'")).await, 0);
        assert_eq!(count(&backend, "SELECT COUNT(*) FROM otps").await, 1);
        backend.stop().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn when_several_registered_a_resent_code_wakes_no_password() {
    on_both(async |engine| {
        let backend = Backend::with_manual_clock(engine).await;
        let stranger = backend.stranger();
        stranger.post("auth/register", form(EMAIL, "081344445555")).await.expect(201);
        stranger.post("auth/register", form(EMAIL, "081344445555")).await.expect(201);
        let first = backend.otp(EMAIL, None).await;
        let second = backend.otp(EMAIL, Some(&first)).await;
        backend.advance(Duration::from_secs(600));
        stranger.post("auth/otp/resend", json!({ "email": EMAIL })).await.expect(204);
        let code = new_code(&backend, EMAIL, &[&first, &second]).await;
        stranger.post("auth/otp/verify", json!({ "email": EMAIL, "otp_code": code })).await.expect(200);
        stranger.post("auth/login", json!({ "email": EMAIL, "password": PASSWORD })).await.refused(401, "invalid_credentials");
        backend.stop().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_password_ends_all_sessions() {
    on_both(async |engine| {
        let backend = Backend::start(engine).await;
        let person = backend.client().await;
        let stranger = backend.stranger();
        for email in [person.email.as_str(), "hantu@contoh.id", person.email.as_str()] {
            stranger.post("auth/password/forgot", json!({ "email": email })).await.expect(204);
        }
        let code = letter(&backend, &person.email, "Atur ulang").await["otp_code"].as_str().unwrap().to_owned();
        let reset = |code: &str, password: &str| json!({ "email": person.email, "otp_code": code, "new_password": password });
        stranger.post("auth/password/reset", reset(&code, "password123")).await.refused(422, "invalid_input");
        stranger.post("auth/password/reset", reset(other_than(&code), "sandi yang baru")).await.refused(422, "otp_wrong");
        stranger.post("auth/password/reset", reset(&code, "sandi yang baru")).await.expect(204);
        person.get("me").await.refused(401, "session_revoked");
        stranger.post("auth/password/reset", reset(&code, "sandi yang lain")).await.refused(422, "otp_expired");
        stranger.post("auth/login", json!({ "email": person.email, "password": PASSWORD })).await.refused(401, "invalid_credentials");
        stranger.post("auth/login", json!({ "email": person.email, "password": "sandi yang baru" })).await.expect(200);
        letter(&backend, &person.email, "diganti").await;
        backend.stop().await;
    })
    .await;
}
