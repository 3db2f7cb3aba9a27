//! What other modules may ask about places.

use std::time::Duration;

use rapi_core::tracking::decode;
use rapi_core::wire::location::TrackingResponse;
use rapi_core::{Id, LatLng, Timestamp, values};
use sea_orm::{ConnectionTrait, DbErr};
use tokio_util::sync::CancellationToken;

use super::intake::Name;
use super::store::Last;
use super::{elsewhere, history, intake, shown, store, tracking};
use crate::app::{App, AppState};
use crate::platform::db::Looks;
use crate::platform::{ApiError, ApiResult, Tx};

/// How long the history is kept.
const KEPT_FOR: Duration = Duration::from_secs(30 * 24 * 3600);

/// Where a provider was last.
#[derive(Clone, Copy, PartialEq)]
pub struct Near {
    /// Who.
    pub provider: Id<values::User>,
    /// Where.
    pub position: LatLng,
    /// When.
    pub at: Timestamp,
    /// How far from the place asked about.
    pub meters: f64,
    /// Hers in [`Nearby`](super::Nearby), for good.
    pub seat: usize,
}

/// Reads all positions into memory, at start.
///
/// # Errors
/// When the database cannot be read.
pub async fn load_positions(app: &App) -> Result<(), DbErr> {
    app.nearby.fill(store::positions(app.history.read()).await?);
    Ok(())
}

/// Makes memory know what other processes stored until now. Where there are none it costs nothing.
///
/// # Errors
/// When the database cannot be read.
pub async fn refresh(app: &App, connection: &impl ConnectionTrait) -> Result<(), DbErr> {
    if app.db.is_shared() { elsewhere::refresh(app, connection).await } else { Ok(()) }
}

/// Goes on reading what other processes store, until `stop`.
pub async fn follow_positions(app: AppState, stop: CancellationToken) {
    elsewhere::follow(&app, stop).await;
}

/// Providers within `radius_km` of `place`, nearest first, at most `limit`. From memory; takes microseconds.
#[must_use]
pub fn nearest(app: &App, place: LatLng, radius_km: f64, limit: usize) -> Vec<Near> {
    app.nearby.nearest(place, radius_km * 1000.0, limit)
}

/// Somebody's last position, and how far from `place` it is.
#[must_use]
pub fn wherever(app: &App, provider: Id<values::User>, place: LatLng) -> Option<Near> {
    app.nearby.wherever(provider, place)
}

/// Where this provider was last.
#[must_use]
pub fn position_of(app: &App, provider: Id<values::User>) -> Option<(LatLng, Timestamp)> {
    app.nearby.last(provider).map(|last| (last.position, last.at))
}

/// Notes where a provider says she is, going online: durable, then in memory. It proves nothing: the next fix is not measured
/// against it.
///
/// # Errors
/// When the database refuses.
pub async fn note_position(app: &App, provider: Id<values::User>, position: LatLng, at: Timestamp) -> Result<(), DbErr> {
    let last = Last { provider, position, accuracy_meters: None, speed_kmh: None, heading_degrees: None, at, is_fix: false };
    let tx = app.history.write().await?;
    store::put_positions(&tx, vec![last], app.now()).await?;
    tx.commit().await?;
    app.nearby.note(last);
    Ok(())
}

/// Takes what phones send, until `stop`.
pub async fn take_in(app: AppState, stop: CancellationToken) {
    intake::run(app, stop).await;
}

/// Writes where people are into what their clients look at, until `stop`.
pub async fn show(app: AppState, stop: CancellationToken) {
    shown::run(app, stop).await;
}

/// Makes the tracking row of an accepted order.
///
/// # Errors
/// When the database refuses.
pub async fn open_tracking(app: &App, tx: &Tx, order: Id<values::Order>, provider: Id<values::User>) -> Result<(), DbErr> {
    tracking::open(app, tx, order, provider).await
}

/// The provider departed: tracking is ACTIVE.
///
/// # Errors
/// When the database refuses.
pub async fn start_tracking(app: &App, tx: &Tx, order: Id<values::Order>) -> Result<(), DbErr> {
    tracking::start(app, tx, order).await
}

/// She arrived, or the order was cancelled: tracking is STOPPED.
///
/// # Errors
/// When the database refuses.
pub async fn stop_tracking(app: &App, tx: &Tx, order: Id<values::Order>) -> Result<(), DbErr> {
    tracking::stop(app, tx, order).await
}

/// Where the provider of an order is, as it is stored; `None` before acceptance and after arrival or cancellation.
///
/// # Errors
/// When the database cannot be read.
pub async fn tracking_of(connection: &impl Looks, order: Id<values::Order>) -> Result<Option<TrackingResponse>, DbErr> {
    Ok(tracking::row_of(connection, order).await?.map(tracking::response))
}

/// The same with what was heard since it was stored.
#[must_use]
pub fn with_latest(app: &App, stored: TrackingResponse) -> TrackingResponse {
    app.shown.over(stored)
}

/// Takes a binary batch that a phone published on `u/{uid}/location`. Durable when it returns: the broker acknowledges after it.
///
/// # Errors
/// 422 when the batch cannot be read; the broker then drops it.
pub async fn receive(app: &App, user: Id<values::User>, device: &str, payload: &[u8]) -> ApiResult<()> {
    let batch = decode(payload).map_err(|error| ApiError::unprocessable("unreadable_batch", error.to_string()))?;
    let name = Name::Batch { device: device.to_owned(), sequence: batch.sequence };
    app.intake.take(user, batch.fixes, Some(name)).await?;
    Ok(())
}

/// Forgets ways older than 30 days, and devices not heard for so long; how many rows that were.
///
/// # Errors
/// When a database refuses.
pub async fn forget_old(app: &App) -> Result<u64, DbErr> {
    let time = app.now() - KEPT_FOR;
    let tx = app.history.write().await?;
    let gone = history::forget(&tx, time).await? + store::forget_devices(&tx, time).await?;
    tx.commit().await?;
    Ok(gone)
}
