//! `wallet_transactions`: the lines of journals; written once, never changed.

use sea_orm::entity::prelude::*;

/// One row.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "wallet_transactions")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub wallet_id: Option<Uuid>,
    pub sequence: Option<i64>,
    pub journal_id: Uuid,
    pub account: String,
    pub transaction_number: String,
    #[sea_orm(column_name = "type")]
    pub entry_type: String,
    pub category: String,
    pub amount: i64,
    pub balance_before: Option<i64>,
    pub balance_after: Option<i64>,
    pub reference_id: Option<Uuid>,
    pub reference_type: Option<String>,
    pub description: Option<String>,
    pub metadata: Option<Json>,
    pub created_at: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}
impl ActiveModelBehavior for ActiveModel {}
