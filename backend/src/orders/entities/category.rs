//! `service_categories`: the kinds of service.

use sea_orm::entity::prelude::*;

/// A kind of service.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "service_categories")]
pub struct Model {
    /// Its id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Its name.
    pub name: String,
    /// Its stable short name.
    pub slug: String,
    /// In a sentence.
    pub description: Option<String>,
    /// Name of a Lucide icon.
    pub icon: Option<String>,
    /// The price of five minutes, rupiah.
    pub base_rate_per_5_minutes: i64,
    /// Can it be ordered?
    pub is_active: bool,
    /// Its place in the list.
    pub display_order: i32,
    /// When made.
    pub created_at: i64,
    /// When last changed.
    pub updated_at: i64,
}

/// It belongs to nothing.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
