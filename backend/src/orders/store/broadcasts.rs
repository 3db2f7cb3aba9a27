//! Queries over `order_broadcasts`.

use std::collections::BTreeSet;

use rapi_core::orders::Status;
use rapi_core::{Id, Timestamp, values};
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::Expr;
use sea_orm::{DbErr, QueryOrder, QuerySelect};

use crate::orders::entities::broadcast::{ActiveModel, Column, Entity, Model};
use crate::orders::entities::order;
use crate::platform::Tx;
use crate::platform::cursor::Window;
use crate::platform::db::{Keep, Looks};

/// Everybody considered for an order, in the order they were.
pub async fn of_order(connection: &impl ConnectionTrait, order: Id<values::Order>) -> Result<Vec<Model>, DbErr> {
    let query = Entity::find().filter(Column::OrderId.eq(order.uuid()));
    query.order_by_asc(Column::Wave).order_by_asc(Column::DistanceMeters).order_by_asc(Column::ProviderId).all(connection).await
}

/// The offer of an order to a provider, if it was made to her.
pub async fn offer_to(
    connection: &impl ConnectionTrait,
    order: Id<values::Order>,
    provider: Id<values::User>,
) -> Result<Option<Model>, DbErr> {
    let query = Entity::find().filter(Column::OrderId.eq(order.uuid())).filter(Column::ProviderId.eq(provider.uuid()));
    query.filter(Column::WasOffered.eq(true)).one(connection).await
}

/// Writes rows for the first time.
pub async fn insert(tx: &Tx, rows: Vec<ActiveModel>) -> Result<(), DbErr> {
    tx.insert(rows).await.map(|_| ())
}

/// Writes what became of somebody considered before.
pub async fn update(tx: &Tx, before: &Model, row: ActiveModel) -> Result<(), DbErr> {
    let same = Entity::update_many().set(row).filter(Column::Id.eq(before.id)).filter(Column::OrderId.eq(before.order_id));
    same.exec(tx).await.map(|_| ())
}

/// Who has an offer of an order and has not declined it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    order: Id<values::Order>,
    /// In the order of their ids.
    pub providers: Vec<Id<values::User>>,
}

impl Asked {
    /// Those who were asked in earlier waves, and now.
    pub fn after<'a>(
        order: Id<values::Order>,
        before: impl Iterator<Item = &'a Model>,
        now: impl Iterator<Item = Id<values::User>>,
    ) -> Self {
        let open = before.filter(|row| row.was_offered && row.declined_at.is_none()).map(|row| Id::new(row.provider_id));
        let providers: BTreeSet<_> = open.chain(now).collect();
        Self { order, providers: providers.into_iter().collect() }
    }
}

impl Keep for Asked {
    fn rows(&self) -> Vec<(&'static str, Uuid)> {
        vec![("order_broadcasts", self.order.uuid())]
    }
}

/// Who has an offer of this order and has not declined it.
pub async fn asked(connection: &impl Looks, order: Id<values::Order>) -> Result<Vec<Id<values::User>>, DbErr> {
    let read = async {
        let query = Entity::find().select_only().column(Column::ProviderId).filter(Column::OrderId.eq(order.uuid()));
        let open = query.filter(Column::WasOffered.eq(true)).filter(Column::DeclinedAt.is_null()).order_by_asc(Column::ProviderId);
        let asked: Vec<Uuid> = open.into_tuple().all(connection).await?;
        Ok(Some(Asked { order, providers: asked.into_iter().map(Id::new).collect() }))
    };
    Ok(connection.look(order.uuid(), read).await?.map(|asked| asked.providers).unwrap_or_default())
}

pub async fn accepted(tx: &Tx, order: Id<values::Order>, provider: Id<values::User>) -> Result<(), DbErr> {
    let hers = Entity::update_many().filter(Column::OrderId.eq(order.uuid())).filter(Column::ProviderId.eq(provider.uuid()));
    hers.col_expr(Column::IsAccepted, Expr::value(true)).exec(tx).await.map(|_| ())
}

/// Notes the first time that `column` (a time) happened to the offer.
pub async fn first(tx: &Tx, offer: &Model, column: Column, now: Timestamp) -> Result<(), DbErr> {
    let hers = Entity::update_many().filter(Column::Id.eq(offer.id)).filter(Column::OrderId.eq(offer.order_id));
    let untouched = hers.filter(column.is_null());
    untouched.col_expr(column, Expr::value(now.micros())).exec(tx).await.map(|_| ())
}

/// Offers open to a provider with their orders, newest first: pending, not declined, first broadcast after `since`. One more than
/// the window holds when there are more.
pub async fn open_to(
    connection: &impl ConnectionTrait,
    provider: Id<values::User>,
    since: Timestamp,
    window: &Window,
) -> Result<Vec<(Model, order::Model)>, DbErr> {
    let mut query = Entity::find()
        .find_also_related(order::Entity)
        .filter(Column::ProviderId.eq(provider.uuid()))
        .filter(Column::WasOffered.eq(true))
        .filter(Column::DeclinedAt.is_null())
        .filter(order::Column::Status.eq(Status::Pending.as_str()))
        .filter(order::Column::BroadcastTime.gt(since.micros()))
        .order_by_desc(Column::Id)
        .limit(window.limit + 1);
    if let Some(before) = window.before {
        query = query.filter(Column::Id.lt(before));
    }
    let found = query.all(connection).await?;
    Ok(found.into_iter().filter_map(|(offer, order)| Some((offer, order?))).collect())
}
