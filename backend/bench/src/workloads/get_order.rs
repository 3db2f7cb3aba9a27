//! Reading an order, signed in, beside a server that says hello.

use std::time::Duration;

use anyhow::Result;
use rapi_core::LatLng;
use uuid::Uuid;

use super::{Bench, each, in_turn};
use crate::backend::{self, Backend, Place};
use crate::http::{self, Connection, Load, Request};
use crate::orders::{Book, Life};
use crate::people::{Crowd, Provider};
use crate::report::{Bar, Comparison, Outcome};
use crate::server::Server;
use crate::stats::{Spread, micros_each};

const CONNECTIONS: usize = 64;
const PEOPLE: usize = 2_000;
/// So that each provider has one order at a time, and one behind her.
const OPEN: [Life; 5] = [Life::Pending, Life::Accepted, Life::OnTheWay, Life::Arrived, Life::Working];
const BEHIND: [Life; 3] = [Life::AwaitingPayment, Life::AwaitingRating, Life::Completed];

/// A server, the connections to it and what is asked of it.
pub(super) struct Side {
    server: Server,
    connections: Vec<Connection>,
    requests: Vec<Request>,
}

/// What a round came to.
struct Round {
    load: Load,
    cpu: Duration,
}

impl Side {
    async fn measure(&mut self, rate: Option<f64>, time: Duration) -> Result<Round> {
        let before = self.server.cpu()?;
        let load = match rate {
            None => http::closed(&mut self.connections, &self.requests, time).await?,
            Some(rate) => http::open(&mut self.connections, &self.requests, rate, time).await?,
        };
        Ok(Round { load, cpu: self.server.cpu()? - before })
    }
}

pub(super) async fn run(bench: &Bench<'_>) -> Result<Outcome> {
    let place = bench.place();
    let requests = fill(&place).await?;
    let count = requests.len();
    let backend = Backend::start(&bench.args.backend, &place, &[])?;
    let connections = Connection::open_many(&backend.http, CONNECTIONS).await?;
    let ours = Side { server: backend.server, connections, requests };
    let (server, address) = backend::hello(&bench.folder)?;
    let hello: Request = b"GET / HTTP/1.1\r\nhost: rapi\r\n\r\n".to_vec().into();
    let theirs = Side { server, connections: Connection::open_many(&address, CONNECTIONS).await?, requests: vec![hello; CONNECTIONS] };
    let mut sides = [ours, theirs];

    for side in &mut sides {
        side.measure(None, bench.stretch(1.0)).await?;
    }
    let rounds = bench.rounds();
    let [full, hello] = in_turn(rounds, async |side| sides[side].measure(None, bench.stretch(2.0)).await).await?;
    let half = Spread::of(full.iter().map(|round| round.load.rate())).map_or(0.0, |rate| rate.median / 2.0);
    let [calm, calm_hello] = in_turn(rounds, async |side| sides[side].measure(Some(half), bench.stretch(2.5)).await).await?;

    let cpu = |rounds: &[Round]| each(rounds, |round| micros_each(round.cpu, round.load.latencies.count()));
    let rates = |rounds: &[Round]| each(rounds, |round| round.load.rate());
    let within = |rounds: &[Round], percent| each(rounds, |round| round.load.latencies.millis(percent));
    let name = "axum, hello";
    Ok(Outcome {
        how: format!(
            "GET /api/v1/orders/{{id}} over {CONNECTIONS} connections that are kept alive: {count} pairs of an order and one of its people, \
             orders of {PEOPLE} clients in every stage. The peer is an axum server that answers `hello`. Latency is measured at a \
             constant arrival rate, half of our own throughput for both, from when each request was meant to start."
        ),
        limit: "An order that nobody has written since it was read is in memory, as JSON but for what passes with time; what is left is \
                HTTP with its layers, half of it the system's, and for the others nine queries."
            .to_owned(),
        comparisons: vec![
            Comparison::with("processor time of a request", "µs", Bar::None, &cpu(&full), name, &cpu(&hello))?,
            Comparison::with("throughput", "requests/s", Bar::AtLeast(0.5), &rates(&full), name, &rates(&hello))?,
            Comparison::with("p50 at half of our load", "ms", Bar::None, &within(&calm, 50.0), name, &within(&calm_hello, 50.0))?,
            Comparison::with("p99 at half of our load", "ms", Bar::AtMost(2.0), &within(&calm, 99.0), name, &within(&calm_hello, 99.0))?,
        ],
        notes: vec![format!("The constant arrival rate was {half:.0} requests a second.")],
        run: None,
    })
}

async fn fill(place: &Place) -> Result<Vec<Request>> {
    let app = place.open().await?;
    let (mut crowd, mut providers) = (Crowd::new(&app), Vec::new());
    let clients = crowd.clients(PEOPLE).await?;
    for _ in 0..PEOPLE {
        providers.push(crowd.provider(&Provider::at(LatLng::try_new(-6.2, 106.8)?, app.now())).await?);
    }
    crowd.write().await?;
    let (mut book, mut requests) = (Book::open(&app).await?, Vec::new());
    let created = app.now() - Duration::from_secs(2 * 3600);
    for (number, (client, provider)) in clients.iter().zip(&providers).enumerate() {
        for life in [OPEN[number % OPEN.len()], BEHIND[number % BEHIND.len()]] {
            let order = book.add(life, client, provider, created).await?;
            requests.push(read(order, &client.token));
            if life > Life::Pending {
                requests.push(read(order, &provider.token));
            }
        }
    }
    book.close().await?;
    Place::close(app).await?;
    Ok(requests)
}

fn read(order: Uuid, token: &str) -> Request {
    http::get(&format!("/api/v1/orders/{order}"), token)
}
