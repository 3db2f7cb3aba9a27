//! What admins see and decide.

mod figures;
mod orders;
mod users;

pub use figures::*;
pub use orders::*;
pub use users::*;

use super::payments::{WithdrawalItem, WithdrawalStatus};
use super::people::{UserSummary, VerificationStatus};
use super::{Checks, OrUnknown, Secret, Validate};
use crate::dispatch::PassedOver;
use crate::values::{Id, Rupiah, Timestamp, User};

words! {
    /// What comes first in a list.
    ListSort {
        /// What was made last.
        Newest = "newest",
        /// What was made first.
        Oldest = "oldest",
    }
}

words! {
    /// What comes first in the list of withdrawals.
    WithdrawalsSort {
        /// What was asked for last.
        Newest = "newest",
        /// What was asked for first.
        Oldest = "oldest",
        /// The smallest.
        Amount = "amount",
        /// The largest.
        AmountDesc = "amount_desc",
    }
}

request! {
    /// Turns a provider down.
    pub struct RejectVerificationRequest {
        /// What she should mend.
        #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 1_000))]
        pub rejection_reason: String,
    }

    /// Which verifications.
    #[derive(Default)]
    #[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
    #[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
    pub struct VerificationsQuery {
        /// Only in this status.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub status: Option<VerificationStatus>,
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

    /// Which withdrawals.
    #[derive(Default)]
    #[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
    #[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
    pub struct WithdrawalsQuery {
        /// Only in this status.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub status: Option<WithdrawalStatus>,
        /// What comes first; the newest when absent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub sort: Option<WithdrawalsSort>,
        /// How many, 1…100.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "openapi", param(minimum = 1, maximum = 100))]
        pub limit: Option<u32>,
        /// `next_cursor` of the page before.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "openapi", param(min_length = 1, max_length = 200))]
        pub cursor: Option<String>,
    }

    /// Which deeds of admins.
    #[derive(Default)]
    #[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
    #[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
    pub struct AuditQuery {
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

    /// Turns a withdrawal down.
    pub struct RejectWithdrawalRequest {
        /// Why; the provider reads it.
        #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 1_000))]
        pub admin_notes: String,
    }
}

answer! {
    /// A provider's papers in the queue.
    pub struct VerificationItem {
        /// Names it in the admin's calls.
        pub id: uuid::Uuid,
        /// Whose.
        pub user: UserSummary,
        /// How far it has come.
        pub status: OrUnknown<VerificationStatus>,
        /// When handed in.
        pub submitted_at: Timestamp,
        /// When decided.
        pub verified_at: Option<Timestamp>,
        /// By whom.
        pub verified_by: Option<Id<User>>,
        /// Why it was rejected.
        pub rejection_reason: Option<String>,
    }

    /// A provider's papers.
    pub struct VerificationDetail {
        /// The part that the queue shows.
        #[serde(flatten)]
        pub verification: VerificationItem,
        /// NIK; this view is logged.
        pub id_card_number: String,
        /// Photo of the KTP.
        pub id_card_photo_url: String,
        /// Selfie holding the KTP.
        pub selfie_with_id_url: String,
        /// Certificates.
        pub certificate_urls: Vec<String>,
        /// Pictures of work.
        pub portfolio_urls: Vec<String>,
        /// Whose account.
        pub bank_account_name: String,
        /// Which bank.
        pub bank_name: String,
        /// Account number.
        pub bank_account_number: String,
    }

    /// Something an admin did.
    pub struct AuditItem {
        /// Names it.
        pub id: uuid::Uuid,
        /// The admin.
        pub actor_id: Id<User>,
        /// What, such as `verification.approve`.
        pub action: String,
        /// To what kind of thing, such as `verification`.
        pub subject_type: String,
        /// To which.
        pub subject_id: uuid::Uuid,
        /// What else is worth knowing.
        pub details: serde_json::Value,
        /// When.
        pub created_at: Timestamp,
    }

    /// Why each provider was, or was not, offered an order.
    pub struct DispatchExplanation {
        /// When providers were first asked.
        pub broadcast_time: Option<Timestamp>,
        /// When the search ends, or ended.
        pub gives_up_at: Option<Timestamp>,
        /// One line a candidate, in the order they were considered.
        pub candidates: Vec<DispatchCandidate>,
    }

    /// One provider considered for an order.
    pub struct DispatchCandidate {
        /// Who.
        pub provider_id: Id<User>,
        /// Name.
        pub full_name: String,
        /// In which wave, from 0.
        pub wave: i32,
        /// How far she was.
        pub distance_km: f64,
        /// Was it offered to her?
        pub was_offered: bool,
        /// Why not.
        pub passed_over: Option<OrUnknown<PassedOver>>,
        /// When she was asked or passed over.
        pub notified_at: Timestamp,
        /// When she saw it.
        pub seen_at: Option<Timestamp>,
        /// When she said no.
        pub declined_at: Option<Timestamp>,
        /// Did she take it?
        pub is_accepted: bool,
    }

    /// A withdrawal in the queue.
    pub struct AdminWithdrawalItem {
        /// The part that its owner sees.
        #[serde(flatten)]
        pub withdrawal: WithdrawalItem,
        /// Whose.
        pub provider_id: Id<User>,
        /// Name.
        pub provider_name: Option<String>,
        /// Where the money goes, while it has to be sent.
        pub bank_account_number: Option<Secret>,
        /// Who decided last.
        pub processed_by: Option<Id<User>>,
    }

    /// The proof of the books.
    pub struct LedgerCheckResponse {
        /// Do they balance?
        pub is_balanced: bool,
        /// How many journals were read.
        pub journals: i64,
        /// How many lines.
        pub entries: i64,
        /// The sum over all accounts: zero.
        pub sum: Rupiah,
        /// Everything found wrong, in words.
        pub faults: Vec<String>,
    }
}

impl Validate for RejectVerificationRequest {
    fn validate(&self, checks: &mut Checks) {
        checks.text("rejection_reason", &self.rejection_reason, 1..=1000);
    }
}

impl Validate for RejectWithdrawalRequest {
    fn validate(&self, checks: &mut Checks) {
        checks.text("admin_notes", &self.admin_notes, 1..=1000);
    }
}

impl Validate for WithdrawalsQuery {
    fn validate(&self, checks: &mut Checks) {
        checks.range("limit", self.limit.unwrap_or(20), 1..=100);
        checks.optional_text("cursor", self.cursor.as_deref(), 1..=200);
    }
}

impl Validate for AuditQuery {
    fn validate(&self, checks: &mut Checks) {
        checks.range("limit", self.limit.unwrap_or(20), 1..=100);
        checks.optional_text("cursor", self.cursor.as_deref(), 1..=200);
    }
}

impl Validate for VerificationsQuery {
    fn validate(&self, checks: &mut Checks) {
        checks.range("limit", self.limit.unwrap_or(20), 1..=100);
        checks.optional_text("cursor", self.cursor.as_deref(), 1..=200);
    }
}
