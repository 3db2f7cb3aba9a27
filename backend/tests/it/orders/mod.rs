//! Orders: who is offered what and when, who may move an order where, what is remembered of it.

mod life;
mod lists;
mod oversight;
mod races;
mod waves;

use std::time::Duration;

use serde_json::{Value, json};

use crate::client::{Client, Reply};
use crate::harness::{Backend, until};

const HOME: (f64, f64) = (-6.2607, 106.8137);

fn seconds(count: u64) -> Duration {
    Duration::from_secs(count)
}

/// Approved cleaners, so many kilometres north of the order each.
async fn cleaners<const N: usize>(backend: &Backend, admin: &Client, kms: [f64; N]) -> [Client; N] {
    let mut made = Vec::with_capacity(N);
    for km in kms {
        made.push(backend.provider_at(admin, HOME.0 + km / 111.195, HOME.1).await);
    }
    made.try_into().unwrap_or_else(|_| unreachable!())
}

async fn ordered(backend: &Backend, client: &Client) -> String {
    id_of(&backend.order(client, HOME.0, HOME.1, "CASH").await)
}

fn id_of(order: &Value) -> String {
    order["id"].as_str().unwrap().to_owned()
}

async fn is_offered(provider: &Client, order: &str) -> bool {
    let offers = provider.get("orders/offers").await.expect(200);
    offers["items"].as_array().unwrap().iter().any(|offer| offer["id"] == order)
}

async fn offered_to(providers: &[Client], order: &str) -> Vec<usize> {
    let mut having = Vec::new();
    for (number, provider) in providers.iter().enumerate() {
        if is_offered(provider, order).await {
            having.push(number);
        }
    }
    having
}

async fn wait_for_offers(providers: &[Client], order: &str, expected: &[usize]) {
    until(&format!("offers for {expected:?}"), async || (offered_to(providers, order).await == expected).then_some(())).await;
}

/// The order once it is in this status.
async fn wait_for_status(who: &Client, order: &str, status: &str) -> Value {
    until(&format!("{status} of {order}"), async || {
        let order = who.get(&format!("orders/{order}")).await.expect(200);
        (order["status"] == status).then_some(order)
    })
    .await
}

/// The data of the first event of this kind about this order.
async fn told(who: &Client, kind: &str, order: &str) -> Value {
    until(&format!("{kind} of {order}"), async || {
        let feed = who.get("me/events?after=0").await.expect(200);
        let mut events = feed["items"].as_array().unwrap().iter();
        events.find(|event| event["type"] == kind && event["data"]["order_id"] == order).map(|event| event["data"].clone())
    })
    .await
}

async fn candidate(admin: &Client, order: &str, provider: &Client) -> Value {
    let explanation = admin.get(&format!("admin/orders/{order}/dispatch")).await.expect(200);
    let mut candidates = explanation["candidates"].as_array().unwrap().iter();
    candidates.find(|candidate| candidate["provider_id"] == provider.id.as_str()).cloned().unwrap_or_default()
}

async fn step(who: &Client, order: &str, step: &str) -> Value {
    who.post(&format!("orders/{order}/{step}"), json!({})).await.expect(200)
}

async fn accept(provider: &Client, order: &str) -> Reply {
    provider.post(&format!("orders/{order}/accept"), json!({})).await
}

/// Everything from accepting to the confirmed cash.
async fn worked_and_paid(backend: &Backend, provider: &Client, order: &str) {
    for move_on in ["accept", "depart", "arrive", "work-session/start"] {
        step(provider, order, move_on).await;
    }
    backend.advance(seconds(600));
    step(provider, order, "work-session/stop").await;
    step(provider, order, "payment/confirm-cash").await;
}
