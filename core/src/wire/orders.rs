//! Orders, offers and ratings.

use std::collections::BTreeMap;

use super::location::TrackingResponse;
use super::payments::{PaymentMethod, PaymentResponse};
use super::work::WorkSessionResponse;
use super::{Checks, OrUnknown, Validate};
use crate::orders::{Action, PayStage, Status};
use crate::values::{Category, Id, Order, Rupiah, Timestamp, User};

request! {
    /// What will it cost? A category or a custom name, not both.
    pub struct QuoteRequest {
        /// One of GET /categories.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub service_category_id: Option<Id<Category>>,
        /// Anything else.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 100))]
        pub custom_category_name: Option<String>,
        /// Expected work, 1…1440 minutes.
        #[cfg_attr(feature = "openapi", schema(minimum = 1, maximum = 1_440))]
        pub minutes: i64,
    }

    /// Asks for help at home.
    pub struct CreateOrderRequest {
        /// One of GET /categories; or …
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub service_category_id: Option<Id<Category>>,
        /// … anything else.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 100))]
        pub custom_category_name: Option<String>,
        /// What is to be done.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "openapi", schema(max_length = 2_000))]
        pub description: Option<String>,
        /// Where, degrees north.
        #[cfg_attr(feature = "openapi", schema(minimum = -90, maximum = 90))]
        pub service_latitude: f64,
        /// Where, degrees east.
        #[cfg_attr(feature = "openapi", schema(minimum = -180, maximum = 180))]
        pub service_longitude: f64,
        /// Where, in words.
        #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 500))]
        pub service_address: String,
        /// When; now or in the past means at once, at most 60 days ahead.
        pub requested_time: Timestamp,
        /// Asked alone for the first 30 s.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub preferred_provider_id: Option<Id<User>>,
        /// How the client means to pay; may change until it is paid.
        pub payment_method: PaymentMethod,
        /// Caps `base_amount`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "openapi", schema(value_type = Option<i64>, minimum = 1, maximum = 1_000_000_000))]
        pub max_amount: Option<Rupiah>,
        /// Photos, `url`s of POST /media.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        #[cfg_attr(feature = "openapi", schema(max_items = 10))]
        pub photo_urls: Vec<String>,
    }

    /// A move that may have happened a while ago, without network. The body may also be empty.
    #[derive(Default)]
    pub struct OccurredRequest {
        /// When it happened, by the phone's clock; now when absent. Kept within the server's knowledge.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub occurred_at: Option<Timestamp>,
    }

    /// Calls an order off.
    pub struct CancelRequest {
        /// Why.
        #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 500))]
        pub cancellation_reason: String,
    }

    /// How was it?
    pub struct RatingRequest {
        /// Stars, 1…5.
        #[cfg_attr(feature = "openapi", schema(minimum = 1, maximum = 5))]
        pub rating: i32,
        /// In words.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "openapi", schema(max_length = 2_000))]
        pub review: Option<String>,
        /// Stars by aspect: cleanliness, punctuality, professionalism, …
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub rating_details: Option<BTreeMap<String, i32>>,
    }

    /// Which orders.
    #[derive(Default)]
    #[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
    #[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
    pub struct OrdersQuery {
        /// Only in this status.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub status: Option<Status>,
        /// How many, 1…100.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "openapi", param(minimum = 1, maximum = 100))]
        pub limit: Option<u32>,
        /// `next_cursor` of the page before.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "openapi", param(min_length = 1, max_length = 200))]
        pub cursor: Option<String>,
    }
}

request! {}

