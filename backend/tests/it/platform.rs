//! What all modules stand on: events, deadlines, answers kept with their effects.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use async_trait::async_trait;
use rapi_backend::platform::answers::{self, Answer, Once};
use rapi_backend::platform::jobs::{self, Handler, Job, Turn, Worker};
use rapi_backend::platform::{ApiError, Tx, events};
use rapi_core::Id;
use rapi_core::wire::events::Event;
use uuid::Uuid;

use crate::harness::{Backend, on_both, until};

fn about(number: u128) -> Event {
    Event::NotificationNew { notification_id: Uuid::from_u128(number) }
}

#[tokio::test(flavor = "multi_thread")]
async fn each_person_gets_her_events_numbered_without_gaps() {
    on_both(async |engine| {
        let backend = Backend::start(engine).await;
        let app = backend.app();
        let people = [Id::new(Uuid::from_u128(1)), Id::new(Uuid::from_u128(2))];
        for number in 0..20 {
            let tx = app.db.write().await.unwrap();
            for person in people {
                events::tell(&tx, &app.ids, app.now(), person, &about(number));
            }
            if number % 3 == 0 { drop(tx) } else { tx.commit().await.unwrap() }
        }
        for person in people {
            let feed = until("13 events", async || {
                let feed = events::feed(&app.db, person, 0, 100).await.unwrap();
                (feed.len() == 13).then_some(feed)
            })
            .await;
            assert_eq!(feed.iter().map(|event| event.seq).collect::<Vec<_>>(), (1..=13).collect::<Vec<_>>());
            let told: Vec<_> = feed.iter().map(|event| event.event().unwrap()).collect();
            let meant: Vec<_> = (0..20).filter(|number| number % 3 != 0).map(about).collect();
            assert_eq!(told, meant, "what was rolled back was never told, the rest in order");
            assert_eq!(events::feed(&app.db, person, 10, 2).await.unwrap().len(), 2);
        }
        backend.stop().await;
    })
    .await;
}

/// Fails a few times, then does its work: writes an event.
struct Stubborn {
    failures: u32,
    tries: AtomicU32,
    backend: rapi_backend::app::AppState,
}

