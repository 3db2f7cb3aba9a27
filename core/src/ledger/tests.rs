//! The books: every movement sums to zero, reverses to nothing, and nobody's floor gives way.

use std::collections::BTreeMap;

use proptest::prelude::*;
use uuid::Uuid;

use super::*;
use crate::pricing::{Bill, Tariff, bill_for_minutes};
use crate::values::{Id, Rupiah, User};

fn person(number: u128) -> Id<User> {
    Id::new(Uuid::from_u128(number))
}

fn client() -> Id<User> {
    person(1)
}

fn provider() -> Id<User> {
    person(2)
}

fn bill_of(minutes: i64, service_fee: i64, discount: i64) -> Bill {
    let tariff =
        Tariff { rate_per_5_minutes: Rupiah::new(1_000), service_fee: Rupiah::new(service_fee), platform_percent: 10, max_amount: None };
    bill_for_minutes(&tariff, minutes, Rupiah::new(discount)).unwrap()
}

/// What each account has after these journals.
#[derive(Debug, Clone, Default, PartialEq)]
struct Books(BTreeMap<Account, Rupiah>);

impl Books {
    fn of(&self, account: Account) -> i64 {
        self.0.get(&account).map_or(0, |balance| balance.get())
    }

    fn post(&mut self, journal: &Journal) -> Result<(), InsufficientBalance> {
        let mut after = self.clone();
        for entry in journal.entries() {
            let balance = after.0.entry(entry.account()).or_default();
            *balance += entry.amount();
            entry.check_floor(*balance)?;
        }
        *self = after;
        Ok(())
    }

    fn with(journal: &Journal) -> Self {
        let mut books = Self::default();
        for entry in journal.entries() {
            *books.0.entry(entry.account()).or_default() += entry.amount();
        }
        books
    }
}

#[test]
fn a_wallet_payment_goes_to_provider_and_platform() {
    let books = Books::with(&Journal::wallet_payment(client(), provider(), &bill_of(60, 500, 0)).unwrap());
    assert_eq!(books.of(Account::Client(client())), -12_500);
    assert_eq!(books.of(Account::Provider(provider())), 10_800);
    assert_eq!(books.of(Account::PlatformRevenue), 1_700);
}

#[test]
fn a_cash_job_costs_the_provider_what_the_platform_keeps() {
    let journal = Journal::cash_payment(provider(), &bill_of(60, 500, 0)).unwrap();
    let books = Books::with(&journal);
    assert_eq!(books.of(Account::Provider(provider())), -1_700);
    assert_eq!(books.of(Account::PlatformRevenue), 1_700);
    assert_eq!(books.of(Account::CashClearing), 0);
    let hers = journal.entries().iter().find(|entry| entry.account() == Account::Provider(provider())).unwrap();
    assert_eq!((hers.entry_type(), hers.category()), (EntryType::Debit, EntryCategory::Commission));
}

#[test]
fn a_discount_above_the_commission_is_paid_by_the_platform() {
    let bill = bill_of(60, 0, 5_000);
    let wallet = Books::with(&Journal::wallet_payment(client(), provider(), &bill).unwrap());
    assert_eq!(wallet.of(Account::Client(client())), -7_000);
    assert_eq!(wallet.of(Account::Provider(provider())), 10_800);
    assert_eq!(wallet.of(Account::PlatformRevenue), -3_800);
    let cash = Books::with(&Journal::cash_payment(provider(), &bill).unwrap());
    assert_eq!(cash.of(Account::Provider(provider())), 3_800);
}

#[test]
fn a_cash_job_of_which_the_platform_keeps_nothing_is_still_on_record() {
    let journal = Journal::cash_payment(provider(), &bill_of(60, 0, 1_200)).unwrap();
    assert_eq!(journal.entries().len(), 2);
    assert!(journal.entries().iter().all(|entry| entry.account() == Account::CashClearing));
}

#[test]
fn a_free_order_still_pays_the_provider() {
    let journal = Journal::gateway_payment(provider(), &bill_of(60, 0, 99_000)).unwrap();
    let books = Books::with(&journal);
    assert_eq!(books.of(Account::Provider(provider())), 10_800);
    assert_eq!(books.of(Account::PlatformRevenue), -10_800);
    assert_eq!(journal.entries().len(), 2, "nothing comes from the gateway");
}

