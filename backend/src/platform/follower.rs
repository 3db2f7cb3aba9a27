//! Sends numbered events to the phones connected here, whichever process numbered them.
//!
//! Relays number events turn by turn, and turns become visible in the order of their numbers: whoever has sent all up to one
//! turn reads on after it and misses none. After a start nothing is made good, for a phone that connects reads its feed first.

use std::sync::Arc;
use std::time::Duration;

use sea_orm::DbErr;
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

use super::bus::Bus;
use super::clock::Clock;
use super::db::Db;
use super::events;

/// Between two looks, when nobody here numbers events. A look that finds nothing is one look into an index.
const EVERY: Duration = Duration::from_millis(250);

/// Follows the turns of all relays.
pub struct Follower {
    db: Db,
    bus: Arc<dyn Bus>,
    clock: Arc<dyn Clock>,
    numbered: Arc<Notify>,
    after: i64,
}

impl Follower {
    /// Will send what is numbered from now on through `bus`, which reaches those connected here.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn open(db: Db, bus: Arc<dyn Bus>, clock: Arc<dyn Clock>, numbered: Arc<Notify>) -> Result<Self, DbErr> {
        let after = events::last_turn(&db).await?;
        Ok(Self { db, bus, clock, numbered, after })
    }

    /// Runs until `stop`.
    pub async fn run(mut self, stop: CancellationToken) {
        loop {
            match self.turn().await {
                Ok(0) => {}
                Ok(_) => continue,
                Err(error) => tracing::warn!(%error, "numbered events could not be read, trying again"),
            }
            let again = self.clock.now() + EVERY;
            tokio::select! {
                () = stop.cancelled() => return,
                () = self.numbered.notified() => {}
                () = self.clock.sleep_until(again) => {}
            }
        }
    }

    /// Sends what has been numbered since; how many events that were.
    async fn turn(&mut self) -> Result<usize, DbErr> {
        let Some((upto, numbered)) = events::numbered_after(&self.db, self.after).await? else { return Ok(0) };
        let count = numbered.len();
        for (topic, payload) in numbered {
            self.bus.publish(topic, payload).await;
        }
        self.after = upto;
        Ok(count)
    }
}
