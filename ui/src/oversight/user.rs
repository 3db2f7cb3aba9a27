//! Somebody's account as admins see it.

use rapi_core::Timestamp;
use rapi_core::wire::OrUnknown;
use rapi_core::wire::admin::{AccountStatus, AdminUserDetail, AdminUserItem, OrderCounts, Permission};
use rapi_core::wire::auth::SessionItem;
use rapi_core::wire::payments::WalletResponse;
use rapi_core::wire::people::{UserType, VerificationStatus};

use super::Kept;
use crate::controls::TagTone;
use crate::text::Word;

/// What admins may do with an account now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Deed {
    /// Shut it.
    Suspend,
    /// Open it again.
    Reinstate,
    /// Forget the failures to sign in.
    Unlock,
    /// Sign out everywhere.
    EndSessions,
}

/// A provider's numbers.
#[derive(Debug, Clone, PartialEq)]
pub struct WorkView {
    /// Online?
    pub is_online: bool,
    /// Slugs of the categories.
    pub services: Vec<String>,
    /// Orders accepted.
    pub accepted: i64,
    /// Orders completed.
    pub completed: i64,
    /// Stars on average.
    pub average: Option<f64>,
    /// How many ratings.
    pub ratings: i64,
    /// When her place was last known.
    pub seen_at: Option<Timestamp>,
}

/// What an admin may do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RightsView {
    /// Those that are known here.
    pub held: Vec<Permission>,
    /// Those of a newer backend, by their names.
    pub unknown: Vec<String>,
    /// Is it oneself who looks?
    pub is_self: bool,
}

impl RightsView {
    fn of(held: &[OrUnknown<Permission>], is_self: bool) -> Self {
        let mut view = Self { held: Vec::new(), unknown: Vec::new(), is_self };
        for permission in held {
            match permission {
                OrUnknown::Known(known) => view.held.push(*known),
                OrUnknown::Unknown(name) => view.unknown.push(name.clone()),
            }
        }
        view
    }

    /// Can they be changed from here? They are set as a whole: whoever does not know all of them would take the others away.
    #[must_use]
    pub const fn can_change(&self) -> bool {
        self.unknown.is_empty()
    }

    /// May they become these? Nobody takes away her own right to give rights.
    #[must_use]
    pub fn may_become(&self, chosen: &[Permission]) -> bool {
        !self.is_self || !self.held.contains(&Permission::People) || chosen.contains(&Permission::People)
    }
}

/// Somebody's account.
#[derive(Debug, Clone, PartialEq)]
pub struct UserView {
    /// Name.
    pub name: String,
    /// E-mail address.
    pub email: String,
    /// Is it proved?
    pub is_email_proved: bool,
    /// Phone number in E.164.
    pub phone: Option<String>,
    /// Is it proved?
    pub is_phone_proved: bool,
    /// What the person is here for.
    pub kind: Kept,
    /// How the account stands.
    pub status: (TagTone, Kept),
    /// Until when nobody can sign in.
    pub locked_until: Option<Timestamp>,
    /// Why it is shut, and when it was.
    pub suspended: Option<(String, Timestamp)>,
    /// Since when.
    pub created_at: Timestamp,
    /// Last sign-in.
    pub last_login: Option<Timestamp>,
    /// Of providers: how far the identity check has come.
    pub vetting: Option<OrUnknown<VerificationStatus>>,
    /// Of providers.
    pub work: Option<WorkView>,
    /// How many orders.
    pub orders: OrderCounts,
    /// The money.
    pub wallet: Option<WalletResponse>,
    /// Of admins: what they may do.
    pub rights: Option<RightsView>,
    /// Devices that are signed in.
    pub sessions: Vec<SessionItem>,
    /// What can be done.
    pub deeds: Vec<Deed>,
}

impl UserView {
    /// `detail` with the `sessions` that are known, as seen by another admin or, when `is_self`, by herself.
    #[must_use]
    pub fn of(detail: &AdminUserDetail, sessions: &[SessionItem], is_self: bool) -> Self {
        let (item, user) = (&detail.account, &detail.account.user);
        let is_provider = user.user_type.is(&UserType::ServiceProvider);
        Self {
            name: user.full_name.clone(),
            email: user.email.clone(),
            is_email_proved: user.is_verified,
            phone: user.phone.clone(),
            is_phone_proved: detail.phone_verified_at.is_some(),
            kind: kind(&user.user_type),
            status: account_status(&item.status),
            locked_until: item.locked_until,
            suspended: detail.suspension.as_ref().map(|why| (why.reason.clone(), why.suspended_at)),
            created_at: item.created_at,
            last_login: item.last_login,
            vetting: is_provider.then(|| user.verification_status.clone()),
            work: detail.provider.as_ref().map(|work| WorkView {
                is_online: work.is_available,
                services: work.service_types.clone(),
                accepted: work.reputation.total_orders,
                completed: work.reputation.total_completed_orders,
                average: work.reputation.average_rating,
                ratings: work.reputation.total_ratings,
                seen_at: work.position.as_ref().map(|place| place.at),
            }),
            orders: detail.orders.clone(),
            wallet: detail.wallet.clone(),
            rights: user.user_type.is(&UserType::Admin).then(|| RightsView::of(&detail.permissions, is_self)),
            sessions: sessions.to_vec(),
            deeds: deeds(item, detail.sessions, is_self),
        }
    }
}

