//! One line of a journal.

use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::{Account, InsufficientBalance, check_floor};
use crate::values::Rupiah;

/// Does a line give to its account or take from it?
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum EntryType {
    /// It gives.
    Credit,
    /// It takes.
    Debit,
}

impl EntryType {
    /// The word on the wire and in tables.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Credit => "CREDIT",
            Self::Debit => "DEBIT",
        }
    }
}

/// What a line is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum EntryCategory {
    /// Money a client stored.
    TopUp,
    /// An order was paid.
    Payment,
    /// A payment was taken back.
    Refund,
    /// A provider took her earnings home.
    Withdrawal,
    /// What the platform keeps of an order.
    Commission,
    /// Any other charge.
    Fee,
}

/// Text that names no category.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a category of wallet transaction")]
pub struct UnknownCategory;

impl EntryCategory {
    /// Every category.
    pub const ALL: [Self; 6] = [Self::TopUp, Self::Payment, Self::Refund, Self::Withdrawal, Self::Commission, Self::Fee];

    /// The word on the wire and in tables.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::TopUp => "TOP_UP",
            Self::Payment => "PAYMENT",
            Self::Refund => "REFUND",
            Self::Withdrawal => "WITHDRAWAL",
            Self::Commission => "COMMISSION",
            Self::Fee => "FEE",
        }
    }

    /// What the opposite line is for: a payment taken back is a refund, anything else stays what it was.
    const fn reversed(self) -> Self {
        match self {
            Self::Payment => Self::Refund,
            Self::Refund => Self::Payment,
            other => other,
        }
    }
}

impl FromStr for EntryCategory {
    type Err = UnknownCategory;
    fn from_str(text: &str) -> Result<Self, UnknownCategory> {
        Self::ALL.into_iter().find(|category| category.as_str() == text).ok_or(UnknownCategory)
    }
}

/// One line: so much to (or from) one account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry {
    account: Account,
    amount: Rupiah,
    category: EntryCategory,
}

impl Entry {
    /// A line; `amount` above zero credits the account, below zero debits it.
    #[must_use]
    pub const fn new(account: Account, amount: Rupiah, category: EntryCategory) -> Self {
        Self { account, amount, category }
    }

    /// Whose.
    #[must_use]
    pub const fn account(&self) -> Account {
        self.account
    }

    /// How much, signed: above zero credits the account.
    #[must_use]
    pub const fn amount(&self) -> Rupiah {
        self.amount
    }

    /// What for.
    #[must_use]
    pub const fn category(&self) -> EntryCategory {
        self.category
    }

    /// Gives or takes.
    #[must_use]
    pub const fn entry_type(&self) -> EntryType {
        if self.amount.is_negative() { EntryType::Debit } else { EntryType::Credit }
    }

    /// May this line leave its account with `balance_after`? What gives is never refused, be the balance ever so low;
    /// what takes is asked of [`check_floor`].
    ///
    /// # Errors
    /// [`InsufficientBalance`] when it takes what is not there.
    pub fn check_floor(&self, balance_after: Rupiah) -> Result<(), InsufficientBalance> {
        match self.entry_type() {
            EntryType::Credit => Ok(()),
            EntryType::Debit => check_floor(self.account.kind(), balance_after, self.category),
        }
    }

    /// The line that undoes this one.
    pub(super) fn reversed(&self) -> Self {
        Self { account: self.account, amount: -self.amount, category: self.category.reversed() }
    }
}
