//! Two who pull at one order, at every step of its life.

use serde_json::json;

use super::houses::{self, Houses};
use super::*;
use crate::jobs::wallet;

/// An order that has come to some step.
struct Life<'a> {
    houses: &'a Houses,
    cast: &'a Cast,
    round: usize,
    order: String,
}

const TO_THE_DOOR: [&str; 3] = ["accept", "depart", "arrive"];

impl<'a> Life<'a> {
    /// A new order, moved on by the provider.
    async fn at(houses: &'a Houses, cast: &'a Cast, round: usize, steps: &[&str]) -> Self {
        let order = houses.ordered(round, &cast.client).await;
        let life = Self { houses, cast, round, order };
        for (number, step) in steps.iter().enumerate() {
            houses.at(round + number, life.provider()).post(&life.path(step), json!({})).await.expect(200);
        }
        life
    }

    fn path(&self, step: &str) -> String {
        format!("orders/{}/{step}", self.order)
    }

    fn provider(&self) -> &'a Client {
        &self.cast.providers[0]
    }

    fn client(&self) -> &'a Client {
        &self.cast.client
    }

    /// The provider does these at once with what the client does.
    async fn race(&self, provider: &[&str], client: &[(&str, Value)]) -> Vec<Reply> {
        let mut calls: Vec<_> = provider.iter().map(|step| (self.provider(), self.path(step), self.body(step))).collect();
        calls.extend(client.iter().map(|(step, body)| (self.client(), self.path(step), body.clone())));
        self.houses.at_once(self.round, calls).await
    }

    fn body(&self, step: &str) -> Value {
        if step == "cancel" { reason() } else { json!({}) }
    }

    async fn timeline(&self) -> Vec<String> {
        timeline(self.client(), &self.order).await
    }

    async fn order(&self) -> Value {
        self.houses.at(self.round + 1, self.client()).get(&format!("orders/{}", self.order)).await.expect(200)
    }

    async fn ended_by_admin(&self) {
        self.cast.admin.post(&format!("admin/{}", self.path("cancel")), reason()).await.expect(200);
    }
}

fn reason() -> Value {
    json!({ "cancellation_reason": "Berubah pikiran" })
}

/// The outcomes, one after the other.
fn words(replies: &[Reply]) -> String {
    replies.iter().map(outcome).collect::<Vec<_>>().join(", ")
}

/// She is at the door, or it was called off on the way; called off it is either way.
async fn arrive_against_cancel(houses: &Houses, cast: &Cast, round: usize) {
    let life = Life::at(houses, cast, round, &["accept", "depart"]).await;
    let replies = words(&life.race(&["arrive"], &[("cancel", reason())]).await);
    let reached = match replies.as_str() {
        "200, 200" => vec!["PENDING", "ACCEPTED", "ON_THE_WAY", "ARRIVED", "CANCELLED"],
        "409 invalid_transition, 200" => vec!["PENDING", "ACCEPTED", "ON_THE_WAY", "CANCELLED"],
        _ => panic!("{replies}"),
    };
    assert_eq!(life.timeline().await, reached);
    life.client().get(&life.path("tracking")).await.refused(404, "not_found");
}

/// The work begins or the order ends, never both.
async fn start_against_cancel(houses: &Houses, cast: &Cast, round: usize) {
    let life = Life::at(houses, cast, round, &TO_THE_DOOR).await;
    // Two phones of the provider, and the client.
    let replies = words(&life.race(&["work-session/start", "work-session/start"], &[("cancel", reason())]).await);
    let session = life.client().get(&life.path("work-session")).await;
    match replies.as_str() {
        "200, 200, 409 invalid_transition" => {
            assert_eq!((session.status, &life.order().await["status"]), (200, &json!("IN_PROGRESS")));
            assert_eq!(life.timeline().await, ["PENDING", "ACCEPTED", "ON_THE_WAY", "ARRIVED", "working"]);
            life.ended_by_admin().await;
        }
        "409 invalid_transition, 409 invalid_transition, 200" => {
            assert_eq!((session.status, &life.order().await["status"]), (404, &json!("CANCELLED")));
            assert_eq!(life.timeline().await, ["PENDING", "ACCEPTED", "ON_THE_WAY", "ARRIVED", "CANCELLED"]);
        }
        _ => panic!("{replies}"),
    }
}

/// The client and the provider call it off: one of them did.
async fn cancel_against_cancel(houses: &Houses, cast: &Cast, round: usize) {
    let life = Life::at(houses, cast, round, &[]).await;
    let replies = words(&life.race(&["accept", "accept"], &[]).await);
    assert_eq!(replies, "200, 200", "two phones of one provider");
    let replies = words(&life.race(&["cancel"], &[("cancel", reason())]).await);
    let by = match replies.as_str() {
        "200, 409 invalid_transition" => life.provider(),
        "409 invalid_transition, 200" => life.client(),
        _ => panic!("{replies}"),
    };
    assert_eq!(life.order().await["cancelled_by"], by.id.as_str());
    assert_eq!(life.timeline().await, ["PENDING", "ACCEPTED", "CANCELLED"]);
}

