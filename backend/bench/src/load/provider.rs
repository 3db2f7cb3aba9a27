//! A provider: hears of offers, takes most, travels with her position on the air, works, is paid.

use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context as _, Result};
use rapi_backend::platform::{Clock as _, SystemClock};
use rapi_core::LatLng;
use rapi_core::tracking::{Batch, Fix, encode};
use serde_json::Value;

use super::{Caller, World};
use crate::mqtt::{Connection, Login};
use crate::people::Person;
use crate::rows::Dice;

/// Fixes of a way: so many, so far apart; together the 20 s that a way takes.
const FIXES: u32 = 10;
const BETWEEN: Duration = Duration::from_secs(2);
const WORK: Duration = Duration::from_secs(10);
/// Waiting, she says where she is, and looks for offers herself in case she missed one.
const HEARTBEAT: Duration = Duration::from_secs(20);
/// Nobody is believed to travel faster than 55 m/s.
const METERS_A_FIX: f64 = 80.0;

/// A provider and her phone.
struct Provider {
    world: Arc<World>,
    caller: Caller,
    phone: Connection,
    at: LatLng,
    sequence: u64,
    dice: Dice,
}

/// Lives until it is over.
pub async fn live(world: Arc<World>, person: Person, at: LatLng, mut dice: Dice) {
    while !*world.over.borrow() {
        if let Err(error) = life(&world, &person, at, Dice::new(dice.next())).await {
            world.meter.error(&format!("MQTT: {error}"));
            tokio::time::sleep(BETWEEN).await;
        }
    }
}

async fn life(world: &Arc<World>, person: &Person, at: LatLng, dice: Dice) -> Result<()> {
    let login = Login { client: format!("{}:phone", person.id), user: person.id.to_string(), password: &person.token };
    let mut phone = Connection::open(&world.mqtt, &login).await?;
    phone.subscribe(&format!("u/{}/events", person.id)).await?;
    let sequence = u64::try_from(SystemClock.now().micros()).unwrap_or_default();
    let mut provider = Provider { world: Arc::clone(world), caller: Caller::new(person.clone()), phone, at, sequence, dice };
    loop {
        if let Some(order) = provider.wait().await? {
            provider.work(&order).await?;
        }
        if *world.over.borrow() {
            return Ok(());
        }
    }
}

impl Provider {
    /// Waits for an offer.
    async fn wait(&mut self) -> Result<Option<String>> {
        let jitter = 0.5 + self.dice.share();
        match tokio::time::timeout(HEARTBEAT.mul_f64(jitter), self.phone.message()).await {
            Ok(message) => {
                let event: Value = serde_json::from_slice(message?)?;
                self.world.meter.received();
                let offer = event["data"]["order_id"].as_str().filter(|_| event["type"] == "offer.new");
                Ok(offer.map(str::to_owned))
            }
            Err(_) => {
                self.say_where().await?;
                let Some(said) = self.caller.get(&self.world, "orders/offers").await else { return Ok(None) };
                let offers: Value = serde_json::from_slice(&said.body)?;
                Ok(offers["items"][0]["id"].as_str().map(str::to_owned))
            }
        }
    }

    /// Takes the order, if she likes and nobody was faster, and sees it through.
    async fn work(&mut self, order: &str) -> Result<()> {
        if self.dice.share() < 0.1 {
            self.post(order, "decline").await;
            return Ok(());
        }
        tokio::time::sleep(Duration::from_secs_f64(0.5 + 2.5 * self.dice.share())).await;
        let Some(taken) = self.post(order, "accept").await else { return Ok(()) };
        let place = LatLng::try_new(
            taken["service_latitude"].as_f64().context("an order without a place")?,
            taken["service_longitude"].as_f64().context("an order without a place")?,
        )?;
        if self.post(order, "depart").await.is_none() {
            return Ok(());
        }
        for _ in 0..FIXES {
            tokio::time::sleep(BETWEEN).await;
            let left = self.at.meters_to(place);
            self.at = self.at.towards(place, (METERS_A_FIX / left.max(METERS_A_FIX)).min(1.0));
            self.say_where().await?;
        }
        // The order may have been called off meanwhile: then the next step is refused, and she is free.
        for step in ["arrive", "work-session/start"] {
            if self.post(order, step).await.is_none() {
                return Ok(());
            }
        }
        tokio::time::sleep(WORK).await;
        if self.post(order, "work-session/stop").await.is_some() && taken["payment_method"] == "CASH" {
            self.post(order, "payment/confirm-cash").await;
        }
        Ok(())
    }

    /// One step of the order; `None` when it was refused.
    async fn post(&mut self, order: &str, step: &str) -> Option<Value> {
        let said = self.caller.post(&self.world, &format!("orders/{order}/{step}"), "{}").await?;
        if said.status == 204 {
            return Some(Value::Null);
        }
        (said.status < 300).then(|| serde_json::from_slice(&said.body).unwrap_or_default())
    }

    async fn say_where(&mut self) -> Result<()> {
        let fix = Fix {
            at: SystemClock.now(),
            position: self.at,
            accuracy_meters: Some(8.0),
            speed_kmh: None,
            heading_degrees: None,
            is_mock: true,
        };
        let batch = Batch { sequence: self.sequence, fixes: vec![fix] };
        self.sequence += 1;
        let number = u16::try_from(self.sequence % 60_000 + 1).unwrap_or(1);
        self.phone.publish(&format!("u/{}/location", self.caller.person.id), number, &encode(&batch)?).await?;
        self.phone.acknowledged().await?;
        self.world.meter.published();
        Ok(())
    }
}
