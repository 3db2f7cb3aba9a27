//! Many providers accept one order at once: one wins, the others hear that it is taken.

use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context as _, Result, ensure};
use rapi_core::LatLng;
use serde_json::{Value, json};
use tokio::sync::Barrier;

use super::{Bench, in_turn};
use crate::backend::{self, Backend, Place};
use crate::http::{Connection, Request, post};
use crate::machine::fsync;
use crate::orders::Book;
use crate::people::{Crowd, Person, Provider};
use crate::report::{Bar, Comparison, Outcome};
use crate::stats::Latencies;
use crate::time;

const RACERS: usize = 32;
const HOME: (f64, f64) = (-6.2607, 106.8137);
/// So many races make one round of the comparison, so that a 99th percentile of winners means something.
const BLOCK: usize = 100;

/// Everybody in the race, and who orders.
struct Field {
    client: (Person, Connection),
    racers: Vec<(Person, Connection)>,
    order: String,
}

/// How long winners and losers waited.
#[derive(Default)]
struct Waits {
    winners: Latencies,
    losers: Latencies,
}

pub(super) async fn run(bench: &Bench<'_>) -> Result<Outcome> {
    let place = bench.place();
    let (client, providers, order) = fill(&place).await?;
    let backend = Backend::start(&bench.args.backend, &place, &[("RAPI_DISPATCH__WAVE_SIZE", "32")])?;
    let mut racers = Vec::with_capacity(RACERS);
    for provider in providers {
        racers.push((provider, Connection::open(&backend.http).await?));
    }
    let mut field = Field { client: (client, Connection::open(&backend.http).await?), racers, order };
    let (_hello, address) = backend::hello(&bench.folder)?;
    let hello: Request = b"GET / HTTP/1.1\r\nhost: rapi\r\n\r\n".to_vec().into();
    let mut greeted = Connection::open_many(&address, RACERS).await?;
    for _ in 0..20 {
        field.race(&mut Waits::default()).await?;
        burst(&mut greeted, vec![hello.clone(); RACERS]).await?;
    }
    let blocks = bench.args.rounds_accept.div_ceil(BLOCK);
    let [races, hellos, disks] = in_turn(blocks, async |side| {
        let mut waits = Waits::default();
        for _ in 0..BLOCK {
            match side {
                0 => field.race(&mut waits).await?,
                1 => burst(&mut greeted, vec![hello.clone(); RACERS]).await?.iter().for_each(|(_, took)| waits.losers.add(*took)),
                _ => {}
            }
        }
        if side == 2 {
            waits.losers = fsync(&bench.folder, 2 * BLOCK)?;
        }
        Ok(waits)
    })
    .await?;

    let p99 =
        |rounds: &[Waits], which: fn(&Waits) -> &Latencies| -> Vec<f64> { rounds.iter().map(|waits| which(waits).millis(99.0)).collect() };
    let (winners, losers) = (p99(&races, |waits| &waits.winners), p99(&races, |waits| &waits.losers));
    let (hello, disk) = (p99(&hellos, |waits| &waits.losers), p99(&disks, |waits| &waits.losers));
    let both: Vec<f64> = hello.iter().zip(&disk).map(|(hello, disk)| hello + disk).collect();
    let count = blocks * BLOCK;
    Ok(Outcome {
        how: format!(
            "{RACERS} providers accept one order at the same moment over connections of their own, {count} times; in blocks of {BLOCK}, between \
             them the same burst against a server that answers `hello`, and appends of 4 KiB with fdatasync on the same disk."
        ),
        limit:
            "Every request's way through the gateway, thirty-two times on these cores; then the winner's own statements and her COMMIT. The \
                others are sent away once she has it, before her COMMIT; that waits longer while the write-ahead log is carried over."
                .to_owned(),
        comparisons: vec![
            Comparison::with("p99 of the winner", "ms", Bar::AtMost(2.0), &winners, "fsync p99 + hello p99", &both)?,
            Comparison::with("p99 of a loser", "ms", Bar::AtMost(2.0), &losers, "hello p99", &hello)?,
        ],
        notes: vec![format!(
            "In every one of the {count} races exactly one provider won and {} heard 409 `order_already_taken`: {} refusals, each looked at.",
            RACERS - 1,
            count * (RACERS - 1)
        )],
        run: None,
    })
}

