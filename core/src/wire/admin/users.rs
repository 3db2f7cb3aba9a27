//! People, as admins see them and what admins change of them.

use crate::values::{Id, LatLng, Timestamp, User};
use crate::wire::payments::WalletResponse;
use crate::wire::people::{Reputation, UserSummary, UserType, VerificationStatus};
use crate::wire::{Checks, OrUnknown, Validate};

words! {
    /// A thing that not every admin may do.
    Permission {
        /// See papers of providers and decide on them.
        Verifications = "verifications",
        /// Suspend, unlock and sign out people, and give permissions.
        People = "people",
        /// See and cancel orders.
        Orders = "orders",
        /// Change categories and texts, send promotions.
        Catalogue = "catalogue",
        /// Withdrawals, refunds, the books.
        Money = "money",
        /// Read what admins did.
        Audit = "audit",
    }
}

words! {
    /// How an account stands.
    AccountStatus {
        /// Neither of the others.
        Active = "active",
        /// An admin has shut it.
        Suspended = "suspended",
        /// Not suspended, but nobody can sign in for a while after too many failures.
        Locked = "locked",
    }
}

words! {
    /// What comes first in the list of people.
    PeopleSort {
        /// Who came last.
        Newest = "newest",
        /// Who came first.
        Oldest = "oldest",
        /// By name, without regard to case.
        Name = "name",
        /// By name, backwards.
        NameDesc = "name_desc",
    }
}

request! {
    /// Which people.
    #[derive(Default)]
    #[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
    #[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
    pub struct AdminUsersQuery {
        /// Part of a name, an e-mail address or a phone number.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "openapi", param(min_length = 1, max_length = 100))]
        pub q: Option<String>,
        /// Only of this role.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub user_type: Option<UserType>,
        /// Only who stand so.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub status: Option<AccountStatus>,
        /// Only providers whose identity check has come so far.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub verification_status: Option<VerificationStatus>,
        /// What comes first; the newest when absent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub sort: Option<PeopleSort>,
        /// How many, 1…100.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "openapi", param(minimum = 1, maximum = 100))]
        pub limit: Option<u32>,
        /// `next_cursor` of the page before.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "openapi", param(min_length = 1, max_length = 200))]
        pub cursor: Option<String>,
    }

    /// Changes to somebody's account; what is absent stays.
    #[derive(Default)]
    pub struct PatchUserRequest {
        /// `true` shuts the account, ends its sessions and takes a provider offline; `false` opens it again.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub suspended: Option<bool>,
        /// Why; goes with `suspended: true`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 1_000))]
        pub reason: Option<String>,
        /// `true` forgets the failures to sign in.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub unlock: Option<bool>,
        /// Of an admin: everything she may do from now on.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "openapi", schema(max_items = 20))]
        pub permissions: Option<Vec<Permission>>,
    }
}

answer! {
    /// Somebody in the list of people.
    pub struct AdminUserItem {
        /// The common part.
        #[serde(flatten)]
        pub user: UserSummary,
        /// How the account stands.
        pub status: OrUnknown<AccountStatus>,
        /// Until when nobody can sign in; absent when anybody with the password can.
        pub locked_until: Option<Timestamp>,
        /// Last sign-in.
        pub last_login: Option<Timestamp>,
        /// Since when.
        pub created_at: Timestamp,
        /// Of providers: online?
        pub is_available: Option<bool>,
        /// Of providers: 1.00–5.00; absent without ratings.
        pub average_rating: Option<f64>,
    }

    /// Somebody with all that admins may know of her.
    pub struct AdminUserDetail {
        /// The part that the list shows.
        #[serde(flatten)]
        pub account: AdminUserItem,
        /// When the phone number was proved.
        pub phone_verified_at: Option<Timestamp>,
        /// Why the account is shut, while it is.
        pub suspension: Option<Suspension>,
        /// Of an admin: what she may do.
        pub permissions: Vec<OrUnknown<Permission>>,
        /// Of a provider: her work.
        pub provider: Option<AdminProviderFacts>,
        /// Her orders, as client or as provider.
        pub orders: OrderCounts,
        /// Her money, once any touched her wallet.
        pub wallet: Option<WalletResponse>,
        /// How many sessions live.
        pub sessions: i64,
    }

    /// Why an account is shut.
    pub struct Suspension {
        /// In the admin's words.
        pub reason: String,
        /// By whom.
        pub suspended_by: Id<User>,
        /// When.
        pub suspended_at: Timestamp,
    }

    /// A provider's work, as admins see it.
    pub struct AdminProviderFacts {
        /// Online?
        pub is_available: bool,
        /// Slugs of the categories.
        pub service_types: Vec<String>,
        /// The public numbers.
        #[serde(flatten)]
        pub reputation: Reputation,
        /// Where she was last.
        pub position: Option<MapPosition>,
    }

    /// Where somebody was.
    pub struct MapPosition {
        /// Degrees north.
        pub latitude: f64,
        /// Degrees east.
        pub longitude: f64,
        /// When.
        pub at: Timestamp,
    }

    /// How many orders somebody has.
    #[derive(Default)]
    pub struct OrderCounts {
        /// All of them.
        pub total: i64,
        /// Neither completed nor cancelled.
        pub open: i64,
        /// Completed.
        pub completed: i64,
        /// Cancelled.
        pub cancelled: i64,
    }
}

impl MapPosition {
    /// A place at a time.
    #[must_use]
    pub const fn new(position: LatLng, at: Timestamp) -> Self {
        Self { latitude: position.latitude(), longitude: position.longitude(), at }
    }
}

impl Validate for AdminUsersQuery {
    fn validate(&self, checks: &mut Checks) {
        checks.optional_text("q", self.q.as_deref(), 1..=100);
        checks.range("limit", self.limit.unwrap_or(20), 1..=100);
        checks.optional_text("cursor", self.cursor.as_deref(), 1..=200);
    }
}

impl Validate for PatchUserRequest {
    fn validate(&self, checks: &mut Checks) {
        checks.optional_text("reason", self.reason.as_deref(), 1..=1000);
        let suspends = self.suspended == Some(true);
        checks.holds(!suspends || self.reason.is_some(), "reason", "missing", "a suspension has a reason");
        checks.holds(suspends || self.reason.is_none(), "reason", "invalid", "goes with a suspension");
        checks.holds(self.unlock != Some(false), "unlock", "invalid", "only `true` does anything");
        checks.at_most("permissions", self.permissions.as_deref().unwrap_or_default(), 20);
    }
}
