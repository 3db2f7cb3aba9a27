//! Providers' profiles and papers.

use sea_orm::entity::prelude::*;

/// A provider's public profile.
pub(in crate::users) mod profile {
    use super::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "user_profiles")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub user_id: Uuid,
        pub bio: Option<String>,
        pub service_types: Json,
        pub hourly_rate: Option<i64>,
        pub total_orders: i64,
        pub total_completed_orders: i64,
        pub average_rating: f64,
        pub total_ratings: i64,
        pub rating_sum: i64,
        pub certifications: Json,
        pub working_hours: Option<Json>,
        pub service_areas: Json,
        pub is_available: bool,
        pub portfolio_urls: Json,
        pub created_at: i64,
        pub updated_at: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {
        #[sea_orm(belongs_to = "super::super::user::Entity", from = "Column::UserId", to = "super::super::user::Column::Id")]
        User,
    }
    impl ActiveModelBehavior for ActiveModel {}
}

/// A category a provider works in.
pub(in crate::users) mod provider_service {
    use super::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "provider_services")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub user_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub category_slug: String,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}
    impl ActiveModelBehavior for ActiveModel {}
}

/// The papers of a provider.
pub(in crate::users) mod verification {
    use super::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "provider_verifications")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub user_id: Uuid,
        pub id_card_number: String,
        pub id_card_fingerprint: String,
        pub id_card_photo_url: String,
        pub selfie_with_id_url: String,
        pub certificate_urls: Json,
        pub portfolio_urls: Json,
        pub bank_account_name: String,
        pub bank_name: String,
        pub bank_account_number: String,
        pub status: String,
        pub rejection_reason: Option<String>,
        pub verified_by: Option<Uuid>,
        pub verified_at: Option<i64>,
        pub submitted_at: i64,
        pub created_at: i64,
        pub updated_at: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {
        #[sea_orm(belongs_to = "super::super::user::Entity", from = "Column::UserId", to = "super::super::user::Column::Id")]
        User,
    }
    impl ActiveModelBehavior for ActiveModel {}
}

/// Papers that were replaced by newer ones.
pub(in crate::users) mod past_verification {
    use super::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "verification_history")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub user_id: Uuid,
        pub id_card_number: String,
        pub id_card_fingerprint: String,
        pub id_card_photo_url: String,
        pub selfie_with_id_url: String,
        pub certificate_urls: Json,
        pub portfolio_urls: Json,
        pub bank_account_name: String,
        pub bank_name: String,
        pub bank_account_number: String,
        pub status: String,
        pub rejection_reason: Option<String>,
        pub verified_by: Option<Uuid>,
        pub verified_at: Option<i64>,
        pub submitted_at: i64,
        pub replaced_at: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}
    impl ActiveModelBehavior for ActiveModel {}
}
