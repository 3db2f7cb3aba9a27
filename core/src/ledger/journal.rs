//! A movement of money: lines that sum to zero, or no journal at all.

use super::Entry;
use crate::values::Rupiah;

/// One movement of money, posted whole. There is no way to hold one that does not sum to zero.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Journal {
    entries: Vec<Entry>,
}

/// Why lines make no journal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unbalanced {
    /// Money moves from somewhere to somewhere: two lines at least.
    #[error("a journal has two lines or more")]
    TooFewLines,
    /// A line that moves nothing.
    #[error("a line of a journal moves nothing")]
    ZeroLine,
    /// More or less arrives than leaves.
    #[error("the lines of a journal sum to {off_by} instead of zero")]
    OffBy {
        /// By how many rupiah.
        off_by: i128,
    },
    /// An amount asked to be moved is zero or less.
    #[error("an amount to move is above zero")]
    NotPositive,
    /// More than any amount of money.
    #[error("the amount is larger than any amount of money")]
    TooLarge,
}

impl Journal {
    /// A journal of these lines.
    ///
    /// # Errors
    /// [`Unbalanced`] unless there are two lines or more, none is zero and all sum to zero.
    pub fn try_new(entries: Vec<Entry>) -> Result<Self, Unbalanced> {
        if entries.len() < 2 {
            return Err(Unbalanced::TooFewLines);
        }
        if entries.iter().any(|entry| entry.amount() == Rupiah::ZERO) {
            return Err(Unbalanced::ZeroLine);
        }
        // The one amount that has no opposite, so it could never be reversed.
        if entries.iter().any(|entry| entry.amount().get() == i64::MIN) {
            return Err(Unbalanced::TooLarge);
        }
        match entries.iter().map(|entry| i128::from(entry.amount().get())).sum() {
            0 => Ok(Self { entries }),
            off_by => Err(Unbalanced::OffBy { off_by }),
        }
    }

    /// Its lines.
    #[must_use]
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The journal that undoes this one; its payments are refunds.
    #[must_use]
    pub fn reversal(&self) -> Self {
        Self { entries: self.entries.iter().map(Entry::reversed).collect() }
    }
}
