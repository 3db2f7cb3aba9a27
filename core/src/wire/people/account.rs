//! One's own account: name, phone, devices, files.

use chrono::NaiveDate;

use super::{DeviceType, Gender, Language, UserType, VerificationStatus};
use crate::values::{Id, Timestamp, User};
use crate::wire::{Checks, OrUnknown, Secret, Validate};
request! {
    /// Changes to one's own account; what is absent stays.
    #[derive(Default)]
    pub struct PatchMeRequest {
        /// New name.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 255))]
        pub full_name: Option<String>,
        /// Birthday.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub date_of_birth: Option<NaiveDate>,
        /// Gender.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub gender: Option<Gender>,
        /// URL of an uploaded photo.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 500))]
        pub profile_photo: Option<String>,
        /// Language of notices.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub language: Option<Language>,
    }

    /// A phone number to prove by OTP.
    pub struct PhoneRequest {
        /// Indonesian mobile number.
        #[cfg_attr(feature = "openapi", schema(min_length = 8, max_length = 24))]
        pub phone: String,
    }

    /// Proves the phone number.
    pub struct PhoneVerifyRequest {
        /// The six digits.
        #[cfg_attr(feature = "openapi", schema(value_type = String, min_length = 6, max_length = 6))]
        pub otp_code: Secret,
    }

    /// The device this session runs on.
    pub struct DeviceRequest {
        /// What it is.
        pub device_type: DeviceType,
        /// What its owner calls it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 255))]
        pub device_name: Option<String>,
        /// Where push messages go.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, min_length = 1, max_length = 4_096))]
        pub fcm_token: Option<Secret>,
    }
}

answer! {
    /// Who signed in.
    pub struct UserSummary {
        /// The person.
        pub id: Id<User>,
        /// Name.
        pub full_name: String,
        /// E-mail address.
        pub email: String,
        /// Phone in E.164; absent until given.
        pub phone: Option<String>,
        /// What the person is here for.
        pub user_type: OrUnknown<UserType>,
        /// URL of the photo.
        pub profile_photo: Option<String>,
        /// Language of notices.
        pub language: OrUnknown<Language>,
        /// Is the address proved?
        pub is_verified: bool,
        /// The identity check.
        pub verification_status: OrUnknown<VerificationStatus>,
    }

    /// One's own account.
    pub struct MeResponse {
        /// The common part.
        #[serde(flatten)]
        pub user: UserSummary,
        /// Birthday.
        pub date_of_birth: Option<NaiveDate>,
        /// Gender.
        pub gender: Option<OrUnknown<Gender>>,
        /// Since when.
        pub created_at: Timestamp,
    }

    /// A known device.
    pub struct DeviceItem {
        /// The name the device gave itself in the path.
        pub device_id: String,
        /// What it is.
        pub device_type: OrUnknown<DeviceType>,
        /// What its owner calls it.
        pub device_name: Option<String>,
        /// Last seen.
        pub last_used: Timestamp,
    }

    /// An uploaded file.
    pub struct MediaResponse {
        /// Its id.
        pub id: Id<crate::values::Media>,
        /// Where it is to be had: `/api/v1/media/{id}`.
        pub url: String,
        /// What it was found to be.
        pub mime_type: String,
        /// Size, rounded up.
        pub file_size_kb: i64,
    }
}

impl Validate for PatchMeRequest {
    fn validate(&self, checks: &mut Checks) {
        checks.optional_text("full_name", self.full_name.as_deref(), 1..=255);
        checks.optional_text("profile_photo", self.profile_photo.as_deref(), super::URL);
        if let Some(birthday) = self.date_of_birth {
            let known = NaiveDate::from_ymd_opt(1900, 1, 1).is_some_and(|first| birthday >= first);
            checks.holds(known, "date_of_birth", "out_of_range", "must not be before 1900");
        }
    }
}

impl Validate for PhoneRequest {
    fn validate(&self, checks: &mut Checks) {
        checks.text("phone", &self.phone, 8..=24);
    }
}

impl Validate for PhoneVerifyRequest {
    fn validate(&self, checks: &mut Checks) {
        checks.text("otp_code", self.otp_code.expose(), 6..=6);
    }
}

impl Validate for DeviceRequest {
    fn validate(&self, checks: &mut Checks) {
        checks.optional_text("device_name", self.device_name.as_deref(), 1..=255);
        checks.optional_text("fcm_token", self.fcm_token.as_ref().map(Secret::expose), 1..=4096);
    }
}
