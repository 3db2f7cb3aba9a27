//! Codes, failures, sessions and devices.

use sea_orm::entity::prelude::*;

/// A one-time code that was sent.
pub(in crate::users) mod otp {
    use super::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "otps")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub purpose: String,
        pub identifier: String,
        pub subject_id: Option<Uuid>,
        pub phone: Option<String>,
        pub otp_code: String,
        pub tries: i32,
        pub sent_at: i64,
        pub otp_expires_at: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}
    impl ActiveModelBehavior for ActiveModel {}
}

/// Failures to sign in, by submitted identifier.
pub(in crate::users) mod login_attempt {
    use super::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "login_attempts")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub identifier: String,
        pub failures: i32,
        pub locked_until: Option<i64>,
        pub updated_at: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}
    impl ActiveModelBehavior for ActiveModel {}
}

/// A refresh token; those of one family are one session.
pub(in crate::users) mod refresh_token {
    use super::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "refresh_tokens")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub user_id: Uuid,
        pub family_id: Uuid,
        pub token: String,
        pub expires_at: i64,
        pub is_revoked: bool,
        pub revoked_at: Option<i64>,
        pub used_at: Option<i64>,
        pub used_key: Option<String>,
        pub successor_id: Option<Uuid>,
        pub successor: Option<String>,
        pub user_agent: Option<String>,
        pub ip_address: Option<String>,
        pub session_started_at: i64,
        pub created_at: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {
        #[sea_orm(belongs_to = "super::super::user::Entity", from = "Column::UserId", to = "super::super::user::Column::Id")]
        User,
    }
    impl ActiveModelBehavior for ActiveModel {}
}

/// A device of a person.
pub(in crate::users) mod device {
    use super::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "fcm_tokens")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub user_id: Uuid,
        pub session_id: Uuid,
        pub device_id: String,
        pub fcm_token: Option<String>,
        pub device_type: String,
        pub device_name: Option<String>,
        pub is_active: bool,
        pub last_used: i64,
        pub created_at: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}
    impl ActiveModelBehavior for ActiveModel {}
}
