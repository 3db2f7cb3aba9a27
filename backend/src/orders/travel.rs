//! The provider sets off and arrives, possibly a while ago and without network.

use rapi_core::orders::{Actor, Command};
use rapi_core::work::WorkEventKind;
use rapi_core::{Id, Timestamp, values};

use super::advance::advance;
use super::store;
use crate::app::App;
use crate::gateway::Caller;
use crate::platform::{ApiResult, Tx};
use crate::timer;

/// She set off.
///
/// # Errors
/// As [`advance`].
pub(super) async fn depart(app: &App, tx: &Tx, order: Id<values::Order>, by: &Caller, at: Option<Timestamp>) -> ApiResult<()> {
    move_on(app, tx, order, WorkEventKind::Depart, by.actor(), at).await
}

/// She is at the door.
///
/// # Errors
/// As [`advance`].
pub(super) async fn arrive(app: &App, tx: &Tx, order: Id<values::Order>, by: &Caller, at: Option<Timestamp>) -> ApiResult<()> {
    move_on(app, tx, order, WorkEventKind::Arrive, by.actor(), at).await
}

/// What the phone says of the time is kept between the step before and now.
async fn move_on(app: &App, tx: &Tx, order: Id<values::Order>, kind: WorkEventKind, by: Actor, at: Option<Timestamp>) -> ApiResult<()> {
    let command = if kind == WorkEventKind::Arrive { Command::Arrive } else { Command::Depart };
    let now = app.now();
    let before = store::orders::locked(tx, order).await?.and_then(|row| row.departed_time.or(row.accepted_time));
    let earliest = before.map_or(now, Timestamp::from_micros).min(now);
    let at = at.unwrap_or(now).clamp(earliest, now);
    advance(app, tx, order, command, by, at).await?;
    timer::service::attest(app, tx, order, kind, at).await
}
