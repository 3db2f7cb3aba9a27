//! Queries over `order_transitions`.

use rapi_core::orders::{Actor, PayStage, Stage};
use rapi_core::wire::people::UserType;
use rapi_core::{Id, Timestamp, values};
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::Expr;
use sea_orm::{DbErr, QueryOrder};

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
    let values: [(Column, Expr); 10] = [
        (Column::Id, Expr::value(ids.uuid())),
        (Column::OrderId, Expr::value(step.order.uuid())),
        (Column::FromStatus, Expr::value(step.from.map(|from| from.status().as_str().to_owned()))),
        (Column::FromStage, Expr::value(step.from.and_then(stage))),
        (Column::ToStatus, Expr::value(step.to.status().as_str())),
        (Column::ToStage, Expr::value(stage(step.to))),
        (Column::Actor, Expr::value(role(step.by))),
        (Column::ActorId, Expr::value(step.by.user().map(Id::uuid))),
        (Column::At, Expr::value(step.at.micros())),
        (Column::RecordedAt, Expr::value(now.micros())),
    ];
    tx.insert_numbered::<Entity, _>(values, (Column::Seq, 1), Column::OrderId.eq(step.order.uuid())).await
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