impl Field {
    /// One order, one race, one winner; then the order is called off, and everybody is free again.
    async fn race(&mut self, waits: &mut Waits) -> Result<()> {
        let (client, connection) = &mut self.client;
        let answer = connection.call(&post("/api/v1/orders", &client.token, &self.order)).await?;
        ensure!(answer.status == 201, "an order was refused: {}", answer.text());
        let made: Value = serde_json::from_slice(answer.body)?;
        let order = made["id"].as_str().context("an order without id")?.to_owned();
        let path = format!("/api/v1/orders/{order}/accept");
        let requests = self.racers.iter().map(|(racer, _)| post(&path, &racer.token, "{}").into()).collect();
        let (racers, mut connections): (Vec<_>, Vec<_>) = self.racers.drain(..).unzip();
        let answers = burst(&mut connections, requests).await?;
        self.racers = racers.into_iter().zip(connections).collect();
        let mut winners = 0;
        for ((status, body), took) in answers {
            if status == 200 {
                winners += 1;
                waits.winners.add(took);
            } else {
                ensure!(status == 409 && body.contains("order_already_taken"), "a loser heard {status} {body}");
                waits.losers.add(took);
            }
        }
        ensure!(winners == 1, "{winners} providers won one order");
        let cancel = post(&format!("/api/v1/orders/{order}/cancel"), &client.token, r#"{"cancellation_reason":"Salah pesan"}"#);
        let answer = connection.call(&cancel).await?;
        ensure!(answer.is_ok(), "the order was not called off: {}", answer.text());
        Ok(())
    }
}

type Heard = ((u16, String), Duration);

/// Every connection sends its request at the same moment; what each was answered, and when.
async fn burst(connections: &mut Vec<Connection>, requests: Vec<Request>) -> Result<Vec<Heard>> {
    let start = Arc::new(Barrier::new(connections.len()));
    let calls: Vec<_> = connections
        .drain(..)
        .zip(requests)
        .map(|(mut connection, request)| {
            let start = Arc::clone(&start);
            tokio::spawn(async move {
                start.wait().await;
                let begin = time::now();
                let answer = connection.call(&request).await?;
                let took = time::now() - begin;
                let heard = (answer.status, String::from_utf8_lossy(answer.body).into_owned());
                anyhow::Ok((connection, (heard, took)))
            })
        })
        .collect();
    let mut heard = Vec::with_capacity(RACERS);
    for call in calls {
        let (connection, answer) = call.await??;
        connections.push(connection);
        heard.push(answer);
    }
    Ok(heard)
}

async fn fill(place: &Place) -> Result<(Person, Vec<Person>, String)> {
    let app = place.open().await?;
    let category = Book::open(&app).await?.category();
    let (mut crowd, mut providers) = (Crowd::new(&app), Vec::with_capacity(RACERS));
    let client = crowd.client().await?;
    for number in 0..RACERS {
        let north = f64::from(u32::try_from(number)?) * 0.0005;
        // Seen a day ahead, so that nobody grows stale in a long run.
        let seen = app.now() + Duration::from_secs(24 * 3600);
        providers.push(crowd.provider(&Provider::at(LatLng::try_new(HOME.0 + north, HOME.1)?, seen)).await?);
    }
    crowd.write().await?;
    let order = json!({
        "service_category_id": category, "service_latitude": HOME.0, "service_longitude": HOME.1,
        "service_address": "Jl. Kemang Raya 12, RT 3/RW 5", "requested_time": app.now().to_string(), "payment_method": "CASH",
    });
    Place::close(app).await?;
    Ok((client, providers, order.to_string()))
}
