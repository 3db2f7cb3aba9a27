//! Positions on the way: checked, stored and shown, beside a broker that relays the same bytes.

use std::time::{Duration, Instant};

use anyhow::Result;
use rapi_core::tracking::{Batch, Fix, encode};
use rapi_core::{LatLng, Timestamp};
use tokio::sync::mpsc::UnboundedReceiver;
use uuid::Uuid;

use super::{Bench, each, in_turn};
use crate::backend::{Backend, Place};
use crate::mqtt::{Connection, Login};
use crate::orders::{Book, Life};
use crate::peers::mosquitto;
use crate::people::{Crowd, Person, Provider};
use crate::report::{Bar, Comparison, Outcome};
use crate::server::Server;
use crate::stats::{Latencies, micros_each, rate};
use crate::time;

const PAIRS: usize = 50;
const FIXES: u32 = 12;
/// Batches a second, of all providers, when latency is measured.
const CALM: f64 = 400.0;
/// Fixes lie a second apart, and begin almost as long ago as they may: more fit into a run than a day of one every five seconds.
const BEGIN: Duration = Duration::from_secs(23 * 3600 + 1800);

/// A provider who publishes, and the client who watches.
struct Pair {
    phone: Connection,
    watcher: Connection,
    topic: String,
    sequence: u64,
    at: Timestamp,
}

impl Pair {
    /// The next twelve fixes, on a way that winds a little.
    fn batch(&mut self) -> Result<Vec<u8>> {
        let mut fixes = Vec::new();
        for number in 0..FIXES {
            self.at = self.at + Duration::from_secs(1);
            let step = f64::from(u32::try_from(self.sequence % 600).unwrap_or_default() * FIXES + number);
            // There and back within 7,200 s, so that every step is about 9 m.
            let way = if step < 3_600.0 { step } else { 7_200.0 - step };
            let position = LatLng::try_new(-6.30 + way * 0.000_08, 106.80 + (step / 40.0).sin() * 0.000_5)?;
            let fix =
                Fix { at: self.at, position, accuracy_meters: Some(8.0), speed_kmh: Some(32.0), heading_degrees: None, is_mock: false };
            fixes.push(fix);
        }
        self.sequence += 1;
        Ok(encode(&Batch { sequence: self.sequence, fixes })?)
    }

    /// One batch: published, acknowledged, seen.
    async fn send(&mut self) -> Result<()> {
        let batch = self.batch()?;
        let number = u16::try_from(self.sequence % 60_000 + 1).unwrap_or(1);
        self.phone.publish(&self.topic, number, &batch).await?;
        let seen = async { self.watcher.message().await.map(|_| ()) };
        tokio::try_join!(self.phone.acknowledged(), seen)?;
        Ok(())
    }

    async fn drive(mut self, mut starts: Starts) -> Result<(Self, Latencies)> {
        let mut latencies = Latencies::default();
        while let Some(meant) = starts.next().await {
            self.send().await?;
            latencies.add(time::now() - meant);
        }
        Ok((self, latencies))
    }
}

/// When the next batch is meant to start.
enum Starts {
    AtOnce(Instant),
    Beat(UnboundedReceiver<Instant>),
}

impl Starts {
    async fn next(&mut self) -> Option<Instant> {
        match self {
            Self::AtOnce(until) => Some(time::now()).filter(|now| now < until),
            Self::Beat(beat) => beat.recv().await,
        }
    }
}

struct Side {
    server: Server,
    pairs: Vec<Pair>,
}

/// What a round came to.
struct Round {
    latencies: Latencies,
    cpu: Duration,
    time: Duration,
}

impl Side {
    async fn measure(&mut self, rate: Option<f64>, time: Duration) -> Result<Round> {
        let (before, begin) = (self.server.cpu()?, time::now());
        let starts: Vec<Starts> = match rate {
            None => (0..PAIRS).map(|_| Starts::AtOnce(begin + time)).collect(),
            Some(rate) => time::beat(rate, time, PAIRS).into_iter().map(Starts::Beat).collect(),
        };
        let drives: Vec<_> = self.pairs.drain(..).zip(starts).map(|(pair, starts)| tokio::spawn(pair.drive(starts))).collect();
        let mut latencies = Latencies::default();
        for drive in drives {
            let (pair, took) = drive.await??;
            self.pairs.push(pair);
            latencies.merge(&took);
        }
        Ok(Round { latencies, cpu: self.server.cpu()? - before, time: time::now() - begin })
    }
}

