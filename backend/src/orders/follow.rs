//! What follows when an order has moved: events and notices to the people, tracking, deadlines, counts.

use std::time::Duration;

use rapi_core::orders::{AUTO_COMPLETE_AFTER, Actor, Event, Stage};
use rapi_core::wire::events::Event as Told;
use rapi_core::{Id, Timestamp, values};
use serde_json::json;

use super::deadlines::Deadline;
use super::entities::order;
use super::notices;
use super::store;
use crate::app::App;
use crate::platform::events::{tell, tell_each};
use crate::platform::{ApiResult, Tx};
use crate::{location, payments, users};

/// A bill unpaid for so long is an admin's case.
const UNPAID_AFTER: Duration = Duration::from_secs(24 * 60 * 60);

/// A move that was written.
pub(super) struct Moved {
    /// From where.
    pub(super) from: Stage,
    /// The order as it is now.
    pub(super) row: order::Model,
    /// Who moved it.
    pub(super) by: Actor,
    /// When it happened.
    pub(super) at: Timestamp,
}

/// Lets follow what follows from `events`, in the transaction of the move.
pub(super) async fn follow(app: &App, tx: &Tx, moved: &Moved, events: &[Event]) -> ApiResult<()> {
    order_changed(app, tx, &moved.row).await?;
    for event in events {
        match event {
            Event::OrderAccepted { provider } => accepted(app, tx, moved, *provider).await?,
            Event::ProviderDeparted => departed(app, tx, moved).await?,
            Event::ProviderArrived => arrived(app, tx, moved).await?,
            Event::WorkStarted => notices::to_client(app, tx, &moved.row, "WORK_STARTED").await?,
            Event::WorkFinished => finished(app, tx, moved).await?,
            Event::OrderPaid { at } => paid(app, tx, moved, *at).await?,
            // The rating itself is written by whoever gave it.
            Event::OrderRated => {}
            Event::OrderCompleted => completed(app, tx, moved).await?,
            Event::OrderCancelled { by, .. } => cancelled(app, tx, moved, *by).await?,
        }
    }
    Ok(())
}

/// Tells both people of the order that it moved.
pub(super) async fn order_changed(app: &App, tx: &Tx, row: &order::Model) -> ApiResult<()> {
    let status = row.status()?.into();
    let event = Told::OrderChanged { order_id: row.order_id(), status, stage: row.pay_stage()?.map(Into::into) };
    for person in [Some(row.client()), row.provider()].into_iter().flatten() {
        tell(tx, &app.ids, app.now(), person, &event);
    }
    Ok(())
}

async fn accepted(app: &App, tx: &Tx, moved: &Moved, provider: Id<values::User>) -> ApiResult<()> {
    let order = moved.row.order_id();
    let asked = store::broadcasts::asked(tx, order).await?;
    store::broadcasts::accepted(tx, order, provider).await?;
    // Whoever won is answered before the others are told.
    if asked.iter().any(|asked| *asked != provider) {
        Deadline::CloseOffers.set(app, tx, order, app.now());
    }
    location::service::open_tracking(app, tx, order, provider).await?;
    users::service::count_accepted(app, tx, provider).await?;
    notices::to_client(app, tx, &moved.row, "ORDER_ACCEPTED").await
}

/// Tells everybody who was asked, but the one who took it, that it can no longer be taken.
pub(super) async fn close_offers(app: &App, tx: &Tx, row: &order::Model, reason: &str) -> ApiResult<()> {
    let event = Told::OfferClosed { order_id: row.order_id(), reason: reason.to_owned() };
    let asked = store::broadcasts::asked(tx, row.order_id()).await?;
    let others = asked.into_iter().filter(|provider| Some(*provider) != row.provider());
    tell_each(tx, &app.ids, app.now(), others, &event);
    Ok(())
}

async fn departed(app: &App, tx: &Tx, moved: &Moved) -> ApiResult<()> {
    location::service::start_tracking(app, tx, moved.row.order_id()).await?;
    notices::to_client(app, tx, &moved.row, "PROVIDER_DEPARTED").await
}

async fn arrived(app: &App, tx: &Tx, moved: &Moved) -> ApiResult<()> {
    location::service::stop_tracking(app, tx, moved.row.order_id()).await?;
    notices::to_client(app, tx, &moved.row, "PROVIDER_ARRIVED").await
}

async fn finished(app: &App, tx: &Tx, moved: &Moved) -> ApiResult<()> {
    // Counted from when the backend heard of it: the client sees the bill no earlier.
    Deadline::Unpaid.set(app, tx, moved.row.order_id(), app.now() + UNPAID_AFTER);
    notices::to_client(app, tx, &moved.row, "WORK_FINISHED").await
}

async fn paid(app: &App, tx: &Tx, moved: &Moved, at: Timestamp) -> ApiResult<()> {
    Deadline::Unpaid.clear(tx, moved.row.order_id()).await?;
    Deadline::AutoComplete.set(app, tx, moved.row.order_id(), at + AUTO_COMPLETE_AFTER);
    Ok(())
}

async fn completed(app: &App, tx: &Tx, moved: &Moved) -> ApiResult<()> {
    Deadline::AutoComplete.clear(tx, moved.row.order_id()).await?;
    if let Some(provider) = moved.row.provider() {
        users::service::count_completed(app, tx, provider).await?;
    }
    notices::to_client(app, tx, &moved.row, "ORDER_COMPLETED").await
}

async fn cancelled(app: &App, tx: &Tx, moved: &Moved, by: Option<Id<values::User>>) -> ApiResult<()> {
    let order = moved.row.order_id();
    Deadline::clear_all(&[Deadline::Unpaid, Deadline::AutoComplete], tx, order).await?;
    if matches!(moved.from, Stage::AwaitingPayment { .. }) {
        payments::service::void_bill(app, tx, order).await?;
    }
    if moved.from == Stage::Pending {
        close_offers(app, tx, &moved.row, if by.is_some() { "cancelled" } else { "expired" }).await?;
    }
    // Tracking lies between acceptance and arrival.
    if matches!(moved.from, Stage::Accepted { .. } | Stage::OnTheWay { .. }) {
        location::service::stop_tracking(app, tx, order).await?;
    }
    if by.is_none() {
        return notices::to_client(app, tx, &moved.row, "NO_PROVIDER").await;
    }
    let more = json!({ "reason": moved.row.cancellation_reason, "cancelled_by": moved.by.as_str(), "cancelled_at": moved.at });
    let about = notices::about(app, tx, &moved.row).await?;
    for person in [Some(moved.row.client()), moved.from.provider()].into_iter().flatten() {
        if Some(person) != by {
            notices::send(app, tx, person, "ORDER_CANCELLED", &about, &more).await?;
        }
    }
    Ok(())
}
