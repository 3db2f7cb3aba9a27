//! Queries over `order_transitions`.

use rapi_core::orders::{Actor, PayStage, Stage};
use rapi_core::wire::people::UserType;
use rapi_core::{Id, Timestamp, values};
use sea_orm::entity::prelude::*;
use sea_orm::{DbErr, QueryOrder, Value};

use crate::orders::entities::transition::{Column, Entity, Model};
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

/// Writes a step, numbered after the one before. The caller holds the lock on the order, so none comes in between.
pub async fn append(tx: &Tx, ids: &IdGen, now: Timestamp, step: Step<'_>) -> Result<(), DbErr> {
    let stage = |stage: &Stage| stage.pay_stage().map(|stage: PayStage| stage.as_str().to_owned());
    let values: [(Column, Value); 10] = [
        (Column::Id, ids.uuid().into()),
        (Column::OrderId, step.order.uuid().into()),
        (Column::FromStatus, step.from.map(|from| from.status().as_str().to_owned()).into()),
        (Column::FromStage, step.from.and_then(stage).into()),
        (Column::ToStatus, step.to.status().as_str().into()),
        (Column::ToStage, stage(step.to).into()),
        (Column::Actor, role(step.by).into()),
        (Column::ActorId, step.by.user().map(Id::uuid).into()),
        (Column::At, step.at.micros().into()),
        (Column::RecordedAt, now.micros().into()),
    ];
    tx.insert_numbered::<Entity, _>(values, (Column::Seq, 1), (Column::OrderId, step.order.uuid().into())).await
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
