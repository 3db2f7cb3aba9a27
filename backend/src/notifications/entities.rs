//! The rows of this module.

/// `notifications`: the inboxes.
pub(super) mod notification {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "notifications")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub user_id: Uuid,
        pub title: String,
        pub message: String,
        #[sea_orm(column_name = "type")]
        pub kind: String,
        pub data: Json,
        pub action_url: Option<String>,
        pub is_read: bool,
        pub is_push_sent: bool,
        pub push_sent_at: Option<i64>,
        pub read_at: Option<i64>,
        pub created_at: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}
    impl ActiveModelBehavior for ActiveModel {}
}

/// `notification_templates`: what notices say, in Indonesian and in translation.
pub(super) mod template {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "notification_templates")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub code: String,
        /// In Indonesian.
        pub title_template: String,
        /// In Indonesian.
        pub message_template: String,
        /// `{"en": {"title": …, "message": …}}`; a language that is missing reads Indonesian.
        pub translations: Json,
        #[sea_orm(column_name = "type")]
        pub kind: String,
        /// The names the texts may use.
        pub variables: Json,
        pub is_active: bool,
        pub created_at: i64,
        pub updated_at: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}
    impl ActiveModelBehavior for ActiveModel {}
}
