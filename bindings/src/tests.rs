//! The surface as Kotlin and Swift see it, from Rust.

use std::path::Path;
use std::sync::Arc;

use tokio::sync::mpsc;

use super::*;

/// Nobody listens at this port of the discard protocol.
const NOWHERE: &str = "http://127.0.0.1:9";

fn settings(folder: &Path) -> EngineSettings {
    EngineSettings {
        api_url: NOWHERE.into(),
        data_dir: folder.to_string_lossy().into_owned(),
        device_id: "a-phone".into(),
        platform: Platform::Android,
        device_name: None,
    }
}

struct Heard(mpsc::UnboundedSender<SessionSnapshot>);

impl SnapshotListener for Heard {
    fn on_snapshot(&self, snapshot: SessionSnapshot) {
        // Nobody may be left to hear it.
        let _ = self.0.send(snapshot);
    }
}

fn signed_out() -> SessionSnapshot {
    SessionSnapshot { person: None, ended_because: None, reach: Reach::Offline, pending: 0 }
}

#[tokio::test]
async fn a_new_engine_knows_nobody() {
    let dir = tempfile::tempdir().unwrap();
    let engine = RapiEngine::open(settings(dir.path())).await.unwrap();
    assert_eq!(engine.snapshot(), signed_out());
    engine.close().await;
}

#[tokio::test]
async fn a_folder_can_be_opened_again_after_it_was_closed() {
    let dir = tempfile::tempdir().unwrap();
    for _ in 0..2 {
        let engine = RapiEngine::open(settings(dir.path())).await.unwrap();
        engine.close().await;
    }
}

#[tokio::test]
async fn a_folder_that_cannot_be_used_is_refused() {
    let dir = tempfile::tempdir().unwrap();
    let in_the_way = dir.path().join("file");
    std::fs::write(&in_the_way, "no folder").unwrap();
    let opened = RapiEngine::open(settings(&in_the_way)).await;
    assert!(matches!(opened, Err(RapiError::Storage { .. })));
}

#[tokio::test]
async fn a_listener_is_told_at_once_until_another_takes_its_place() {
    let dir = tempfile::tempdir().unwrap();
    let engine = RapiEngine::open(settings(dir.path())).await.unwrap();
    let (first, mut heard_first) = mpsc::unbounded_channel();
    engine.set_listener(Some(Arc::new(Heard(first))));
    assert_eq!(heard_first.recv().await, Some(signed_out()));
    let (second, mut heard_second) = mpsc::unbounded_channel();
    engine.set_listener(Some(Arc::new(Heard(second))));
    assert_eq!(heard_second.recv().await, Some(signed_out()));
    assert_eq!(heard_first.recv().await, None, "the first listener was let go");
    engine.close().await;
    assert_eq!(heard_second.try_recv(), Err(mpsc::error::TryRecvError::Disconnected), "closing waits for the listener to be let go");
}

#[tokio::test]
async fn without_a_backend_signing_in_says_so() {
    let dir = tempfile::tempdir().unwrap();
    let engine = RapiEngine::open(settings(dir.path())).await.unwrap();
    assert_eq!(engine.sign_in("siti@example.com".into(), "rahasia".into()).await, Err(RapiError::Network));
    assert_eq!(engine.snapshot(), signed_out());
    engine.close().await;
}

#[tokio::test]
async fn a_closed_engine_says_so() {
    let dir = tempfile::tempdir().unwrap();
    let engine = RapiEngine::open(settings(dir.path())).await.unwrap();
    engine.close().await;
    engine.close().await;
    assert_eq!(engine.sign_out().await, Err(RapiError::Closed));
}
