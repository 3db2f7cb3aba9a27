//! `withdrawal_requests`: earnings on their way to a bank; the account number is encrypted.

use sea_orm::entity::prelude::*;

/// One row.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "withdrawal_requests")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub user_id: Uuid,
    pub wallet_id: Uuid,
    pub withdrawal_number: String,
    pub amount: i64,
    pub currency: String,
    pub bank_name: String,
    pub bank_account_number: String,
    pub bank_account_last_digits: String,
    pub bank_account_name: String,
    pub status: String,
    pub admin_notes: Option<String>,
    pub processed_by: Option<Uuid>,
    pub processed_at: Option<i64>,
    pub created_at: i64,
    pub updated_at: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}
impl ActiveModelBehavior for ActiveModel {}
