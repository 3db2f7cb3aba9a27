//! Providers: their own profile, and as clients see them.

use chrono::NaiveDate;

use super::ProviderSort;
use super::addresses::pair;
use crate::dispatch::WorkingHours;
use crate::values::{Id, Rupiah, Timestamp, User};
use crate::wire::categories::CategoryItem;
use crate::wire::{Checks, Validate};
request! {
    /// Changes to a provider's public profile; what is absent stays.
    #[derive(Default)]
    pub struct PatchProviderProfileRequest {
        /// About her.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "openapi", schema(max_length = 2_000))]
        pub bio: Option<String>,
        /// Slugs of the categories she works in.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "openapi", schema(max_items = 50))]
        pub service_types: Option<Vec<String>>,
        /// Indicative, never billed.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "openapi", schema(value_type = Option<i64>, minimum = 0, maximum = 10_000_000))]
        pub hourly_rate: Option<Rupiah>,
        /// What she has learnt.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "openapi", schema(max_items = 50))]
        pub certifications: Option<Vec<Certification>>,
        /// When she works; `{}` means never, `null` always.
        #[serde(default, deserialize_with = "told", skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "openapi", schema(value_type = Option<WorkingHours>))]
        pub working_hours: Option<Option<WorkingHours>>,
        /// Where she works.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "openapi", schema(max_items = 50))]
        pub service_areas: Option<Vec<ServiceArea>>,
        /// Pictures of her work.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "openapi", schema(max_items = 30))]
        pub portfolio_urls: Option<Vec<String>>,
    }

    /// What a provider has learnt.
    pub struct Certification {
        /// Its name.
        #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 255))]
        pub name: String,
        /// Who gave it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 255))]
        pub issuer: Option<String>,
        /// When.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "openapi", schema(minimum = 1_950, maximum = 2_100))]
        pub year: Option<i32>,
    }

    /// A city a provider works in.
    pub struct ServiceArea {
        /// City or regency.
        #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 100))]
        pub city: String,
        /// Province.
        #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 100))]
        pub province: String,
    }

    /// Goes online or offline.
    pub struct AvailabilityRequest {
        /// Online?
        pub is_available: bool,
        /// Where she is now, degrees north; with `longitude`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "openapi", schema(minimum = -90, maximum = 90))]
        pub latitude: Option<f64>,
        /// Degrees east; with `latitude`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "openapi", schema(minimum = -180, maximum = 180))]
        pub longitude: Option<f64>,
    }

    /// Which days a provider's numbers cover, in Asia/Jakarta; at most 366 of them.
    #[derive(Default)]
    #[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
    #[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
    pub struct StatsQuery {
        /// The first day; 29 days before the last when absent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub from: Option<NaiveDate>,
        /// The last day; today when absent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub to: Option<NaiveDate>,
    }

    /// Which providers a client looks for.
    #[derive(Default)]
    #[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
    #[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
    pub struct ProvidersQuery {
        /// Slug of a category.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "openapi", param(min_length = 1, max_length = 100))]
        pub category: Option<String>,
        /// Degrees north; with `lng`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "openapi", param(minimum = -90, maximum = 90))]
        pub lat: Option<f64>,
        /// Degrees east; with `lat`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "openapi", param(minimum = -180, maximum = 180))]
        pub lng: Option<f64>,
        /// How far around, up to 50 km; 12 when absent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "openapi", param(minimum = 0.1, maximum = 50))]
        pub radius_km: Option<f64>,
        /// Part of a name.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "openapi", param(min_length = 1, max_length = 100))]
        pub q: Option<String>,
        /// `distance` when a place is given, else `rating`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub sort: Option<ProviderSort>,
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
    /// A provider's own profile.
    pub struct ProviderProfileResponse {
        /// About her.
        pub bio: Option<String>,
        /// Slugs of the categories.
        pub service_types: Vec<String>,
        /// Indicative.
        pub hourly_rate: Option<Rupiah>,
        /// What she has learnt.
        pub certifications: Vec<CertificationItem>,
        /// When she works; `null` is always.
        pub working_hours: Option<WorkingHours>,
        /// Where she works.
        pub service_areas: Vec<ServiceAreaItem>,
        /// Pictures.
        pub portfolio_urls: Vec<String>,
        /// Online?
        pub is_available: bool,
        /// The public numbers.
        #[serde(flatten)]
        pub reputation: Reputation,
    }

    /// What a provider has learnt, as others see it.
    pub struct CertificationItem {
        /// Its name.
        pub name: String,
        /// Who gave it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub issuer: Option<String>,
        /// When.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub year: Option<i32>,
    }

    /// A city a provider works in, as others see it.
    pub struct ServiceAreaItem {
        /// City or regency.
        pub city: String,
        /// Province.
        pub province: String,
    }

    /// The public numbers of a provider.
    pub struct Reputation {
        /// Orders accepted.
        pub total_orders: i64,
        /// Orders completed.
        pub total_completed_orders: i64,
        /// 1.00–5.00; absent without ratings.
        pub average_rating: Option<f64>,
        /// How many ratings.
        pub total_ratings: i64,
    }

    /// A provider in a list.
    pub struct ProviderItem {
        /// The provider.
        pub id: Id<User>,
        /// Name.
        pub full_name: String,
        /// Photo.
        pub profile_photo: Option<String>,
        /// Indicative.
        pub hourly_rate: Option<Rupiah>,
        /// Slugs of the categories.
        pub service_types: Vec<String>,
        /// Online now?
        pub is_available: bool,
        /// Passed the identity check: always true here.
        pub is_verified_provider: bool,
        /// From the place asked about to the middle of `area`; absent without one of them.
        pub distance_km: Option<f64>,
        /// Roughly where she is; absent when that is not known, and while she is offline.
        pub area: Option<ProviderArea>,
        /// The public numbers.
        #[serde(flatten)]
        pub reputation: Reputation,
    }

    /// An area that a provider is somewhere in. Areas lie on a fixed grid of some 500 m: asking again, or from elsewhere, tells no more
    /// than asking once. Where she is precisely only the client whose order she comes for is told.
    pub struct ProviderArea {
        /// Degrees north of its middle.
        pub latitude: f64,
        /// Degrees east of its middle.
        pub longitude: f64,
        /// Everywhere within is at most so far from the middle.
        pub radius_meters: f64,
    }

    /// A provider's public page.
    pub struct ProviderDetail {
        /// The part that lists show.
        #[serde(flatten)]
        pub provider: ProviderItem,
        /// About her.
        pub bio: Option<String>,
        /// What she has learnt.
        pub certifications: Vec<CertificationItem>,
        /// When she works.
        pub working_hours: Option<WorkingHours>,
        /// Where she works.
        pub service_areas: Vec<ServiceAreaItem>,
        /// Pictures.
        pub portfolio_urls: Vec<String>,
        /// Here since.
        pub member_since: Timestamp,
        /// The categories by name.
        pub categories: Vec<CategoryItem>,
    }

    /// A provider's numbers over a time.
    pub struct StatsResponse {
        /// Orders accepted.
        pub orders: i64,
        /// Orders completed.
        pub completed: i64,
        /// Of the ratings received in that time.
        pub average_rating: Option<f64>,
        /// Net earnings.
        pub earnings: Rupiah,
        /// The same, day by day in Asia/Jakarta.
        pub by_day: Vec<DayStats>,
    }

    /// A provider's numbers of one day.
    pub struct DayStats {
        /// The day in Asia/Jakarta.
        pub date: NaiveDate,
        /// Orders accepted.
        pub orders: i64,
        /// Orders completed.
        pub completed: i64,
        /// Of the ratings of that day.
        pub average_rating: Option<f64>,
        /// Net earnings.
        pub earnings: Rupiah,
    }
}

/// What is there was told, also when it is `null`.
fn told<'de, D: serde::Deserializer<'de>, T: serde::Deserialize<'de>>(deserializer: D) -> Result<Option<T>, D::Error> {
    T::deserialize(deserializer).map(Some)
}

