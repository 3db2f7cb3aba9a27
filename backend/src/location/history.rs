//! The ways providers took to orders, in the history's own database.

use rapi_core::tracking::Fix;
use rapi_core::wire::location::LocationHistoryItem;
use rapi_core::{Id, Timestamp, values};
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveValue::Set, ColumnTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::entities::history::{self, Column};
use crate::app::App;
use crate::platform::Db;
use crate::platform::cursor::Window;

/// Rows a statement: PostgreSQL binds at most 65 535 values in one.
const CHUNK: usize = 200;

/// Writes the fixes of one order; a fix that is there already stays as it is.
pub(super) async fn write(app: &App, order: Id<values::Order>, provider: Id<values::User>, fixes: &[Fix]) -> Result<(), DbErr> {
    if fixes.is_empty() {
        return Ok(());
    }
    let tx = app.history.write().await?;
    for fixes in fixes.chunks(CHUNK) {
        let rows = fixes.iter().map(|fix| history::ActiveModel {
            id: Set(app.ids.uuid()),
            order_id: Set(order.uuid()),
            service_provider_id: Set(provider.uuid()),
            latitude: Set(fix.position.latitude()),
            longitude: Set(fix.position.longitude()),
            speed_kmh: Set(fix.speed_kmh.map(f64::from)),
            accuracy_meters: Set(fix.accuracy_meters.map(whole)),
            heading_degrees: Set(fix.heading_degrees.map(i32::from)),
            is_mock: Set(fix.is_mock),
            recorded_at: Set(fix.at.micros()),
        });
        let nothing = OnConflict::columns([Column::OrderId, Column::RecordedAt]).do_nothing().to_owned();
        history::Entity::insert_many(rows).on_conflict(nothing).exec_without_returning(&tx).await?;
    }
    tx.commit().await
}

/// Metres, rounded up: nothing may look surer than it is.
#[expect(clippy::cast_possible_truncation, reason = "casts of floats saturate, and kept fixes are at most 100 m off")]
fn whole(meters: f32) -> i32 {
    meters.ceil() as i32
}

/// A window of an order's way, oldest first.
pub(super) async fn page(db: &Db, order: Id<values::Order>, window: &Window) -> Result<Vec<history::Model>, DbErr> {
    let mut query = history::Entity::find().filter(Column::OrderId.eq(order.uuid()));
    if let Some(cursor) = window.before {
        let seen = history::Entity::find_by_id(cursor).filter(Column::OrderId.eq(order.uuid())).one(db.read()).await?;
        // Only what is older than all the rest is ever forgotten: without that row the page begins with what is left.
        query = query.filter(Column::RecordedAt.gt(seen.map_or(i64::MIN, |seen| seen.recorded_at)));
    }
    query.order_by_asc(Column::RecordedAt).limit(window.limit + 1).all(db.read()).await
}

/// A row on the wire.
pub(super) fn item(row: history::Model) -> LocationHistoryItem {
    LocationHistoryItem {
        latitude: row.latitude,
        longitude: row.longitude,
        speed_kmh: row.speed_kmh,
        accuracy_meters: row.accuracy_meters,
        heading_degrees: row.heading_degrees,
        recorded_at: Timestamp::from_micros(row.recorded_at),
    }
}

/// Forgets what was recorded before `time`.
pub(super) async fn forget(db: &Db, time: Timestamp) -> Result<u64, DbErr> {
    let tx = db.write().await?;
    let done = history::Entity::delete_many().filter(Column::RecordedAt.lt(time.micros())).exec(&tx).await?;
    tx.commit().await?;
    Ok(done.rows_affected)
}
