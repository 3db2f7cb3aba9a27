//! Orders with all that hangs on them, as their lives would have left them, written below the data model.

use std::collections::HashMap;

use anyhow::{Context as _, Result};
use rapi_backend::app::App;
use rapi_core::Timestamp;
use rapi_core::work::{Attestation, FIRST_PREVIOUS_HASH, WorkEvent, WorkEventKind};
use sea_orm::{ConnectionTrait as _, Statement};
use serde_json::json;
use uuid::Uuid;

use crate::people::Person;
use crate::row;
use crate::rows::Rows;

/// So many orders are kept in memory.
const BATCH: usize = 10_000;
/// Minutes from one station of an order's life to the next: the work takes three quarters of an hour.
const MINUTES: [i64; 8] = [0, 1, 2, 15, 16, 61, 62, 63];
const STATIONS: [(&str, Option<&str>, &str); 8] = [
    ("PENDING", None, "CLIENT"),
    ("ACCEPTED", None, "SERVICE_PROVIDER"),
    ("ON_THE_WAY", None, "SERVICE_PROVIDER"),
    ("ARRIVED", None, "SERVICE_PROVIDER"),
    ("IN_PROGRESS", Some("working"), "SERVICE_PROVIDER"),
    ("IN_PROGRESS", Some("awaiting_payment"), "SERVICE_PROVIDER"),
    ("IN_PROGRESS", Some("awaiting_rating"), "SERVICE_PROVIDER"),
    ("COMPLETED", None, "CLIENT"),
];
/// Lines of a bill of 45 minutes at Rp1.000 a minute's five, paid in cash: account, type, category, amount.
const CASH: [(&str, &str, &str, i64); 4] = [
    ("CASH_CLEARING", "DEBIT", "PAYMENT", 9_000),
    ("CASH_CLEARING", "CREDIT", "PAYMENT", 9_000),
    ("PROVIDER_EARNINGS", "DEBIT", "COMMISSION", 900),
    ("PLATFORM_REVENUE", "CREDIT", "COMMISSION", 900),
];

/// How far an order has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Life {
    /// Waits for a provider.
    Pending,
    /// Taken.
    Accepted,
    /// The provider travels.
    OnTheWay,
    /// She is there.
    Arrived,
    /// She works.
    Working,
    /// The bill is made.
    AwaitingPayment,
    /// It is paid.
    AwaitingRating,
    /// All is done.
    Completed,
}

/// What is written of orders.
pub struct Book<'a> {
    app: &'a App,
    category: Uuid,
    tables: Vec<Rows>,
    /// Lines and balance of each wallet.
    wallets: HashMap<Uuid, (i64, i64)>,
    number: u64,
}

const ORDERS: usize = 0;
const STEPS: usize = 1;
const OFFERS: usize = 2;
const TRACKS: usize = 3;
const SESSIONS: usize = 4;
const EVENTS: usize = 5;
const BILLS: usize = 6;
const HISTORY: usize = 7;
const JOURNALS: usize = 8;
const LINES: usize = 9;
const RATINGS: usize = 10;

fn tables() -> Vec<Rows> {
    vec![
        Rows::of(
            "orders",
            "id, order_number, client_id, service_provider_id, service_category_id, status, stage, description, service_latitude, \
             service_longitude, service_address, time_zone, utc_offset_minutes, requested_time, broadcast_time, accepted_time, \
             departed_time, arrived_time, started_time, finished_time, paid_at, completed_time, duration_minutes, base_amount, \
             total_amount, rate_per_5_minutes, platform_percent, payment_method, photo_urls, created_at, updated_at",
        ),
        Rows::of("order_transitions", "id, order_id, seq, from_status, from_stage, to_status, to_stage, actor, actor_id, at, recorded_at"),
        Rows::of("order_broadcasts", "id, order_id, provider_id, wave, distance_meters, was_offered, notified_at, seen_at, is_accepted"),
        Rows::of("order_tracking", "id, order_id, service_provider_id, tracking_status, last_updated, created_at"),
        Rows::of("work_sessions", "id, order_id, start_time, end_time, pause_times, duration_minutes, status, created_at, updated_at"),
        Rows::of("work_events", "id, order_id, sequence, kind, wall, received_at, attestation, hash, previous_hash"),
        Rows::of(
            "payments",
            "id, order_id, payment_number, client_id, service_provider_id, duration_minutes, base_amount, platform_fee, total_amount, \
             provider_earnings, payment_method, status, paid_at, created_at, updated_at",
        ),
        Rows::of("payment_history", "id, payment_id, sequence, status, created_at"),
        Rows::of("journals", "id, idempotency_key, kind, reference_id, reference_type, created_at"),
        Rows::of(
            "wallet_transactions",
            "id, wallet_id, sequence, journal_id, account, transaction_number, type, category, amount, balance_before, balance_after, \
             reference_id, reference_type, description, created_at",
        ),
        Rows::of("ratings", "id, order_id, client_id, service_provider_id, rating, review, created_at, updated_at"),
    ]
}

