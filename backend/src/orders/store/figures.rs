//! What happened day by day, counted by the database. Days are numbers, see [`day_number`].

use rapi_core::orders::{PayStage, Status};
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{Alias, Cond, Condition, ExprTrait, Func};
use sea_orm::{DbErr, QueryOrder, QuerySelect, Select};

use crate::orders::entities::order::{Column, Entity, Model};
use crate::orders::entities::rating;
use crate::platform::days::{Days, day_number};

/// The rows of a table within some days, in groups of one day.
fn daily<E: EntityTrait, C: ColumnTrait>(column: C, days: Days) -> Select<E> {
    let within = E::find().filter(column.gte(days.start().micros())).filter(column.lt(days.end().micros()));
    within.select_only().column_as(day_number(column), "day").group_by(Expr::col(Alias::new("day")))
}

/// How many orders have this time on each day.
pub async fn times(connection: &impl ConnectionTrait, column: Column, days: Days) -> Result<Vec<(i64, i64)>, DbErr> {
    daily::<Entity, _>(column, days).column_as(column.count(), "number").into_tuple().all(connection).await
}

/// How many orders were called off on each day, and how many of them by somebody.
pub async fn cancelled(connection: &impl ConnectionTrait, days: Days) -> Result<Vec<(i64, i64, i64)>, DbErr> {
    let counted = daily::<Entity, _>(Column::CancelledTime, days).column_as(Column::CancelledTime.count(), "number");
    counted.column_as(Column::CancelledBy.count(), "by_somebody").into_tuple().all(connection).await
}

/// How many ratings came on each day, and all their stars.
pub async fn ratings(connection: &impl ConnectionTrait, days: Days) -> Result<Vec<(i64, i64, i64)>, DbErr> {
    let counted = daily::<rating::Entity, _>(rating::Column::CreatedAt, days).column_as(rating::Column::CreatedAt.count(), "number");
    let stars = Expr::expr(Func::sum(rating::Column::Rating.into_expr())).cast_as("BIGINT");
    counted.column_as(stars, "stars").into_tuple().all(connection).await
}

/// Statuses of orders that are not over.
const OPEN: [Status; 5] = [Status::Pending, Status::Accepted, Status::OnTheWay, Status::Arrived, Status::InProgress];

/// Of the open orders: providers are sought, or it is under way and not paid.
fn is_running() -> Condition {
    let is_sought = Cond::any().add(Column::Status.ne(Status::Pending.as_str())).add(Column::BroadcastTime.is_not_null());
    let is_unpaid = Cond::any().add(Column::Stage.is_null()).add(Column::Stage.ne(PayStage::AwaitingRating.as_str()));
    Cond::all().add(is_sought).add(is_unpaid)
}

/// How many orders are running.
pub async fn running_count(connection: &impl ConnectionTrait) -> Result<i64, DbErr> {
    let open = Entity::find().filter(Column::Status.is_in(OPEN.map(Status::as_str))).filter(is_running());
    let counted = open.select_only().column_as(Column::Id.count(), "number");
    Ok(counted.into_tuple().one(connection).await?.unwrap_or_default())
}

/// The newest orders that are running. Status by status, for which there is an index.
pub async fn running(connection: &impl ConnectionTrait, limit: usize) -> Result<Vec<Model>, DbErr> {
    let mut found = Vec::new();
    for status in OPEN {
        let some = Entity::find().filter(Column::Status.eq(status.as_str())).filter(is_running());
        found.extend(some.order_by_desc(Column::Id).limit(limit as u64).all(connection).await?);
    }
    found.sort_unstable_by_key(|order| std::cmp::Reverse(order.id));
    found.truncate(limit);
    Ok(found)
}
