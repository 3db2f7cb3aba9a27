//! Many at once, over real processes: one on SQLite, and two on one PostgreSQL database, each call to the one or the other.
//!
//! `RAPI_ROUNDS` says how many rounds the longest race has; the others have their share of it.

mod accepting;
mod across;
mod deciding;
mod houses;
mod keys;
mod lives;
mod phones;
mod spending;
mod story;

use std::collections::BTreeMap;

use futures_util::future::join_all;
use serde_json::{Value, json};

use crate::client::{Client, Reply};
use crate::harness::until;
use houses::Houses;

const HOME: (f64, f64) = (-6.2607, 106.8137);

/// What one started minute of cleaning costs after [`Houses::cast`], who gets it, and what the provider owes of it when it was cash.
const PRICE: i64 = 100_000;
const EARNINGS: i64 = 90_000;
const COMMISSION: i64 = 10_000;

/// The people of a race.
struct Cast {
    admin: Client,
    client: Client,
    providers: Vec<Client>,
}

/// So many rounds, at least two: `RAPI_ROUNDS` divided, 300 when nobody says.
fn rounds(divided_by: usize) -> usize {
    let all = std::env::var("RAPI_ROUNDS").map_or(300, |rounds| rounds.parse::<usize>().expect("RAPI_ROUNDS is a number"));
    (all / divided_by).max(2)
}

impl Houses {
    /// An admin, a client, and approved cleaners close to [`HOME`], from whom everybody is offered everything.
    async fn cast(&self, providers: usize) -> Cast {
        let (admin, client) = (self.any().admin().await, self.any().client().await);
        let rate = json!({ "base_rate_per_5_minutes": 5 * PRICE });
        let categories = client.get("categories").await.expect(200);
        let cleaning = categories.as_array().unwrap().iter().find(|category| category["slug"] == "cleaning").unwrap();
        admin.patch(&format!("admin/categories/{}", cleaning["id"].as_str().unwrap()), rate).await.expect(200);
        let mut made = Vec::with_capacity(providers);
        let places: Vec<f64> = (0..providers).map(|number| HOME.0 + number as f64 * 0.0005).collect();
        // A few at a time: each reads the whole outbox until her code has come.
        for some in places.chunks(8) {
            made.extend(join_all(some.iter().map(|latitude| self.any().provider_at(&admin, *latitude, HOME.1))).await);
        }
        Cast { admin, client, providers: made }
    }

    /// Money in a client's wallet.
    async fn fund(&self, client: &Client, amount: i64) {
        let body = json!({ "amount": amount, "payment_method": "E_WALLET" });
        let asked = client.post("wallet/top-ups", body).await.expect(201);
        let path = format!("wallet/top-ups/{}", asked["id"].as_str().unwrap());
        until("a top-up", async || (client.get(&path).await.expect(200)["status"] == "COMPLETED").then_some(())).await;
    }

    /// An order for cleaning.
    async fn ordered(&self, number: usize, client: &Client) -> String {
        let order = self.any().order(&self.at(number, client), HOME.0, HOME.1, "WALLET").await;
        order["id"].as_str().unwrap().to_owned()
    }

    /// Calls everything at once, each call to the next process; in every round another one is sent off first.
    async fn at_once(&self, round: usize, calls: Vec<(&Client, String, Value)>) -> Vec<Reply> {
        let count = calls.len();
        let mut all: Vec<_> = calls.into_iter().enumerate().collect();
        all.rotate_left(round % count);
        let calls = all.into_iter().map(|(number, (who, path, body))| {
            let who = self.at(round / count + number, who);
            async move { (number, who.post(&path, body).await) }
        });
        let mut replies = join_all(calls).await;
        replies.sort_by_key(|(number, _)| *number);
        replies.into_iter().map(|(_, reply)| reply).collect()
    }
}

/// A status, and the code of a refusal.
fn outcome(reply: &Reply) -> String {
    let code = reply.body["code"].as_str().filter(|_| reply.status >= 400);
    code.map_or_else(|| reply.status.to_string(), |code| format!("{} {code}", reply.status))
}

/// How often each outcome came.
fn outcomes(replies: &[Reply]) -> BTreeMap<String, usize> {
    replies.iter().fold(BTreeMap::new(), |mut counted, reply| {
        *counted.entry(outcome(reply)).or_default() += 1;
        counted
    })
}

/// Everything a person was told, from the first event on without a gap.
async fn feed(who: &Client) -> Vec<Value> {
    let mut events: Vec<Value> = Vec::new();
    loop {
        let page = who.get(&format!("me/events?after={}", events.len())).await.expect(200);
        events.extend(page["items"].as_array().unwrap().iter().cloned());
        assert!(events.iter().enumerate().all(|(index, event)| event["seq"] == index + 1), "a gap in what {} was told", who.id);
        if page["has_more"] == false {
            return events;
        }
    }
}

/// The events of a kind about an order.
fn about<'a>(feed: &'a [Value], kind: &str, order: &str) -> Vec<&'a Value> {
    feed.iter().filter(|event| event["type"] == kind && event["data"]["order_id"] == order).collect()
}

/// Where an order was, step by step: its stages within IN_PROGRESS, else its statuses.
async fn timeline(who: &Client, order: &str) -> Vec<String> {
    let steps = who.get(&format!("orders/{order}/timeline")).await.expect(200);
    let step = |step: &Value| step["stage"].as_str().or(step["to"].as_str()).unwrap().to_owned();
    steps.as_array().unwrap().iter().map(step).collect()
}
