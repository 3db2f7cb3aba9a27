//! Two processes on one PostgreSQL: when one dies with deadlines in its hands, the other does them when the lease is over, once.

use std::collections::BTreeMap;
use std::time::Duration;

use futures_util::future::join_all;
use serde_json::{Value, json};

use super::books::Books;
use super::errands::id_of;
use super::lives::{End, Lives};
use super::phones::Phone;
use crate::client::{Client, some_number};
use crate::harness::{fresh_database, has_postgres, until};
use crate::process::Place;

const ORDERS: usize = 12;
const LEASE: Duration = Duration::from_secs(2);
const GIVE_UP: Duration = Duration::from_secs(3);

/// Two backends on one database and one folder.
struct Two {
    place: Place,
    one: Lives,
    other: Lives,
    _dir: tempfile::TempDir,
}

impl Two {
    async fn prepare() -> Self {
        let (dir, url) = (tempfile::tempdir().unwrap(), fresh_database().await);
        let settings = [
            ("RAPI_DISPATCH__WAVE_INTERVAL_SECONDS", "1"),
            ("RAPI_DISPATCH__GIVE_UP_AFTER_SECONDS", "3"),
            ("RAPI_DEADLINES__LEASE_SECONDS", "2"),
        ];
        let place = Place::new(dir.path(), Some(&url), &settings);
        let (one, other) = (Lives::at(place.clone()).await, Lives::at(place.clone()).await);
        Self { place, one, other, _dir: dir }
    }
}

/// Deadlines of orders that nobody takes, asked for at a process that dies with one of them in its hands.
async fn the_other_does_what_a_dead_process_held(fail_point: &str) {
    if !has_postgres() {
        return;
    }
    let two = Two::prepare().await;
    let survivor = two.other.begin(None).await.unwrap();
    let mut doomed = two.one.begin(Some(fail_point)).await.unwrap();
    let client = two.other.house.client().await;
    let phone = Phone::new(&two.other, client.clone());
    let books = Books::open(&two.place).await;
    // Which of the two takes a deadline is chance: there are new ones until the doomed has taken one.
    let mut orders = Vec::new();
    let mut has_died = false;
    while !has_died && orders.len() < 6 * ORDERS {
        orders.extend(ask_both(&two, &client, orders.len()).await);
        has_died = doomed.dies_within(GIVE_UP).await;
    }
    assert!(has_died, "it never had a deadline in its hands");
    let held = books.count("SELECT COUNT(*) AS n FROM jobs WHERE leased_until > 0").await;
    assert!(held >= 1, "it died with nothing in its hands");
    for order in &orders {
        phone.hears_of(order, "CANCELLED", &Value::Null).await;
    }
    assert_eq!(books.count("SELECT COUNT(*) AS n FROM jobs WHERE kind LIKE 'orders.%'").await, 0);
    once_each(&books, &phone, &orders).await;
    in_time(&books).await;
    books.close().await;
    survivor.kill().await;
}

/// Asks for so many orders more, each first where it will die, then, with the same key, where it goes on.
async fn ask_both(two: &Two, client: &Client, from: usize) -> Vec<String> {
    let asked = (from..from + ORDERS).map(|number| async move {
        let body = json!({
            "custom_category_name": "Menata buku", "service_latitude": -6.26, "service_longitude": 106.81,
            "service_address": "Jl. Kemang Raya 12", "requested_time": "2026-11-20T02:00:00Z", "payment_method": "CASH",
        });
        for url in [&two.one.house.url, &client.url] {
            let call = client.http.post(format!("{url}/api/v1/orders")).bearer_auth(client.token.as_ref().unwrap());
            if let Ok(reply) = call.header("Idempotency-Key", format!("nomor-{number}")).json(&body).send().await {
                assert_eq!(reply.status().as_u16(), 201);
                return id_of(&reply.json().await.unwrap());
            }
        }
        panic!("nobody took the order")
    });
    join_all(asked).await
}

/// Each order was given up once, and the client was told so once.
async fn once_each(books: &Books, phone: &Phone, orders: &[String]) {
    for order in orders {
        let timeline = phone.get(&format!("orders/{order}/timeline")).await;
        let steps: Vec<_> = timeline.as_array().unwrap().iter().map(|step| step["to"].clone()).collect();
        assert_eq!(steps, ["PENDING", "CANCELLED"]);
    }
    let mut told = BTreeMap::<(String, String), usize>::new();
    for event in phone.heard().iter().filter(|event| event["type"] == "order.changed") {
        let word = |name: &str| event["data"][name].as_str().unwrap().to_owned();
        *told.entry((word("order_id"), word("status"))).or_default() += 1;
    }
    assert!(told.len() == 2 * orders.len() && told.values().all(|count| *count == 1), "{told:?}");
    let of_kind = "SELECT title, COUNT(*) AS n FROM notifications GROUP BY title";
    for row in books.rows(of_kind).await {
        assert_eq!(row.try_get::<i64>("", "n").unwrap(), i64::try_from(orders.len()).unwrap());
    }
}

/// No order waited longer than its search, one lease and the look that comes every second; with time for a busy machine.
async fn in_time(books: &Books) {
    let most = (GIVE_UP + LEASE + Duration::from_secs(5)).as_micros();
    let late = format!("SELECT COUNT(*) AS n FROM orders WHERE cancelled_time - broadcast_time > {most}");
    assert_eq!(books.count(&late).await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn deadlines_that_a_dead_process_had_claimed_are_done_by_the_other() {
    the_other_does_what_a_dead_process_held("deadline.claimed=abort@5").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn deadlines_that_a_dead_process_had_half_done_are_done_by_the_other() {
    the_other_does_what_a_dead_process_held("deadline.handled=abort@7").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_letter_whose_sender_died_is_sent_again_and_is_one_letter() {
    if !has_postgres() {
        return;
    }
    let two = Two::prepare().await;
    let doomed = two.one.begin(Some("message.sent=abort@1")).await.unwrap();
    let email = format!("baru{}@contoh.id", some_number());
    let body = json!({
        "full_name": "Rina Dewi", "email": email, "phone": format!("0813{:08}", some_number() % 100_000_000),
        "password": crate::client::PASSWORD, "user_type": "CLIENT",
    });
    two.one.house.stranger().post("auth/register", body).await.expect(201);
    let books = Books::open(&two.place).await;
    let waiting = "SELECT COUNT(*) AS n FROM jobs WHERE kind = 'users.message'";
    assert_eq!(doomed.end_within(Duration::from_secs(20)).await, End::FailPoint);
    assert_eq!(books.count(waiting).await, 1, "what was not committed still stands");
    let survivor = two.other.begin(None).await.unwrap();
    until("the other to send it", async || (books.count(waiting).await == 0).then_some(())).await;
    let letters = std::fs::read_dir(&two.one.house.outbox).unwrap().count();
    assert_eq!(letters, 1);
    let code = two.other.house.otp(&email, None).await;
    two.other.house.stranger().post("auth/otp/verify", json!({ "email": email, "otp_code": code })).await.expect(200);
    books.close().await;
    survivor.kill().await;
}
