//! What other modules may ask about places.

use rapi_core::tracking::Fix;
use rapi_core::wire::location::TrackingResponse;
use rapi_core::{Id, LatLng, Timestamp, values};
use sea_orm::{ConnectionTrait, DbErr};

use crate::app::App;
use crate::platform::{ApiResult, Tx};

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
}

/// Reads all positions into memory, at start.
///
/// # Errors
/// When the database cannot be read.
pub async fn load_positions(app: &App) -> Result<(), DbErr> {
    let _ = app;
    Ok(())
}

/// Providers within `radius_km` of `place`, nearest first, at most `limit`. From memory; takes microseconds.
#[must_use]
pub fn nearest(app: &App, place: LatLng, radius_km: f64, limit: usize) -> Vec<Near> {
    let _ = (app, place, radius_km, limit);
    Vec::new()
}

/// Where this provider was last.
#[must_use]
pub fn position_of(app: &App, provider: Id<values::User>) -> Option<(LatLng, Timestamp)> {
    let _ = (app, provider);
    None
}

/// Notes where a provider is (going online, a fix while idle): durable, then in memory.
///
/// # Errors
/// When the database refuses.
pub async fn note_position(app: &App, provider: Id<values::User>, position: LatLng, at: Timestamp) -> Result<(), DbErr> {
    let _ = (app, provider, position, at);
    Ok(())
}

/// Makes the tracking row of an accepted order.
///
/// # Errors
/// When the database refuses.
pub async fn open_tracking(app: &App, tx: &Tx, order: Id<values::Order>, provider: Id<values::User>) -> Result<(), DbErr> {
    let _ = (app, tx, order, provider);
    Ok(())
}

/// The provider departed: tracking is ACTIVE.
///
/// # Errors
/// When the database refuses.
pub async fn start_tracking(app: &App, tx: &Tx, order: Id<values::Order>) -> Result<(), DbErr> {
    let _ = (app, tx, order);
    Ok(())
}

/// She arrived, or the order was cancelled: tracking is STOPPED.
///
/// # Errors
/// When the database refuses.
pub async fn stop_tracking(app: &App, tx: &Tx, order: Id<values::Order>) -> Result<(), DbErr> {
    let _ = (app, tx, order);
    Ok(())
}

/// Where the provider of an order is; `None` before acceptance and after arrival or cancellation.
///
/// # Errors
/// When the database cannot be read.
pub async fn tracking_of(connection: &impl ConnectionTrait, order: Id<values::Order>) -> Result<Option<TrackingResponse>, DbErr> {
    let _ = (connection, order);
    Ok(None)
}

/// Takes a binary batch that a phone published on `u/{uid}/location`. Durable when it returns: the broker acknowledges after it.
///
/// # Errors
/// 422 when the batch cannot be read; the broker then drops it.
pub async fn receive(app: &App, user: Id<values::User>, device: &str, payload: &[u8]) -> ApiResult<()> {
    let _ = (app, user, device, payload);
    Ok(())
}

/// Takes checked fixes that came over HTTP; returns what was kept, by index.
///
/// # Errors
/// When the database refuses.
pub async fn take(app: &App, user: Id<values::User>, fixes: &[Fix]) -> ApiResult<Vec<Result<(), rapi_core::tracking::Rejected>>> {
    let _ = (app, user, fixes);
    Ok(Vec::new())
}
