//! PostgreSQL goes away and comes back: what cannot be done meanwhile is refused by name, what was acknowledged is there, and nobody
//! restarts anything.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use futures_util::future::join_all;
use sea_orm::{ConnectionTrait, Database, DatabaseConnection};
use serde_json::{Value, json};

use super::errands::id_of;
use super::lives::Lives;
use super::phones::Phone;
use super::wire::Wire;
use crate::client::Reply;
use crate::harness::{fresh_database, has_postgres, until};
use crate::process::Place;

/// The database server's own administrator.
struct Server {
    connection: DatabaseConnection,
    database: String,
}

impl Server {
    async fn of(url: &str) -> Self {
        let connection = Database::connect(std::env::var("RAPI_TEST_POSTGRES").unwrap()).await.unwrap();
        Self { connection, database: url.rsplit_once('/').unwrap().1.to_owned() }
    }

    async fn run(&self, sql: &str) {
        self.connection.execute_unprepared(&sql.replace("{database}", &self.database)).await.unwrap();
    }

    /// Ends all connections to the database.
    async fn disconnect_everybody(&self) {
        self.run("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{database}'").await;
    }
}

async fn ask(phone: &Phone, key: &str) -> Reply {
    let body = json!({
        "custom_category_name": "Menata buku", "service_latitude": -6.26, "service_longitude": 106.81,
        "service_address": "Jl. Kemang Raya 12", "requested_time": "2026-11-20T02:00:00Z", "payment_method": "CASH",
    });
    phone.who.post_once("orders", key, body).await
}

fn is_refused(reply: Reply, code: &str, seconds: &str) {
    assert_eq!(reply.headers["content-type"], "application/problem+json", "{}", reply.body);
    assert_eq!(reply.headers["retry-after"], seconds, "{}", reply.body);
    reply.refused(503, code);
}

async fn not_ready(phone: &Phone, reason: &str) {
    until(&format!("a probe that says {reason}"), async || {
        let ready = phone.who.get("/health/ready").await;
        (ready.status == 503 && ready.body["reason"] == reason).then_some(())
    })
    .await;
}

async fn is_ready(phone: &Phone) {
    until("a backend that is ready", async || (phone.who.get("/health/ready").await.status == 200).then_some(())).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn while_postgres_is_away_callers_hear_so_and_all_goes_on_when_it_is_back() {
    if !has_postgres() {
        return;
    }
    let url = fresh_database().await;
    let (before, database) = url.rsplit_once('/').unwrap();
    let (scheme, address) = before.rsplit_once('@').unwrap();
    let (wire, server) = (Wire::open().await, address.parse().unwrap());
    wire.lead(Some(server));
    let dir = tempfile::tempdir().unwrap();
    let through = format!("{scheme}@{}/{database}", wire.address);
    let lives = Lives::at(Place::new(dir.path(), Some(&through), &[])).await;
    let life = lives.begin(None).await.unwrap();
    let phone = Phone::new(&lives, lives.house.client().await);
    let first = id_of(&ask(&phone, "sebelum").await.expect(201));

    wire.lead(None);
    is_refused(ask(&phone, "selama").await, "database_unavailable", "2");
    is_refused(phone.who.get("orders").await, "database_unavailable", "2");
    not_ready(&phone, "database_unavailable").await;
    assert_eq!(phone.who.get("/health/live").await.status, 200);

    wire.lead(Some(server));
    is_ready(&phone).await;
    let late = id_of(&ask(&phone, "selama").await.expect(201));
    phone.hears("the late order", |event| event["data"]["order_id"] == late.as_str()).await;
    let kept = phone.get("orders").await;
    let kept: Vec<_> = kept["items"].as_array().unwrap().iter().map(id_of).collect();
    assert_eq!(kept, [late, first]);
    life.kill().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn connections_that_postgres_ends_cost_nobody_an_acknowledged_order() {
    if !has_postgres() {
        return;
    }
    let url = fresh_database().await;
    let dir = tempfile::tempdir().unwrap();
    let lives = Lives::at(Place::new(dir.path(), Some(&url), &[])).await;
    let life = lives.begin(None).await.unwrap();
    let phones = join_all((0..4).map(async |_| Phone::new(&lives, lives.house.client().await))).await;
    let server = Server::of(&url).await;
    let (is_over, refusals) = (AtomicBool::new(false), AtomicUsize::new(0));
    let insist = async |phone: &Phone| {
        let mut orders = Vec::new();
        while !is_over.load(Ordering::Relaxed) {
            let key = format!("nomor-{}", orders.len());
            let order = until("an order", async || match ask(phone, &key).await {
                reply if reply.status == 201 => Some(id_of(&reply.body)),
                reply => {
                    refusals.fetch_add(1, Ordering::Relaxed);
                    is_refused(reply, "database_unavailable", "2");
                    None
                }
            });
            orders.push(order.await);
        }
        orders
    };
    let cut = async {
        let mut beat = tokio::time::interval(Duration::from_millis(60));
        // Until enough requests were hit to mean something.
        while refusals.load(Ordering::Relaxed) < 20 {
            beat.tick().await;
            server.disconnect_everybody().await;
        }
        is_over.store(true, Ordering::Relaxed);
    };
    let (made, ()) = tokio::join!(join_all(phones.iter().map(insist)), cut);
    for (phone, mut made) in phones.iter().zip(made) {
        let (mut kept, mut cursor) = (Vec::new(), String::new());
        loop {
            let page = phone.get(&format!("orders?limit=100{cursor}")).await;
            kept.extend(page["items"].as_array().unwrap().iter().map(id_of));
            let Some(next) = page["next_cursor"].as_str() else { break };
            cursor = format!("&cursor={next}");
        }
        made.reverse();
        assert_eq!(kept, made, "each acknowledged order, once, and no other");
    }
    life.kill().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_that_takes_no_writes_is_named_and_reading_goes_on() {
    if !has_postgres() {
        return;
    }
    let url = fresh_database().await;
    let dir = tempfile::tempdir().unwrap();
    let lives = Lives::at(Place::new(dir.path(), Some(&url), &[])).await;
    let life = lives.begin(None).await.unwrap();
    let phone = Phone::new(&lives, lives.house.client().await);
    let first = id_of(&ask(&phone, "sebelum").await.expect(201));
    let server = Server::of(&url).await;
    // As a database is after its standby has taken over, or while somebody saves it.
    server.run("ALTER DATABASE {database} SET default_transaction_read_only = on").await;
    server.disconnect_everybody().await;
    not_ready(&phone, "storage_read_only").await;
    is_refused(ask(&phone, "selama").await, "storage_read_only", "30");
    assert_eq!(phone.get(&format!("orders/{first}")).await["status"], json!("PENDING"));
    server.run("ALTER DATABASE {database} SET default_transaction_read_only = off").await;
    server.disconnect_everybody().await;
    is_ready(&phone).await;
    let late = ask(&phone, "selama").await.expect(201);
    assert_eq!((id_of(&late) != first, &late["stage"]), (true, &Value::Null));
    life.kill().await;
}
