//! The session of an order as the list of events tells it, and as people see it.

use rapi_core::Timestamp;
use rapi_core::orders::Stage;
use rapi_core::pricing;
use rapi_core::wire::events::Event;
use rapi_core::wire::work::WorkSessionResponse;
use rapi_core::work::{ServerWindow, SessionStatus, WorkEvent, WorkEventKind, WorkRefused, WorkSession, fold};

use super::entities::work_sessions::Model;
use crate::app::App;
use crate::orders::service::OrderFacts;
use crate::platform::{ApiError, ApiResult, Tx, events};

impl From<WorkRefused> for ApiError {
    fn from(refused: WorkRefused) -> Self {
        Self::conflict(refused.code(), refused.to_string())
    }
}

/// What the events come to; billable time stays within what the server itself saw.
///
/// # Errors
/// [`WorkRefused`] when the list contradicts itself.
pub(super) fn of(order: &OrderFacts, events: &[WorkEvent]) -> Result<Option<WorkSession>, WorkRefused> {
    let stop_heard = events.iter().find(|event| event.kind == WorkEventKind::Stop).map(|event| event.received_at);
    let window = order.accepted_at.map(|accepted_heard| ServerWindow { accepted_heard, stop_heard });
    fold(events, window)
}

/// The session as people see it at `now`. The clock of an order that was called off stands where it was then.
pub(super) fn answer(order: &OrderFacts, session: &WorkSession, row: Model, now: Timestamp) -> WorkSessionResponse {
    let now = order.cancelled_at.map_or(now, |cancelled| cancelled.min(now));
    let worked = session.worked(now);
    WorkSessionResponse {
        order_id: order.order.id,
        start_time: session.start_time,
        end_time: session.end_time,
        pause_times: session.pauses.clone(),
        duration_minutes: pricing::started_minutes(worked),
        status: session.status.into(),
        elapsed_seconds: i64::try_from(worked.as_secs()).unwrap_or(i64::MAX),
        // A price too large to write was refused when the order was made.
        running_cost: pricing::running_cost(&order.tariff, worked).unwrap_or_default(),
        as_of: now,
        clock_unsure: session.clock_unsure,
        provider_notes: row.provider_notes,
        client_notes: row.client_notes,
    }
}

/// Tells both sides.
pub(super) fn tell(app: &App, tx: &Tx, order: &OrderFacts, status: SessionStatus) {
    let event = Event::WorkSessionChanged { order_id: order.order.id, status: status.into() };
    let people = [Some(order.order.client), order.order.stage.provider()];
    for person in people.into_iter().flatten() {
        events::tell(tx, &app.ids, app.now(), person, &event);
    }
}

/// The clock runs while she works, and at no other time.
///
/// # Errors
/// 409 `invalid_transition`.
pub(super) fn require_working(order: &OrderFacts, kind: WorkEventKind) -> ApiResult<()> {
    match &order.order.stage {
        Stage::Working { .. } => Ok(()),
        stage => Err(ApiError::conflict("invalid_transition", format!("cannot {kind} the work of an order that is {}", stage.status()))),
    }
}
