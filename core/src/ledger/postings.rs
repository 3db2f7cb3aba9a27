//! The movements of money that Rapi knows.

use super::{Account, Entry, EntryCategory, Journal, Unbalanced};
use crate::pricing::Bill;
use crate::values::{Id, Rupiah, User};

impl Journal {
    /// A client stored money through the gateway.
    ///
    /// # Errors
    /// [`Unbalanced::NotPositive`] when `amount` is zero or less.
    pub fn top_up(client: Id<User>, amount: Rupiah) -> Result<Self, Unbalanced> {
        transfer(Account::GatewayClearing, Account::Client(client), amount, EntryCategory::TopUp)
    }

    /// A provider's earnings leave for her bank.
    ///
    /// # Errors
    /// [`Unbalanced::NotPositive`] when `amount` is zero or less.
    pub fn withdrawal(provider: Id<User>, amount: Rupiah) -> Result<Self, Unbalanced> {
        transfer(Account::Provider(provider), Account::Payouts, amount, EntryCategory::Withdrawal)
    }

    /// A client pays a bill from her wallet: total from her, earnings to the provider, the rest to the platform. When
    /// the discount is larger than what the platform would keep, the platform pays the difference.
    ///
    /// # Errors
    /// [`Unbalanced`] when the bill does not add up, or nothing moves at all.
    pub fn wallet_payment(client: Id<User>, provider: Id<User>, bill: &Bill) -> Result<Self, Unbalanced> {
        paid_from(Account::Client(client), provider, bill)
    }

    /// A client pays a bill through the gateway; shared like [`Journal::wallet_payment`].
    ///
    /// # Errors
    /// [`Unbalanced`] when the bill does not add up, or nothing moves at all.
    pub fn gateway_payment(provider: Id<User>, bill: &Bill) -> Result<Self, Unbalanced> {
        paid_from(Account::GatewayClearing, provider, bill)
    }

    /// A client paid a bill in cash. The total is already in the provider's pocket, so it only passes through the cash
    /// account, in and out, for the record; then she owes what the platform keeps: her balance falls by exactly that,
    /// as commission. When the discount is larger, the platform pays her the difference instead.
    ///
    /// # Errors
    /// [`Unbalanced`] when the bill does not add up, or nothing moves at all.
    pub fn cash_payment(provider: Id<User>, bill: &Bill) -> Result<Self, Unbalanced> {
        let (total, keeps) = (bill.total_amount, platform_keeps(bill)?);
        // What she took less what she owes is what she earned, or the bill is wrong.
        check_adds_up(bill, keeps)?;
        moved(vec![
            Entry::new(Account::CashClearing, opposite(total)?, EntryCategory::Payment),
            Entry::new(Account::CashClearing, total, EntryCategory::Payment),
            Entry::new(Account::Provider(provider), opposite(keeps)?, share_category(keeps)),
            Entry::new(Account::PlatformRevenue, keeps, share_category(keeps)),
        ])
    }
}

fn transfer(from: Account, to: Account, amount: Rupiah, category: EntryCategory) -> Result<Journal, Unbalanced> {
    if !amount.is_positive() {
        return Err(Unbalanced::NotPositive);
    }
    moved(vec![Entry::new(from, opposite(amount)?, category), Entry::new(to, amount, category)])
}

fn paid_from(payer: Account, provider: Id<User>, bill: &Bill) -> Result<Journal, Unbalanced> {
    let keeps = platform_keeps(bill)?;
    check_adds_up(bill, keeps)?;
    moved(vec![
        Entry::new(payer, opposite(bill.total_amount)?, EntryCategory::Payment),
        Entry::new(Account::Provider(provider), bill.provider_earnings, EntryCategory::Payment),
        Entry::new(Account::PlatformRevenue, keeps, share_category(keeps)),
    ])
}

/// A journal of the lines that move something.
fn moved(mut entries: Vec<Entry>) -> Result<Journal, Unbalanced> {
    entries.retain(|entry| entry.amount() != Rupiah::ZERO);
    Journal::try_new(entries)
}

/// What the platform keeps is its commission; what it adds pays a part of the order.
const fn share_category(keeps: Rupiah) -> EntryCategory {
    if keeps.is_negative() { EntryCategory::Payment } else { EntryCategory::Commission }
}

/// As [`Bill::platform_keeps`], for bills that may come from anywhere.
fn platform_keeps(bill: &Bill) -> Result<Rupiah, Unbalanced> {
    let kept = bill.platform_fee.checked_add(bill.service_fee).map_err(|_| Unbalanced::TooLarge)?;
    kept.checked_add(opposite(bill.discount)?).map_err(|_| Unbalanced::TooLarge)
}

/// Nobody pays or earns less than nothing, and all that is paid is shared out.
fn check_adds_up(bill: &Bill, keeps: Rupiah) -> Result<(), Unbalanced> {
    if bill.total_amount.is_negative() || bill.provider_earnings.is_negative() {
        return Err(Unbalanced::NotPositive);
    }
    let off_by = i128::from(bill.provider_earnings.get()) + i128::from(keeps.get()) - i128::from(bill.total_amount.get());
    if off_by == 0 { Ok(()) } else { Err(Unbalanced::OffBy { off_by }) }
}

fn opposite(amount: Rupiah) -> Result<Rupiah, Unbalanced> {
    amount.get().checked_neg().map(Rupiah::new).ok_or(Unbalanced::TooLarge)
}
