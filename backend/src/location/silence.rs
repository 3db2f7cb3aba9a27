//! A phone on its way that is not heard of for 30 s: the tracking is shown as paused until the next fix.

use async_trait::async_trait;
use rapi_core::tracking::TrackingStatus;
use rapi_core::{Id, Timestamp, values};
use sea_orm::DbErr;
use serde_json::Value;

use super::{shown, tracking};
use crate::app::{App, AppState};
use crate::orders;
use crate::platform::jobs::{self, Handler, Job};
use crate::platform::{ApiError, Tx};

/// The deadline; its subject is the order.
pub(super) const KIND: &str = "location.silence";

/// The phone was heard of at `heard`: silence is counted from then.
pub(super) fn expect_words(app: &App, tx: &Tx, order: Id<values::Order>, heard: Timestamp) {
    let due = heard + app.settings.tracking_rules().silence_pauses_after;
    jobs::set(tx, &app.ids, app.now(), KIND, order.uuid(), due, Value::Null);
}

/// Nothing is to be heard any more.
pub(super) async fn expect_no_more(tx: &Tx, order: Id<values::Order>) -> Result<(), DbErr> {
    jobs::clear(tx, &[KIND], order.uuid()).await
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
        let (told, rules) = (Timestamp::from_micros(row.last_updated), app.settings.tracking_rules());
        let heard = app.shown.heard_at(order).map_or(told, |heard| heard.max(told));
        if TrackingStatus::on_the_way(heard, app.now(), &rules) == TrackingStatus::Active {
            expect_words(app, tx, order, heard);
            return Ok(());
        }
        if !tracking::pause(tx, order, heard).await? {
            return Ok(());
        }
        let facts = orders::service::facts(tx, order).await?;
        if let (Some(facts), Some(row)) = (facts, tracking::row_of(tx, order).await?) {
            // Before the commit: if that fails the deadline comes again, and nobody was told more than is so.
            shown::publish(app, facts.order.client, &tracking::response(row)).await;
        }
        Ok(())
    }
}
