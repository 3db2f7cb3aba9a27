//! What has to be forgotten once a day.

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use serde_json::Value;
use uuid::Uuid;

use crate::app::AppState;
use crate::platform::jobs::{self, Handler, Job};
use crate::platform::{ApiError, Tx, answers, events};
use crate::{location, users};

const KIND: &str = "housekeeping.forget";
const EVERY: Duration = Duration::from_secs(24 * 3600);
/// The first round after a start: a backend that is restarted every day must forget, too.
const AFTER_START: Duration = Duration::from_secs(600);

/// Sees to it that the next round is planned.
///
/// # Errors
/// When the database refuses.
pub async fn plan(app: &AppState) -> anyhow::Result<()> {
    let tx = app.db.write().await?;
    jobs::set(&tx, &app.ids, app.now(), KIND, Uuid::nil(), app.now() + AFTER_START, Value::Null);
    Ok(tx.commit().await?)
}

/// Who acts when the day is over.
pub fn handlers(app: &AppState) -> Vec<(&'static str, Arc<dyn Handler>)> {
    vec![(KIND, Arc::new(Forget { app: Arc::clone(app) }))]
}

struct Forget {
    app: AppState,
}

#[async_trait]
impl Handler for Forget {
    async fn run(&self, tx: &Tx, job: &Job) -> Result<(), ApiError> {
        let now = self.app.now();
        let (events, answers) = (events::forget_old(tx, now).await?, answers::forget_old(tx, now).await?);
        let places = location::service::forget_old(&self.app).await?;
        let files = users::service::forget_stray_files(&self.app, tx).await?;
        tracing::info!(events, answers, places, files, "forgot what is old");
        jobs::set(tx, &self.app.ids, now, &job.kind, job.subject, now + EVERY, Value::Null);
        Ok(())
    }
}
