//! The ride, as the client sees it on her map.

use std::time::Duration;

use rapi_engine::core::values::Order;
use rapi_engine::core::wire::location::TrackingResponse;
use rapi_engine::core::{Id, LatLng};
use rapi_engine::{Engine, EngineError};

use crate::cast::Cast;
use crate::stage::{Failed, Stage};
use crate::streets::Trip;

/// Closer than this is there.
const THERE_METERS: f64 = 30.0;
/// The lease of a watch is 30 s.
const WATCH_EVERY: Duration = Duration::from_secs(15);
/// What sampling and sending may add to the ride itself.
const SLACK: Duration = Duration::from_secs(45);
const BAR: usize = 24;

/// The provider rides, the client watches until she sees her at the door.
pub async fn ride(stage: &Stage, cast: &Cast, order: Id<Order>, trip: &Trip) -> Result<(), Failed> {
    cast.ride.set_off();
    let bound = cast.ride.duration() + SLACK;
    let whole = trip.way().meters();
    let watching = async {
        tokio::select! {
            seen = follow(stage, &cast.client, order, trip.destination, whole) => seen,
            error = keep_watching(stage, &cast.client, order) => Err(error),
        }
    };
    let positions = stage.step_within(bound, "Ayu sees her come", watching).await?;
    stage.line(format_args!("{positions} positions over {whole:.0} m"));
    Ok(())
}

/// Renews the lease; ends only by an error.
async fn keep_watching(stage: &Stage, client: &Engine, order: Id<Order>) -> EngineError {
    let api = client.api();
    loop {
        if let Err(error) = api.watch(order).await {
            return error;
        }
        stage.pass(WATCH_EVERY).await;
    }
}

/// Prints every new position; answers how many there were when she is at the door.
async fn follow(stage: &Stage, client: &Engine, order: Id<Order>, to: LatLng, whole: f64) -> Result<usize, EngineError> {
    let (mut snapshots, mut last, mut count) = (client.snapshots(), None, 0);
    loop {
        let position = snapshots.borrow_and_update().tracking.get(&order).cloned();
        if let Some((position, place)) = position.and_then(|position| Some((position.clone(), place_of(&position)?)))
            && last != position.recorded_at
        {
            last = position.recorded_at;
            count += 1;
            let left = place.meters_to(to);
            stage.line(progress(&position, left, whole));
            if left <= THERE_METERS {
                return Ok(count);
            }
        }
        snapshots.changed().await.map_err(|_| EngineError::Closed)?;
    }
}

fn place_of(position: &TrackingResponse) -> Option<LatLng> {
    LatLng::try_new(position.latitude?, position.longitude?).ok()
}

fn progress(position: &TrackingResponse, left: f64, whole: f64) -> String {
    let done = (1.0 - left / whole).clamp(0.0, 1.0);
    let filled = (0..BAR).filter(|cell| f64::from(u32::try_from(*cell).unwrap_or(0)) < done * 24.0).count();
    let bar = format!("{}{}", "━".repeat(filled), "╌".repeat(BAR - filled));
    let distance = position.distance_km.map_or_else(|| "?".to_owned(), |km| format!("{km:.2} km"));
    let arrival = position.estimated_arrival_minutes.map_or_else(|| "?".to_owned(), |minutes| format!("{minutes} min"));
    let heading = position.heading_degrees.map_or_else(|| "  –".to_owned(), |degrees| format!("{degrees:>3}°"));
    format!("{bar}  {distance:>8} to go, {arrival:>6}, heading {heading}")
}
