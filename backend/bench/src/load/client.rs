//! A client: orders, looks at the map, pays, rates; now and then calls off, or lives where nobody comes.

use std::time::Duration;

use anyhow::Result;
use rapi_core::LatLng;
use serde_json::{Value, json};

use super::{Caller, World, home};
use crate::mqtt::{Connection, Login};
use crate::people::Person;
use crate::rows::Dice;
use crate::time;

/// An order that takes longer is stuck.
const PATIENCE: Duration = Duration::from_secs(150);
/// Without word from MQTT the client looks herself.
const LOOK: Duration = Duration::from_secs(10);
/// Where nobody comes: the hills behind Bogor.
const REMOTE: (f64, f64) = (-6.75, 107.05);

/// A client and her phone.
pub struct Client {
    caller: Caller,
    phone: Option<Connection>,
    dice: Dice,
}

/// How an order ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// Paid and rated.
    Completed,
    /// Called off by the client.
    CalledOff,
    /// Nobody took it.
    NoTaker,
    /// It did not move on in time, or was refused.
    Stuck,
}

impl Client {
    /// At home, without an order.
    pub const fn new(person: Person, dice: Dice) -> Self {
        Self { caller: Caller::new(person), phone: None, dice }
    }

    /// Orders, and sees it through.
    pub async fn order(&mut self, world: &World) {
        if let Some(order) = self.create(world).await {
            let ending = tokio::time::timeout(PATIENCE, self.follow(world, &order)).await.unwrap_or(Ending::Stuck);
            world.meter.ended(ending);
        }
    }

    async fn create(&mut self, world: &World) -> Option<String> {
        if self.phone.is_none() {
            self.phone = self.connect(world).await.inspect_err(|error| world.meter.error(&format!("MQTT: {error}"))).ok();
        }
        let remote = LatLng::try_new(REMOTE.0, REMOTE.1).ok();
        let place = if self.dice.share() < 0.05 { remote } else { home(&mut self.dice).ok() }?;
        let method = if self.dice.share() < 0.5 { "WALLET" } else { "CASH" };
        let body = json!({
            "service_category_id": world.category, "description": "Dapur dan dua kamar mandi",
            "service_latitude": place.latitude(), "service_longitude": place.longitude(), "service_address": "Jl. Kemang Raya 12",
            "requested_time": "2026-01-01T00:00:00Z", "payment_method": method,
        });
        let said = self.caller.post(world, "orders", &body.to_string()).await?;
        if said.status != 201 {
            return None;
        }
        world.meter.ordered();
        serde_json::from_slice::<Value>(&said.body).ok()?["id"].as_str().map(str::to_owned)
    }

    async fn connect(&self, world: &World) -> Result<Connection> {
        let person = &self.caller.person;
        let login = Login { client: format!("{}:phone", person.id), user: person.id.to_string(), password: &person.token };
        let mut phone = Connection::open(&world.mqtt, &login).await?;
        phone.subscribe(&format!("u/{}/#", person.id)).await?;
        Ok(phone)
    }

    /// Waits for what happens to the order and does her part.
    async fn follow(&mut self, world: &World, order: &str) -> Ending {
        let calls_off = (self.dice.share() < 0.05).then(|| time::now() + Duration::from_secs(6));
        let mut seen = String::new();
        loop {
            let news = self.news(world, order).await;
            let is_time = calls_off.is_some_and(|at| time::now() >= at);
            if is_time && ["PENDING", "ACCEPTED", "ON_THE_WAY"].contains(&seen.as_str()) && self.call_off(world, order).await {
                return Ending::CalledOff;
            }
            let Some(state) = news else { continue };
            if state == seen {
                continue;
            }
            match state.as_str() {
                "ON_THE_WAY" => _ = self.caller.put(world, &format!("orders/{order}/watch"), "{}").await,
                "CANCELLED" => return Ending::NoTaker,
                "COMPLETED" => return Ending::Completed,
                "awaiting_payment" => self.pay(world, order).await,
                "awaiting_rating" => {
                    self.caller.post(world, &format!("orders/{order}/rating"), r#"{"rating":5,"review":"Bersih sekali"}"#).await;
                }
                _ => {}
            }
            seen = state;
        }
    }

    /// Calls the order off; the provider may have arrived and begun meanwhile.
    async fn call_off(&mut self, world: &World, order: &str) -> bool {
        let path = format!("orders/{order}/cancel");
        let said = self.caller.post(world, &path, r#"{"cancellation_reason":"Salah pesan"}"#).await;
        said.is_some_and(|said| said.status == 200)
    }

    /// The status or stage of the order, when there is news of it; she looks herself when nothing comes for a while.
    async fn news(&mut self, world: &World, order: &str) -> Option<String> {
        let Some(phone) = &mut self.phone else {
            tokio::time::sleep(LOOK).await;
            return self.look(world, order).await;
        };
        match tokio::time::timeout(LOOK, phone.message()).await {
            Ok(Ok(message)) => {
                world.meter.received();
                let event: Value = serde_json::from_slice(message).ok()?;
                let data = &event["data"];
                if event["type"] != "order.changed" || data["order_id"] != order {
                    return None;
                }
                data["stage"].as_str().or(data["status"].as_str()).map(str::to_owned)
            }
            Ok(Err(error)) => {
                world.meter.error(&format!("MQTT: {error}"));
                self.phone = None;
                None
            }
            Err(_) => self.look(world, order).await,
        }
    }

    async fn look(&mut self, world: &World, order: &str) -> Option<String> {
        let said = self.caller.get(world, &format!("orders/{order}")).await?;
        let order: Value = serde_json::from_slice(&said.body).ok()?;
        order["stage"].as_str().or(order["status"].as_str()).map(str::to_owned)
    }

    /// By wallet; whoever pays in cash waits for the provider's word.
    async fn pay(&mut self, world: &World, order: &str) {
        let path = format!("orders/{order}/payment");
        let Some(said) = self.caller.get(world, &path).await else { return };
        let bill: Value = serde_json::from_slice(&said.body).unwrap_or_default();
        if bill["payment_method"] == "WALLET" {
            self.caller.post(world, &format!("{path}/pay"), r#"{"payment_method":"WALLET"}"#).await;
        }
    }
}
