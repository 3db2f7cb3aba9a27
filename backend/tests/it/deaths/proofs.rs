//! What must hold after a storm: everything acknowledged is there, and once.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use rapi_backend::platform::{Clock as _, SystemClock};
use sea_orm::prelude::Json;
use serde_json::{Value, json};
use uuid::Uuid;

use super::books::Books;
use super::errands::{Errand, Pair, id_of};
use super::lives::Lives;
use super::phones::Phone;
use crate::harness::until;

/// Where an order goes, stage by stage.
const WAY: [(&str, Option<&str>); 8] = [
    ("PENDING", None),
    ("ACCEPTED", None),
    ("ON_THE_WAY", None),
    ("ARRIVED", None),
    ("IN_PROGRESS", Some("working")),
    ("IN_PROGRESS", Some("awaiting_payment")),
    ("IN_PROGRESS", Some("awaiting_rating")),
    ("COMPLETED", None),
];

pub async fn nothing_is_lost(lives: &Lives, books: &Books, pairs: &[Pair]) {
    for pair in pairs {
        if let Some(lonely) = &pair.lonely() {
            pair.client.hears_of(lonely, "CANCELLED", &Value::Null).await;
        }
    }
    no_deadline_is_left(books).await;
    for pair in pairs {
        let errands = pair.errands.lock().unwrap().clone();
        for errand in &errands {
            the_order_is_whole(pair, errand, books).await;
        }
        nobody_came(pair).await;
        the_money_is_right(pair, &errands).await;
        files_are_whole(&pair.client).await;
        for phone in [&pair.client, &pair.provider] {
            the_feed_is_whole(phone).await;
        }
        each_move_was_told_once(pair, &errands);
        everybody_got_a_letter(lives, pair).await;
    }
    nothing_was_done_twice(books, pairs).await;
}

/// Nothing is overdue, and nothing waits for orders that have ended.
async fn no_deadline_is_left(books: &Books) {
    let due = || format!("SELECT COUNT(*) AS n FROM jobs WHERE due_at < {}", SystemClock.now().micros() - 1_000_000);
    until("the last deadline", async || (books.count(&due()).await == 0).then_some(())).await;
    let left = "SELECT COUNT(*) AS n FROM jobs WHERE kind LIKE 'orders.%' OR kind LIKE 'payments.%' OR kind LIKE 'users.%'";
    assert_eq!(books.count(left).await, 0, "a deadline of something that has ended");
    assert_eq!(books.count("SELECT COUNT(*) AS n FROM events WHERE seq IS NULL").await, 0, "an event that nobody was told of");
}

/// Every acknowledged move, bill, payment, rating and position of a journey is there.
async fn the_order_is_whole(pair: &Pair, errand: &Errand, books: &Books) {
    let id = &errand.order;
    let order = pair.client.get(&format!("orders/{id}")).await;
    assert_eq!((&order["status"], &order["provider"]["id"]), (&json!("COMPLETED"), &json!(pair.provider.who.id)), "{order}");
    assert_eq!(order["rating"]["rating"], if errand.is_rated { json!(4) } else { Value::Null });
    let timeline = pair.client.get(&format!("orders/{id}/timeline")).await;
    let steps: Vec<_> = timeline.as_array().unwrap().iter().map(|step| (step["to"].as_str().unwrap(), step["stage"].as_str())).collect();
    assert_eq!(steps, WAY, "the moves of {id}");
    let bill = pair.client.get(&format!("orders/{id}/payment")).await;
    assert_eq!(
        (&bill["status"], &bill["payment_method"], &bill["total_amount"]),
        (&json!("COMPLETED"), &json!(errand.method), &json!(200))
    );
    for paid in [&pair.client, &pair.provider].into_iter().flat_map(|phone| phone.kept(&format!("{id}/payment/pay"))) {
        assert_eq!(
            (&paid.answer["id"], &paid.answer["total_amount"]),
            (&bill["id"], &bill["total_amount"]),
            "the bill that was acknowledged"
        );
    }
    assert_eq!(books.way(id).await, errand.way, "the way of {id}");
}

