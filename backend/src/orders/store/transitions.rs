//! Queries over `order_transitions`.

use rapi_core::orders::{Actor, PayStage, Stage};
use rapi_core::wire::people::UserType;
use rapi_core::{Id, Timestamp, values};
use sea_orm::entity::prelude::*;
use sea_orm::{ActiveValue::Set, DbErr, QueryOrder};

use crate::orders::entities::transition::{ActiveModel, Column, Entity, Model};
use crate::platform::{IdGen, Tx};

/// A step to be written down.
#[derive(Debug, Clone, Copy)]
pub struct Step<'a> {
    /// Of which order.
    pub order: Id<values::Order>,
    /// From; absent for the first.
    pub from: Option<&'a Stage>,
    /// To.
    pub to: &'a Stage,
    /// By whom.
    pub by: Actor,
    /// When it happened.
    pub at: Timestamp,
}

/// Writes a step. The caller holds the lock on the order, so the count cannot change meanwhile.
pub async fn append(tx: &Tx, ids: &IdGen, now: Timestamp, step: Step<'_>) -> Result<(), DbErr> {
    let before = Entity::find().filter(Column::OrderId.eq(step.order.uuid())).count(tx).await?;
    let stage = |stage: &Stage| stage.pay_stage().map(|stage: PayStage| stage.as_str().to_owned());
    let row = ActiveModel {
        id: Set(ids.uuid()),
        order_id: Set(step.order.uuid()),
        seq: Set(i32::try_from(before + 1).unwrap_or(i32::MAX)),
        from_status: Set(step.from.map(|from| from.status().as_str().to_owned())),
        from_stage: Set(step.from.and_then(stage)),
        to_status: Set(step.to.status().as_str().to_owned()),
        to_stage: Set(stage(step.to)),
        actor: Set(role(step.by).to_owned()),
        actor_id: Set(step.by.user().map(Id::uuid)),
        at: Set(step.at.micros()),
        recorded_at: Set(now.micros()),
    };
    Entity::insert(row).exec_without_returning(tx).await.map(|_| ())
}

/// The actor's role as the timeline names it.
const fn role(by: Actor) -> &'static str {
    match by {
        Actor::Client(_) => UserType::Client.as_str(),
        Actor::Provider(_) => UserType::ServiceProvider.as_str(),
        Actor::Admin(_) => UserType::Admin.as_str(),
        Actor::System => "SYSTEM",
    }
}

/// Every step of an order, first to last.
pub async fn of_order(connection: &impl ConnectionTrait, order: Id<values::Order>) -> Result<Vec<Model>, DbErr> {
    Entity::find().filter(Column::OrderId.eq(order.uuid())).order_by_asc(Column::Seq).all(connection).await
}
