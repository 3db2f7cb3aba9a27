//! Queries over `service_categories`.

use rapi_core::{Id, values};
use sea_orm::entity::prelude::*;
use sea_orm::{DbErr, QueryOrder};

use crate::orders::entities::category::{ActiveModel, Column, Entity, Model};
use crate::platform::Tx;

/// All that can be ordered, in their order.
pub async fn active(connection: &impl ConnectionTrait) -> Result<Vec<Model>, DbErr> {
    sorted(Entity::find().filter(Column::IsActive.eq(true))).all(connection).await
}

/// All of them, in their order.
pub async fn all(connection: &impl ConnectionTrait) -> Result<Vec<Model>, DbErr> {
    sorted(Entity::find()).all(connection).await
}

fn sorted(query: Select<Entity>) -> Select<Entity> {
    query.order_by_asc(Column::DisplayOrder).order_by_asc(Column::Slug)
}

pub async fn find(connection: &impl ConnectionTrait, category: Id<values::Category>) -> Result<Option<Model>, DbErr> {
    Entity::find_by_id(category.uuid()).one(connection).await
}

pub async fn insert(tx: &Tx, category: ActiveModel) -> Result<(), DbErr> {
    Entity::insert(category).exec_without_returning(tx).await.map(|_| ())
}

pub async fn update(tx: &Tx, category: Id<values::Category>, change: ActiveModel) -> Result<(), DbErr> {
    Entity::update_many().set(change).filter(Column::Id.eq(category.uuid())).exec(tx).await.map(|_| ())
}
