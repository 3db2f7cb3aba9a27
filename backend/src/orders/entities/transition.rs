//! `order_transitions`: every step an order took.

use sea_orm::entity::prelude::*;

/// One step.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "order_transitions")]
pub struct Model {
    /// Its id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Of which order.
    pub order_id: Uuid,
    /// Counts the order's steps from 1.
    pub seq: i32,
    /// From; absent for the first.
    pub from_status: Option<String>,
    /// From, within IN_PROGRESS.
    pub from_stage: Option<String>,
    /// To.
    pub to_status: String,
    /// To, within IN_PROGRESS.
    pub to_stage: Option<String>,
    /// CLIENT, SERVICE_PROVIDER, ADMIN or SYSTEM.
    pub actor: String,
    /// Who; absent for the system.
    pub actor_id: Option<Uuid>,
    /// When it happened.
    pub at: i64,
    /// When the backend heard of it.
    pub recorded_at: i64,
}

/// Its order is read apart.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