#[async_trait]
impl Handler for Stubborn {
    async fn run(&self, tx: &Tx, job: &Job) -> Result<(), ApiError> {
        let app = &self.backend;
        events::tell(tx, &app.ids, app.now(), Id::new(job.subject), &about(9));
        if self.tries.fetch_add(1, Ordering::SeqCst) < self.failures { Err(ApiError::internal("not yet")) } else { Ok(()) }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deadline_is_kept_until_its_work_is_done_once() {
    on_both(async |engine| {
        let backend = Backend::with_manual_clock(engine).await;
        let app = backend.app();
        let subject = Uuid::from_u128(7);
        let handler = Arc::new(Stubborn { failures: 2, tries: AtomicU32::new(0), backend: Arc::clone(app) });
        let handlers = HashMap::from([("test.stubborn", Arc::clone(&handler) as Arc<dyn Handler>)]);
        let worker = Worker { db: app.db.clone(), clock: Arc::clone(&app.clock), handlers, lease: Duration::from_secs(30) };
        let tx = app.db.write().await.unwrap();
        let due = app.now() + Duration::from_secs(3600);
        jobs::set(&tx, &app.ids, app.now(), "test.stubborn", subject, app.now(), serde_json::Value::Null);
        jobs::set(&tx, &app.ids, app.now(), "test.stubborn", subject, due, serde_json::Value::Null);
        tx.commit().await.unwrap();

        assert!(matches!(worker.turn().await.unwrap(), Turn::NothingDue { next: Some(_) }), "the later time replaced the earlier");
        backend.advance(Duration::from_secs(3600));
        for _ in 0..4 {
            worker.turn().await.unwrap();
            backend.advance(Duration::from_secs(70));
        }
        assert_eq!(handler.tries.load(Ordering::SeqCst), 3, "two failures, one success, no more");
        let feed = until("the event of the success", async || {
            let feed = events::feed(&app.db, Id::new(subject), 0, 10).await.unwrap();
            (!feed.is_empty()).then_some(feed)
        })
        .await;
        assert_eq!(feed.len(), 1, "what the failures wrote was rolled back");
        backend.stop().await;
    })
    .await;
}

/// Writes down in which order it was asked.
#[derive(Default)]
struct Asked(Mutex<Vec<u128>>);

#[async_trait]
impl Handler for Asked {
    async fn run(&self, _: &Tx, job: &Job) -> Result<(), ApiError> {
        self.0.lock().unwrap().push(job.subject.as_u128());
        Ok(())
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn deadlines_of_one_moment_are_done_in_the_order_in_which_they_were_set() {
    on_both(async |engine| {
        let backend = Backend::with_manual_clock(engine).await;
        let app = backend.app();
        let asked = Arc::new(Asked::default());
        let handlers = HashMap::from([("test.asked", Arc::clone(&asked) as Arc<dyn Handler>)]);
        let worker = Worker { db: app.db.clone(), clock: Arc::clone(&app.clock), handlers, lease: Duration::from_secs(30) };
        // The first five are set once more: that they have rows already changes nothing.
        for subject in (1..=10).chain(1..=5) {
            let tx = app.db.write().await.unwrap();
            jobs::set(&tx, &app.ids, app.now(), "test.asked", Uuid::from_u128(subject), app.now(), serde_json::Value::Null);
            tx.commit().await.unwrap();
        }
        worker.turn().await.unwrap();
        assert_eq!(*asked.0.lock().unwrap(), [6, 7, 8, 9, 10, 1, 2, 3, 4, 5]);
        backend.stop().await;
    })
    .await;
}

async fn spend(app: &rapi_backend::app::App, once: &Once, number: u128) -> Result<Answer, ApiError> {
    let tx = app.db.write().await?;
    if let Some(answer) = answers::begin(&tx, once, app.now()).await? {
        return Ok(answer);
    }
    events::tell(&tx, &app.ids, app.now(), Id::new(Uuid::from_u128(5)), &about(number));
    let answer = Answer { status: 201, body: format!("{{\"number\":{number}}}") };
    answers::keep(&tx, once, &answer, app.now()).await?;
    tx.commit().await?;
    Ok(answer)
}

#[tokio::test(flavor = "multi_thread")]
async fn ten_requests_at_once_under_one_key_have_one_effect_and_one_answer() {
    on_both(async |engine| {
        let backend = Backend::start(engine).await;
        let once = Once { caller: "ayu".into(), key: "k".into(), fingerprint: "f".into() };
        let tries: Vec<_> = (0..10)
            .map(|number| {
                let (app, once) = (Arc::clone(backend.app()), once.clone());
                tokio::spawn(async move { spend(&app, &once, number).await })
            })
            .collect();
        let mut answers = Vec::new();
        for attempt in tries {
            answers.push(attempt.await.unwrap().unwrap());
        }
        assert!(answers.iter().all(|answer| *answer == answers[0]), "{answers:?}");
        let app = backend.app();
        let other = Once { fingerprint: "g".into(), ..once.clone() };
        let refused = spend(app, &other, 99).await.unwrap_err();
        assert_eq!(refused.to_string(), "idempotency_key_reused: this Idempotency-Key was used for another request");
        let somebody_else = Once { caller: "wati".into(), ..once };
        spend(app, &somebody_else, 100).await.unwrap();
        let feed = until("both effects", async || {
            let feed = events::feed(&app.db, Id::new(Uuid::from_u128(5)), 0, 10).await.unwrap();
            (feed.len() >= 2).then_some(feed)
        })
        .await;
        assert_eq!(feed.len(), 2);
        backend.stop().await;
    })
    .await;
}
