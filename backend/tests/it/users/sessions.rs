//! Staying signed in: rotation, repetition, reuse; ending sessions.

use std::time::Duration;

use rapi_core::wire::events::Event;
use serde_json::{Value, json};

use super::{count, told};
use crate::client::{Client, PASSWORD};
use crate::harness::{Backend, on_both};

async fn refresh(person: &Client, token: &Value, key: &str) -> crate::client::Reply {
    person.post_once("auth/refresh", key, json!({ "refresh_token": token })).await
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_key_gets_the_same_successor_until_that_is_used() {
    on_both(async |engine| {
        let backend = Backend::start(engine).await;
        let mut person = backend.client().await;
        let first = json!(person.refresh_token);
        let second = refresh(&person, &first, "a").await.expect(200)["refresh_token"].clone();
        assert_ne!(second, first);
        assert_eq!(refresh(&person, &first, "a").await.expect(200)["refresh_token"], second);
        let answer = refresh(&person, &second, "b").await.expect(200);
        person.keep(&answer);
        person.get("me").await.expect(200);
        refresh(&person, &first, "a").await.refused(401, "token_reused");
        person.get("me").await.refused(401, "session_revoked");
        refresh(&person, &answer["refresh_token"], "c").await.refused(401, "session_revoked");
        backend.stop().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn any_other_reuse_ends_the_session_for_both() {
    on_both(async |engine| {
        let backend = Backend::start(engine).await;
        for (first_key, second_key) in [(Some("a"), Some("b")), (Some("a"), None), (None, Some("a")), (None, None)] {
            let person = backend.client().await;
            let body = json!({ "refresh_token": person.refresh_token });
            let call = async |key| person.call(reqwest::Method::POST, "auth/refresh", Some(body.clone()), key).await;
            call(first_key).await.expect(200);
            call(second_key).await.refused(401, "token_reused");
            person.get("me").await.refused(401, "session_revoked");
        }
        backend.stop().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn tokens_end_with_their_time() {
    on_both(async |engine| {
        let backend = Backend::with_manual_clock(engine).await;
        let old = backend.client().await;
        let (access_life, refresh_life) = {
            let auth = &backend.app().settings.auth;
            (auth.access_token_life(), auth.refresh_token_life())
        };
        let second = Duration::from_secs(1);
        backend.advance(access_life - second);
        old.get("me").await.expect(200);
        let mut person = old.clone();
        person.keep(&refresh(&old, &json!(old.refresh_token), "a").await.expect(200));
        backend.advance(second);
        old.get("me").await.refused(401, "token_expired");
        person.get("me").await.expect(200);
        backend.advance(refresh_life);
        refresh(&person, &json!(person.refresh_token), "b").await.refused(401, "token_expired");
        refresh(&person, &json!("bukan token"), "c").await.refused(401, "invalid_refresh_token");
        backend.stop().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn refresh_tokens_are_kept_as_fingerprints() {
    on_both(async |engine| {
        let backend = Backend::start(engine).await;
        let person = backend.client().await;
        let first = person.refresh_token.clone().unwrap();
        let answer = refresh(&person, &json!(first), "a").await.expect(200);
        let second = answer["refresh_token"].as_str().unwrap();
        let found =
            format!("SELECT COUNT(*) FROM refresh_tokens WHERE token IN ('{first}', '{second}') OR successor IN ('{first}', '{second}')");
        assert_eq!(count(&backend, &found).await, 0);
        assert_eq!(count(&backend, "SELECT COUNT(*) FROM refresh_tokens WHERE successor IS NOT NULL").await, 1);
        refresh(&person, &json!(second), "b").await.expect(200);
        assert_eq!(count(&backend, "SELECT COUNT(*) FROM refresh_tokens WHERE successor IS NOT NULL").await, 1, "the older one is wiped");
        backend.stop().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_is_ended_from_another_device_but_never_by_somebody_else() {
    on_both(async |engine| {
        let backend = Backend::start(engine).await;
        let phone = backend.client().await;
        let mut laptop = backend.stranger();
        laptop.sign_in(&phone.email, PASSWORD).await;
        let sessions = laptop.get("me/sessions").await.expect(200)["items"].clone();
        assert_eq!(sessions.as_array().unwrap().len(), 2);
        assert_eq!((&sessions[0]["is_current"], &sessions[1]["is_current"]), (&json!(true), &json!(false)));
        let of_phone = sessions[1]["id"].as_str().unwrap();
        let path = format!("me/sessions/{of_phone}");
        backend.client().await.delete(&path).await.refused(404, "not_found");
        phone.get("me").await.expect(200);
        laptop.delete(&path).await.expect(204);
        phone.get("me").await.refused(401, "session_revoked");
        laptop.delete(&path).await.refused(404, "not_found");
        told(&backend, &laptop, &Event::SessionRevoked { session_id: of_phone.parse().unwrap() }).await;
        let page = laptop.get("me/sessions?limit=1").await.expect(200);
        assert_eq!((page["items"].as_array().unwrap().len(), &page["next_cursor"]), (1, &Value::Null));
        backend.stop().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn signing_out_ends_the_session_and_can_be_repeated() {
    on_both(async |engine| {
        let backend = Backend::start(engine).await;
        let person = backend.client().await;
        let body = json!({ "refresh_token": person.refresh_token });
        for _ in 0..2 {
            person.post("auth/logout", body.clone()).await.expect(204);
        }
        person.get("me").await.refused(401, "session_revoked");
        person.post("auth/refresh", body).await.refused(401, "session_revoked");
        person.post("auth/logout", json!({ "refresh_token": "bukan token" })).await.expect(204);
        backend.stop().await;
    })
    .await;
}
