//! The catalogue: what can be ordered, and how admins keep it.

use super::{Checks, Validate};
use crate::values::{Category, Id, Rupiah, Timestamp};

request! {
    /// A new kind of service.
    pub struct CreateCategoryRequest {
        /// Its name.
        #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 100))]
        pub name: String,
        /// Its stable short name: lower-case letters, digits and hyphens.
        #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 100, pattern = "^[a-z0-9-]+$"))]
        pub slug: String,
        /// In a sentence.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "openapi", schema(max_length = 500))]
        pub description: Option<String>,
        /// Name of a Lucide icon.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 255))]
        pub icon: Option<String>,
        /// The price of five minutes, Rp1 to Rp1.000.000.
        #[cfg_attr(feature = "openapi", schema(value_type = i64, minimum = 1, maximum = 1_000_000))]
        pub base_rate_per_5_minutes: Rupiah,
        /// Its place in the list; last when absent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "openapi", schema(minimum = 0, maximum = 10_000))]
        pub display_order: Option<i32>,
    }

    /// Changes to a kind of service; what is absent stays. Orders made before keep their price.
    #[derive(Default)]
    pub struct PatchCategoryRequest {
        /// New name.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 100))]
        pub name: Option<String>,
        /// New description.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "openapi", schema(max_length = 500))]
        pub description: Option<String>,
        /// New icon.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 255))]
        pub icon: Option<String>,
        /// New price of five minutes.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "openapi", schema(value_type = Option<i64>, minimum = 1, maximum = 1_000_000))]
        pub base_rate_per_5_minutes: Option<Rupiah>,
        /// Can it be ordered?
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub is_active: Option<bool>,
        /// New place in the list.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "openapi", schema(minimum = 0, maximum = 10_000))]
        pub display_order: Option<i32>,
    }
}

answer! {
    /// A kind of service, as admins see it.
    pub struct AdminCategoryItem {
        /// The part that everybody sees.
        #[serde(flatten)]
        pub category: CategoryItem,
        /// Can it be ordered?
        pub is_active: bool,
        /// When made.
        pub created_at: Timestamp,
        /// When last changed.
        pub updated_at: Timestamp,
    }

    /// A kind of service.
    pub struct CategoryItem {
        /// Its id.
        pub id: Id<Category>,
        /// Its name.
        pub name: String,
        /// Its stable short name.
        pub slug: String,
        /// In a sentence.
        pub description: Option<String>,
        /// Name of a Lucide icon.
        pub icon: Option<String>,
        /// The price of five minutes.
        pub base_rate_per_5_minutes: Rupiah,
        /// Its place in the list.
        pub display_order: i32,
    }
}

/// What new and changed categories have in common.
fn category_parts(checks: &mut Checks, description: Option<&str>, icon: Option<&str>, rate: Option<Rupiah>, place: Option<i32>) {
    checks.optional_text("description", description, 0..=500);
    checks.optional_text("icon", icon, 1..=255);
    checks.range("base_rate_per_5_minutes", rate.map_or(1, Rupiah::get), 1..=1_000_000);
    checks.range("display_order", place.unwrap_or_default(), 0..=10_000);
}

impl Validate for CreateCategoryRequest {
    fn validate(&self, checks: &mut Checks) {
        checks.text("name", &self.name, 1..=100);
        checks.text("slug", &self.slug, 1..=100);
        let plain = |letter: u8| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == b'-';
        checks.holds(self.slug.bytes().all(plain), "slug", "invalid", "lower-case letters, digits and hyphens");
        let rate = Some(self.base_rate_per_5_minutes);
        category_parts(checks, self.description.as_deref(), self.icon.as_deref(), rate, self.display_order);
    }
}

impl Validate for PatchCategoryRequest {
    fn validate(&self, checks: &mut Checks) {
        checks.optional_text("name", self.name.as_deref(), 1..=100);
        let rate = self.base_rate_per_5_minutes;
        category_parts(checks, self.description.as_deref(), self.icon.as_deref(), rate, self.display_order);
    }
}