#[test]
fn lines_that_do_not_balance_are_no_journal() {
    let line = |account, amount| Entry::new(account, Rupiah::new(amount), EntryCategory::Fee);
    let refused = |entries| Journal::try_new(entries).unwrap_err();
    let (a, b) = (Account::PlatformRevenue, Account::Payouts);
    assert_eq!(refused(vec![]), Unbalanced::TooFewLines);
    assert_eq!(refused(vec![line(a, 0)]), Unbalanced::TooFewLines);
    assert_eq!(refused(vec![line(a, 5), line(b, -5), line(a, 0)]), Unbalanced::ZeroLine);
    assert_eq!(refused(vec![line(a, 5), line(b, -4)]), Unbalanced::OffBy { off_by: 1 });
    let wraps = vec![line(a, i64::MAX), line(a, i64::MAX), line(b, 2)];
    assert_eq!(refused(wraps), Unbalanced::OffBy { off_by: 2 * i128::from(i64::MAX) + 2 });
    assert_eq!(refused(vec![line(a, i64::MIN), line(b, i64::MAX), line(b, 1)]), Unbalanced::TooLarge);
}

#[test]
fn only_amounts_above_zero_are_moved() {
    for amount in [0, -1, i64::MIN].map(Rupiah::new) {
        assert_eq!(Journal::top_up(client(), amount), Err(Unbalanced::NotPositive));
        assert_eq!(Journal::withdrawal(provider(), amount), Err(Unbalanced::NotPositive));
    }
}

#[test]
fn a_bill_that_does_not_add_up_is_not_posted() {
    let wrong = Bill { provider_earnings: Rupiah::new(10_801), ..bill_of(60, 0, 0) };
    let off = Err(Unbalanced::OffBy { off_by: 1 });
    assert_eq!(Journal::wallet_payment(client(), provider(), &wrong), off);
    assert_eq!(Journal::gateway_payment(provider(), &wrong), off);
    assert_eq!(Journal::cash_payment(provider(), &wrong), off);
}

#[test]
fn a_provider_falls_below_zero_by_commission_alone() {
    let below = Rupiah::new(-1);
    for category in EntryCategory::ALL {
        let allowed = check_floor(AccountKind::ProviderEarnings, below, category).is_ok();
        assert_eq!(allowed, category == EntryCategory::Commission, "{category:?}");
        assert_eq!(check_floor(AccountKind::ClientWallet, below, category), Err(InsufficientBalance { short_by: Rupiah::new(1) }));
        assert!(check_floor(AccountKind::ClientWallet, Rupiah::ZERO, category).is_ok());
        assert!(check_floor(AccountKind::GatewayClearing, below, category).is_ok());
    }
}

#[test]
fn earnings_are_welcome_to_a_provider_in_debt() {
    let mut books = Books::default();
    books.post(&Journal::cash_payment(provider(), &bill_of(600, 0, 0)).unwrap()).unwrap();
    books.post(&Journal::gateway_payment(provider(), &bill_of(10, 0, 0)).unwrap()).unwrap();
    assert_eq!(books.of(Account::Provider(provider())), -12_000 + 1_800);
    assert!(books.post(&Journal::withdrawal(provider(), Rupiah::new(1)).unwrap()).is_err());
}

#[test]
fn a_reversed_payment_is_a_refund() {
    let journal = Journal::wallet_payment(client(), provider(), &bill_of(60, 0, 0)).unwrap();
    let hers = journal.reversal().entries()[0];
    assert_eq!((hers.account(), hers.amount()), (Account::Client(client()), Rupiah::new(12_000)));
    assert_eq!((hers.entry_type(), hers.category()), (EntryType::Credit, EntryCategory::Refund));
}

#[test]
fn every_word_reads_back_and_is_the_word_on_the_wire() {
    for category in EntryCategory::ALL {
        assert_eq!(category.as_str().parse(), Ok(category));
        assert_eq!(serde_json::to_value(category).unwrap(), category.as_str());
    }
    for kind in AccountKind::ALL {
        assert_eq!(kind.as_str().parse(), Ok(kind));
        assert_eq!(serde_json::to_value(kind).unwrap(), kind.as_str());
    }
    for entry_type in [EntryType::Credit, EntryType::Debit] {
        assert_eq!(serde_json::to_value(entry_type).unwrap(), entry_type.as_str());
    }
    assert_eq!("payment".parse::<EntryCategory>(), Err(UnknownCategory));
}

fn any_bill() -> impl Strategy<Value = Bill> {
    (0i64..100_000, 0i64..20_000, 0u8..=100, 1i64..2_000, prop_oneof![Just(0i64), 0i64..500_000]).prop_map(
        |(rate, fee, platform_percent, minutes, discount)| {
            let tariff =
                Tariff { rate_per_5_minutes: Rupiah::new(rate), service_fee: Rupiah::new(fee), platform_percent, max_amount: None };
            bill_for_minutes(&tariff, minutes, Rupiah::new(discount)).unwrap()
        },
    )
}

