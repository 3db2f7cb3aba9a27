//! The bus of a backend that may be one of several: what is published at one process reaches the phones connected to another.
//!
//! It travels by PostgreSQL's `NOTIFY`, which forgets whoever does not listen: good enough for the newest position and for ending
//! connections, of which nothing depends on delivery. Events do not come this way (see [`super::follower`]).

use std::sync::{Arc, OnceLock};
use std::time::Duration;

use async_trait::async_trait;
use sea_orm::{ConnectionTrait, Statement};
use serde::{Deserialize, Serialize};
use sqlx::postgres::PgListener;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use super::broker::LateBus;
use super::bus::Bus;
use super::clock::Clock;
use super::db::Db;
use super::ids::random;

const CHANNEL: &str = "rapi_bus";
/// PostgreSQL takes less than 8000 bytes.
const LONGEST: usize = 7_900;
/// Until the next attempt, when the database cannot be listened to.
const AGAIN: Duration = Duration::from_secs(1);

/// Publishes here and, once attached to a shared database, everywhere.
pub struct SharedBus {
    here: LateBus,
    name: Uuid,
    db: OnceLock<Db>,
}

/// What one process tells the others.
#[derive(Serialize, Deserialize)]
struct Told {
    by: Uuid,
    #[serde(flatten)]
    what: What,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum What {
    Publish { topic: String, payload: String },
    Disconnect { client_id_prefix: String },
}

impl SharedBus {
    /// The bus of a process that is alone so far.
    #[must_use]
    pub fn new(here: LateBus) -> Self {
        Self { here, name: Uuid::from_bytes(random()), db: OnceLock::new() }
    }

    /// From now on tells the other processes on `db`; what they say from now on is in what is returned.
    ///
    /// # Errors
    /// When the database cannot be listened to.
    pub async fn attach(&self, db: Db, url: &str) -> Result<PgListener, sqlx::Error> {
        let mut listener = PgListener::connect(url).await?;
        listener.listen(CHANNEL).await?;
        // A bus is attached once; another time it would be to the same database.
        let _ = self.db.set(db);
        Ok(listener)
    }

    /// Passes on what the others say, until `stop`. The library connects again by itself.
    pub async fn listen(self: Arc<Self>, mut heard: PgListener, clock: Arc<dyn Clock>, stop: CancellationToken) {
        loop {
            let said = tokio::select! {
                () = stop.cancelled() => return,
                said = heard.recv() => said,
            };
            match said {
                Ok(said) => self.hear(said.payload()).await,
                Err(error) => {
                    tracing::warn!(%error, "other processes cannot be heard, trying again");
                    let again = clock.now() + AGAIN;
                    tokio::select! {
                        () = stop.cancelled() => return,
                        () = clock.sleep_until(again) => {}
                    }
                }
            }
        }
    }

    async fn hear(&self, said: &str) {
        match serde_json::from_str(said) {
            Ok(Told { by, .. }) if by == self.name => {}
            Ok(Told { what: What::Publish { topic, payload }, .. }) => self.here.publish(topic, payload.into_bytes()).await,
            Ok(Told { what: What::Disconnect { client_id_prefix }, .. }) => self.here.disconnect(&client_id_prefix).await,
            // Of a newer version, which may say more.
            Err(error) => tracing::debug!(%error, "another process said what this one does not understand"),
        }
    }

    async fn tell(&self, what: What) {
        let Some(db) = self.db.get() else { return };
        let Ok(text) = serde_json::to_string(&Told { by: self.name, what }) else { return };
        if text.len() > LONGEST {
            tracing::debug!(bytes = text.len(), "too long to be told to other processes");
            return;
        }
        let notify = Statement::from_sql_and_values(db.backend(), "SELECT pg_notify($1, $2)", [CHANNEL.into(), text.into()]);
        if let Err(error) = db.read().execute_raw(notify).await {
            tracing::warn!(%error, "other processes cannot be told");
        }
    }
}

#[async_trait]
impl Bus for SharedBus {
    async fn publish(&self, topic: String, payload: Vec<u8>) {
        self.here.publish(topic.clone(), payload.clone()).await;
        // All we publish is JSON.
        if let Ok(payload) = String::from_utf8(payload) {
            self.tell(What::Publish { topic, payload }).await;
        }
    }

    async fn disconnect(&self, client_id_prefix: &str) {
        self.here.disconnect(client_id_prefix).await;
        self.tell(What::Disconnect { client_id_prefix: client_id_prefix.to_owned() }).await;
    }
}