pub(super) async fn run(bench: &Bench<'_>) -> Result<Outcome> {
    let place = bench.place();
    let people = fill(&place).await?;
    let backend = Backend::start(&bench.args.backend, &place, &[])?;
    let ours = connect_all(&backend.mqtt, &people, |couple| format!("u/{}/tracking/{}", couple.client.id, couple.order)).await?;
    let (server, address) = mosquitto(&bench.args.mosquitto, &bench.folder).await?;
    let theirs = connect_all(&address, &people, |couple| format!("u/{}/location", couple.provider.id)).await?;
    let mut sides = [Side { server: backend.server, pairs: ours }, Side { server, pairs: theirs }];
    for side in &mut sides {
        side.measure(None, bench.stretch(1.0)).await?;
    }
    let rounds = bench.rounds();
    let [full, relayed] = in_turn(rounds, async |side| sides[side].measure(None, bench.stretch(2.0)).await).await?;
    let [calm, calm_relayed] = in_turn(rounds, async |side| sides[side].measure(Some(CALM), bench.stretch(2.5)).await).await?;

    let cpu = |rounds: &[Round]| each(rounds, |round| micros_each(round.cpu, round.latencies.count()));
    let rates = |rounds: &[Round]| each(rounds, |round| rate(round.latencies.count(), round.time));
    let within = |rounds: &[Round], percent| each(rounds, |round| round.latencies.millis(percent));
    let name = "Mosquitto, relay";
    Ok(Outcome {
        how: format!(
            "{PAIRS} providers on their way publish batches of {FIXES} fixes in the binary codec at QoS 1. Ours checks each fix, stores the \
             batch before it acknowledges, works out distance and arrival, and shows the watching client; Mosquitto (no persistence) \
             relays the same bytes from provider to client. Under load each provider has one batch in flight; latency is from publishing to \
             the client's sight of it, at {CALM:.0} batches a second."
        ),
        limit:
            "The pages of the write-ahead log: a batch is written beside those of its way and into the index of their times, each time as a \
                whole page; then the broker's way in and out, half of it the system's, and the statements that batches share."
                .to_owned(),
        comparisons: vec![
            Comparison::with("processor time of a batch", "µs", Bar::AtMost(3.0), &cpu(&full), name, &cpu(&relayed))?,
            Comparison::with("batches under load", "batches/s", Bar::None, &rates(&full), name, &rates(&relayed))?,
            Comparison::with(
                "p50 from publishing to sight",
                "ms",
                Bar::AtMost(3.0),
                &within(&calm, 50.0),
                name,
                &within(&calm_relayed, 50.0),
            )?,
            Comparison::with("p99 from publishing to sight", "ms", Bar::None, &within(&calm, 99.0), name, &within(&calm_relayed, 99.0))?,
        ],
        notes: Vec::new(),
        run: None,
    })
}

/// Two people, and the order that one is on her way to.
struct Couple {
    client: Person,
    provider: Person,
    order: Uuid,
}

/// The watching clients listen to one topic each, as the app does.
async fn connect_all(address: &str, people: &[Couple], filter: impl Fn(&Couple) -> String) -> Result<Vec<Pair>> {
    let mut pairs = Vec::with_capacity(people.len());
    for couple in people {
        let Couple { client, provider, .. } = couple;
        let mut watcher = connect(address, client).await?;
        watcher.subscribe(&filter(couple)).await?;
        let phone = connect(address, provider).await?;
        let topic = format!("u/{}/location", provider.id);
        pairs.push(Pair { phone, watcher, topic, sequence: 0, at: begin() });
    }
    Ok(pairs)
}

async fn connect(address: &str, person: &Person) -> Result<Connection> {
    let login = Login { client: format!("{}:phone", person.id), user: person.id.to_string(), password: &person.token };
    Connection::open(address, &login).await
}

fn begin() -> Timestamp {
    use rapi_backend::platform::Clock as _;
    rapi_backend::platform::SystemClock.now() - BEGIN
}

/// Pairs whose provider is on her way.
async fn fill(place: &Place) -> Result<Vec<Couple>> {
    let app = place.open().await?;
    let (mut crowd, mut people) = (Crowd::new(&app), Vec::with_capacity(PAIRS));
    for _ in 0..PAIRS {
        let before = begin() - Duration::from_secs(60);
        people.push((crowd.client().await?, crowd.provider(&Provider::at(LatLng::try_new(-6.30, 106.80)?, before)).await?));
    }
    crowd.write().await?;
    let mut book = Book::open(&app).await?;
    let mut couples = Vec::with_capacity(PAIRS);
    for (client, provider) in people {
        let order = book.add(Life::OnTheWay, &client, &provider, app.now() - Duration::from_secs(600)).await?;
        couples.push(Couple { client, provider, order });
    }
    book.close().await?;
    Place::close(app).await?;
    Ok(couples)
}
