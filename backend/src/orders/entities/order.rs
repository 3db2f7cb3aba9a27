//! `orders`: one row an order. `service_provider_id` stays when an order is cancelled, so that both keep it in their history.

use rapi_core::orders::{Order, PayStage, Stage, Status};
use rapi_core::pricing::Tariff;
use rapi_core::wire::payments::PaymentMethod;
use rapi_core::{Id, LatLng, Rupiah, Timestamp, values};
use sea_orm::entity::prelude::*;
use sea_orm::{ActiveValue, DbErr, Iterable};

use crate::orders::service::OrderFacts;
use crate::platform::db::Keep;

/// An order.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "orders")]
pub struct Model {
    /// Its id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Its name for people.
    pub order_number: String,
    /// Who asked for it.
    pub client_id: Uuid,
    /// Who took it.
    pub service_provider_id: Option<Uuid>,
    /// Its category; absent for a custom one.
    pub service_category_id: Option<Uuid>,
    /// Its custom category.
    pub custom_category_name: Option<String>,
    /// One of the seven.
    pub status: String,
    /// Within IN_PROGRESS.
    pub stage: Option<String>,
    /// What is to be done.
    pub description: Option<String>,
    /// Degrees north.
    pub service_latitude: f64,
    /// Degrees east.
    pub service_longitude: f64,
    /// In words.
    pub service_address: String,
    /// IANA zone of the place.
    pub time_zone: String,
    /// The zone's offset; Indonesia knows no summer time.
    pub utc_offset_minutes: i32,
    /// When it is wanted.
    pub requested_time: i64,
    /// When providers were first asked.
    pub broadcast_time: Option<i64>,
    /// When the backend heard of the acceptance.
    pub accepted_time: Option<i64>,
    /// When she set off.
    pub departed_time: Option<i64>,
    /// When she arrived.
    pub arrived_time: Option<i64>,
    /// When the work began.
    pub started_time: Option<i64>,
    /// When the work ended.
    pub finished_time: Option<i64>,
    /// When the payment settled.
    pub paid_at: Option<i64>,
    /// When it was completed.
    pub completed_time: Option<i64>,
    /// When it was cancelled.
    pub cancelled_time: Option<i64>,
    /// Billed minutes.
    pub duration_minutes: i64,
    /// Billed work, rupiah.
    pub base_amount: i64,
    /// Rapi's fee, rupiah, as fixed when ordered.
    pub service_fee: i64,
    /// The bill, rupiah.
    pub total_amount: i64,
    /// The price of five minutes, rupiah, as fixed when ordered.
    pub rate_per_5_minutes: i64,
    /// Rapi's share of the work, as fixed when ordered.
    pub platform_percent: i32,
    /// Caps `base_amount`, rupiah.
    pub max_amount: Option<i64>,
    /// How the client means to pay.
    pub payment_method: String,
    /// Who is asked first.
    pub preferred_provider_id: Option<Uuid>,
    /// A JSON array of texts.
    pub photo_urls: Json,
    /// Why it was cancelled.
    pub cancellation_reason: Option<String>,
    /// By whom; absent when nobody took it.
    pub cancelled_by: Option<Uuid>,
    /// When ordered.
    pub created_at: i64,
    /// When last changed.
    pub updated_at: i64,
}

/// Its category is read apart.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Keep for Model {
    fn rows(&self) -> Vec<(&'static str, Uuid)> {
        vec![("orders", self.id)]
    }
}

impl Model {
    /// The row after `change` was written.
    #[must_use]
    pub fn with(mut self, change: &ActiveModel) -> Self {
        for column in Column::iter() {
            if let ActiveValue::Set(value) = change.get(column) {
                self.set(column, value);
            }
        }
        self
    }

    /// Its typed id.
    #[must_use]
    pub const fn order_id(&self) -> Id<values::Order> {
        Id::new(self.id)
    }

    /// Who asked for it.
    #[must_use]
    pub const fn client(&self) -> Id<values::User> {
        Id::new(self.client_id)
    }

    /// Who took it, also when it was cancelled afterwards.
    #[must_use]
    pub fn provider(&self) -> Option<Id<values::User>> {
        self.service_provider_id.map(Id::new)
    }

