//! The client looks at the map: a short lease, of which the provider's phone is told, so that it sends live.

use std::time::Duration;

use rapi_core::wire::events::Event;
use rapi_core::wire::location::WatchResponse;
use rapi_core::{Id, Timestamp, values};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use super::entities::tracking::{Column, Entity};
use super::tracking;
use crate::app::App;
use crate::platform::{ApiError, ApiResult, Tx, events};

/// How long one look counts.
const LEASE: Duration = Duration::from_secs(30);
/// While the lease is renewed the phone is told at most this often.
const TELL_EVERY: Duration = Duration::from_secs(10);

/// Takes or renews the lease.
///
/// # Errors
/// 404 before acceptance and after arrival.
pub(super) async fn watch(app: &App, tx: &Tx, order: Id<values::Order>) -> ApiResult<WatchResponse> {
    let now = app.now();
    let row = tracking::row_of(tx, order).await?.ok_or_else(|| ApiError::not_found("tracking"))?;
    let is_new = row.watched_until.is_none_or(|until| until <= now.micros());
    let was_told = row.watch_told_at.map_or(Timestamp::from_micros(i64::MIN), Timestamp::from_micros);
    let watched_until = now + LEASE;
    let mut update = Entity::update_many().col_expr(Column::WatchedUntil, Expr::value(watched_until.micros()));
    if is_new || now.since(was_told) >= TELL_EVERY {
        update = update.col_expr(Column::WatchToldAt, Expr::value(now.micros()));
        let event = Event::TrackingWatched { order_id: order, watched_until };
        events::tell(tx, &app.ids, now, Id::new(row.service_provider_id), &event);
    }
    update.filter(Column::OrderId.eq(order.uuid())).exec(tx).await?;
    Ok(WatchResponse { watched_until })
}
