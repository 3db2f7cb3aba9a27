//! The work timer: what is billed, what is refused, and what may be said twice.

use std::time::Duration;

use sea_orm::{ConnectionTrait, Statement};
use serde_json::{Value, json};

use crate::harness::{Backend, on_both, until};
use crate::jobs::{Job, MINUTE};

#[tokio::test(flavor = "multi_thread")]
async fn pauses_are_not_billed_and_each_started_minute_counts() {
    on_both(async |engine| {
        let backend = Backend::with_manual_clock(engine).await;
        let mut job = backend.at_the_door("CASH", None).await;
        assert_eq!(job.clock("start").await.expect(200)["status"], "STARTED");
        assert_eq!(job.place().await, ("IN_PROGRESS".to_owned(), json!("working")));
        job.pass(30 * MINUTE).await;
        assert_eq!(job.clock("pause").await.expect(200)["status"], "PAUSED");
        job.pass(10 * MINUTE).await;
        let resting = job.session().await;
        assert_eq!((&resting["elapsed_seconds"], &resting["running_cost"]), (&json!(1_800), &json!(6_000)));
        job.clock("resume").await.expect(200);
        job.pass(14 * MINUTE + Duration::from_secs(1)).await;
        let done = job.clock("stop").await.expect(200);
        assert_eq!(
            (&done["status"], &done["duration_minutes"], &done["elapsed_seconds"]),
            (&json!("COMPLETED"), &json!(45), &json!(2_641))
        );
        assert_eq!(done["pause_times"].as_array().unwrap().len(), 1);
        assert!(done["end_time"].is_string() && done["clock_unsure"] == false);

        let bill = job.bill().await;
        let amounts = ["base_amount", "platform_fee", "service_fee", "discount", "total_amount", "provider_earnings"];
        assert_eq!(amounts.map(|name| bill[name].as_i64().unwrap()), [9_000, 900, 0, 0, 9_000, 8_100]);
        assert_eq!(job.place().await, ("IN_PROGRESS".to_owned(), json!("awaiting_payment")));
        let order = job.client.get(&format!("orders/{}", job.order)).await.expect(200);
        assert_eq!((&order["duration_minutes"], &order["total_amount"]), (&json!(45), &json!(9_000)));
        backend.stop().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_is_said_twice_is_done_once() {
    on_both(async |engine| {
        let backend = Backend::with_manual_clock(engine).await;
        let mut job = backend.at_the_door("CASH", None).await;
        for step in ["start", "pause", "resume", "stop"] {
            let first = job.clock(step).await.expect(200);
            assert_eq!(job.clock(step).await.expect(200), first, "{step}");
            if step != "stop" {
                job.pass(5 * MINUTE).await;
            }
        }
        assert_eq!(job.session().await["duration_minutes"], 10);
        assert_eq!(count(&backend, "work_events").await, 4);
        assert_eq!(job.bill().await["payment_history"].as_array().unwrap().len(), 1);
        backend.stop().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn ten_starts_and_ten_stops_at_once_are_one_session_and_one_bill() {
    on_both(async |engine| {
        let backend = Backend::with_manual_clock(engine).await;
        let mut job = backend.at_the_door("CASH", None).await;
        for step in ["start", "stop"] {
            let replies = futures_util::future::join_all((0..10).map(|_| job.clock(step))).await;
            assert!(replies.iter().all(|reply| reply.status == 200), "{replies:?}");
            job.pass(MINUTE).await;
        }
        assert_eq!((count(&backend, "work_events").await, count(&backend, "payments").await), (2, 1));
        assert_eq!(crate::jobs::wallet(&job.provider).await, [0, 180, 0]);
        backend.stop().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_does_not_fit_is_refused() {
    on_both(async |engine| {
        let backend = Backend::with_manual_clock(engine).await;
        let job = backend.at_the_door("CASH", None).await;
        for step in ["pause", "resume", "stop"] {
            job.clock(step).await.refused(409, "invalid_transition");
        }
        job.client.get(&format!("orders/{}/work-session", job.order)).await.refused(404, "not_found");
        let start = format!("orders/{}/work-session/start", job.order);
        job.client.post(&start, json!({})).await.refused(403, "wrong_role");
        backend.person("SERVICE_PROVIDER").await.post(&start, json!({})).await.refused(404, "not_found");
        job.provider.post(&start, json!({ "occurred_at": "kemarin" })).await.refused(422, "invalid_input");
        job.clock("start").await.expect(200);
        job.clock("resume").await.refused(409, "work_not_paused");
        job.clock("stop").await.expect(200);
        for step in ["pause", "resume"] {
            job.clock(step).await.refused(409, "work_stopped");
        }
        backend.stop().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn times_from_the_phone_are_held_between_what_came_before_and_now() {
    on_both(async |engine| {
        let backend = Backend::with_manual_clock(engine).await;
        let mut job = backend.at_the_door("CASH", None).await;
        let arrived = backend.now();
        job.pass(5 * MINUTE).await;
        let at = async |job: &Job<'_>, step: &str, time: String| {
            job.provider.post(&format!("orders/{}/work-session/{step}", job.order), json!({ "occurred_at": time })).await.expect(200)
        };
        let started = at(&job, "start", "2001-01-01T00:00:00Z".to_owned()).await;
        assert_eq!(started["start_time"], arrived.to_string(), "she cannot have begun before she arrived");
        job.pass(5 * MINUTE).await;
        let paused = at(&job, "pause", (backend.now() - 2 * MINUTE).to_string()).await;
        assert_eq!(paused["elapsed_seconds"], 480);
        assert_eq!(paused["clock_unsure"], true, "nobody but the phone vouches for these times");
        let stopped = at(&job, "stop", "2999-01-01T00:00:00Z".to_owned()).await;
        assert_eq!((&stopped["end_time"], &stopped["duration_minutes"]), (&json!(backend.now().to_string()), &json!(8)));
        backend.stop().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn each_side_writes_its_own_notes_and_reads_both() {
    on_both(async |engine| {
        let backend = Backend::with_manual_clock(engine).await;
        let job = backend.at_the_door("CASH", None).await;
        let path = format!("orders/{}/work-session", job.order);
        job.provider.patch(&path, json!({ "provider_notes": "dini" })).await.refused(404, "not_found");
        job.clock("start").await.expect(200);
        job.provider.patch(&path, json!({ "provider_notes": "Kaca dapur retak sebelumnya" })).await.expect(200);
        job.provider.patch(&path, json!({ "client_notes": "x" })).await.refused(403, "not_yours");
        job.client.patch(&path, json!({ "provider_notes": "x" })).await.refused(403, "not_yours");
        let notes = job.client.patch(&path, json!({ "client_notes": "Tolong kamar mandi dulu" })).await.expect(200);
        assert_eq!(
            (&notes["provider_notes"], &notes["client_notes"]),
            (&json!("Kaca dapur retak sebelumnya"), &json!("Tolong kamar mandi dulu"))
        );
        backend.admin().await.patch(&path, json!({ "client_notes": "x" })).await.refused(403, "not_yours");
        backend.client().await.patch(&path, json!({ "client_notes": "x" })).await.refused(404, "not_found");
        job.client.patch(&path, json!({ "client_notes": "\u{0}" })).await.refused(422, "invalid_input");
        backend.stop().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn both_sides_hear_of_each_change() {
    on_both(async |engine| {
        let backend = Backend::with_manual_clock(engine).await;
        let job = backend.at_the_door("CASH", None).await;
        for step in ["start", "pause", "stop"] {
            job.clock(step).await.expect(200);
        }
        for person in [&job.client, &job.provider] {
            let heard = until("the events of the work", async || {
                let feed = person.get("me/events").await.expect(200);
                let mut of_work: Vec<Value> = feed["items"].as_array().unwrap().clone();
                of_work.retain(|event| event["type"] == "work_session.changed");
                (of_work.len() == 3).then_some(of_work)
            });
            let mut statuses: Vec<_> = heard.await.iter().map(|event| event["data"]["status"].as_str().unwrap().to_owned()).collect();
            statuses.sort();
            assert_eq!(statuses, ["COMPLETED", "PAUSED", "STARTED"]);
        }
        backend.stop().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_bill_stops_at_the_clients_cap_and_both_are_warned_on_the_way() {
    on_both(async |engine| {
        let backend = Backend::with_manual_clock(engine).await;
        // 50 minutes at Rp200: 80 % begin with the 40th, all of it with the 50th.
        let mut job = backend.at_the_door("CASH", Some(10_000)).await;
        job.clock("start").await.expect(200);
        job.pass(30 * MINUTE).await;
        assert_eq!(warned(&backend).await, 0);
        job.clock("pause").await.expect(200);
        job.pass(60 * MINUTE).await;
        job.clock("resume").await.expect(200);
        job.pass(9 * MINUTE).await;
        assert_eq!((warned(&backend).await, count_of(&backend, "SELECT COUNT(*) AS n FROM jobs WHERE kind = 'timer.cap'").await), (0, 1));
        job.pass(Duration::from_secs(1)).await;
        until("the warning at 80 %", async || (warned(&backend).await == 80).then_some(())).await;
        job.pass(10 * MINUTE).await;
        until("the warning at 100 %", async || (warned(&backend).await == 100).then_some(())).await;
        for person in [&job.client, &job.provider] {
            let inbox = person.get("notifications").await.expect(200);
            let mut percents: Vec<i64> =
                inbox["items"].as_array().unwrap().iter().filter_map(|notice| notice["data"]["percent"].as_i64()).collect();
            percents.sort_unstable();
            assert_eq!(percents, [80, 100], "each is warned once");
        }
        job.pass(30 * MINUTE).await;
        assert_eq!(job.session().await["running_cost"], 10_000);
        job.clock("stop").await.expect(200);
        assert_eq!(job.bill().await["base_amount"], 10_000);
        assert_eq!(count_of(&backend, "SELECT COUNT(*) AS n FROM jobs WHERE kind = 'timer.cap'").await, 0);
        backend.stop().await;
    })
    .await;
}

async fn warned(backend: &Backend) -> i64 {
    count_of(backend, "SELECT CAST(cap_warned_percent AS BIGINT) AS n FROM work_sessions").await
}

async fn count(backend: &Backend, table: &str) -> i64 {
    count_of(backend, &format!("SELECT COUNT(*) AS n FROM {table}")).await
}

async fn count_of(backend: &Backend, sql: &str) -> i64 {
    let db = backend.app().db.read();
    let statement = Statement::from_string(db.get_database_backend(), sql);
    db.query_one_raw(statement).await.unwrap().unwrap().try_get("", "n").unwrap()
}
