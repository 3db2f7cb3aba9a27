//! What clients are shown: the tracking rows of the orders follow the positions, at most once a second each; in between, what
//! was heard last is laid over them from memory. A kill in between costs nothing but that second: the positions themselves
//! are stored.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use rapi_core::tracking::{Estimate, TrackingStatus};
use rapi_core::wire::OrUnknown;
use rapi_core::wire::location::TrackingResponse;
use rapi_core::wire::topics;
use rapi_core::{Id, Timestamp, values};
use sea_orm::DbErr;
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

use super::store::Last;
use super::{silence, tracking};
use crate::app::{App, AppState};

type Order = Id<values::Order>;

/// Between two writings of the rows.
const EVERY: Duration = Duration::from_secs(1);

/// Positions that the tracking rows do not hold yet, or that a reader may have missed who read its row just before.
#[derive(Default)]
pub struct Shown {
    heard: Mutex<Positions>,
    wake: Notify,
}

#[derive(Default)]
struct Positions {
    /// In no row yet.
    fresh: HashMap<Order, Heard>,
    /// In their rows since the last writing. They are laid over until the next one: whoever read a row before that commit looks
    /// here after it.
    written: HashMap<Order, Heard>,
}

impl Positions {
    fn newest(&self, order: Order) -> Option<&Heard> {
        self.fresh.get(&order).or_else(|| self.written.get(&order))
    }
}

/// A provider on her way was heard of.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Heard {
    pub(super) last: Last,
    /// How far it still is.
    pub(super) left: Estimate,
    /// When that was heard.
    pub(super) at: Timestamp,
}

impl Heard {
    /// As the client sees it.
    pub(super) fn response(&self, order: Order) -> TrackingResponse {
        let Last { provider, position, accuracy_meters, speed_kmh, heading_degrees, at, .. } = self.last;
        TrackingResponse {
            order_id: order,
            service_provider_id: provider,
            latitude: Some(position.latitude()),
            longitude: Some(position.longitude()),
            accuracy_meters: accuracy_meters.map(f64::from),
            heading_degrees: heading_degrees.map(i32::from),
            speed_kmh: speed_kmh.map(f64::from),
            distance_km: Some(self.left.distance_km),
            estimated_arrival_minutes: Some(i32::try_from(self.left.minutes).unwrap_or(i32::MAX)),
            tracking_status: OrUnknown::Known(TrackingStatus::Active),
            recorded_at: Some(at),
        }
    }
}

impl Shown {
    pub(super) fn note(&self, order: Order, heard: Heard) {
        self.heard().fresh.insert(order, heard);
        self.wake.notify_one();
    }

    /// When the provider of this order was heard of, if its row does not tell yet.
    pub(super) fn heard_at(&self, order: Order) -> Option<Timestamp> {
        self.heard().newest(order).map(|heard| heard.at)
    }

    /// What the row tells, or what was heard since.
    pub(super) fn over(&self, row: TrackingResponse) -> TrackingResponse {
        match self.heard().newest(row.order_id) {
            Some(heard) if row.recorded_at.is_none_or(|at| at < heard.last.at) => heard.response(row.order_id),
            _ => row,
        }
    }

    fn heard(&self) -> MutexGuard<'_, Positions> {
        self.heard.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn fresh(&self) -> HashMap<Order, Heard> {
        self.heard().fresh.clone()
    }

    /// These are in their rows now; what was written before them need not be known any longer.
    fn settle(&self, written: HashMap<Order, Heard>) {
        let mut positions = self.heard();
        positions.fresh.retain(|order, heard| written.get(order) != Some(heard));
        positions.written = written;
    }
}

/// Shows the tracking to the client of its order, if she looks.
pub(super) async fn publish(app: &App, client: Id<values::User>, tracking: &TrackingResponse) {
    if let Ok(payload) = serde_json::to_vec(tracking) {
        app.bus.publish(topics::tracking(client, tracking.order_id), payload).await;
    }
}

/// Writes the rows, until `stop`; then once more.
pub(super) async fn run(app: AppState, stop: CancellationToken) {
    while !stop.is_cancelled() {
        tokio::select! {
            () = stop.cancelled() => {}
            () = app.shown.wake.notified() => {}
        }
        if let Err(error) = write(&app).await {
            tracing::warn!(%error, "tracking rows could not be written, trying again");
            app.shown.wake.notify_one();
        }
        let next = app.now() + EVERY;
        tokio::select! {
            () = stop.cancelled() => {}
            () = app.clock.sleep_until(next) => {}
        }
    }
    if let Err(error) = write(&app).await {
        tracing::warn!(%error, "the last tracking rows could not be written");
    }
}

async fn write(app: &App) -> Result<(), DbErr> {
    let heard = app.shown.fresh();
    if heard.is_empty() {
        return Ok(());
    }
    let tx = app.db.write().await?;
    for (order, heard) in &heard {
        if tracking::update(&tx, *order, heard).await? {
            silence::expect_words(app, &tx, *order, heard.at);
        }
    }
    let shown = std::sync::Arc::clone(&app.shown);
    tx.after_commit(move || shown.settle(heard));
    tx.commit().await
}

#[cfg(test)]
mod tests {
    use rapi_core::LatLng;

    use super::*;

    #[test]
    fn whoever_read_a_row_before_it_was_written_still_sees_the_position() {
        let (shown, order, at) = (Shown::default(), Id::new(uuid::Uuid::nil()), Timestamp::from_micros(7));
        let position = LatLng::try_new(-6.2, 106.8).unwrap();
        let provider = Id::new(uuid::Uuid::nil());
        let last = Last { provider, position, accuracy_meters: Some(8.0), at, speed_kmh: None, heading_degrees: None, is_fix: true };
        let heard = Heard { last, left: Estimate { distance_km: 1.0, minutes: 3 }, at };
        let row = TrackingResponse { latitude: None, longitude: None, recorded_at: None, ..heard.response(order) };
        shown.note(order, heard);
        shown.settle(shown.fresh());
        assert_eq!(shown.over(row.clone()), heard.response(order));
        assert!(shown.fresh().is_empty());
        shown.settle(HashMap::new());
        assert_eq!(shown.over(row.clone()), row);
    }
}