/// However pausing and resuming fall, the stop stops, once, and makes one bill; then it is paid and rated, each once.
async fn work_pay_and_rate(houses: &Houses, cast: &Cast, round: usize) {
    let life = Life::at(houses, cast, round, &[&TO_THE_DOOR[..], &["work-session/start"]].concat()).await;
    let replies = life.race(&["work-session/pause", "work-session/resume", "work-session/stop"], &[]).await;
    let replies: Vec<_> = replies.iter().map(outcome).collect();
    let too_late = |word: &str| ["409 work_stopped", "409 invalid_transition"].contains(&word);
    assert!(replies[0] == "200" || too_late(&replies[0]), "{replies:?}");
    assert!(replies[1] == "200" || replies[1] == "409 work_not_paused" || too_late(&replies[1]), "{replies:?}");
    assert_eq!(replies[2], "200");
    let session = life.client().get(&life.path("work-session")).await.expect(200);
    assert_eq!((&session["status"], &session["duration_minutes"]), (&json!("COMPLETED"), &json!(1)));
    assert_eq!(life.timeline().await.iter().filter(|stage| *stage == "awaiting_payment").count(), 1);

    let before = (wallet(life.client()).await, wallet(life.provider()).await);
    assert_eq!(before.1[1], EARNINGS, "one bill is open");
    let method = paid_once(&life, round).await;
    let (gave, got) = if method == "WALLET" { (PRICE, EARNINGS) } else { (0, -COMMISSION) };
    assert_eq!(wallet(life.client()).await, [before.0[0] - gave, 0, 0]);
    assert_eq!(wallet(life.provider()).await, [before.1[0] + got, 0, 0]);

    let stars = |stars: i32| ("rating", json!({ "rating": stars }));
    let rated = life.race(&[], &[stars(5), stars(1)]).await;
    let kept = match words(&rated).as_str() {
        "200, 409 already_rated" => 5,
        "409 already_rated, 200" => 1,
        other => panic!("{other:?}"),
    };
    let order = life.order().await;
    assert_eq!((&order["status"], &order["rating"]["rating"]), (&json!("COMPLETED"), &json!(kept)));
    assert_eq!(life.timeline().await.iter().filter(|stage| *stage == "COMPLETED").count(), 1);
    let told = until("the rating", async || {
        let told = feed(life.provider()).await;
        (!about(&told, "rating.received", &life.order).is_empty()).then_some(told)
    })
    .await;
    assert_eq!(about(&told, "rating.received", &life.order).len(), 1);
    let paid = about(&told, "payment.changed", &life.order);
    assert_eq!(paid.iter().filter(|event| event["data"]["status"] == "COMPLETED").count(), 1, "{paid:?}");
}

/// Pays in one of four ways, two or three at once; how it was paid.
async fn paid_once(life: &Life<'_>, round: usize) -> String {
    let from_wallet = || ("payment/pay", json!({ "payment_method": "WALLET" }));
    let (cash, wallet): (&[&str], usize) = match round % 4 {
        0 => (&[], 2),
        1 => (&["payment/confirm-cash"], 1),
        2 => (&["payment/confirm-cash", "payment/confirm-cash"], 0),
        _ => (&["payment/confirm-cash", "payment/confirm-cash"], 2),
    };
    let pays: Vec<_> = (0..wallet).map(|_| from_wallet()).collect();
    let replies = life.race(cash, &pays).await;
    let bill = life.client().get(&life.path("payment")).await.expect(200);
    let method = bill["payment_method"].as_str().unwrap().to_owned();
    assert_eq!(bill["status"], "COMPLETED");
    for (number, reply) in replies.iter().enumerate() {
        let is_late_cash = number < cash.len() && method == "WALLET";
        assert_eq!(outcome(reply), if is_late_cash { "409 already_paid" } else { "200" }, "paid by {method}");
        if !is_late_cash {
            assert_eq!(reply.body["payment_method"], method.as_str(), "what was answered is what is so");
        }
    }
    method
}

/// An admin ends the order while the client pays: paid in full before, or not at all.
async fn pay_against_admin(houses: &Houses, cast: &Cast, round: usize) {
    let life = Life::at(houses, cast, round, &[&TO_THE_DOOR[..], &["work-session/start", "work-session/stop"]].concat()).await;
    let before = (wallet(life.client()).await, wallet(life.provider()).await);
    let pay = (life.client(), life.path("payment/pay"), json!({ "payment_method": "WALLET" }));
    let end = (&cast.admin, format!("admin/{}", life.path("cancel")), reason());
    let replies = words(&houses.at_once(round, vec![pay, end]).await);
    let (gave, got) = match replies.as_str() {
        "200, 200" => (PRICE, EARNINGS),
        "409 invalid_transition, 200" => (0, 0),
        other => panic!("{other:?}"),
    };
    assert_eq!(life.order().await["status"], "CANCELLED");
    assert_eq!(wallet(life.client()).await, [before.0[0] - gave, 0, 0]);
    assert_eq!(wallet(life.provider()).await, [before.1[0] + got, 0, 0], "and no bill is open");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_at_which_two_pull_goes_one_legal_way() {
    houses::on_both(async |houses| {
        let cast = houses.cast(1).await;
        houses.fund(&cast.client, 10_000_000).await;
        for round in 0..rounds(10) {
            arrive_against_cancel(&houses, &cast, round).await;
            start_against_cancel(&houses, &cast, round).await;
            cancel_against_cancel(&houses, &cast, round).await;
        }
        houses.end().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn work_that_two_stop_pay_and_rate_is_stopped_paid_and_rated_once() {
    houses::on_both(async |houses| {
        let cast = houses.cast(1).await;
        for round in 0..rounds(10) {
            if round.is_multiple_of(50) {
                houses.fund(&cast.client, 10_000_000).await;
            }
            work_pay_and_rate(&houses, &cast, round).await;
            pay_against_admin(&houses, &cast, round).await;
        }
        houses.end().await;
    })
    .await;
}
