//! Both sides are warned when the bill comes near the client's `max_amount`, and when it is there.

use std::time::Duration;

use async_trait::async_trait;
use rapi_core::orders::Stage;
use rapi_core::pricing::{self, CapState, NEAR_CAP_PERCENT, Tariff, cap_state, worked_until_cap, worked_until_near_cap};
use rapi_core::work::{SessionStatus, WorkSession};
use rapi_core::{Id, Rupiah, Timestamp, values};
use sea_orm::DbErr;
use serde_json::json;

use super::{session, store};
use crate::app::{App, AppState};
use crate::notifications::service::{Notice, notify};
use crate::orders::service::{self as orders, OrderFacts};
use crate::platform::jobs::{self, Handler, Job};
use crate::platform::{ApiError, ApiResult, Tx};

/// The deadline at which the next warning is due.
pub(super) const CAP: &str = "timer.cap";

/// The share of the cap at which the bill grows no more.
const REACHED_PERCENT: i32 = 100;

/// Takes the deadline back.
///
/// # Errors
/// When the database refuses.
pub(super) async fn clear(tx: &Tx, order: Id<values::Order>) -> Result<(), DbErr> {
    jobs::clear(tx, &[CAP], order.uuid()).await
}

/// Sets the deadline of the next warning that was not given yet, if the clock runs.
pub(super) fn plan(app: &App, tx: &Tx, order: &OrderFacts, work: &WorkSession, warned_percent: i32) {
    let due = match work.status {
        SessionStatus::Started => next_due(&order.tariff, work, warned_percent, app.now()),
        SessionStatus::Paused | SessionStatus::Completed => None,
    };
    if let Some(due) = due {
        jobs::set(tx, &app.ids, app.now(), CAP, order.order.id.uuid(), due, json!({}));
    }
}

fn next_due(tariff: &Tariff, work: &WorkSession, warned_percent: i32, now: Timestamp) -> Option<Timestamp> {
    let minute = match warned_percent {
        ..80 => worked_until_near_cap(tariff)?,
        80..REACHED_PERCENT => worked_until_cap(tariff)?,
        _ => return None,
    };
    // Each started minute counts: the nth begins right after n − 1 whole ones.
    let whole = Duration::from_secs(u64::try_from(minute - 1).unwrap_or(0).saturating_mul(60));
    let begins = if whole.is_zero() { whole } else { whole.saturating_add(Duration::from_micros(1)) };
    Some(now + begins.saturating_sub(work.worked(now)))
}

/// Warns both sides.
pub(super) struct WarnOfCap(pub(super) AppState);

#[async_trait]
impl Handler for WarnOfCap {
    async fn run(&self, tx: &Tx, job: &Job) -> Result<(), ApiError> {
        let (app, order) = (&self.0, Id::new(job.subject));
        let (Some(facts), Some(row)) = (orders::facts(tx, order).await?, store::lock_session(tx, order).await?) else { return Ok(()) };
        let Some(work) = session::of(&facts, &store::list(tx, order).await?.events)? else { return Ok(()) };
        if work.status != SessionStatus::Started || !matches!(facts.order.stage, Stage::Working { .. }) {
            return Ok(());
        }
        let warned = match percent_reached(&facts.tariff, work.worked(app.now())) {
            Some(percent) if percent > row.cap_warned_percent => {
                warn(app, tx, &facts, percent).await?;
                store::mark_warned(tx, row.id, percent).await?;
                percent
            }
            _ => row.cap_warned_percent,
        };
        plan(app, tx, &facts, &work, warned);
        Ok(())
    }
}

fn percent_reached(tariff: &Tariff, worked: Duration) -> Option<i32> {
    let base = pricing::bill(tariff, worked, Rupiah::ZERO).ok()?.base_amount;
    match cap_state(tariff, base) {
        CapState::NoCap | CapState::Below => None,
        CapState::Near => i32::try_from(NEAR_CAP_PERCENT).ok(),
        CapState::Reached => Some(REACHED_PERCENT),
    }
}

async fn warn(app: &App, tx: &Tx, order: &OrderFacts, percent: i32) -> ApiResult<()> {
    let data = json!({
        "order_id": order.order.id,
        "order_number": order.order_number,
        "percent": percent,
        "max_amount": order.tariff.max_amount.unwrap_or_default().to_string(),
    });
    for person in [Some(order.order.client), order.order.stage.provider()].into_iter().flatten() {
        let action_url = Some(format!("rapi://orders/{}", order.order.id));
        notify(app, tx, person, Notice { template: "COST_NEAR_CAP", data: data.clone(), action_url }).await?;
    }
    Ok(())
}
