//! What other modules may ask of the work timer.

use rapi_core::orders::WorkState;
use rapi_core::wire::work::WorkSessionResponse;
use rapi_core::{Id, Timestamp, values};
use sea_orm::{ConnectionTrait, DbErr};

use crate::orders::service::OrderFacts;

/// The work session of an order as of `now`, once started.
///
/// # Errors
/// When the database cannot be read.
pub async fn session_of(
    connection: &impl ConnectionTrait,
    order: &OrderFacts,
    now: Timestamp,
) -> Result<Option<WorkSessionResponse>, DbErr> {
    let _ = (connection, order, now);
    Ok(None)
}

/// Is the clock of this order running or paused? `None` before the start and after the stop.
///
/// # Errors
/// When the database cannot be read.
pub async fn state_of(connection: &impl ConnectionTrait, order: Id<values::Order>) -> Result<Option<WorkState>, DbErr> {
    let _ = (connection, order);
    Ok(None)
}
