//! The engine without a backend: what it keeps, and what it says.

use std::path::Path;
use std::sync::Arc;

use rapi_core::session::{Checkpoint, TokenSet};
use rapi_core::values::Order;
use rapi_core::wire::people::{AvailabilityRequest, DeviceType, Language, UserSummary, UserType, VerificationStatus};
use rapi_core::wire::work::WorkNotesRequest;
use rapi_core::{Id, Timestamp};
use uuid::Uuid;

use super::session::KeptSession;
use crate::{
    Clock, Connection, Draft, Engine, EngineConfig, EngineError, FileSecretStore, Host, Intent, SecretStore, SessionState, SystemClock,
};

/// An address where nobody listens.
fn nowhere() -> String {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    format!("http://{}", listener.local_addr().unwrap())
}

pub(super) fn config(dir: &Path) -> EngineConfig {
    EngineConfig {
        api_url: nowhere(),
        data_dir: dir.to_owned(),
        device_id: "test".into(),
        device_type: DeviceType::Desktop,
        device_name: None,
    }
}

pub(super) fn provider() -> UserSummary {
    UserSummary {
        id: Id::new(Uuid::from_u128(1)),
        full_name: "Wati".into(),
        email: "wati@example.id".into(),
        phone: None,
        user_type: UserType::ServiceProvider.into(),
        profile_photo: None,
        language: Language::Indonesian.into(),
        is_verified: true,
        verification_status: VerificationStatus::Approved.into(),
    }
}

/// Leaves a session in `dir` as an engine would.
pub(super) fn sign_in(dir: &Path, user: UserSummary) {
    let obtained_at = SystemClock::default().now();
    let tokens =
        TokenSet { access_token: "a".into(), refresh_token: "r".into(), expires_in: std::time::Duration::from_secs(900), obtained_at };
    let kept = KeptSession { session: Checkpoint { tokens: Some(tokens), attempt: None }, user: Some(user) };
    FileSecretStore::new(dir.join("session.secret")).save(&serde_json::to_vec(&kept).unwrap()).unwrap();
}

async fn open(dir: &Path) -> Engine {
    Engine::open(config(dir), Host::system(dir)).await.unwrap()
}

fn order() -> Id<Order> {
    Id::new(Uuid::from_u128(9))
}

fn work() -> [Intent; 5] {
    let availability = AvailabilityRequest { is_available: true, latitude: None, longitude: None };
    let id = order();
    [Intent::Depart(id), Intent::Arrive(id), Intent::SetAvailability(availability), Intent::StartWork(id), Intent::StopWork(id)]
}

fn asked(engine: &Engine) -> Vec<(Uuid, String, Timestamp)> {
    engine.snapshot().pending.iter().map(|pending| (pending.key.0, pending.what.clone(), pending.submitted_at)).collect()
}

#[tokio::test]
async fn what_was_asked_for_without_network_is_still_asked_for_after_a_crash_and_in_the_same_order() {
    let dir = tempfile::tempdir().unwrap();
    sign_in(dir.path(), provider());
    let engine = open(dir.path()).await;
    let mut keys = Vec::new();
    for intent in work() {
        keys.push(engine.submit(intent).await.unwrap().0);
    }
    let before = asked(&engine);
    assert_eq!(before.iter().map(|(key, ..)| *key).collect::<Vec<_>>(), keys);
    assert_eq!(before.iter().map(|(_, what, _)| what.as_str()).collect::<Vec<_>>(), work().each_ref().map(Intent::what));
    // Dropped, not closed.
    drop(engine);
    let engine = open(dir.path()).await;
    assert_eq!(asked(&engine), before);
    assert_eq!(engine.snapshot().session, SessionState::SignedIn(provider()));
    engine.close().await;
}

#[tokio::test]
async fn notes_that_wait_are_listed_with_their_words_also_after_a_restart() {
    let dir = tempfile::tempdir().unwrap();
    sign_in(dir.path(), provider());
    let engine = open(dir.path()).await;
    let request = WorkNotesRequest { provider_notes: Some("Kran diganti.".into()), client_notes: None };
    engine.submit(Intent::Depart(order())).await.unwrap();
    engine.submit(Intent::WorkNotes { order: order(), request }).await.unwrap();
    engine.close().await;
    let engine = open(dir.path()).await;
    let notes: Vec<Option<String>> = engine.snapshot().pending.iter().map(|pending| pending.notes.clone()).collect();
    assert_eq!(notes, [None, Some("Kran diganti.".into())]);
    engine.close().await;
}

