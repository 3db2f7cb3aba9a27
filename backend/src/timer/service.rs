//! What other modules may ask of the work timer.

use rapi_core::orders::WorkState;
use rapi_core::wire::work::WorkSessionResponse;
use rapi_core::work::{SessionStatus, WorkEvent, WorkEventKind, append};
use rapi_core::{Id, Timestamp, values};
use sea_orm::DbErr;
use uuid::Uuid;

use super::entities::work_sessions;
use super::{session, store};
use crate::app::App;
use crate::orders::service::OrderFacts;
use crate::platform::db::Looks;
use crate::platform::{ApiResult, Tx};

/// The work on an order: its session row and the list of what happened.
#[derive(Debug, Clone, PartialEq)]
pub struct Work {
    row: work_sessions::Model,
    events: Vec<WorkEvent>,
}

impl Work {
    /// Names the session.
    #[must_use]
    pub const fn id(&self) -> Uuid {
        self.row.id
    }

    /// The session as of `now`.
    ///
    /// # Errors
    /// When the list contradicts itself, which no version wrote.
    pub fn session(&self, order: &OrderFacts, now: Timestamp) -> Result<Option<WorkSessionResponse>, DbErr> {
        let work = session::of(order, &self.events).map_err(|error| DbErr::Custom(error.to_string()))?;
        Ok(work.map(|work| session::answer(order, &work, self.row.clone(), now)))
    }

    /// Is the clock running or paused? `None` after the stop.
    #[must_use]
    pub fn state(&self) -> Option<WorkState> {
        state(&self.row)
    }
}

/// The work on an order, once started.
///
/// # Errors
/// When the database cannot be read.
pub async fn work_of(connection: &impl Looks, order: Id<values::Order>) -> Result<Option<Work>, DbErr> {
    let Some(row) = store::session(connection, order).await? else { return Ok(None) };
    Ok(Some(Work { row, events: store::list(connection, order).await?.events }))
}

/// The work session of an order as of `now`, once started.
///
/// # Errors
/// When the database cannot be read.
pub async fn session_of(connection: &impl Looks, order: &OrderFacts, now: Timestamp) -> Result<Option<WorkSessionResponse>, DbErr> {
    let work = work_of(connection, order.order.id).await?;
    Ok(work.map(|work| work.session(order, now)).transpose()?.flatten())
}

/// Is the clock of this order running or paused? `None` before the start and after the stop.
///
/// # Errors
/// When the database cannot be read.
pub async fn state_of(connection: &impl Looks, order: Id<values::Order>) -> Result<Option<WorkState>, DbErr> {
    Ok(store::session(connection, order).await?.as_ref().and_then(state))
}

fn state(row: &work_sessions::Model) -> Option<WorkState> {
    match row.status.parse() {
        Ok(SessionStatus::Started) => Some(WorkState::Running),
        Ok(SessionStatus::Paused) => Some(WorkState::Paused),
        Ok(SessionStatus::Completed) | Err(_) => None,
    }
}

/// Writes into the order's list that its provider departed or arrived. Written already is success. The caller holds the order's lock.
///
/// # Errors
/// When the event does not fit the list, or the database refuses.
pub async fn attest(app: &App, tx: &Tx, order: Id<values::Order>, kind: WorkEventKind, at: Timestamp) -> ApiResult<()> {
    let mut list = store::list(tx, order).await?;
    if let Some(event) = append(&list.events, kind, at, app.now())? {
        store::add(app, tx, &mut list, event).await?;
    }
    Ok(())
}
