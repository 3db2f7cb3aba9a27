//! People: profiles, addresses, devices, verification, and providers as clients see them.

use chrono::NaiveDate;

use super::orders::CategoryItem;
use super::{Checks, OrUnknown, Secret, Validate};
use crate::dispatch::WorkingHours;
use crate::values::{Id, Rupiah, Timestamp, User};

words! {
    /// What a person is here for.
    UserType {
        /// Asks for help at home.
        Client = "CLIENT",
        /// Gives it.
        ServiceProvider = "SERVICE_PROVIDER",
        /// Runs the floor.
        Admin = "ADMIN",
    }
}

words! {
    /// As on the identity card.
    Gender {
        /// Male.
        Male = "MALE",
        /// Female.
        Female = "FEMALE",
    }
}

words! {
    /// The language of notices.
    Language {
        /// Bahasa Indonesia.
        Indonesian = "id",
        /// English.
        English = "en",
    }
}

words! {
    /// How far a provider's identity check has come.
    VerificationStatus {
        /// Nothing handed in.
        None = "NONE",
        /// An admin has to look.
        Pending = "PENDING",
        /// May take orders and wears the badge.
        Approved = "APPROVED",
        /// To be handed in again.
        Rejected = "REJECTED",
    }
}

words! {
    /// What a session runs on.
    DeviceType {
        /// An Android phone.
        Android = "ANDROID",
        /// An iPhone.
        Ios = "IOS",
        /// A browser.
        Web = "WEB",
        /// A computer.
        Desktop = "DESKTOP",
    }
}

words! {
    /// What a file is for; it decides who may see it.
    MediaPurpose {
        /// Everybody signed in.
        ProfilePhoto = "profile_photo",
        /// The owner and verifying admins; encrypted, each view logged.
        IdCard = "id_card",
        /// The owner and verifying admins; encrypted, each view logged.
        Selfie = "selfie",
        /// The owner and verifying admins; encrypted, each view logged.
        Certificate = "certificate",
        /// Everybody signed in.
        Portfolio = "portfolio",
        /// The two people of the order, and admins.
        Order = "order",
        /// The two people of the order, and admins.
        PaymentProof = "payment_proof",
        /// The two people of the room.
        Chat = "chat",
    }
}

words! {
    /// How a list of providers is sorted.
    ProviderSort {
        /// Nearest first.
        Distance = "distance",
        /// Best rated first.
        Rating = "rating",
    }
}

