//! Looking into the database behind the backend's back.

use std::time::Duration;

use rapi_backend::platform::Db;
use rapi_backend::platform::db::Durability;
use rapi_core::tracking::decode;
use sea_orm::{ConnectionTrait, QueryResult, Statement};
use uuid::Uuid;

use crate::process::Place;

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

pub struct Books {
    db: Db,
    history: Db,
}

impl Books {
    pub async fn open(place: &Place) -> Self {
        match &place.database {
            Some(url) => {
                let db = Db::open_postgres(url, 2).await.unwrap();
                Self { history: db.clone(), db }
            }
            None => {
                let open = async |name: &str| Db::open_sqlite(&place.data_dir.join(name), Durability::Full).await.unwrap();
                Self { db: open("rapi.db").await, history: open("history.db").await }
            }
        }
    }

    pub async fn rows(&self, sql: &str) -> Vec<QueryResult> {
        let is_history = ["location_devices", "location_history", "provider_positions"].iter().any(|table| sql.contains(table));
        let db = if is_history { &self.history } else { &self.db };
        db.read().query_all_raw(Statement::from_string(db.backend(), sql)).await.unwrap()
    }

    /// The one number that `sql` asks for as `n`.
    pub async fn count(&self, sql: &str) -> i64 {
        self.rows(sql).await[0].try_get("", "n").unwrap()
    }

    /// When the provider of an order was where, as far as it is kept.
    pub async fn way(&self, order: &str) -> Vec<i64> {
        let id: Uuid = order.parse().unwrap();
        let sql = "SELECT fixes FROM location_history WHERE order_id = $1 ORDER BY recorded_at";
        let ask = Statement::from_sql_and_values(self.history.backend(), sql, [id.into()]);
        let rows = self.history.read().query_all_raw(ask).await.unwrap();
        let batches = rows.iter().map(|row| decode(&row.try_get::<Vec<u8>>("", "fixes").unwrap()).unwrap());
        batches.flat_map(|batch| batch.fixes).map(|fix| fix.at.micros()).collect()
    }

    /// Lets a day pass for an order that waits for its rating: it was paid a day earlier.
    pub async fn a_day_passes_unrated(&self, order: &str) {
        self.a_day_passes(order, "paid_at", "orders.auto_complete").await;
    }

    /// Lets the day pass that the search for a provider lasts: it began a day earlier.
    pub async fn a_day_passes_unanswered(&self, order: &str) {
        self.a_day_passes(order, "broadcast_time", "orders.give_up").await;
    }

    async fn a_day_passes(&self, order: &str, since: &str, deadline: &str) {
        let id: Uuid = order.parse().unwrap();
        let day = i64::try_from(DAY.as_micros()).unwrap();
        let tx = self.db.write().await.unwrap();
        for sql in [
            format!("UPDATE orders SET {since} = {since} - $2 WHERE id = $1"),
            format!("UPDATE jobs SET due_at = due_at - $2 WHERE subject_id = $1 AND kind = '{deadline}'"),
        ] {
            let done = tx.execute_raw(Statement::from_sql_and_values(self.db.backend(), &sql, [id.into(), day.into()])).await.unwrap();
            assert_eq!(done.rows_affected(), 1, "{sql}");
        }
        tx.commit().await.unwrap();
    }

    pub async fn close(self) {
        self.history.close().await.unwrap();
        self.db.close().await.unwrap();
    }
}