/// Nobody shuts the door behind herself.
fn deeds(item: &AdminUserItem, sessions: i64, is_self: bool) -> Vec<Deed> {
    let is_suspended = item.status.is(&AccountStatus::Suspended);
    let mut deeds = Vec::new();
    if item.locked_until.is_some() {
        deeds.push(Deed::Unlock);
    }
    if sessions > 0 && !is_self {
        deeds.push(Deed::EndSessions);
    }
    if is_suspended {
        deeds.push(Deed::Reinstate);
    } else if !is_self {
        deeds.push(Deed::Suspend);
    }
    deeds
}

/// What somebody is here for.
#[must_use]
pub fn kind(kind: &OrUnknown<UserType>) -> Kept {
    match kind {
        OrUnknown::Known(UserType::Client) => Kept::Word(Word::RoleClient),
        OrUnknown::Known(UserType::ServiceProvider) => Kept::Word(Word::RoleProvider),
        OrUnknown::Known(UserType::Admin) => Kept::Word(Word::RoleAdmin),
        OrUnknown::Unknown(other) => Kept::Text(other.clone()),
    }
}

/// How an account stands.
#[must_use]
pub fn account_status(status: &OrUnknown<AccountStatus>) -> (TagTone, Kept) {
    match status {
        OrUnknown::Known(AccountStatus::Active) => (TagTone::Good, Kept::Word(Word::AdminAccountActive)),
        OrUnknown::Known(AccountStatus::Suspended) => (TagTone::Bad, Kept::Word(Word::AdminAccountSuspended)),
        OrUnknown::Known(AccountStatus::Locked) => (TagTone::Warn, Kept::Word(Word::AdminAccountLocked)),
        OrUnknown::Unknown(other) => (TagTone::Quiet, Kept::Text(other.clone())),
    }
}

/// What a permission is called.
#[must_use]
pub const fn permission(permission: Permission) -> Word {
    match permission {
        Permission::Verifications => Word::AdminVerification,
        Permission::People => Word::AdminUsers,
        Permission::Orders => Word::AdminOrders,
        Permission::Catalogue => Word::AdminCategories,
        Permission::Money => Word::AdminMoney,
        Permission::Audit => Word::AdminAudit,
    }
}

#[cfg(test)]
pub(super) mod tests {
    use rapi_core::wire::admin::Suspension;

    use super::*;
    use crate::drawn::siti;

    pub fn account(kind: UserType, status: AccountStatus) -> AdminUserDetail {
        AdminUserDetail {
            account: AdminUserItem {
                user: siti(kind),
                status: status.into(),
                locked_until: (status == AccountStatus::Locked).then(Timestamp::default),
                last_login: None,
                created_at: Timestamp::default(),
                is_available: None,
                average_rating: None,
            },
            phone_verified_at: None,
            suspension: (status == AccountStatus::Suspended).then(|| Suspension {
                reason: "Penipuan".into(),
                suspended_by: rapi_core::Id::new(Default::default()),
                suspended_at: Timestamp::default(),
            }),
            permissions: Vec::new(),
            provider: None,
            orders: OrderCounts::default(),
            wallet: None,
            sessions: 1,
        }
    }

    fn deeds_of(status: AccountStatus, is_self: bool) -> Vec<Deed> {
        UserView::of(&account(UserType::Client, status), &[], is_self).deeds
    }

    #[test]
    fn what_can_be_done_follows_how_the_account_stands() {
        assert_eq!(deeds_of(AccountStatus::Active, false), [Deed::EndSessions, Deed::Suspend]);
        assert_eq!(deeds_of(AccountStatus::Suspended, false), [Deed::EndSessions, Deed::Reinstate]);
        assert_eq!(deeds_of(AccountStatus::Locked, false), [Deed::Unlock, Deed::EndSessions, Deed::Suspend]);
    }

    #[test]
    fn nobody_suspends_or_signs_out_herself_from_here() {
        assert_eq!(deeds_of(AccountStatus::Active, true), []);
    }

    #[test]
    fn only_providers_have_an_identity_check() {
        let vetting = |kind| UserView::of(&account(kind, AccountStatus::Active), &[], false).vetting;
        assert!(vetting(UserType::ServiceProvider).is_some() && vetting(UserType::Client).is_none());
    }

    #[test]
    fn nobody_takes_her_own_right_to_give_rights_from_herself() {
        let rights = |is_self| RightsView::of(&[Permission::People.into(), Permission::Audit.into()], is_self);
        assert!(rights(true).may_become(&[Permission::People]) && !rights(true).may_become(&[Permission::Audit]));
        assert!(rights(false).may_become(&[]));
        let newer = RightsView::of(&[OrUnknown::Unknown("weather".into())], false);
        assert!(rights(false).can_change() && !newer.can_change());
    }

    #[test]
    fn a_suspended_account_says_why() {
        let view = UserView::of(&account(UserType::Client, AccountStatus::Suspended), &[], false);
        assert_eq!(view.suspended.map(|(reason, _)| reason).as_deref(), Some("Penipuan"));
    }
}
