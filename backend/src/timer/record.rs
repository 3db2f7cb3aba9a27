//! Start, pause, resume, stop: each appends a server-attested event and brings everything else in step with the list.

use rapi_core::orders::Command;
use rapi_core::wire::work::WorkSessionResponse;
use rapi_core::work::{SessionStatus, WorkEventKind, append};
use rapi_core::{Id, Timestamp, values};

use super::{cap, session, store};
use crate::app::App;
use crate::gateway::Caller;
use crate::orders::service as orders;
use crate::payments::service as payments;
use crate::platform::{ApiError, ApiResult, Tx};

/// Writes down that `kind` happened at `occurred_at` (now when absent), held between what came before and now. Stopping makes the
/// bill and ends the order's work in the same transaction. Happened already is success.
///
/// # Errors
/// 404; 409 `invalid_transition`, `work_not_started`, `work_not_paused`, `work_stopped`.
pub(super) async fn record(
    app: &App,
    tx: &Tx,
    caller: &Caller,
    order: Id<values::Order>,
    kind: WorkEventKind,
    occurred_at: Option<Timestamp>,
) -> ApiResult<WorkSessionResponse> {
    let now = app.now();
    let mut facts = orders::seen(tx, order, caller).await?;
    // Before the session is locked: the workers, too, take a deadline's row first.
    if facts.tariff.max_amount.is_some() {
        cap::clear(tx, order).await?;
    }
    let mut locked = store::lock_session(tx, order).await?;
    let earliest = facts.arrived_at.or(facts.accepted_at).unwrap_or(facts.created_at);
    let at = occurred_at.unwrap_or(now).max(earliest).min(now);
    if locked.is_none() && kind == WorkEventKind::Start {
        // The order's lock stands in for that of the session, which somebody may have begun while we waited for it.
        facts = orders::advance(app, tx, order, Command::Start, caller.actor(), at).await?;
        if !tx.is_alone() {
            locked = store::lock_session(tx, order).await?;
        }
    } else if locked.is_none() {
        session::require_working(&facts, kind)?;
    }
    let mut list = store::list(tx, order).await?;
    let Some(event) = append(&list.events, kind, at, now)? else {
        let row = locked.ok_or_else(|| ApiError::internal("a list of events without a session"))?;
        let so_far = session::of(&facts, &list.events)?.ok_or_else(|| ApiError::internal("a session without a start"))?;
        cap::plan(app, tx, &facts, &so_far, row.cap_warned_percent);
        return Ok(session::answer(&facts, &so_far, row, now));
    };
    session::require_working(&facts, kind)?;
    store::add(app, tx, &mut list, event).await?;
    let so_far = session::of(&facts, &list.events)?.ok_or_else(|| ApiError::internal("a session without a start"))?;
    let row = store::keep_in_step(app, tx, order, locked, &so_far).await?;
    if so_far.status == SessionStatus::Completed {
        payments::make_bill(app, tx, &facts, so_far.worked(now)).await?;
        let finished_at = so_far.end_time.unwrap_or(now);
        orders::advance(app, tx, order, Command::Finish, caller.actor(), finished_at).await?;
    }
    cap::plan(app, tx, &facts, &so_far, row.cap_warned_percent);
    session::tell(app, tx, &facts, so_far.status);
    Ok(session::answer(&facts, &so_far, row, now))
}