impl Validate for PatchProviderProfileRequest {
    fn validate(&self, checks: &mut Checks) {
        checks.optional_text("bio", self.bio.as_deref(), 0..=2000);
        checks.texts("service_types", self.service_types.as_deref().unwrap_or_default(), 50, 1..=100);
        if let Some(rate) = self.hourly_rate {
            checks.range("hourly_rate", rate.get(), 0..=10_000_000);
        }
        let certifications = self.certifications.as_deref().unwrap_or_default();
        checks.at_most("certifications", certifications, 50);
        for (index, certification) in certifications.iter().enumerate().take(50) {
            checks.text(&format!("certifications[{index}].name"), &certification.name, 1..=255);
            checks.optional_text(&format!("certifications[{index}].issuer"), certification.issuer.as_deref(), 1..=255);
            checks.range(&format!("certifications[{index}].year"), certification.year.unwrap_or(2000), 1950..=2100);
        }
        let areas = self.service_areas.as_deref().unwrap_or_default();
        checks.at_most("service_areas", areas, 50);
        for (index, area) in areas.iter().enumerate().take(50) {
            checks.text(&format!("service_areas[{index}].city"), &area.city, 1..=100);
            checks.text(&format!("service_areas[{index}].province"), &area.province, 1..=100);
        }
        checks.texts("portfolio_urls", self.portfolio_urls.as_deref().unwrap_or_default(), 30, super::URL);
    }
}

impl Validate for AvailabilityRequest {
    fn validate(&self, checks: &mut Checks) {
        pair(checks, "latitude", self.latitude, self.longitude);
    }
}

impl Validate for ProvidersQuery {
    fn validate(&self, checks: &mut Checks) {
        checks.optional_text("category", self.category.as_deref(), 1..=100);
        checks.optional_text("q", self.q.as_deref(), 1..=100);
        checks.optional_text("cursor", self.cursor.as_deref(), 1..=200);
        checks.range("lat", self.lat.unwrap_or_default(), -90.0..=90.0);
        checks.range("lng", self.lng.unwrap_or_default(), -180.0..=180.0);
        checks.holds(self.lat.is_some() == self.lng.is_some(), "lat", "missing", "lat and lng come together");
        let needs_place = self.sort == Some(ProviderSort::Distance) || self.radius_km.is_some();
        checks.holds(!needs_place || self.lat.is_some(), "lat", "missing", "a distance needs a place");
        checks.range("radius_km", self.radius_km.unwrap_or(12.0), 0.1..=50.0);
        checks.range("limit", self.limit.unwrap_or(20), 1..=100);
    }
}

impl Validate for StatsQuery {
    fn validate(&self, checks: &mut Checks) {
        if let (Some(from), Some(to)) = (self.from, self.to) {
            checks.holds(from <= to, "from", "out_of_range", "must not be after `to`");
        }
    }
}
