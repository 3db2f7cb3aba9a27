//! What a hundred times the orders cost: the same calls on a small book and on a large one.

use std::collections::HashMap;
use std::time::Duration;

use anyhow::{Context as _, Result, ensure};
use rapi_core::LatLng;
use rapi_core::wire::people::UserType;
use sea_orm::{ConnectionTrait as _, Statement};
use uuid::Uuid;

use super::{Bench, each, in_turn};
use crate::backend::{Backend, Place};
use crate::http::{Connection, Request, get, post};
use crate::kept;
use crate::orders::{Book, Life};
use crate::people::{Crowd, Person, Provider, token_of};
use crate::report::{Bar, Comparison, Outcome};
use crate::rows::Dice;
use crate::stats::{Latencies, micros_each};
use crate::time;

const SMALL: usize = 10_000;
const CALLERS: usize = 4;
/// Orders of one provider, and of one client.
const EACH: usize = 100;
/// People and orders that are asked about, spread over all there are.
const ASKED: i64 = 2_000;

/// A backend on a book, and what is asked of it.
struct Side {
    backend: Backend,
    connections: Vec<Connection>,
    reads: Vec<Request>,
    providers: Vec<Person>,
}

/// What a round came to: reads, then posts.
struct Round {
    took: [Latencies; 2],
    cpu: [Duration; 2],
}

pub(super) async fn run(bench: &Bench<'_>) -> Result<Outcome> {
    let large = bench.args.orders;
    let mut sides = [Side::start(bench, large).await?, Side::start(bench, SMALL).await?];
    for side in &mut sides {
        side.measure(bench.stretch(0.5)).await?;
    }
    let [grown, small] = in_turn(bench.rounds(), async |side| sides[side].measure(bench.stretch(1.5)).await).await?;
    let mut comparisons = Vec::new();
    for (place, name) in ["an order read", "a ledger post"].iter().enumerate() {
        let cpu = |rounds: &[Round]| each(rounds, |round| micros_each(round.cpu[place], round.took[place].count()));
        let median = |rounds: &[Round]| each(rounds, |round| round.took[place].millis(50.0));
        let peer = format!("at {SMALL} orders");
        let what = format!("processor time of {name}");
        comparisons.push(Comparison::with(&what, "µs", Bar::AtMost(1.3), &cpu(&grown), &peer, &cpu(&small))?);
        let what = format!("p50 of {name}");
        comparisons.push(Comparison::with(&what, "ms", Bar::AtMost(1.3), &median(&grown), &peer, &median(&small))?);
    }
    Ok(Outcome {
        how: format!(
            "Two backends on SQLite, one with {large} orders and one with {SMALL}, each order with its transitions, offer, tracking, work \
             session and its events, bill, history, journal of four lines and rating; {EACH} orders a person. {CALLERS} callers read orders \
             spread over all of them, then ask for withdrawals, each of which posts a journal."
        ),
        limit: "The depth of the indices, and pages that no longer fit into memory maps and caches.".to_owned(),
        comparisons,
        notes: Vec::new(),
        run: None,
    })
}

impl Side {
    async fn start(bench: &Bench<'_>, orders: usize) -> Result<Self> {
        let place = kept::filled(&bench.args.folder, &format!("growth-{orders}"), async |place| fill(place, orders).await).await?;
        let (reads, providers) = spread(&place).await?;
        let backend = Backend::start(&bench.args.backend, &place, &[])?;
        let connections = Connection::open_many(&backend.http, CALLERS).await?;
        Ok(Self { backend, connections, reads, providers })
    }

    async fn measure(&mut self, time: Duration) -> Result<Round> {
        let begin = self.backend.server.cpu()?;
        let load = crate::http::closed(&mut self.connections, &self.reads, time).await?;
        let between = self.backend.server.cpu()?;
        let posts = self.post(time).await?;
        Ok(Round { took: [load.latencies, posts], cpu: [between - begin, self.backend.server.cpu()? - between] })
    }

