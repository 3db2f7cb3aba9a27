//! Positions that other processes were told: every process finds who is near in its own memory, so each reads what the others
//! store, about once a second, and once more just before a wave.
//!
//! A row is found by the time it was written. That time is taken before the commit and by another machine's clock, so a little
//! more is read than is new; what comes later still is found by reading everything now and then. Noting twice changes nothing.

use std::time::Duration;

use rapi_core::Timestamp;
use sea_orm::{ConnectionTrait, DbErr};
use tokio_util::sync::CancellationToken;

use super::{service, store};
use crate::app::App;

/// Between two looks.
const EVERY: Duration = Duration::from_secs(1);
/// A commit may come so long after the time it carries, the difference of two clocks included.
const SLACK: Duration = Duration::from_secs(2);
/// Everything is read anew after so many looks.
const ALL_AFTER: u32 = 60;

/// Reads what was stored within the last moments.
pub(super) async fn refresh(app: &App, connection: &impl ConnectionTrait) -> Result<(), DbErr> {
    since(app, connection, app.now() - EVERY - SLACK).await
}

async fn since(app: &App, connection: &impl ConnectionTrait, time: Timestamp) -> Result<(), DbErr> {
    for last in store::positions_since(connection, time).await? {
        app.nearby.note(last);
    }
    Ok(())
}

/// Looks again and again, until `stop`. A look that failed is made good by the next one.
pub(super) async fn follow(app: &App, stop: CancellationToken) {
    let (mut seen, mut looks) = (app.now(), 0_u32);
    loop {
        let now = app.now();
        tokio::select! {
            () = stop.cancelled() => return,
            () = app.clock.sleep_until(now + EVERY) => {}
        }
        let now = app.now();
        looks = looks.wrapping_add(1);
        let read = if looks.is_multiple_of(ALL_AFTER) {
            service::load_positions(app).await
        } else {
            since(app, app.db.read(), seen - SLACK).await
        };
        match read {
            Ok(()) => seen = now,
            Err(error) => tracing::warn!(%error, "positions of other processes could not be read, trying again"),
        }
    }
}
