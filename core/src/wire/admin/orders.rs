//! Orders and providers at work, as admins look for them.

use chrono::NaiveDate;

use super::{ListSort, MapPosition};
use crate::orders::{PayStage, Status};
use crate::values::{Id, Order, Timestamp, User};
use crate::wire::{Checks, OrUnknown, Validate};

request! {
    /// Which orders of everybody.
    #[derive(Default)]
    #[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
    #[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
    pub struct AdminOrdersQuery {
        /// Only in this status.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub status: Option<Status>,
        /// Part of the order number, the client's or the provider's name, or the address.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "openapi", param(min_length = 1, max_length = 100))]
        pub q: Option<String>,
        /// Ordered on this day or later, in Asia/Jakarta.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub from: Option<NaiveDate>,
        /// Ordered on this day or before.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub to: Option<NaiveDate>,
        /// What comes first; the newest when absent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub sort: Option<ListSort>,
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

answer! {
    /// Everything that goes on now, at most 500 orders and 500 providers.
    pub struct MapResponse {
        /// The time of the backend: the age of positions counts from here.
        pub at: Timestamp,
        /// Orders for which providers are sought, and those under way until they are paid; newest first.
        pub orders: Vec<MapOrder>,
        /// Providers online, not on a job, whose position is known.
        pub providers: Vec<MapProvider>,
    }

    /// An order on the map.
    pub struct MapOrder {
        /// Its id.
        pub id: Id<Order>,
        /// Its name for people.
        pub order_number: String,
        /// Where in its life.
        pub status: OrUnknown<Status>,
        /// Within IN_PROGRESS.
        pub stage: Option<OrUnknown<PayStage>>,
        /// The category's slug; absent for a custom one.
        pub service_category_slug: Option<String>,
        /// The custom category.
        pub custom_category_name: Option<String>,
        /// Where, degrees north.
        pub service_latitude: f64,
        /// Where, degrees east.
        pub service_longitude: f64,
        /// Where, in words.
        pub service_address: String,
        /// Who does it, once accepted.
        pub provider: Option<MapProvider>,
    }

    /// A provider on the map.
    pub struct MapProvider {
        /// Who.
        pub id: Id<User>,
        /// Name.
        pub full_name: String,
        /// Where she was last, if that is known.
        pub position: Option<MapPosition>,
    }
}

impl Validate for AdminOrdersQuery {
    fn validate(&self, checks: &mut Checks) {
        checks.optional_text("q", self.q.as_deref(), 1..=100);
        if let (Some(from), Some(to)) = (self.from, self.to) {
            checks.holds(from <= to, "from", "out_of_range", "must not be after `to`");
        }
        checks.range("limit", self.limit.unwrap_or(20), 1..=100);
        checks.optional_text("cursor", self.cursor.as_deref(), 1..=200);
    }
}
