//! The rows of this module.

/// `order_tracking`: one an order, from acceptance on.
pub(super) mod tracking {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "order_tracking")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub order_id: Uuid,
        pub service_provider_id: Uuid,
        pub current_latitude: Option<f64>,
        pub current_longitude: Option<f64>,
        pub accuracy_meters: Option<f64>,
        pub heading_degrees: Option<i32>,
        pub speed_kmh: Option<f64>,
        pub distance_km: Option<f64>,
        pub estimated_arrival_minutes: Option<i32>,
        pub tracking_status: String,
        /// When the position was taken.
        pub recorded_at: Option<i64>,
        /// The client looks at the map until then.
        pub watched_until: Option<i64>,
        /// When the provider was last told of that.
        pub watch_told_at: Option<i64>,
        /// When the phone was last heard of; at first when she departed.
        pub last_updated: i64,
        pub created_at: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}
    impl ActiveModelBehavior for ActiveModel {}

    impl crate::platform::db::Keep for Model {
        fn rows(&self) -> Vec<(&'static str, Uuid)> {
            vec![("order_tracking", self.order_id)]
        }
    }
}

/// `provider_positions`: where each provider was last; with the history, for they change together.
pub(super) mod position {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "provider_positions")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub provider_id: Uuid,
        pub latitude: f64,
        pub longitude: f64,
        pub heading_degrees: Option<i32>,
        pub recorded_at: i64,
        /// Measured by the receiver; else told by the app when its person went online.
        pub is_fix: bool,
        /// When it was written here, by the server's clock; 0 where no other process reads it.
        pub stored_at: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}
    impl ActiveModelBehavior for ActiveModel {}
}

/// `location_devices`: which batches of a device were taken, so that none is taken twice; with the history.
pub(super) mod device {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "location_devices")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub user_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub device: String,
        /// The last that was taken: the bits of an unsigned number.
        pub sequence: i64,
        /// Marks of those before it: see `taken.rs`.
        pub before: i64,
        pub received_at: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}
    impl ActiveModelBehavior for ActiveModel {}
}

/// `location_history`: the ways to orders, in the history's own database, a row a batch.
pub(super) mod history {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "location_history")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub order_id: Uuid,
        pub service_provider_id: Uuid,
        pub latitude: f64,
        pub longitude: f64,
        pub speed_kmh: Option<f64>,
        pub accuracy_meters: Option<i32>,
        pub heading_degrees: Option<i32>,
        pub is_mock: bool,
        /// When the last fix of the batch was taken, which is the one in the columns.
        pub recorded_at: i64,
        /// All of the batch, as phones send it; absent in rows that are one fix.
        pub fixes: Option<Vec<u8>>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}
    impl ActiveModelBehavior for ActiveModel {}
}
