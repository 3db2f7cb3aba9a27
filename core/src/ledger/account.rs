//! Whose money it is.

use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::values::{Id, User};

/// What kind of account it is. What customers store and what providers have earned are never mixed: the law
/// treats the first as electronic money and the second as a debt.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum AccountKind {
    /// A client's stored money.
    ClientWallet,
    /// What a provider has earned and not withdrawn; below zero what she owes for cash jobs.
    ProviderEarnings,
    /// What Rapi has earned.
    PlatformRevenue,
    /// Money on its way from the payment gateway.
    GatewayClearing,
    /// Money handed over in cash, outside of Rapi; always nothing in sum.
    CashClearing,
    /// Money on its way to providers' banks.
    Payouts,
}

/// Text that names no kind of account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a kind of account")]
pub struct UnknownAccountKind;

impl AccountKind {
    /// Every kind; the first two belong to people.
    pub const ALL: [Self; 6] =
        [Self::ClientWallet, Self::ProviderEarnings, Self::PlatformRevenue, Self::GatewayClearing, Self::CashClearing, Self::Payouts];

    /// The word in tables.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::ClientWallet => "CLIENT_WALLET",
            Self::ProviderEarnings => "PROVIDER_EARNINGS",
            Self::PlatformRevenue => "PLATFORM_REVENUE",
            Self::GatewayClearing => "GATEWAY_CLEARING",
            Self::CashClearing => "CASH_CLEARING",
            Self::Payouts => "PAYOUTS",
        }
    }

    /// Does it belong to a person, and so keep a running balance?
    #[must_use]
    pub const fn is_personal(self) -> bool {
        matches!(self, Self::ClientWallet | Self::ProviderEarnings)
    }
}

impl FromStr for AccountKind {
    type Err = UnknownAccountKind;
    fn from_str(text: &str) -> Result<Self, UnknownAccountKind> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text).ok_or(UnknownAccountKind)
    }
}

/// One account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Account {
    /// A client's stored money.
    Client(Id<User>),
    /// A provider's earnings.
    Provider(Id<User>),
    /// What Rapi has earned.
    PlatformRevenue,
    /// Money on its way from the payment gateway.
    GatewayClearing,
    /// Money handed over in cash.
    CashClearing,
    /// Money on its way to providers' banks.
    Payouts,
}

impl Account {
    /// What kind it is.
    #[must_use]
    pub const fn kind(self) -> AccountKind {
        match self {
            Self::Client(_) => AccountKind::ClientWallet,
            Self::Provider(_) => AccountKind::ProviderEarnings,
            Self::PlatformRevenue => AccountKind::PlatformRevenue,
            Self::GatewayClearing => AccountKind::GatewayClearing,
            Self::CashClearing => AccountKind::CashClearing,
            Self::Payouts => AccountKind::Payouts,
        }
    }

    /// Whose it is; `None` for Rapi's own.
    #[must_use]
    pub const fn owner(self) -> Option<Id<User>> {
        match self {
            Self::Client(user) | Self::Provider(user) => Some(user),
            _ => None,
        }
    }
}
