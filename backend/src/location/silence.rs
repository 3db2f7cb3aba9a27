//! A phone on its way that is not heard of for 30 s: the tracking is shown as paused until the next fix.

use async_trait::async_trait;
use rapi_core::tracking::TrackingStatus;
use rapi_core::wire::location::TrackingResponse;
use rapi_core::wire::topics;
use rapi_core::{Id, Timestamp, values};
use sea_orm::DbErr;
use serde_json::Value;

use super::tracking;
use crate::app::{App, AppState};
use crate::orders;
use crate::platform::jobs::{self, Handler, Job};
use crate::platform::{ApiError, Tx};

/// The deadline; its subject is the order.
pub(super) const KIND: &str = "location.silence";

/// The phone was just heard of: silence is counted from now.
pub(super) async fn expect_words(app: &App, tx: &Tx, order: Id<values::Order>) -> Result<(), DbErr> {
    let due = app.now() + app.settings.tracking_rules().silence_pauses_after;
    jobs::set(tx, &app.ids, app.now(), KIND, order.uuid(), due, Value::Null).await
}

/// Nothing is to be heard any more.
pub(super) async fn expect_no_more(tx: &Tx, order: Id<values::Order>) -> Result<(), DbErr> {
    jobs::clear(tx, KIND, order.uuid()).await
}

/// Shows the tracking to the client of its order, if she looks.
pub(super) async fn publish(app: &App, client: Id<values::User>, tracking: &TrackingResponse) {
    if let Ok(payload) = serde_json::to_vec(tracking) {
        app.bus.publish(topics::tracking(client, tracking.order_id), payload).await;
    }
}

/// Pauses a tracking that fell silent.
pub(super) struct Silence {
    pub(super) app: AppState,
}

#[async_trait]
impl Handler for Silence {
    async fn run(&self, tx: &Tx, job: &Job) -> Result<(), ApiError> {
        let (app, order) = (&self.app, Id::new(job.subject));
        let Some(row) = tracking::row_of(tx, order).await? else { return Ok(()) };
        let (heard, rules) = (Timestamp::from_micros(row.last_updated), app.settings.tracking_rules());
        if TrackingStatus::on_the_way(heard, app.now(), &rules) == TrackingStatus::Active {
            return Ok(jobs::set(tx, &app.ids, app.now(), KIND, job.subject, heard + rules.silence_pauses_after, Value::Null).await?);
        }
        if !tracking::pause(tx, order, heard).await? {
            return Ok(());
        }
        let facts = orders::service::facts(tx, order).await?;
        if let (Some(facts), Some(row)) = (facts, tracking::row_of(tx, order).await?) {
            // Before the commit: if that fails the deadline comes again, and nobody was told more than is so.
            publish(app, facts.order.client, &tracking::response(row)).await;
        }
        Ok(())
    }
}
