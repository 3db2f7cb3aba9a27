//! Queries over `ratings`.

use rapi_core::{Id, Timestamp, values};
use sea_orm::entity::prelude::*;
use sea_orm::{DbErr, IntoActiveModel as _, QueryOrder, QuerySelect};

use crate::orders::entities::rating::{Column, Entity, Model};
use crate::platform::Tx;
use crate::platform::cursor::Window;
use crate::platform::db::Looks;

pub async fn insert(tx: &Tx, rating: &Model) -> Result<(), DbErr> {
    tx.insert([rating.clone().into_active_model().reset_all()]).await?;
    tx.keep(rating.order_id, rating);
    Ok(())
}

pub async fn of_order(connection: &impl Looks, order: Id<values::Order>) -> Result<Option<Model>, DbErr> {
    connection.look(order.uuid(), async { Entity::find().filter(Column::OrderId.eq(order.uuid())).one(connection).await }).await
}

/// A page of a provider's ratings, newest first, with one row more when there are more.
pub async fn of_provider(connection: &impl ConnectionTrait, provider: Id<values::User>, window: &Window) -> Result<Vec<Model>, DbErr> {
    let mut query = Entity::find().filter(Column::ServiceProviderId.eq(provider.uuid()));
    if let Some(before) = window.before {
        query = query.filter(Column::Id.lt(before));
    }
    query.order_by_desc(Column::Id).limit(window.limit + 1).all(connection).await
}

/// When a provider was rated in a time, and with how many stars.
pub async fn stars(
    connection: &impl ConnectionTrait,
    provider: Id<values::User>,
    from: Timestamp,
    to: Timestamp,
) -> Result<Vec<(Timestamp, i32)>, DbErr> {
    let hers = Entity::find().select_only().columns([Column::CreatedAt, Column::Rating]);
    let hers = hers.filter(Column::ServiceProviderId.eq(provider.uuid()));
    let within = hers.filter(Column::CreatedAt.gte(from.micros())).filter(Column::CreatedAt.lt(to.micros()));
    let stars: Vec<(i64, i32)> = within.into_tuple().all(connection).await?;
    Ok(stars.into_iter().map(|(at, stars)| (Timestamp::from_micros(at), stars)).collect())
}