/// The order where nobody is was given up, once.
async fn nobody_came(pair: &Pair) {
    let Some(lonely) = pair.lonely() else { return };
    let timeline = pair.client.get(&format!("orders/{lonely}/timeline")).await;
    let steps: Vec<_> = timeline.as_array().unwrap().iter().map(|step| step["to"].clone()).collect();
    assert_eq!(steps, ["PENDING", "CANCELLED"]);
    assert_eq!(pair.client.get(&format!("orders/{lonely}")).await["cancellation_reason"], "no_provider");
}

/// Each top-up and each bill moved its money once.
async fn the_money_is_right(pair: &Pair, errands: &[Errand]) {
    for kept in pair.client.kept("wallet/top-ups") {
        let top_up = pair.client.get(&format!("wallet/top-ups/{}", id_of(&kept.answer))).await;
        assert_eq!((&top_up["status"], &top_up["amount"]), (&json!("COMPLETED"), &json!(50_000)));
    }
    let by = |method: &str| i64::try_from(errands.iter().filter(|errand| errand.method == method).count()).unwrap();
    let (cash, wallet, gateway) = (by("CASH"), by("WALLET"), by("E_WALLET"));
    assert_eq!(pair.client.get("wallet").await["balance"], 50_000 - 200 * wallet);
    let hers = pair.provider.get("wallet").await;
    assert_eq!((&hers["balance"], &hers["pending_balance"]), (&json!(180 * (wallet + gateway) - 20 * cash), &json!(0)));
}

async fn files_are_whole(phone: &Phone) {
    for kept in phone.kept("media") {
        let (status, bytes) = phone.who.bytes(kept.answer["url"].as_str().unwrap()).await;
        assert_eq!((status.as_u16(), bytes.starts_with(b"\x89PNG")), (200, true), "{kept:?}");
    }
}

/// The feed is what was heard as it came, without a gap and without a double.
async fn the_feed_is_whole(phone: &Phone) {
    let mut feed: Vec<Value> = Vec::new();
    loop {
        let page = phone.get(&format!("me/events?after={}&limit=100", feed.len())).await;
        let items = page["items"].as_array().unwrap();
        if items.is_empty() {
            break;
        }
        feed.extend(items.iter().cloned());
    }
    let numbers: Vec<_> = feed.iter().map(|event| event["seq"].as_u64().unwrap()).collect();
    assert_eq!(numbers, (1..=u64::try_from(feed.len()).unwrap()).collect::<Vec<_>>(), "the numbers of a feed");
    let ids: HashSet<_> = feed.iter().map(|event| event["id"].as_str().unwrap()).collect();
    assert_eq!(ids.len(), feed.len(), "an event with two numbers");
    let heard = phone.heard();
    assert_eq!(heard[..], feed[..heard.len()], "what was heard changed afterwards");
    drop(heard);
    *phone.heard() = feed;
}

/// Each acknowledged move is in both feeds, once and in order; she was offered each order once.
fn each_move_was_told_once(pair: &Pair, errands: &[Errand]) {
    for errand in errands {
        for (phone, way) in [(&pair.client, &WAY[..]), (&pair.provider, &WAY[1..])] {
            let heard = phone.heard();
            let of_order = |event: &&Value| event["type"] == "order.changed" && event["data"]["order_id"] == errand.order.as_str();
            let told = heard.iter().filter(of_order).map(|event| &event["data"]);
            let told: Vec<_> = told.map(|data| (data["status"].as_str().unwrap(), data["stage"].as_str())).collect();
            assert_eq!(told, way, "what {} was told of {}", phone.who.id, errand.order);
        }
        let heard = pair.provider.heard();
        let offers = heard.iter().filter(|event| event["type"] == "offer.new" && event["data"]["order_id"] == errand.order.as_str());
        assert_eq!(offers.count(), 1);
    }
}

async fn everybody_got_a_letter(lives: &Lives, pair: &Pair) {
    let newcomers = pair.newcomers.lock().unwrap().clone();
    for email in newcomers {
        let code = lives.house.otp(&email, None).await;
        assert_eq!(code.len(), 6);
    }
}

