//! What other modules may ask of the work timer.

use rapi_core::orders::WorkState;
use rapi_core::wire::work::WorkSessionResponse;
use rapi_core::work::{SessionStatus, WorkEventKind, append};
use rapi_core::{Id, Timestamp, values};
use sea_orm::{ConnectionTrait, DbErr};

use super::{session, store};
use crate::app::App;
use crate::orders::service::OrderFacts;
use crate::platform::{ApiResult, Tx};

/// The work session of an order as of `now`, once started.
///
/// # Errors
/// When the database cannot be read.
pub async fn session_of(
    connection: &impl ConnectionTrait,
    order: &OrderFacts,
    now: Timestamp,
) -> Result<Option<WorkSessionResponse>, DbErr> {
    let Some(row) = store::session(connection, order.order.id).await? else { return Ok(None) };
    let events = store::events(connection, order.order.id).await?;
    let work = session::of(order, &events).map_err(|error| DbErr::Custom(error.to_string()))?;
    Ok(work.map(|work| session::answer(order, &work, row, now)))
}

/// Is the clock of this order running or paused? `None` before the start and after the stop.
///
/// # Errors
/// When the database cannot be read.
pub async fn state_of(connection: &impl ConnectionTrait, order: Id<values::Order>) -> Result<Option<WorkState>, DbErr> {
    let row = store::session(connection, order).await?;
    Ok(row.and_then(|row| match row.status.parse() {
        Ok(SessionStatus::Started) => Some(WorkState::Running),
        Ok(SessionStatus::Paused) => Some(WorkState::Paused),
        Ok(SessionStatus::Completed) | Err(_) => None,
    }))
}

/// Writes into the order's list that its provider departed or arrived. Written already is success. The caller holds the order's lock.
///
/// # Errors
/// When the event does not fit the list, or the database refuses.
pub async fn attest(app: &App, tx: &Tx, order: Id<values::Order>, kind: WorkEventKind, at: Timestamp) -> ApiResult<()> {
    let list = store::events(tx, order).await?;
    if let Some(event) = append(&list, kind, at, app.now())? {
        store::add(app, tx, order, &event).await?;
    }
    Ok(())
}
