//! Every step an order took.

use rapi_core::wire::OrUnknown;
use rapi_core::wire::orders::TimelineItem;
use rapi_core::{Id, Timestamp, values};
use sea_orm::ConnectionTrait;

use super::entities::transition;
use super::store;
use crate::platform::ApiResult;

/// The steps of an order, first to last.
///
/// # Errors
/// When the database cannot be read.
pub(super) async fn timeline(connection: &impl ConnectionTrait, order: Id<values::Order>) -> ApiResult<Vec<TimelineItem>> {
    Ok(store::transitions::of_order(connection, order).await?.into_iter().map(item).collect())
}

fn item(row: transition::Model) -> TimelineItem {
    TimelineItem {
        from: row.from_status.map(word),
        to: word(row.to_status),
        stage: row.to_stage.map(word),
        actor: row.actor,
        actor_id: row.actor_id.map(Id::new),
        at: Timestamp::from_micros(row.at),
    }
}

fn word<T: std::str::FromStr>(text: String) -> OrUnknown<T> {
    text.parse().map_or(OrUnknown::Unknown(text), OrUnknown::Known)
}