    async fn post(&mut self, time: Duration) -> Result<Latencies> {
        let until = time::now() + time;
        let calls: Vec<_> = self
            .connections
            .drain(..)
            .enumerate()
            .map(|(number, mut connection)| {
                let mine: Vec<Person> = self.providers.iter().skip(number).step_by(CALLERS).cloned().collect();
                tokio::spawn(async move {
                    let mut took = Latencies::default();
                    for person in mine.iter().cycle() {
                        let request = post("/api/v1/wallet/withdrawals", &person.token, WITHDRAWAL);
                        let start = time::now();
                        if start >= until {
                            break;
                        }
                        let answer = connection.call(&request).await?;
                        ensure!(answer.status == 201, "a withdrawal was refused: {}", answer.text());
                        took.add(time::now() - start);
                    }
                    anyhow::Ok((connection, took))
                })
            })
            .collect();
        let mut all = Latencies::default();
        for call in calls {
            let (connection, took) = call.await??;
            self.connections.push(connection);
            all.merge(&took);
        }
        Ok(all)
    }
}

const WITHDRAWAL: &str = r#"{"amount":50000,"bank_name":"BCA","bank_account_number":"1234567890","bank_account_name":"Wati Lestari"}"#;

/// Makes a book of `orders`.
async fn fill(place: &Place, orders: usize) -> Result<()> {
    let app = place.open().await?;
    let people = (orders / EACH).max(2);
    let mut crowd = Crowd::new(&app);
    let clients = crowd.clients(people).await?;
    let mut providers = Vec::with_capacity(people);
    for _ in 0..people {
        let rich = Provider { balance: 1_000_000_000_000, ..Provider::at(LatLng::try_new(-6.2, 106.8)?, app.now()) };
        providers.push(crowd.provider(&rich).await?);
    }
    crowd.write().await?;
    let (mut book, mut dice) = (Book::open(&app).await?, Dice::new(3));
    for number in 0..orders {
        let ago = Duration::from_secs(60 * (orders - number) as u64 + 7_200);
        book.add(Life::Completed, &clients[dice.below(people)], &providers[number % people], app.now() - ago).await?;
    }
    book.close().await?;
    Place::close(app).await
}

/// Reads of orders, and providers, spread over the book.
async fn spread(place: &Place) -> Result<(Vec<Request>, Vec<Person>)> {
    let app = place.open().await?;
    let ask = async |sql: &str| app.db.read().query_all_raw(Statement::from_string(app.db.backend(), sql)).await;
    let mut sessions = HashMap::new();
    for row in ask("SELECT user_id, family_id FROM refresh_tokens").await? {
        sessions.insert(row.try_get::<Uuid>("", "user_id")?, row.try_get::<Uuid>("", "family_id")?);
    }
    let token = |user: Uuid, role| token_of(&app, user, sessions.get(&user).copied().unwrap_or_default(), role);
    let count: i64 = ask("SELECT COUNT(*) AS count FROM orders").await?.first().context("no count")?.try_get("", "count")?;
    let some = format!("SELECT id, client_id FROM orders WHERE rowid % {} = 0 LIMIT {ASKED}", (count / ASKED).max(1));
    let mut reads = Vec::new();
    for row in ask(&some).await? {
        let (order, client): (Uuid, Uuid) = (row.try_get("", "id")?, row.try_get("", "client_id")?);
        reads.push(get(&format!("/api/v1/orders/{order}"), &token(client, UserType::Client)?));
    }
    let mut providers = Vec::new();
    for row in ask(&format!("SELECT id FROM users WHERE user_type = 'SERVICE_PROVIDER' LIMIT {ASKED}")).await? {
        let id: Uuid = row.try_get("", "id")?;
        providers.push(Person { id, wallet: Uuid::nil(), token: token(id, UserType::ServiceProvider)? });
    }
    Place::close(app).await?;
    Ok((reads, providers))
}
