//! Saved addresses.

use crate::values::Timestamp;
use crate::wire::{Checks, Validate};
request! {
    /// A saved address.
    pub struct LocationRequest {
        /// Home, Office, …
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 50))]
        pub label: Option<String>,
        /// Degrees north.
        #[cfg_attr(feature = "openapi", schema(minimum = -90, maximum = 90))]
        pub latitude: f64,
        /// Degrees east.
        #[cfg_attr(feature = "openapi", schema(minimum = -180, maximum = 180))]
        pub longitude: f64,
        /// Street and number, RT/RW, landmark.
        #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 500))]
        pub address: String,
        /// City or regency.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 100))]
        pub city: Option<String>,
        /// Province.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 100))]
        pub province: Option<String>,
        /// Five digits.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "openapi", schema(pattern = "^[0-9]{5}$"))]
        pub postal_code: Option<String>,
        /// Makes it the one address offered first; the first address always is.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub is_primary: Option<bool>,
    }

    /// Changes to a saved address; what is absent stays.
    #[derive(Default)]
    pub struct PatchLocationRequest {
        /// Home, Office, …
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 50))]
        pub label: Option<String>,
        /// Degrees north; with `longitude`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "openapi", schema(minimum = -90, maximum = 90))]
        pub latitude: Option<f64>,
        /// Degrees east; with `latitude`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "openapi", schema(minimum = -180, maximum = 180))]
        pub longitude: Option<f64>,
        /// Street and number.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 500))]
        pub address: Option<String>,
        /// City or regency.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 100))]
        pub city: Option<String>,
        /// Province.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 100))]
        pub province: Option<String>,
        /// Five digits.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "openapi", schema(pattern = "^[0-9]{5}$"))]
        pub postal_code: Option<String>,
        /// `true` makes it primary; the one before is no longer.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub is_primary: Option<bool>,
    }
}

answer! {
    /// A saved address.
    pub struct LocationItem {
        /// Its id.
        pub id: uuid::Uuid,
        /// Home, Office, …
        pub label: Option<String>,
        /// Degrees north.
        pub latitude: f64,
        /// Degrees east.
        pub longitude: f64,
        /// Street and number.
        pub address: String,
        /// City or regency.
        pub city: Option<String>,
        /// Province.
        pub province: Option<String>,
        /// Five digits.
        pub postal_code: Option<String>,
        /// Offered first?
        pub is_primary: bool,
        /// When saved.
        pub created_at: Timestamp,
    }
}

fn postal_code(checks: &mut Checks, code: Option<&str>) {
    let holds = code.is_none_or(|code| code.len() == 5 && code.bytes().all(|digit| digit.is_ascii_digit()));
    checks.holds(holds, "postal_code", "invalid", "must be five digits");
}

/// Latitude and longitude come together or not at all.
pub(super) fn pair(checks: &mut Checks, field: &str, latitude: Option<f64>, longitude: Option<f64>) {
    checks.holds(latitude.is_some() == longitude.is_some(), field, "missing", "latitude and longitude come together");
    if let (Some(latitude), Some(longitude)) = (latitude, longitude) {
        checks.position(latitude, longitude);
    }
}

impl Validate for LocationRequest {
    fn validate(&self, checks: &mut Checks) {
        checks.optional_text("label", self.label.as_deref(), 1..=50);
        checks.position(self.latitude, self.longitude);
        checks.text("address", &self.address, 1..=500);
        checks.optional_text("city", self.city.as_deref(), 1..=100);
        checks.optional_text("province", self.province.as_deref(), 1..=100);
        postal_code(checks, self.postal_code.as_deref());
    }
}

impl Validate for PatchLocationRequest {
    fn validate(&self, checks: &mut Checks) {
        checks.optional_text("label", self.label.as_deref(), 1..=50);
        pair(checks, "latitude", self.latitude, self.longitude);
        checks.optional_text("address", self.address.as_deref(), 1..=500);
        checks.optional_text("city", self.city.as_deref(), 1..=100);
        checks.optional_text("province", self.province.as_deref(), 1..=100);
        postal_code(checks, self.postal_code.as_deref());
        checks.holds(self.is_primary != Some(false), "is_primary", "invalid", "make another address primary instead");
    }
}