answer! {
    /// What it would cost.
    pub struct QuoteResponse {
        /// Work.
        pub base_amount: Rupiah,
        /// Rapi's fee to the client.
        pub service_fee: Rupiah,
        /// All of it.
        pub total_amount: Rupiah,
    }

    /// Who the other one is.
    pub struct Party {
        /// The person.
        pub id: Id<User>,
        /// Name.
        pub full_name: String,
        /// Photo.
        pub profile_photo: Option<String>,
        /// Of providers.
        pub average_rating: Option<f64>,
    }

    /// An order as lists show it.
    pub struct OrderItem {
        /// Its id.
        pub id: Id<Order>,
        /// Its name for people.
        pub order_number: String,
        /// The client.
        pub client: Party,
        /// The provider, once accepted.
        pub provider: Option<Party>,
        /// The category; absent for a custom one.
        pub service_category_id: Option<Id<Category>>,
        /// The category's slug; absent for a custom one.
        pub service_category_slug: Option<String>,
        /// The custom category.
        pub custom_category_name: Option<String>,
        /// Where in its life.
        pub status: OrUnknown<Status>,
        /// Within IN_PROGRESS.
        pub stage: Option<OrUnknown<PayStage>>,
        /// What is to be done.
        pub description: Option<String>,
        /// Where, degrees north.
        pub service_latitude: f64,
        /// Where, degrees east.
        pub service_longitude: f64,
        /// Where, in words.
        pub service_address: String,
        /// The IANA zone of the place.
        pub time_zone: String,
        /// When it is wanted.
        pub requested_time: Timestamp,
        /// When providers were first asked.
        pub broadcast_time: Option<Timestamp>,
        /// When it was accepted.
        pub accepted_time: Option<Timestamp>,
        /// When she arrived.
        pub arrived_time: Option<Timestamp>,
        /// When the work started.
        pub started_time: Option<Timestamp>,
        /// When it was completed.
        pub completed_time: Option<Timestamp>,
        /// When it was cancelled.
        pub cancelled_time: Option<Timestamp>,
        /// Why; `no_provider` when nobody took it.
        pub cancellation_reason: Option<String>,
        /// By whom; absent when nobody took it.
        pub cancelled_by: Option<Id<User>>,
        /// The price of five minutes, fixed when ordered.
        pub rate_per_5_minutes: Rupiah,
        /// Caps `base_amount`.
        pub max_amount: Option<Rupiah>,
        /// How the client means to pay.
        pub payment_method: OrUnknown<PaymentMethod>,
        /// Billed minutes.
        pub duration_minutes: i64,
        /// Billed work.
        pub base_amount: Rupiah,
        /// Rapi's fee to the client.
        pub service_fee: Rupiah,
        /// The bill.
        pub total_amount: Rupiah,
        /// Photos.
        pub photo_urls: Vec<String>,
        /// Who was asked first.
        pub preferred_provider_id: Option<Id<User>>,
        /// When it was ordered.
        pub created_at: Timestamp,
        /// When it last changed.
        pub updated_at: Timestamp,
    }

    /// An order with all that belongs to it.
    pub struct OrderDetail {
        /// The part that lists show.
        #[serde(flatten)]
        pub order: OrderItem,
        /// The work, once started.
        pub work_session: Option<WorkSessionResponse>,
        /// The bill, once the work stopped.
        pub payment: Option<PaymentResponse>,
        /// The rating, once given.
        pub rating: Option<RatingItem>,
        /// Where the provider is, between acceptance and arrival.
        pub tracking: Option<TrackingResponse>,
        /// What the caller may do now.
        pub actions: Vec<OrUnknown<Action>>,
    }

    /// An order offered to a provider.
    pub struct OfferItem {
        /// The order; its client's name, and no more of her than that.
        #[serde(flatten)]
        pub order: OrderItem,
        /// From the provider's last position.
        pub distance_km: f64,
        /// Until when it can be taken at the latest.
        pub offer_expires_at: Timestamp,
    }

    /// One step of an order's life.
    pub struct TimelineItem {
        /// From; absent for the first.
        pub from: Option<OrUnknown<Status>>,
        /// To.
        pub to: OrUnknown<Status>,
        /// The stage it led to, within IN_PROGRESS.
        pub stage: Option<OrUnknown<PayStage>>,
        /// CLIENT, SERVICE_PROVIDER, ADMIN or SYSTEM.
        pub actor: String,
        /// Who; absent for the system.
        pub actor_id: Option<Id<User>>,
        /// When.
        pub at: Timestamp,
    }

    /// A rating.
    pub struct RatingItem {
        /// Its order.
        pub order_id: Id<Order>,
        /// Who gave it, by first name.
        pub client_name: String,
        /// Stars, 1…5.
        pub rating: i32,
        /// In words.
        pub review: Option<String>,
        /// Stars by aspect.
        pub rating_details: Option<BTreeMap<String, i32>>,
        /// When.
        pub created_at: Timestamp,
    }
}

fn category(checks: &mut Checks, id: Option<Id<Category>>, custom: Option<&str>) {
    checks.holds(
        id.is_some() != custom.is_some(),
        "service_category_id",
        "missing",
        "give either service_category_id or custom_category_name",
    );
    checks.optional_text("custom_category_name", custom, 1..=100);
}

impl Validate for QuoteRequest {
    fn validate(&self, checks: &mut Checks) {
        category(checks, self.service_category_id, self.custom_category_name.as_deref());
        checks.range("minutes", self.minutes, 1..=1440);
    }
}

impl Validate for CreateOrderRequest {
    fn validate(&self, checks: &mut Checks) {
        category(checks, self.service_category_id, self.custom_category_name.as_deref());
        checks.optional_text("description", self.description.as_deref(), 0..=2000);
        checks.range("service_latitude", self.service_latitude, -90.0..=90.0);
        checks.range("service_longitude", self.service_longitude, -180.0..=180.0);
        checks.text("service_address", &self.service_address, 1..=500);
        if let Some(cap) = self.max_amount {
            checks.range("max_amount", cap.get(), 1..=1_000_000_000);
        }
        checks.texts("photo_urls", &self.photo_urls, 10, 1..=500);
    }
}

impl Validate for OccurredRequest {
    fn validate(&self, _: &mut Checks) {}
}

impl Validate for CancelRequest {
    fn validate(&self, checks: &mut Checks) {
        checks.text("cancellation_reason", &self.cancellation_reason, 1..=500);
    }
}

impl Validate for RatingRequest {
    fn validate(&self, checks: &mut Checks) {
        checks.range("rating", self.rating, 1..=5);
        checks.optional_text("review", self.review.as_deref(), 0..=2000);
        for (index, (aspect, stars)) in self.rating_details.iter().flatten().enumerate() {
            checks.holds(index < 20, "rating_details", "too_many", "at most 20 items");
            checks.text("rating_details", aspect, 1..=50);
            checks.range(&format!("rating_details.{aspect}"), *stars, 1..=5);
        }
    }
}

impl Validate for OrdersQuery {
    fn validate(&self, checks: &mut Checks) {
        checks.range("limit", self.limit.unwrap_or(20), 1..=100);
        checks.optional_text("cursor", self.cursor.as_deref(), 1..=200);
    }
}
