//! A job to be done: a client, her provider at the door, and the time that passes while they are at it.

use std::time::Duration;

use rapi_backend::orders::service as orders;
use rapi_core::orders::{Actor, Command};
use rapi_core::{Id, values};
use serde_json::{Value, json};

use crate::client::{Client, Reply};
use crate::harness::{Backend, until};

pub const MINUTE: Duration = Duration::from_secs(60);

/// One order and its people.
pub struct Job<'a> {
    pub backend: &'a Backend,
    pub client: Client,
    pub provider: Client,
    pub order: String,
}

impl Backend {
    /// A new client's order for cleaning, with a new provider at the door. How they found each other is not the matter here.
    pub async fn at_the_door(&self, payment_method: &str, max_amount: Option<i64>) -> Job<'_> {
        let (client, provider) = (self.client().await, self.person("SERVICE_PROVIDER").await);
        self.job(client, provider, payment_method, max_amount).await
    }

    /// The same between people who are there already.
    pub async fn job(&self, client: Client, provider: Client, payment_method: &str, max_amount: Option<i64>) -> Job<'_> {
        let categories = client.get("categories").await.expect(200);
        let cleaning = categories.as_array().unwrap().iter().find(|category| category["slug"] == "cleaning").unwrap();
        let body = json!({
            "service_category_id": cleaning["id"], "service_latitude": -6.2607, "service_longitude": 106.8137,
            "service_address": "Jl. Kemang Raya 12", "requested_time": self.now().to_string(), "payment_method": payment_method,
            "max_amount": max_amount,
        });
        let order = client.post("orders", body).await.expect(201)["id"].as_str().unwrap().to_owned();
        let (id, her): (Id<values::Order>, Id<values::User>) = (order.parse().unwrap(), provider.id.parse().unwrap());
        for command in [Command::Accept, Command::Depart, Command::Arrive] {
            let tx = self.app().db.write().await.unwrap();
            orders::advance(self.app(), &tx, id, command, Actor::Provider(her), self.now()).await.unwrap();
            tx.commit().await.unwrap();
        }
        Job { backend: self, client, provider, order }
    }
}

impl Job<'_> {
    /// Lets time pass; both sign in anew when their tokens have run out.
    pub async fn pass(&mut self, by: Duration) {
        self.backend.advance(by);
        for person in [&mut self.client, &mut self.provider] {
            renew(person).await;
        }
    }

    /// `start`, `pause`, `resume` or `stop`.
    pub async fn clock(&self, step: &str) -> Reply {
        self.provider.post(&format!("orders/{}/work-session/{step}", self.order), json!({})).await
    }

    /// Starts, works and stops.
    pub async fn work(&mut self, duration: Duration) {
        self.clock("start").await.expect(200);
        self.pass(duration).await;
        self.clock("stop").await.expect(200);
    }

    pub async fn session(&self) -> Value {
        self.client.get(&format!("orders/{}/work-session", self.order)).await.expect(200)
    }

    pub async fn bill(&self) -> Value {
        self.client.get(&format!("orders/{}/payment", self.order)).await.expect(200)
    }

    pub async fn pay(&self, method: &str) -> Reply {
        self.client.post(&format!("orders/{}/payment/pay", self.order), json!({ "payment_method": method })).await
    }

    pub async fn confirm_cash(&self) -> Reply {
        self.provider.post(&format!("orders/{}/payment/confirm-cash", self.order), json!({})).await
    }

    /// Where the order is: its status and its stage.
    pub async fn place(&self) -> (String, Value) {
        let order = self.client.get(&format!("orders/{}", self.order)).await.expect(200);
        (order["status"].as_str().unwrap().to_owned(), order["stage"].clone())
    }

    /// Waits until the bill is so.
    pub async fn bill_becomes(&self, status: &str) -> Value {
        until(&format!("a bill that is {status}"), async || Some(self.bill().await).filter(|bill| bill["status"] == status)).await
    }
}

/// New tokens for old.
pub async fn renew(person: &mut Client) {
    let refresh_token = person.refresh_token.clone().unwrap();
    let tokens = person.post("auth/refresh", json!({ "refresh_token": refresh_token })).await.expect(200);
    person.keep(&tokens);
}

/// `balance`, `pending_balance` and `frozen_balance` of a person.
pub async fn wallet(person: &Client) -> [i64; 3] {
    let wallet = person.get("wallet").await.expect(200);
    assert_eq!(wallet["currency"], "IDR");
    ["balance", "pending_balance", "frozen_balance"].map(|name| wallet[name].as_i64().unwrap())
}

/// Asks for a top-up and lets the simulated gateway do its work.
pub async fn top_up(backend: &Backend, client: &Client, amount: i64) -> Value {
    let body = json!({ "amount": amount, "payment_method": "E_WALLET" });
    let asked = client.post("wallet/top-ups", body).await.expect(201);
    backend.advance(Duration::from_millis(500));
    let path = format!("wallet/top-ups/{}", asked["id"].as_str().unwrap());
    until("the end of a top-up", async || Some(client.get(&path).await.expect(200)).filter(|it| it["status"] != "PROCESSING")).await
}

/// What the proof of the books finds wrong.
pub async fn faults(backend: &Backend) -> Vec<String> {
    let snapshot = backend.app().db.snapshot().await.unwrap();
    rapi_backend::payments::service::check_ledger(&snapshot).await.unwrap().faults
}
