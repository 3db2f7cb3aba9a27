//! Whole orders, written durably, beside pgbench on PostgreSQL.

use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};
use rapi_core::LatLng;
use serde_json::{Value, json};
use uuid::Uuid;

use super::{Bench, each, in_turn};
use crate::backend::{Backend, Place};
use crate::http::{Connection, post};
use crate::orders::Book;
use crate::peers::Pgbench;
use crate::people::{Crowd, Person, Provider};
use crate::process;
use crate::report::{Bar, Comparison, Outcome};
use crate::stats::{Latencies, micros_each, rate};
use crate::time;

const PAIRS: usize = 64;
/// Steps of an order after it is made, with who takes them.
const STEPS: [(&str, bool, &str); 7] = [
    ("accept", false, "{}"),
    ("depart", false, "{}"),
    ("arrive", false, "{}"),
    ("work-session/start", false, "{}"),
    ("work-session/stop", false, "{}"),
    ("payment/confirm-cash", false, "{}"),
    ("rating", true, r#"{"rating":5,"review":"Bersih sekali"}"#),
];

/// A client and the provider she likes best, who take orders through their lives.
struct Pair {
    client: (Person, Connection),
    provider: (Person, Connection),
    order: String,
    /// The order under way, and the step that comes next.
    under_way: Option<(String, usize)>,
}

impl Pair {
    /// Takes one step.
    async fn step(&mut self) -> Result<()> {
        let Some((order, next)) = self.under_way.take() else {
            let request = post("/api/v1/orders", &self.client.0.token, &self.order);
            let answer = self.client.1.call(&request).await?;
            if answer.status != 201 {
                bail!("an order was refused: {}", answer.text());
            }
            let made: Value = serde_json::from_slice(answer.body)?;
            self.under_way = Some((made["id"].as_str().context("an order without id")?.to_owned(), 0));
            return Ok(());
        };
        let (verb, is_clients, body) = STEPS[next];
        let (person, connection) = if is_clients { &mut self.client } else { &mut self.provider };
        let request = post(&format!("/api/v1/orders/{order}/{verb}"), &person.token, body);
        let answer = connection.call(&request).await?;
        if !answer.is_ok() {
            bail!("{verb} was refused: {}", answer.text());
        }
        self.under_way = Some((order, next + 1)).filter(|(_, next)| *next < STEPS.len());
        Ok(())
    }

    async fn walk(mut self, until: Instant) -> Result<(Self, Latencies)> {
        let mut latencies = Latencies::default();
        loop {
            let start = time::now();
            if start >= until {
                return Ok((self, latencies));
            }
            self.step().await?;
            latencies.add(time::now() - start);
        }
    }
}

/// A backend, and who works with it.
struct Side {
    backend: Backend,
    pairs: Vec<Pair>,
    /// Where its database's processes are, when they are not its own.
    database: Option<u32>,
}

/// What a round came to; pgbench tells no percentiles.
struct Round {
    rate: f64,
    cpu_micros: f64,
    latencies: Latencies,
}

impl Side {
    async fn start(bench: &Bench<'_>, place: Place) -> Result<Self> {
        let people = fill(&place).await?;
        let backend = Backend::start(&bench.args.backend, &place, &[])?;
        let mut pairs = Vec::with_capacity(PAIRS);
        for (client, provider, order) in people {
            let client = (client, Connection::open(&backend.http).await?);
            pairs.push(Pair { client, provider: (provider, Connection::open(&backend.http).await?), order, under_way: None });
        }
        let database = place.database.as_ref().and(bench.args.postgres_process);
        Ok(Self { backend, pairs, database })
    }

    fn cpu(&self) -> Result<Duration> {
        let database = self.database.map(process::cpu).transpose()?;
        Ok(self.backend.server.cpu()? + database.unwrap_or_default())
    }

    async fn measure(&mut self, time: Duration) -> Result<Round> {
        let (before, begin) = (self.cpu()?, time::now());
        let walks: Vec<_> = self.pairs.drain(..).map(|pair| tokio::spawn(pair.walk(begin + time))).collect();
        let mut latencies = Latencies::default();
        for walk in walks {
            let (pair, took) = walk.await??;
            self.pairs.push(pair);
            latencies.merge(&took);
        }
        let (took, cpu) = (time::now() - begin, self.cpu()? - before);
        Ok(Round { rate: rate(latencies.count(), took), cpu_micros: micros_each(cpu, latencies.count()), latencies })
    }
}

pub(super) async fn run(bench: &Bench<'_>) -> Result<Outcome> {
    let (url, root) = bench.postgres()?;
    let peer = Pgbench::prepare(&bench.args.pgbench, url, root).await?;
    let mut ours = [Side::start(bench, bench.place()).await?, Side::start(bench, bench.place_on_postgres().await?).await?];
    for side in &mut ours {
        side.measure(bench.stretch(1.5)).await?;
    }
    let [sqlite, theirs, postgres] = in_turn(bench.rounds(), async |side| match side {
        0 => ours[0].measure(bench.stretch(3.0)).await,
        1 => {
            let run = peer.measure(bench.stretch(3.0))?;
            Ok(Round { rate: run.rate, cpu_micros: micros_each(run.cpu, run.count), latencies: Latencies::default() })
        }
        _ => ours[1].measure(bench.stretch(3.0)).await,
    })
    .await?;

    let rates = |rounds: &[Round]| each(rounds, |round| round.rate);
    let cpu = |rounds: &[Round]| each(rounds, |round| round.cpu_micros);
    let within = |rounds: &[Round], percent| each(rounds, |round| round.latencies.millis(percent));
    let (name, unit) = ("pgbench, TPC-B", "transactions/s");
    let mut comparisons = Vec::new();
    for (where_, rounds, least) in [("on SQLite", &sqlite, 1.0), ("on PostgreSQL", &postgres, 0.5)] {
        let what = format!("processor time of a transaction, {where_}");
        comparisons.push(Comparison::with(&what, "µs", Bar::None, &cpu(rounds), name, &cpu(&theirs))?);
        let what = format!("transactions, {where_}");
        comparisons.push(Comparison::with(&what, unit, Bar::AtLeast(least), &rates(rounds), name, &rates(&theirs))?);
        for percent in [50.0, 99.0] {
            comparisons.push(Comparison::alone(&format!("p{percent} of a step, {where_}"), "ms", Bar::None, &within(rounds, percent))?);
        }
    }
    Ok(Outcome {
        how: format!(
            "{PAIRS} pairs of a client and a provider take orders through their lives over HTTP, as fast as they are answered: create (with \
             its offer), accept, depart, arrive, start, stop, cash confirmed, rated; every step is durable when it is answered, and \
             carries an idempotency key. A transaction is a step answered with 2xx. The peer is `pgbench -c 16 -j 2 -M prepared`, scale 16, \
             on a PostgreSQL with fsync and 256 MB of shared buffers; the same server holds Rapi's database in the rows on PostgreSQL, \
             whose processor time counts both."
        ),
        limit:
            "A step is more than twice the statements of TPC-B, and each row it writes is written to several indices; on SQLite one writer at \
                a time runs them; a step's COMMIT is shared with whoever waits. On PostgreSQL each is a round trip, which costs more than the statement."
                .to_owned(),
        comparisons,
        notes: Vec::new(),
        run: None,
    })
}

/// Pairs spread over the city, with the order each client makes again and again.
async fn fill(place: &Place) -> Result<Vec<(Person, Person, String)>> {
    let app = place.open().await?;
    let category = Book::open(&app).await?.category();
    let mut crowd = Crowd::new(&app);
    let mut people = Vec::with_capacity(PAIRS);
    for number in 0..PAIRS {
        // A grid of 4 km, all of it in and around Jakarta.
        #[expect(clippy::cast_precision_loss, reason = "small numbers")]
        let (row, column) = ((number / 8) as f64, (number % 8) as f64);
        let home = LatLng::try_new(-6.35 + row * 0.036, 106.70 + column * 0.036)?;
        let client = crowd.client().await?;
        let provider = crowd.provider(&Provider::at(home, app.now())).await?;
        people.push((client, provider.clone(), order(home, category, provider.id, app.now().to_string())));
    }
    crowd.write().await?;
    Place::close(app).await?;
    Ok(people)
}

fn order(home: LatLng, category: Uuid, provider: Uuid, now: String) -> String {
    json!({
        "service_category_id": category, "description": "Dapur dan dua kamar mandi",
        "service_latitude": home.latitude(), "service_longitude": home.longitude(), "service_address": "Jl. Kemang Raya 12, RT 3/RW 5",
        "requested_time": now, "payment_method": "CASH", "preferred_provider_id": provider,
    })
    .to_string()
}
