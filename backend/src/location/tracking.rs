//! The tracking row of an order: made at acceptance, ACTIVE while the provider is on her way and heard of, PAUSED in silence,
//! STOPPED at arrival or cancellation.

use rapi_core::tracking::TrackingStatus;
use rapi_core::wire::OrUnknown;
use rapi_core::wire::location::TrackingResponse;
use rapi_core::{Id, Timestamp, values};
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{ActiveModelTrait as _, ColumnTrait, Condition, DbErr, EntityTrait, IntoActiveModel as _, QueryFilter};

use super::entities::tracking::{Column, Entity, Model};
use super::shown::Heard;
use super::silence;
use crate::app::App;
use crate::platform::Tx;
use crate::platform::db::Looks;

type Order = Id<values::Order>;

/// Makes the row. Before she departs there is nothing to follow: PAUSED.
pub(super) async fn open(app: &App, tx: &Tx, order: Order, provider: Id<values::User>) -> Result<(), DbErr> {
    let now = app.now().micros();
    let row = Model {
        id: app.ids.uuid(),
        order_id: order.uuid(),
        service_provider_id: provider.uuid(),
        current_latitude: None,
        current_longitude: None,
        accuracy_meters: None,
        heading_degrees: None,
        speed_kmh: None,
        distance_km: None,
        estimated_arrival_minutes: None,
        tracking_status: TrackingStatus::Paused.as_str().to_owned(),
        recorded_at: None,
        watched_until: None,
        watch_told_at: None,
        last_updated: now,
        created_at: now,
    };
    let new = row.clone().into_active_model().reset_all();
    if tx.insert_or([new], || OnConflict::column(Column::OrderId).do_nothing().to_owned()).await? == 1 {
        tx.keep(order.uuid(), &row);
    }
    Ok(())
}

/// She departed. From now on silence counts.
pub(super) async fn start(app: &App, tx: &Tx, order: Order) -> Result<(), DbErr> {
    let before: Option<Model> = tx.kept(order.uuid());
    let now = app.now().micros();
    let done = Entity::update_many()
        .col_expr(Column::TrackingStatus, Expr::value(TrackingStatus::Active.as_str()))
        .col_expr(Column::LastUpdated, Expr::value(now))
        .filter(Column::OrderId.eq(order.uuid()))
        .filter(Column::TrackingStatus.eq(TrackingStatus::Paused.as_str()))
        .exec(tx)
        .await?;
    if done.rows_affected == 1 {
        if let Some(before) = before {
            tx.keep(order.uuid(), &Model { tracking_status: TrackingStatus::Active.as_str().to_owned(), last_updated: now, ..before });
        }
        silence::expect_words(app, tx, order, app.now());
    }
    Ok(())
}

/// She arrived, or the order was cancelled.
pub(super) async fn stop(app: &App, tx: &Tx, order: Order) -> Result<(), DbErr> {
    Entity::update_many()
        .col_expr(Column::TrackingStatus, Expr::value(TrackingStatus::Stopped.as_str()))
        .col_expr(Column::LastUpdated, Expr::value(app.now().micros()))
        .filter(Column::OrderId.eq(order.uuid()))
        .exec(tx)
        .await?;
    silence::expect_no_more(tx, order).await
}

/// Shows that nobody was heard of since `heard`; `false` when somebody was, or there is nothing to follow.
pub(super) async fn pause(tx: &Tx, order: Order, heard: Timestamp) -> Result<bool, DbErr> {
    let done = Entity::update_many()
        .col_expr(Column::TrackingStatus, Expr::value(TrackingStatus::Paused.as_str()))
        .filter(Column::OrderId.eq(order.uuid()))
        .filter(Column::TrackingStatus.eq(TrackingStatus::Active.as_str()))
        .filter(Column::LastUpdated.lte(heard.micros()))
        .exec(tx)
        .await?;
    Ok(done.rows_affected == 1)
}

/// Writes where a provider on her way was heard of last; `false` when the tracking has stopped or knows a later fix.
pub(super) async fn update(tx: &Tx, order: Order, heard: &Heard) -> Result<bool, DbErr> {
    let Heard { last, left, at } = heard;
    let is_newer = Condition::any().add(Column::RecordedAt.is_null()).add(Column::RecordedAt.lt(last.at.micros()));
    let done = Entity::update_many()
        .col_expr(Column::CurrentLatitude, Expr::value(last.position.latitude()))
        .col_expr(Column::CurrentLongitude, Expr::value(last.position.longitude()))
        .col_expr(Column::AccuracyMeters, Expr::value(last.accuracy_meters.map(f64::from)))
        .col_expr(Column::HeadingDegrees, Expr::value(last.heading_degrees.map(i32::from)))
        .col_expr(Column::SpeedKmh, Expr::value(last.speed_kmh.map(f64::from)))
        .col_expr(Column::DistanceKm, Expr::value(left.distance_km))
        .col_expr(Column::EstimatedArrivalMinutes, Expr::value(i32::try_from(left.minutes).unwrap_or(i32::MAX)))
        .col_expr(Column::TrackingStatus, Expr::value(TrackingStatus::Active.as_str()))
        .col_expr(Column::RecordedAt, Expr::value(last.at.micros()))
        .col_expr(Column::LastUpdated, Expr::value(at.micros()))
        .filter(Column::OrderId.eq(order.uuid()))
        .filter(Column::TrackingStatus.ne(TrackingStatus::Stopped.as_str()))
        .filter(is_newer)
        .exec(tx)
        .await?;
    Ok(done.rows_affected == 1)
}

/// The row, as long as the order can be followed.
pub(super) async fn row_of(connection: &impl Looks, order: Order) -> Result<Option<Model>, DbErr> {
    let row = async { Entity::find().filter(Column::OrderId.eq(order.uuid())).one(connection).await };
    let row = connection.look(order.uuid(), row).await?;
    Ok(row.filter(|row| row.tracking_status != TrackingStatus::Stopped.as_str()))
}

/// The row on the wire.
pub(super) fn response(row: Model) -> TrackingResponse {
    let status = row.tracking_status.parse::<TrackingStatus>();
    TrackingResponse {
        order_id: Id::new(row.order_id),
        service_provider_id: Id::new(row.service_provider_id),
        latitude: row.current_latitude,
        longitude: row.current_longitude,
        accuracy_meters: row.accuracy_meters,
        heading_degrees: row.heading_degrees,
        speed_kmh: row.speed_kmh,
        distance_km: row.distance_km,
        estimated_arrival_minutes: row.estimated_arrival_minutes,
        tracking_status: status.map_or(OrUnknown::Unknown(row.tracking_status), OrUnknown::Known),
        recorded_at: row.recorded_at.map(Timestamp::from_micros),
    }
}
