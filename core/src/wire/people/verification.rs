//! The identity check of a provider.

use super::VerificationStatus;
use crate::values::Timestamp;
use crate::wire::{Checks, OrUnknown, Secret, Validate};
request! {
    /// What a provider hands in to be verified; photos are `url`s of POST /media.
    pub struct VerificationRequest {
        /// NIK, 16 digits; stored encrypted.
        #[cfg_attr(feature = "openapi", schema(value_type = String, min_length = 16, max_length = 16))]
        pub id_card_number: Secret,
        /// Photo of the KTP.
        #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 500))]
        pub id_card_photo_url: String,
        /// Selfie holding the KTP.
        #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 500))]
        pub selfie_with_id_url: String,
        /// Certificates.
        #[serde(default)]
        #[cfg_attr(feature = "openapi", schema(max_items = 10))]
        pub certificate_urls: Vec<String>,
        /// Pictures of work.
        #[serde(default)]
        #[cfg_attr(feature = "openapi", schema(max_items = 30))]
        pub portfolio_urls: Vec<String>,
        /// Whose account it is.
        #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 255))]
        pub bank_account_name: String,
        /// Which bank.
        #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 100))]
        pub bank_name: String,
        /// Digits; stored encrypted.
        #[cfg_attr(feature = "openapi", schema(value_type = String, pattern = "^[0-9]{5,34}$"))]
        pub bank_account_number: Secret,
    }
}

answer! {
    /// How one's identity check stands; numbers are masked.
    pub struct VerificationResponse {
        /// How far it has come.
        pub status: OrUnknown<VerificationStatus>,
        /// Why it was rejected.
        pub rejection_reason: Option<String>,
        /// When handed in; absent while NONE.
        pub submitted_at: Option<Timestamp>,
        /// When decided.
        pub verified_at: Option<Timestamp>,
        /// The NIK with all but the last four digits hidden.
        pub id_card_number_masked: Option<String>,
        /// The account number with all but the last four digits hidden.
        pub bank_account_number_masked: Option<String>,
        /// Which bank.
        pub bank_name: Option<String>,
        /// Whose account.
        pub bank_account_name: Option<String>,
    }
}

impl Validate for VerificationRequest {
    fn validate(&self, checks: &mut Checks) {
        checks.text("id_card_number", self.id_card_number.expose(), 16..=16);
        checks.text("id_card_photo_url", &self.id_card_photo_url, super::URL);
        checks.text("selfie_with_id_url", &self.selfie_with_id_url, super::URL);
        checks.texts("certificate_urls", &self.certificate_urls, 10, super::URL);
        checks.texts("portfolio_urls", &self.portfolio_urls, 30, super::URL);
        checks.text("bank_account_name", &self.bank_account_name, 1..=255);
        checks.text("bank_name", &self.bank_name, 1..=100);
        checks.bank_account_number(self.bank_account_number.expose());
    }
}
