//! `payments`: one bill an order.

use sea_orm::entity::prelude::*;

/// One row.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "payments")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub order_id: Uuid,
    pub payment_number: String,
    pub client_id: Uuid,
    pub service_provider_id: Uuid,
    pub duration_minutes: i64,
    pub base_amount: i64,
    pub service_fee: i64,
    pub platform_fee: i64,
    pub discount: i64,
    pub total_amount: i64,
    pub provider_earnings: i64,
    pub currency: String,
    pub payment_method: String,
    pub payment_gateway: Option<String>,
    pub external_payment_id: Option<String>,
    pub attempts: i32,
    pub redirect_url: Option<String>,
    pub qr_string: Option<String>,
    /// Until when the two can be paid with.
    pub pay_until: Option<i64>,
    pub status: String,
    pub payment_proof: Option<String>,
    pub notes: Option<String>,
    pub voided_at: Option<i64>,
    pub paid_at: Option<i64>,
    pub created_at: i64,
    pub updated_at: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}
impl ActiveModelBehavior for ActiveModel {}

impl crate::platform::db::Keep for Model {
    fn rows(&self) -> Vec<(&'static str, Uuid)> {
        vec![("payments", self.order_id), ("payments", self.id)]
    }
}