#[tokio::test]
async fn another_person_sees_nothing_of_the_last_one() {
    let dir = tempfile::tempdir().unwrap();
    sign_in(dir.path(), provider());
    let engine = open(dir.path()).await;
    engine.submit(Intent::Depart(order())).await.unwrap();
    engine.close().await;
    sign_in(dir.path(), UserSummary { id: Id::new(Uuid::from_u128(2)), ..provider() });
    let engine = open(dir.path()).await;
    assert_eq!(asked(&engine), []);
    engine.close().await;
}

#[tokio::test]
async fn signing_out_without_network_forgets_tokens_and_intents_and_refuses_new_ones() {
    let dir = tempfile::tempdir().unwrap();
    sign_in(dir.path(), provider());
    let engine = open(dir.path()).await;
    engine.submit(Intent::Depart(order())).await.unwrap();
    engine.sign_out().await.unwrap();
    assert_eq!(engine.snapshot().session, SessionState::SignedOut { reason: None });
    assert_eq!(asked(&engine), []);
    assert!(matches!(engine.submit(Intent::Depart(order())).await, Err(EngineError::NotSignedIn)));
    assert!(matches!(engine.api().me().await, Err(EngineError::NotSignedIn)));
    engine.close().await;
    assert!(FileSecretStore::new(dir.path().join("session.secret")).load().unwrap().is_none());
    assert_eq!(asked(&open(dir.path()).await), []);
}

#[tokio::test]
async fn without_network_the_engine_says_so_and_calls_fail_instead_of_hanging() {
    let dir = tempfile::tempdir().unwrap();
    sign_in(dir.path(), provider());
    let engine = open(dir.path()).await;
    engine.wait_for(|snapshot| snapshot.connection == Connection::Offline).await;
    assert!(matches!(engine.api().me().await, Err(EngineError::Network)));
    assert!(matches!(engine.sign_in("wati@example.id", "long enough").await, Err(EngineError::Network)));
    engine.close().await;
}

#[tokio::test]
async fn a_closed_engine_answers_that_it_is_closed() {
    let dir = tempfile::tempdir().unwrap();
    let engine = open(dir.path()).await;
    let other = engine.clone();
    assert_eq!(other.snapshot().session, SessionState::SignedOut { reason: None });
    engine.close().await;
    assert!(matches!(other.submit(Intent::ReadAllNotifications).await, Err(EngineError::Closed)));
    assert!(matches!(other.sign_out().await, Err(EngineError::Closed)));
}

#[tokio::test]
async fn a_secret_that_makes_no_sense_is_nobody_signed_in() {
    let dir = tempfile::tempdir().unwrap();
    let host = Host { secrets: Arc::new(FileSecretStore::new(dir.path().join("session.secret"))), ..Host::system(dir.path()) };
    host.secrets.save(b"not json").unwrap();
    let engine = Engine::open(config(dir.path()), host).await.unwrap();
    assert_eq!(engine.snapshot().session, SessionState::SignedOut { reason: None });
    engine.close().await;
}

#[tokio::test]
async fn a_form_is_kept_across_restarts_until_it_is_needed_no_more_or_its_person_leaves() {
    let dir = tempfile::tempdir().unwrap();
    sign_in(dir.path(), provider());
    let filled_in = serde_json::json!({ "nik": "3171" });
    let engine = open(dir.path()).await;
    assert_eq!(engine.draft(Draft::Verification).await.unwrap(), None);
    engine.keep_draft(Draft::Verification, Some(filled_in.clone()));
    engine.close().await;

    let engine = open(dir.path()).await;
    assert_eq!(engine.draft(Draft::Verification).await.unwrap(), Some(filled_in.clone()));
    engine.keep_draft(Draft::Verification, None);
    assert_eq!(engine.draft(Draft::Verification).await.unwrap(), None);
    engine.keep_draft(Draft::Verification, Some(filled_in.clone()));
    engine.sign_out().await.unwrap();
    assert_eq!(engine.draft(Draft::Verification).await.unwrap(), None);
    engine.keep_draft(Draft::Verification, Some(filled_in));
    assert_eq!(engine.draft(Draft::Verification).await.unwrap(), None, "of nobody nothing is kept");
    engine.close().await;
}
