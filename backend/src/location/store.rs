//! Positions and devices, with the history.

use rapi_core::tracking::Fix;
use rapi_core::{Id, LatLng, Timestamp, values};
use sea_orm::sea_query::{Alias, Expr, ExprTrait, OnConflict};
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter};

use super::entities::{device, position};
use super::taken::Taken;
use crate::platform::Tx;

type User = Id<values::User>;

/// A provider's last known position.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Last {
    pub(super) provider: User,
    pub(super) position: LatLng,
    /// Not stored, as the speed: both are of the moment.
    pub(super) accuracy_meters: Option<f32>,
    pub(super) speed_kmh: Option<f32>,
    pub(super) heading_degrees: Option<u16>,
    pub(super) at: Timestamp,
    /// Measured by the receiver; else told when going online.
    pub(super) is_fix: bool,
}

impl Last {
    /// Where a fix has her.
    pub(super) const fn measured(provider: User, fix: &Fix) -> Self {
        let Fix { position, accuracy_meters, speed_kmh, heading_degrees, at, .. } = *fix;
        Self { provider, position, accuracy_meters, speed_kmh, heading_degrees, at, is_fix: true }
    }

    /// As the fix before, for the checks; what was only told proves nothing about speed.
    pub(super) fn as_fix(&self) -> Option<Fix> {
        self.is_fix.then_some(Fix {
            at: self.at,
            position: self.position,
            accuracy_meters: self.accuracy_meters,
            speed_kmh: self.speed_kmh,
            heading_degrees: self.heading_degrees,
            is_mock: false,
        })
    }
}

/// `None` for numbers that are nowhere on earth, which were never stored.
fn last(row: &position::Model) -> Option<Last> {
    Some(Last {
        provider: Id::new(row.provider_id),
        position: LatLng::try_new(row.latitude, row.longitude).ok()?,
        accuracy_meters: None,
        speed_kmh: None,
        heading_degrees: row.heading_degrees.and_then(|degrees| u16::try_from(degrees).ok()),
        at: Timestamp::from_micros(row.recorded_at),
        is_fix: row.is_fix,
    })
}

/// Everybody's last position.
pub(super) async fn positions(connection: &impl ConnectionTrait) -> Result<Vec<Last>, DbErr> {
    let rows = position::Entity::find().all(connection).await?;
    Ok(rows.iter().filter_map(last).collect())
}

/// The positions written after `time`.
pub(super) async fn positions_since(connection: &impl ConnectionTrait, time: Timestamp) -> Result<Vec<Last>, DbErr> {
    // The second says which index knows them.
    let since = position::Entity::find().filter(position::Column::StoredAt.gt(time.micros())).filter(position::Column::StoredAt.gt(0));
    let rows = since.all(connection).await?;
    Ok(rows.iter().filter_map(last).collect())
}

/// Stores positions, one a provider, unless later ones are stored.
pub(super) async fn put_positions(tx: &Tx, lasts: Vec<Last>, now: Timestamp) -> Result<(), DbErr> {
    let rows = lasts.iter().map(|last| position::ActiveModel {
        provider_id: Set(last.provider.uuid()),
        latitude: Set(last.position.latitude()),
        longitude: Set(last.position.longitude()),
        heading_degrees: Set(last.heading_degrees.map(i32::from)),
        recorded_at: Set(last.at.micros()),
        is_fix: Set(last.is_fix),
        stored_at: Set(if tx.is_alone() { 0 } else { now.micros() }),
    });
    tx.insert_or(rows, unless_older).await.map(|_| ())
}

fn unless_older() -> OnConflict {
    use position::Column::{HeadingDegrees, IsFix, Latitude, Longitude, ProviderId, RecordedAt, StoredAt};
    let stored = Expr::col((position::Entity, RecordedAt)).lte(Expr::col((Alias::new("excluded"), RecordedAt)));
    OnConflict::column(ProviderId)
        .update_columns([Latitude, Longitude, HeadingDegrees, RecordedAt, IsFix, StoredAt])
        .action_and_where(stored)
        .to_owned()
}

/// A phone of somebody's.
pub(super) type Device = (User, String);

/// Which batches of the devices of these people were taken.
pub(super) async fn taken(connection: &impl ConnectionTrait, users: &[User]) -> Result<Vec<(Device, Taken)>, DbErr> {
    if users.is_empty() {
        return Ok(Vec::new());
    }
    let of = device::Column::UserId.is_in(users.iter().map(|user| user.uuid()));
    let rows = device::Entity::find().filter(of).all(connection).await?;
    let taken = |row: &device::Model| Taken { last: row.sequence.cast_unsigned(), before: row.before.cast_unsigned() };
    Ok(rows.into_iter().map(|row| ((Id::new(row.user_id), row.device.clone()), taken(&row))).collect())
}

/// Stores which batches of devices were taken.
pub(super) async fn put_taken(tx: &Tx, devices: impl Iterator<Item = (&Device, &Taken)>, now: Timestamp) -> Result<(), DbErr> {
    let rows = devices.map(|((user, device), taken)| device::ActiveModel {
        user_id: Set(user.uuid()),
        device: Set(device.clone()),
        sequence: Set(taken.last.cast_signed()),
        before: Set(taken.before.cast_signed()),
        received_at: Set(now.micros()),
    });
    tx.insert_or(rows, in_place).await.map(|_| ())
}

fn in_place() -> OnConflict {
    use device::Column::{Before, Device, ReceivedAt, Sequence, UserId};
    OnConflict::columns([UserId, Device]).update_columns([Sequence, Before, ReceivedAt]).to_owned()
}

/// Forgets devices that were not heard since `time`.
pub(super) async fn forget_devices(tx: &Tx, time: Timestamp) -> Result<u64, DbErr> {
    Ok(device::Entity::delete_many().filter(device::Column::ReceivedAt.lt(time.micros())).exec(tx).await?.rows_affected)
}
