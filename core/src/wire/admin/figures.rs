//! The platform in numbers.

use chrono::NaiveDate;

use crate::values::Rupiah;
use crate::wire::{Checks, Validate};

request! {
    /// Which days the platform's numbers cover, in Asia/Jakarta; at most 366 of them.
    #[derive(Default)]
    #[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
    #[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
    pub struct AdminStatsQuery {
        /// The first day; 13 days before the last when absent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub from: Option<NaiveDate>,
        /// The last day; today when absent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub to: Option<NaiveDate>,
    }
}

answer! {
    /// The platform's numbers.
    pub struct AdminStatsResponse {
        /// The first day.
        pub from: NaiveDate,
        /// The last day.
        pub to: NaiveDate,
        /// All these days together.
        pub totals: AdminTotals,
        /// As many days before them.
        pub before: AdminTotals,
        /// Day by day, oldest first, those without anything too.
        pub by_day: Vec<AdminDayStats>,
        /// What goes on now.
        pub now: AdminNow,
    }

    /// What happened on some days; each thing counts on the day it happened.
    #[derive(Default)]
    pub struct AdminTotals {
        /// Orders made.
        pub created: i64,
        /// Orders completed.
        pub completed: i64,
        /// Orders cancelled, by whomever.
        pub cancelled: i64,
        /// Of these, those that nobody took.
        pub no_provider: i64,
        /// What clients paid.
        pub gross_value: Rupiah,
        /// What of it is Rapi's: its share and its fee, without discounts.
        pub platform_revenue: Rupiah,
        /// How many ratings.
        pub ratings: i64,
        /// 1.00–5.00; absent without ratings.
        pub average_rating: Option<f64>,
        /// Completed for each made; absent when none was made.
        pub conversion: Option<f64>,
    }

    /// What happened on one day.
    pub struct AdminDayStats {
        /// The day in Asia/Jakarta.
        pub date: NaiveDate,
        /// The numbers.
        #[serde(flatten)]
        pub totals: AdminTotals,
    }

    /// What goes on now.
    pub struct AdminNow {
        /// Orders for which providers are sought, and those under way until they are paid.
        pub running_orders: i64,
        /// Providers online.
        pub providers_online: i64,
        /// Providers who passed the identity check.
        pub providers_approved: i64,
        /// Papers that wait for a decision.
        pub verifications_waiting: i64,
    }
}

impl Validate for AdminStatsQuery {
    fn validate(&self, checks: &mut Checks) {
        if let (Some(from), Some(to)) = (self.from, self.to) {
            checks.holds(from <= to, "from", "out_of_range", "must not be after `to`");
        }
    }
}