/// Any movement of money between two clients and two providers; bills of nothing move nothing and are left out.
fn any_journal() -> impl Strategy<Value = Journal> {
    let people = (1u128..=2, 11u128..=12).prop_map(|(client, provider)| (person(client), person(provider)));
    (0u8..5, people, any_bill(), 1i64..1_000_000).prop_filter_map("nothing moves", |(kind, who, bill, amount)| {
        let ((client, provider), amount) = (who, Rupiah::new(amount));
        match kind {
            0 => Journal::top_up(client, amount).ok(),
            1 => Journal::withdrawal(provider, amount).ok(),
            2 => Journal::wallet_payment(client, provider, &bill).ok(),
            3 => Journal::gateway_payment(provider, &bill).ok(),
            _ => Journal::cash_payment(provider, &bill).ok(),
        }
    })
}

proptest! {
    #[test]
    fn every_movement_sums_to_zero(journal in any_journal()) {
        prop_assert_eq!(journal.entries().iter().map(Entry::amount).sum::<Rupiah>(), Rupiah::ZERO);
        prop_assert_eq!(Journal::try_new(journal.entries().to_vec()), Ok(journal));
    }

    #[test]
    fn a_reversal_restores_every_balance(journal in any_journal()) {
        let mut lines = journal.entries().to_vec();
        lines.extend(journal.reversal().entries());
        let books = Books::with(&Journal::try_new(lines).unwrap());
        prop_assert!(books.0.values().all(|balance| *balance == Rupiah::ZERO));
        prop_assert_eq!(journal.reversal().reversal(), journal);
    }

    #[test]
    fn money_paid_for_an_order_arrives_to_the_rupiah(bill in any_bill()) {
        let change = |journal: Result<Journal, Unbalanced>, account| journal.map_or(0, |j| Books::with(&j).of(account));
        let (her, us) = (Account::Provider(provider()), Account::PlatformRevenue);
        let wallet = || Journal::wallet_payment(client(), provider(), &bill);
        let cash = || Journal::cash_payment(provider(), &bill);
        prop_assert_eq!(change(wallet(), Account::Client(client())), -bill.total_amount.get());
        prop_assert_eq!(change(wallet(), her), bill.provider_earnings.get());
        prop_assert_eq!(change(wallet(), us), bill.platform_keeps().get());
        prop_assert_eq!(change(cash(), her), -bill.platform_keeps().get());
        prop_assert_eq!(change(cash(), us), bill.platform_keeps().get());
        prop_assert_eq!(change(cash(), her) + bill.total_amount.get(), bill.provider_earnings.get(), "with the cash she took");
    }

    #[test]
    fn no_sequence_of_movements_breaks_a_floor(journals in prop::collection::vec((any_journal(), any::<bool>()), 0..60)) {
        let mut books = Books::default();
        for (journal, reverse) in journals {
            let journal = if reverse { journal.reversal() } else { journal };
            let (before, posted) = (books.clone(), books.post(&journal).is_ok());
            prop_assert!(posted || before == books, "what is refused changes nothing");
            prop_assert_eq!(books.0.values().copied().sum::<Rupiah>(), Rupiah::ZERO);
            prop_assert_eq!(books.of(Account::CashClearing), 0);
            for number in [1, 2] {
                prop_assert!(books.of(Account::Client(person(number))) >= 0);
            }
            for account in [person(11), person(12)].map(Account::Provider) {
                let fell_by_cash_only = books.of(account) >= before.of(account).min(0)
                    || journal.entries().iter().any(|entry| {
                        entry.account() == account && entry.category() == EntryCategory::Commission
                    });
                prop_assert!(fell_by_cash_only);
            }
        }
    }

    #[test]
    fn no_bill_makes_a_posting_panic(total: i64, fee: i64, service: i64, discount: i64, earnings: i64) {
        let bill = Bill {
            duration_minutes: 1,
            base_amount: Rupiah::ZERO,
            service_fee: Rupiah::new(service),
            discount: Rupiah::new(discount),
            total_amount: Rupiah::new(total),
            platform_fee: Rupiah::new(fee),
            provider_earnings: Rupiah::new(earnings),
        };
        let _ = Journal::cash_payment(provider(), &bill);
        let _ = Journal::wallet_payment(client(), provider(), &bill);
    }
}