impl<'a> Book<'a> {
    /// No order yet.
    ///
    /// # Errors
    /// When the categories cannot be read.
    pub async fn open(app: &'a App) -> Result<Self> {
        let category = Statement::from_string(app.db.backend(), "SELECT id FROM service_categories WHERE slug = 'cleaning'");
        let row = app.db.read().query_one_raw(category).await?.context("no category")?;
        Ok(Self { app, category: row.try_get("", "id")?, tables: tables(), wallets: HashMap::new(), number: 0 })
    }

    /// The category of all orders.
    pub const fn category(&self) -> Uuid {
        self.category
    }

    /// An order at `life`, begun at `created`.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn add(&mut self, life: Life, client: &Person, provider: &Person, created: Timestamp) -> Result<Uuid> {
        if self.tables[ORDERS].len() >= BATCH {
            self.write().await?;
        }
        let story = Story { id: self.app.ids.uuid(), life, client, provider, created: created.micros() };
        self.order(&story);
        self.way(&story);
        self.work(&story);
        if life >= Life::AwaitingPayment {
            self.bill(&story);
        }
        if life == Life::Completed {
            let at = story.at(Life::Completed);
            self.tables[RATINGS].add(row![self.app.ids.uuid(), story.id, client.id, provider.id, 5i32, "Bersih sekali", at, at]);
        }
        Ok(story.id)
    }

    fn order(&mut self, story: &Story<'_>) {
        use Life::{Accepted, Arrived, AwaitingPayment, AwaitingRating, Completed, OnTheWay, Pending, Working};
        self.number += 1;
        let (status, stage, _) = STATIONS[story.life as usize];
        let hers = (story.life >= Accepted).then_some(story.provider.id);
        let number = format!("RB-{:010}", self.number);
        let (minutes, amount) = if story.life >= AwaitingPayment { (45i64, 9_000i64) } else { (0, 0) };
        let place = (-6.2607f64, 106.8137f64);
        self.tables[ORDERS].add(row![
            story.id,
            number,
            story.client.id,
            hers,
            self.category,
            status,
            stage,
            "Dapur dan dua kamar mandi",
            place.0,
            place.1,
            "Jl. Kemang Raya 12, RT 3/RW 5",
            "Asia/Jakarta",
            420i32,
            story.created,
            story.created,
            story.since(Accepted),
            story.since(OnTheWay),
            story.since(Arrived),
            story.since(Working),
            story.since(AwaitingPayment),
            story.since(AwaitingRating),
            story.since(Completed),
            minutes,
            amount,
            amount,
            1_000i64,
            10i32,
            "CASH",
            json!([]),
            story.created,
            story.at(story.life)
        ]);
        for station in 0..=story.life as usize {
            let (to, from) = (STATIONS[station], station.checked_sub(1).map(|before| STATIONS[before]));
            let actor = if to.2 == "CLIENT" { story.client.id } else { story.provider.id };
            let at = story.created + MINUTES[station] * 60_000_000;
            let seq = i32::try_from(station + 1).unwrap_or(i32::MAX);
            let (from_status, from_stage) = (from.map(|from| from.0), from.and_then(|from| from.1));
            self.tables[STEPS].add(row![self.app.ids.uuid(), story.id, seq, from_status, from_stage, to.0, to.1, to.2, actor, at, at]);
        }
        let (offered, taken) = (story.at(Pending), story.life >= Accepted);
        self.tables[OFFERS].add(row![self.app.ids.uuid(), story.id, story.provider.id, 0i32, 750f64, true, offered, offered, taken]);
    }

    fn way(&mut self, story: &Story<'_>) {
        let status = match story.life {
            Life::Pending => return,
            Life::Accepted => "PAUSED",
            Life::OnTheWay => "ACTIVE",
            _ => "STOPPED",
        };
        let at = story.at(Life::Accepted);
        self.tables[TRACKS].add(row![self.app.ids.uuid(), story.id, story.provider.id, status, at, at]);
    }

    fn work(&mut self, story: &Story<'_>) {
        use WorkEventKind::{Arrive, Depart, Start, Stop};
        let stations = [(Depart, Life::OnTheWay), (Arrive, Life::Arrived), (Start, Life::Working), (Stop, Life::AwaitingPayment)];
        let mut previous_hash = FIRST_PREVIOUS_HASH.to_owned();
        for (sequence, (kind, life)) in (0u32..).zip(stations) {
            let Some(at) = story.since(life).map(Timestamp::from_micros) else { break };
            let event =
                WorkEvent { kind, sequence, wall: at, mono: None, received_at: at, attestation: Attestation::Server, previous_hash };
            let hash = event.hash();
            let (at, id) = (at.micros(), self.app.ids.uuid());
            self.tables[EVENTS].add(row![
                id,
                story.id,
                i64::from(sequence),
                kind.as_str(),
                at,
                at,
                "server",
                hash.clone(),
                event.previous_hash
            ]);
            previous_hash = hash;
        }
        if let Some(start) = story.since(Life::Working) {
            let end = story.since(Life::AwaitingPayment);
            let (status, minutes) = if end.is_some() { ("COMPLETED", 45i64) } else { ("STARTED", 1) };
            let id = self.app.ids.uuid();
            self.tables[SESSIONS].add(row![id, story.id, start, end, json!([]), minutes, status, start, end.unwrap_or(start)]);
        }
    }

    fn bill(&mut self, story: &Story<'_>) {
        let (bill, made, paid) = (self.app.ids.uuid(), story.at(Life::AwaitingPayment), story.since(Life::AwaitingRating));
        let number = format!("PB-{:010}", self.number);
        let status = if paid.is_some() { "COMPLETED" } else { "PENDING" };
        self.tables[BILLS].add(row![
            bill,
            story.id,
            number,
            story.client.id,
            story.provider.id,
            45i64,
            9_000i64,
            900i64,
            9_000i64,
            8_100i64,
            "CASH",
            status,
            paid,
            made,
            paid.unwrap_or(made)
        ]);
        self.tables[HISTORY].add(row![self.app.ids.uuid(), bill, 1i32, "PENDING", made]);
        let Some(paid) = paid else { return };
        self.tables[HISTORY].add(row![self.app.ids.uuid(), bill, 2i32, "COMPLETED", paid]);
        let journal = self.app.ids.uuid();
        self.tables[JOURNALS].add(row![journal, format!("payment:{bill}"), "cash_payment", bill, "PAYMENT", paid]);
        let (sequence, balance) = self.wallets.entry(story.provider.wallet).or_default();
        (*sequence, *balance) = (*sequence + 1, *balance - 900);
        let hers = (Some(story.provider.wallet), Some(*sequence), Some(*balance + 900), Some(*balance));
        for (index, (account, kind, category, amount)) in (1..).zip(CASH) {
            let (wallet, sequence, before, after) = if account == "PROVIDER_EARNINGS" { hers } else { (None, None, None, None) };
            let number = format!("TB-{:010}-{index}", self.number);
            self.tables[LINES].add(row![
                self.app.ids.uuid(),
                wallet,
                sequence,
                journal,
                account,
                number,
                kind,
                category,
                amount,
                before,
                after,
                story.id,
                "ORDER",
                "cash_payment",
                paid
            ]);
        }
    }

    /// Writes all orders made so far, in one transaction.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn write(&mut self) -> Result<()> {
        let tx = self.app.db.write().await?;
        for table in &mut self.tables {
            table.write(&tx).await?;
        }
        Ok(tx.commit().await?)
    }

    /// Writes the rest, and the balances of all wallets.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn close(mut self) -> Result<()> {
        self.write().await?;
        let (tx, backend) = (self.app.db.write().await?, self.app.db.backend());
        for (wallet, (sequence, balance)) in self.wallets {
            let sql = match backend {
                sea_orm::DbBackend::Postgres => "UPDATE wallets SET last_sequence = $1, balance = balance + $2 WHERE id = $3",
                _ => "UPDATE wallets SET last_sequence = ?, balance = balance + ? WHERE id = ?",
            };
            tx.execute_raw(Statement::from_sql_and_values(backend, sql, row![sequence, balance, wallet])).await?;
        }
        Ok(tx.commit().await?)
    }
}

/// One order.
struct Story<'a> {
    id: Uuid,
    life: Life,
    client: &'a Person,
    provider: &'a Person,
    created: i64,
}

impl Story<'_> {
    fn at(&self, life: Life) -> i64 {
        self.created + MINUTES[life as usize] * 60_000_000
    }

    /// When it came to `life`, if it did.
    fn since(&self, life: Life) -> Option<i64> {
        (self.life >= life).then(|| self.at(life))
    }
}
