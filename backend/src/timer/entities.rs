//! The tables of the timer, as rows. Times are microseconds.

/// `work_events`: what happened, the truth.
pub mod work_events {
    use sea_orm::entity::prelude::*;

    /// One row.
    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "work_events")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub order_id: Uuid,
        pub sequence: i64,
        pub kind: String,
        pub wall: i64,
        pub mono_nanos: Option<i64>,
        pub boot_id: Option<String>,
        pub received_at: i64,
        pub attestation: String,
        pub hash: String,
        pub previous_hash: String,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}
    impl ActiveModelBehavior for ActiveModel {}
}

/// `work_sessions`: what the events come to, kept for queries; and the notes.
pub mod work_sessions {
    use sea_orm::entity::prelude::*;

    /// One row.
    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "work_sessions")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub order_id: Uuid,
        pub start_time: i64,
        pub end_time: Option<i64>,
        pub pause_times: Json,
        pub duration_minutes: i64,
        pub status: String,
        pub clock_unsure: bool,
        pub cap_warned_percent: i32,
        pub provider_notes: Option<String>,
        pub client_notes: Option<String>,
        pub created_at: i64,
        pub updated_at: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}
    impl ActiveModelBehavior for ActiveModel {}

    impl crate::platform::db::Keep for Model {
        fn rows(&self) -> Vec<(&'static str, Uuid)> {
            vec![("work_sessions", self.order_id), ("work_sessions", self.id)]
        }
    }
}
