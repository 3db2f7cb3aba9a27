//! The ways providers took to orders, in the history's own database.

use rapi_core::tracking::{Batch, Fix, decode, encode};
use rapi_core::wire::Page;
use rapi_core::wire::location::LocationHistoryItem;
use rapi_core::{Id, Timestamp, values};
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveValue::Set, ColumnTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use super::entities::history::{self, Column};
use crate::app::App;
use crate::platform::cursor::Window;
use crate::platform::ids::first_of;
use crate::platform::{Db, Tx};

/// Writes what was kept of a batch, for each way it belongs to. A row holds the whole batch in the form phones send it, some
/// six bytes a fix, and shows its last fix in the columns; a batch that is there already stays as it is.
pub(super) async fn write<'a>(
    app: &App,
    tx: &Tx,
    ways: impl Iterator<Item = (Id<values::Order>, Id<values::User>, &'a [Fix])>,
) -> Result<(), DbErr> {
    let rows = ways.filter_map(|(order, provider, fixes)| row(app, order, provider, fixes));
    let nothing = || OnConflict::columns([Column::OrderId, Column::RecordedAt]).do_nothing().to_owned();
    tx.insert_or(rows, nothing).await.map(|_| ())
}

fn row(app: &App, order: Id<values::Order>, provider: Id<values::User>, fixes: &[Fix]) -> Option<history::ActiveModel> {
    let last = fixes.last()?;
    let batch = encode(&Batch { sequence: 0, fixes: fixes.to_vec() });
    if let Err(error) = &batch {
        // What came in the same form fits into it.
        tracing::error!(%error, %order, "a batch that was taken cannot be written again: only its last fix is kept");
    }
    Some(history::ActiveModel {
        id: Set(app.ids.uuid()),
        order_id: Set(order.uuid()),
        service_provider_id: Set(provider.uuid()),
        latitude: Set(last.position.latitude()),
        longitude: Set(last.position.longitude()),
        speed_kmh: Set(last.speed_kmh.map(f64::from)),
        accuracy_meters: Set(last.accuracy_meters.map(whole)),
        heading_degrees: Set(last.heading_degrees.map(i32::from)),
        is_mock: Set(last.is_mock),
        recorded_at: Set(last.at.micros()),
        fixes: Set(batch.ok()),
    })
}

/// Metres, rounded up: nothing may look surer than it is.
#[expect(clippy::cast_possible_truncation, reason = "casts of floats saturate, and kept fixes are at most 100 m off")]
fn whole(meters: f32) -> i32 {
    meters.ceil() as i32
}

/// A page of an order's way, oldest first.
pub(super) async fn page(db: &Db, order: Id<values::Order>, window: &Window) -> Result<Page<LocationHistoryItem>, DbErr> {
    // The cursor is the time of the last fix seen, in the shape of an id; times of one way only grow.
    let seen = window.before.map_or(i64::MIN, |cursor| i64::try_from(cursor.as_u128()).unwrap_or(i64::MAX));
    let rows = history::Entity::find()
        .filter(Column::OrderId.eq(order.uuid()))
        .filter(Column::RecordedAt.gt(seen))
        .order_by_asc(Column::RecordedAt)
        // A row has a fix at least.
        .limit(window.limit + 1)
        .all(db.read())
        .await?;
    let mut items: Vec<LocationHistoryItem> = rows.into_iter().flat_map(items).collect();
    items.retain(|item| item.recorded_at.micros() > seen);
    let cursor = |item: &LocationHistoryItem| Uuid::from_u128(u128::try_from(item.recorded_at.micros()).unwrap_or_default());
    Ok(window.page(items, cursor, |item| item))
}

/// The fixes of a row on the wire.
fn items(row: history::Model) -> Vec<LocationHistoryItem> {
    match row.fixes.as_deref().map(decode) {
        Some(Ok(batch)) => batch.fixes.iter().map(item).collect(),
        // A row of its own for each fix, as they were written at first.
        _ => vec![LocationHistoryItem {
            latitude: row.latitude,
            longitude: row.longitude,
            speed_kmh: row.speed_kmh,
            accuracy_meters: row.accuracy_meters,
            heading_degrees: row.heading_degrees,
            recorded_at: Timestamp::from_micros(row.recorded_at),
        }],
    }
}

fn item(fix: &Fix) -> LocationHistoryItem {
    LocationHistoryItem {
        latitude: fix.position.latitude(),
        longitude: fix.position.longitude(),
        speed_kmh: fix.speed_kmh.map(f64::from),
        accuracy_meters: fix.accuracy_meters.map(whole),
        heading_degrees: fix.heading_degrees.map(i32::from),
        recorded_at: fix.at,
    }
}

/// Forgets what was written before `time`.
pub(super) async fn forget(tx: &Tx, time: Timestamp) -> Result<u64, DbErr> {
    Ok(history::Entity::delete_many().filter(Column::Id.lt(first_of(time))).exec(tx).await?.rows_affected)
}
