//! `ratings`: one row an order, once the client has rated it.

use sea_orm::entity::prelude::*;

use crate::platform::db::Keep;

/// A rating.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "ratings")]
pub struct Model {
    /// Its id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Of which order.
    pub order_id: Uuid,
    /// Who gave it.
    pub client_id: Uuid,
    /// Who got it.
    pub service_provider_id: Uuid,
    /// Stars, 1…5.
    pub rating: i32,
    /// In words.
    pub review: Option<String>,
    /// Stars by aspect: a JSON object of numbers.
    pub rating_details: Option<Json>,
    /// When given.
    pub created_at: i64,
    /// When last changed.
    pub updated_at: i64,
}

/// Its order is read apart.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Keep for Model {
    fn rows(&self) -> Vec<(&'static str, Uuid)> {
        vec![("ratings", self.order_id)]
    }
}
