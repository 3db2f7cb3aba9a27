//! The provider sets off and arrives, possibly a while ago and without network.

use rapi_core::orders::{Actor, Command};
use rapi_core::{Id, Timestamp, values};

use super::advance::advance;
use super::store;
use crate::app::App;
use crate::gateway::Caller;
use crate::platform::{ApiResult, Tx};

/// She set off.
///
/// # Errors
/// As [`advance`].
pub(super) async fn depart(app: &App, tx: &Tx, order: Id<values::Order>, by: &Caller, at: Option<Timestamp>) -> ApiResult<()> {
    move_on(app, tx, order, Command::Depart, by.actor(), at).await
}

/// She is at the door.
///
/// # Errors
/// As [`advance`].
pub(super) async fn arrive(app: &App, tx: &Tx, order: Id<values::Order>, by: &Caller, at: Option<Timestamp>) -> ApiResult<()> {
    move_on(app, tx, order, Command::Arrive, by.actor(), at).await
}

/// What the phone says of the time is kept between the step before and now.
async fn move_on(app: &App, tx: &Tx, order: Id<values::Order>, command: Command, by: Actor, at: Option<Timestamp>) -> ApiResult<()> {
    let now = app.now();
    let before = store::orders::locked(tx, order).await?.and_then(|row| row.departed_time.or(row.accepted_time));
    let earliest = before.map_or(now, Timestamp::from_micros).min(now);
    advance(app, tx, order, command, by, at.unwrap_or(now).clamp(earliest, now)).await.map(|_| ())
}