    /// Is this person its client or its provider?
    #[must_use]
    pub fn concerns(&self, person: Id<values::User>) -> bool {
        self.client() == person || self.provider() == Some(person)
    }

    /// Where the work is.
    ///
    /// # Errors
    /// When the row holds nonsense.
    pub fn place(&self) -> Result<LatLng, DbErr> {
        LatLng::try_new(self.service_latitude, self.service_longitude).map_err(|_| self.corrupt("place"))
    }

    /// Its status.
    ///
    /// # Errors
    /// When the row holds nonsense.
    pub fn status(&self) -> Result<Status, DbErr> {
        self.status.parse().map_err(|_| self.corrupt("status"))
    }

    /// Its stage within IN_PROGRESS.
    ///
    /// # Errors
    /// When the row holds nonsense.
    pub fn pay_stage(&self) -> Result<Option<PayStage>, DbErr> {
        self.stage.as_deref().map(str::parse).transpose().map_err(|_| self.corrupt("stage"))
    }

    /// How the client means to pay.
    ///
    /// # Errors
    /// When the row holds nonsense.
    pub fn payment_method(&self) -> Result<PaymentMethod, DbErr> {
        self.payment_method.parse().map_err(|_| self.corrupt("payment method"))
    }

    /// As the rules see it.
    ///
    /// # Errors
    /// When the row holds nonsense.
    pub fn order(&self) -> Result<Order, DbErr> {
        Ok(Order { id: self.order_id(), client: self.client(), stage: self.life()? })
    }

    fn life(&self) -> Result<Stage, DbErr> {
        let provider = || self.provider().ok_or_else(|| self.corrupt("provider"));
        Ok(match (self.status()?, self.pay_stage()?) {
            (Status::Pending, None) => Stage::Pending,
            (Status::Accepted, None) => Stage::Accepted { provider: provider()? },
            (Status::OnTheWay, None) => Stage::OnTheWay { provider: provider()? },
            (Status::Arrived, None) => Stage::Arrived { provider: provider()? },
            (Status::InProgress, Some(PayStage::Working)) => Stage::Working { provider: provider()? },
            (Status::InProgress, Some(PayStage::AwaitingPayment)) => Stage::AwaitingPayment { provider: provider()? },
            (Status::InProgress, Some(PayStage::AwaitingRating)) => {
                let paid_at = self.paid_at.map(Timestamp::from_micros).ok_or_else(|| self.corrupt("time of payment"))?;
                Stage::AwaitingRating { provider: provider()?, paid_at }
            }
            (Status::Completed, None) => Stage::Completed { provider: provider()? },
            (Status::Cancelled, None) => {
                let reason = self.cancellation_reason.clone().unwrap_or_default();
                Stage::Cancelled { by: self.cancelled_by.map(Id::new), reason }
            }
            _ => return Err(self.corrupt("stage")),
        })
    }

    /// What it costs.
    ///
    /// # Errors
    /// When the row holds nonsense.
    pub fn tariff(&self) -> Result<Tariff, DbErr> {
        Ok(Tariff {
            rate_per_5_minutes: Rupiah::new(self.rate_per_5_minutes),
            service_fee: Rupiah::new(self.service_fee),
            platform_percent: u8::try_from(self.platform_percent).map_err(|_| self.corrupt("share"))?,
            max_amount: self.max_amount.map(Rupiah::new),
        })
    }

    /// As the other modules see it.
    ///
    /// # Errors
    /// When the row holds nonsense.
    pub fn facts(&self) -> Result<OrderFacts, DbErr> {
        Ok(OrderFacts {
            order: self.order()?,
            order_number: self.order_number.clone(),
            place: self.place()?,
            tariff: self.tariff()?,
            payment_method: self.payment_method()?,
            accepted_at: self.accepted_time.map(Timestamp::from_micros),
            arrived_at: self.arrived_time.map(Timestamp::from_micros),
            cancelled_at: self.cancelled_time.map(Timestamp::from_micros),
            created_at: Timestamp::from_micros(self.created_at),
        })
    }

    fn corrupt(&self, what: &str) -> DbErr {
        DbErr::Custom(format!("order {} has an unreadable {what}", self.id))
    }
}
