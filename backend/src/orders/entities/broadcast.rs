//! `order_broadcasts`: one row for each provider considered for an order, asked or passed over.

use sea_orm::entity::prelude::*;

/// A provider considered for an order.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "order_broadcasts")]
pub struct Model {
    /// Its id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// For which order.
    pub order_id: Uuid,
    /// Who.
    pub provider_id: Uuid,
    /// In which wave, from 0.
    pub wave: i32,
    /// How far she was then.
    pub distance_meters: f64,
    /// Was it offered to her?
    pub was_offered: bool,
    /// Why not.
    pub passed_over: Option<String>,
    /// When she was asked or passed over.
    pub notified_at: i64,
    /// When the offer was shown to her.
    pub seen_at: Option<i64>,
    /// When she said no.
    pub declined_at: Option<i64>,
    /// Did she take it?
    pub is_accepted: bool,
}

/// What it belongs to.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    /// The order.
    #[sea_orm(belongs_to = "super::order::Entity", from = "Column::OrderId", to = "super::order::Column::Id")]
    Order,
}

impl Related<super::order::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Order.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
