//! The one way to move an order: lock its row, ask `step`, write the result, let follow what follows.

use rapi_core::orders::{Actor, Command, Event, Order, Stage, step};
use rapi_core::{Id, Timestamp, values};
use sea_orm::ActiveValue::Set;

use super::deadlines::Deadline;
use super::entities::order;
use super::error;
use super::follow::{self, Moved};
use super::service::OrderFacts;
use super::store::{self, transitions::Step};
use crate::app::App;
use crate::platform::db::is_taken;
use crate::platform::{ApiError, ApiResult, Tx};

/// Moves an order: locks its row, asks `step`, stores the result with its transition rows, tells everybody concerned, keeps
/// tracking, deadlines and counts in step. Already done is success. `at` is when it happened, by the word of whoever did it.
///
/// # Errors
/// 404 unknown; 409 `invalid_transition`, `order_already_taken`, `on_a_job`; 403 `not_yours`, `wrong_role`.
pub async fn advance(app: &App, tx: &Tx, order: Id<values::Order>, command: Command, by: Actor, at: Timestamp) -> ApiResult<OrderFacts> {
    move_on(app, tx, order, command, by, at).await?.finish(app, tx).await
}

/// An order that was moved, and what has yet to follow.
pub(super) struct Begun {
    moved: Moved,
    /// None, when it was there already.
    events: Vec<Event>,
}

/// The first half of [`advance`]: whoever else wants to move the order comes too late from now on, but nothing has followed.
///
/// # Errors
/// As [`advance`].
pub(super) async fn move_on(app: &App, tx: &Tx, order: Id<values::Order>, command: Command, by: Actor, at: Timestamp) -> ApiResult<Begun> {
    if matches!(command, Command::Accept | Command::Cancel { .. } | Command::GiveUp) {
        // Before the order is locked: the workers, too, take a deadline's row first and the order's second.
        Deadline::clear_all(&Deadline::SEARCH, tx, order).await?;
    }
    let row = store::orders::locked(tx, order).await?.ok_or_else(error::no_order)?;
    let before = row.order()?;
    let events = step(&before, &command, by, at)?;
    let mut after = before.clone();
    events.iter().for_each(|event| after.apply(event));
    let row = if events.is_empty() { row } else { write(app, tx, row, &after, &events, at).await? };
    Ok(Begun { moved: Moved { from: before.stage, row, by, at }, events })
}

impl Begun {
    /// Lets follow what follows: the order as it is after that.
    ///
    /// # Errors
    /// When the database refuses.
    pub(super) async fn finish(self, app: &App, tx: &Tx) -> ApiResult<OrderFacts> {
        let Self { moved, events } = self;
        if !events.is_empty() {
            let Moved { from, row, by, at } = &moved;
            let transition = Step { order: row.order_id(), from: Some(from), to: &row.order()?.stage, by: *by, at: *at };
            store::transitions::append(tx, &app.ids, app.now(), transition).await?;
            follow::follow(app, tx, &moved, &events).await?;
        }
        Ok(moved.row.facts()?)
    }
}

/// The guarded update, and the row after it: it changes nothing when the order is no longer where it was read. The lock makes that impossible;
/// the guard makes it certain.
async fn write(app: &App, tx: &Tx, row: order::Model, after: &Order, events: &[Event], at: Timestamp) -> ApiResult<order::Model> {
    let mut change = events.iter().fold(order::ActiveModel::default(), |change, event| noted(change, event, at));
    change.status = Set(after.stage.status().as_str().to_owned());
    change.stage = Set(after.stage.pay_stage().map(|stage| stage.as_str().to_owned()));
    change.updated_at = Set(app.now().micros());
    match store::orders::moved(tx, &row, change).await {
        Ok(Some(row)) => Ok(row),
        Ok(None) if matches!(after.stage, Stage::Accepted { .. }) => Err(rapi_core::orders::Refused::AlreadyTaken.into()),
        Ok(None) => Err(ApiError::conflict("invalid_transition", "the order has moved meanwhile")),
        // The only unique index this update can hurt is the one that lets a provider have one job at a time.
        Err(cause) if is_taken(&cause) => Err(error::on_a_job()),
        Err(cause) => Err(cause.into()),
    }
}

/// What an event writes into the row, beside the stage.
fn noted(mut change: order::ActiveModel, event: &Event, at: Timestamp) -> order::ActiveModel {
    let time = Set(Some(at.micros()));
    match event {
        Event::OrderAccepted { provider } => {
            change.service_provider_id = Set(Some(provider.uuid()));
            change.accepted_time = time;
        }
        Event::ProviderDeparted => change.departed_time = time,
        Event::ProviderArrived => change.arrived_time = time,
        Event::WorkStarted => change.started_time = time,
        Event::WorkFinished => change.finished_time = time,
        Event::OrderPaid { at } => change.paid_at = Set(Some(at.micros())),
        Event::OrderRated => {}
        Event::OrderCompleted => change.completed_time = time,
        Event::OrderCancelled { by, reason } => {
            change.cancelled_by = Set(by.map(Id::uuid));
            change.cancellation_reason = Set(Some(reason.clone()));
            change.cancelled_time = time;
        }
    }
    change
}