/// One offer, one bill, one journal, one notice of each kind for each order, and her numbers count each job once.
async fn nothing_was_done_twice(books: &Books, pairs: &[Pair]) {
    let orders: BTreeMap<Uuid, (&Pair, Errand)> = pairs
        .iter()
        .flat_map(|pair| {
            pair.errands.lock().unwrap().clone().into_iter().map(move |errand| (errand.order.parse().unwrap(), (pair, errand)))
        })
        .collect();
    let asked = books.rows("SELECT order_id, provider_id, wave, was_offered, is_accepted FROM order_broadcasts ORDER BY id").await;
    let mut of_order = BTreeMap::<Uuid, usize>::new();
    for row in &asked {
        let order: Uuid = row.try_get("", "order_id").unwrap();
        let (pair, _) = orders.get(&order).expect("only orders of journeys have candidates");
        *of_order.entry(order).or_default() += 1;
        let facts: (Uuid, i32, bool, bool) = (
            row.try_get("", "provider_id").unwrap(),
            row.try_get("", "wave").unwrap(),
            row.try_get("", "was_offered").unwrap(),
            row.try_get("", "is_accepted").unwrap(),
        );
        assert_eq!(facts, (pair.provider.who.id.parse().unwrap(), pair.wave, true, true), "{order}");
    }
    assert!(of_order.len() == orders.len() && of_order.values().all(|count| *count == 1), "{of_order:?}");

    let bills = i64::try_from(orders.len()).unwrap();
    let top_ups = i64::try_from(pairs.len()).unwrap();
    let lonely = i64::try_from(pairs.iter().filter(|pair| pair.lonely().is_some()).count()).unwrap();
    assert_eq!(books.count("SELECT COUNT(*) AS n FROM payments").await, bills);
    assert_eq!(books.count("SELECT COUNT(*) AS n FROM journals WHERE reference_type = 'PAYMENT'").await, bills);
    assert_eq!(books.count("SELECT COUNT(*) AS n FROM journals WHERE reference_type = 'TOP_UP'").await, top_ups);
    assert_eq!(books.count("SELECT COUNT(*) AS n FROM orders").await, bills + lonely, "an order that nobody asked for");
    // Of each way one batch came over MQTT, and the last fix over HTTP.
    assert_eq!(books.count("SELECT COUNT(*) AS n FROM location_history").await, 2 * bills);
    assert_eq!(books.count("SELECT COUNT(*) AS n FROM order_transitions").await, 8 * bills + 2 * lonely);
    let completed = "SELECT CAST(SUM(total_completed_orders) AS BIGINT) AS n FROM user_profiles";
    assert_eq!(books.count(completed).await, bills);
    notices_came_once(books, &orders).await;
}

async fn notices_came_once(books: &Books, orders: &BTreeMap<Uuid, (&Pair, Errand)>) {
    let mut seen = BTreeMap::<(Uuid, Uuid, String), usize>::new();
    for row in books.rows("SELECT user_id, title, data FROM notifications").await {
        let data: Json = row.try_get("", "data").unwrap();
        if let Some(order) = data["order_id"].as_str() {
            let key = (row.try_get("", "user_id").unwrap(), order.parse().unwrap(), row.try_get("", "title").unwrap());
            *seen.entry(key).or_default() += 1;
        }
    }
    assert!(seen.values().all(|count| *count == 1), "a notice came twice: {:?}", seen.iter().find(|(_, count)| **count > 1));
    // The same journey brings the same notices.
    let mut kinds = BTreeMap::<(&str, bool), BTreeSet<Vec<&str>>>::new();
    for (order, (_, errand)) in orders {
        let titles: Vec<_> = seen.keys().filter(|(_, of, _)| of == order).map(|(.., title)| title.as_str()).collect();
        let mut titles = titles;
        titles.sort_unstable();
        kinds.entry((errand.method, errand.is_rated)).or_default().insert(titles);
    }
    assert!(kinds.values().all(|ways| ways.len() == 1), "{kinds:#?}");
}

/// How often phones asked again, and how often they then got the answer of an earlier asking.
pub fn echoes(pairs: &[Pair]) -> [u32; 2] {
    let all = pairs.iter().flat_map(|pair| [&pair.client, &pair.provider]).map(|phone| *phone.again.lock().unwrap());
    all.fold([0, 0], |[again, replays], (more, other)| [again + more, replays + other])
}

/// How many writes were acknowledged.
pub fn kept(pairs: &[Pair]) -> usize {
    pairs.iter().flat_map(|pair| [&pair.client, &pair.provider]).map(Phone::count_kept).sum()
}