request! {
    /// Changes to one's own account; what is absent stays.
    #[derive(Default)]
    pub struct PatchMeRequest {
        /// New name.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub full_name: Option<String>,
        /// Birthday.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub date_of_birth: Option<NaiveDate>,
        /// Gender.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub gender: Option<Gender>,
        /// URL of an uploaded photo.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub profile_photo: Option<String>,
        /// Language of notices.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub language: Option<Language>,
    }

    /// A phone number to prove by OTP.
    pub struct PhoneRequest {
        /// Indonesian mobile number.
        pub phone: String,
    }

    /// Proves the phone number.
    pub struct PhoneVerifyRequest {
        /// The six digits.
        pub otp_code: Secret,
    }

    /// A saved address.
    pub struct LocationRequest {
        /// Home, Office, …
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub label: Option<String>,
        /// Degrees north.
        pub latitude: f64,
        /// Degrees east.
        pub longitude: f64,
        /// Street and number, RT/RW, landmark.
        pub address: String,
        /// City or regency.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub city: Option<String>,
        /// Province.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub province: Option<String>,
        /// Five digits.
        #[serde(default, skip_serializing_if = "Option::is_none")]
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
        pub label: Option<String>,
        /// Degrees north; with `longitude`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub latitude: Option<f64>,
        /// Degrees east; with `latitude`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub longitude: Option<f64>,
        /// Street and number.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub address: Option<String>,
        /// City or regency.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub city: Option<String>,
        /// Province.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub province: Option<String>,
        /// Five digits.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub postal_code: Option<String>,
        /// `true` makes it primary; the one before is no longer.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub is_primary: Option<bool>,
    }

    /// The device this session runs on.
    pub struct DeviceRequest {
        /// What it is.
        pub device_type: DeviceType,
        /// What its owner calls it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub device_name: Option<String>,
        /// Where push messages go.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub fcm_token: Option<Secret>,
    }

    /// Changes to a provider's public profile; what is absent stays.
    #[derive(Default)]
    pub struct PatchProviderProfileRequest {
        /// About her.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub bio: Option<String>,
        /// Slugs of the categories she works in.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub service_types: Option<Vec<String>>,
        /// Indicative, never billed.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub hourly_rate: Option<Rupiah>,
        /// What she has learnt.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub certifications: Option<Vec<Certification>>,
        /// When she works; `{}` means never, `null` in the answer means always.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub working_hours: Option<WorkingHours>,
        /// Where she works.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub service_areas: Option<Vec<ServiceArea>>,
        /// Pictures of her work.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub portfolio_urls: Option<Vec<String>>,
    }

    /// What a provider has learnt.
    pub struct Certification {
        /// Its name.
        pub name: String,
        /// Who gave it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub issuer: Option<String>,
        /// When.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub year: Option<i32>,
    }

    /// A city a provider works in.
    pub struct ServiceArea {
        /// City or regency.
        pub city: String,
        /// Province.
        pub province: String,
    }

    /// Goes online or offline.
    pub struct AvailabilityRequest {
        /// Online?
        pub is_available: bool,
        /// Where she is now, degrees north; with `longitude`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub latitude: Option<f64>,
        /// Degrees east; with `latitude`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub longitude: Option<f64>,
    }

    /// What a provider hands in to be verified; photos are `url`s of POST /media.
    pub struct VerificationRequest {
        /// NIK, 16 digits; stored encrypted.
        pub id_card_number: Secret,
        /// Photo of the KTP.
        pub id_card_photo_url: String,
        /// Selfie holding the KTP.
        pub selfie_with_id_url: String,
        /// Certificates.
        #[serde(default)]
        pub certificate_urls: Vec<String>,
        /// Pictures of work.
        #[serde(default)]
        pub portfolio_urls: Vec<String>,
        /// Whose account it is.
        pub bank_account_name: String,
        /// Which bank.
        pub bank_name: String,
        /// Digits; stored encrypted.
        pub bank_account_number: Secret,
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
        pub category: Option<String>,
        /// Degrees north; with `lng`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub lat: Option<f64>,
        /// Degrees east; with `lat`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub lng: Option<f64>,
        /// How far around, up to 50 km; 12 when absent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub radius_km: Option<f64>,
        /// Part of a name.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub q: Option<String>,
        /// `distance` when a place is given, else `rating`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub sort: Option<ProviderSort>,
        /// How many, 1…100.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub limit: Option<u32>,
        /// `next_cursor` of the page before.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub cursor: Option<String>,
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

    /// A provider's own profile.
    pub struct ProviderProfileResponse {
        /// About her.
        pub bio: Option<String>,
        /// Slugs of the categories.
        pub service_types: Vec<String>,
        /// Indicative.
        pub hourly_rate: Option<Rupiah>,
        /// What she has learnt.
        pub certifications: Vec<Certification>,
        /// When she works; `null` is always.
        pub working_hours: Option<WorkingHours>,
        /// Where she works.
        pub service_areas: Vec<ServiceArea>,
        /// Pictures.
        pub portfolio_urls: Vec<String>,
        /// Online?
        pub is_available: bool,
        /// The public numbers.
        #[serde(flatten)]
        pub reputation: Reputation,
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
        /// From the place asked about; absent without one or without a position.
        pub distance_km: Option<f64>,
        /// The public numbers.
        #[serde(flatten)]
        pub reputation: Reputation,
    }

    /// A provider's public page.
    pub struct ProviderDetail {
        /// The part that lists show.
        #[serde(flatten)]
        pub provider: ProviderItem,
        /// About her.
        pub bio: Option<String>,
        /// What she has learnt.
        pub certifications: Vec<Certification>,
        /// When she works.
        pub working_hours: Option<WorkingHours>,
        /// Where she works.
        pub service_areas: Vec<ServiceArea>,
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

const URL: std::ops::RangeInclusive<usize> = 1..=500;

impl Validate for PatchMeRequest {
    fn validate(&self, checks: &mut Checks) {
        checks.optional_text("full_name", self.full_name.as_deref(), 1..=255);
        checks.optional_text("profile_photo", self.profile_photo.as_deref(), URL);
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

fn postal_code(checks: &mut Checks, code: Option<&str>) {
    let holds = code.is_none_or(|code| code.len() == 5 && code.bytes().all(|digit| digit.is_ascii_digit()));
    checks.holds(holds, "postal_code", "invalid", "must be five digits");
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

/// Latitude and longitude come together or not at all.
fn pair(checks: &mut Checks, field: &str, latitude: Option<f64>, longitude: Option<f64>) {
    checks.holds(latitude.is_some() == longitude.is_some(), field, "missing", "latitude and longitude come together");
    if let (Some(latitude), Some(longitude)) = (latitude, longitude) {
        checks.position(latitude, longitude);
    }
}

impl Validate for DeviceRequest {
    fn validate(&self, checks: &mut Checks) {
        checks.optional_text("device_name", self.device_name.as_deref(), 1..=255);
        checks.optional_text("fcm_token", self.fcm_token.as_ref().map(Secret::expose), 1..=4096);
    }
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
        checks.texts("portfolio_urls", self.portfolio_urls.as_deref().unwrap_or_default(), 30, URL);
    }
}

impl Validate for AvailabilityRequest {
    fn validate(&self, checks: &mut Checks) {
        pair(checks, "latitude", self.latitude, self.longitude);
    }
}

impl Validate for VerificationRequest {
    fn validate(&self, checks: &mut Checks) {
        checks.text("id_card_number", self.id_card_number.expose(), 16..=16);
        checks.text("id_card_photo_url", &self.id_card_photo_url, URL);
        checks.text("selfie_with_id_url", &self.selfie_with_id_url, URL);
        checks.texts("certificate_urls", &self.certificate_urls, 10, URL);
        checks.texts("portfolio_urls", &self.portfolio_urls, 30, URL);
        checks.text("bank_account_name", &self.bank_account_name, 1..=255);
        checks.text("bank_name", &self.bank_name, 1..=100);
        let number = self.bank_account_number.expose();
        let is_number = (5..=34).contains(&number.len()) && number.bytes().all(|digit| digit.is_ascii_digit());
        checks.holds(is_number, "bank_account_number", "invalid", "must be 5 to 34 digits");
    }
}

impl Validate for StatsQuery {
    fn validate(&self, checks: &mut Checks) {
        if let (Some(from), Some(to)) = (self.from, self.to) {
            checks.holds(from <= to, "from", "out_of_range", "must not be after `to`");
        }
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
