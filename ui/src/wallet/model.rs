//! What the wallet shows.

use rapi_core::Timestamp;
use rapi_core::ledger::{EntryCategory, EntryType};
use rapi_core::orders::Zone;
use rapi_core::values::Rupiah;
use rapi_core::wire::payments::{WalletResponse, WalletTransactionItem, WithdrawalItem, WithdrawalStatus};
use rapi_core::wire::people::UserType;

use crate::controls::{Icon, TagTone};
use crate::formats::Zoned;
use crate::text::{Text, Word};

/// The backend moves no less than this to a bank.
pub(super) const LEAST_WITHDRAWAL: Rupiah = Rupiah::new(10_000);

/// What is there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WalletView {
    /// To spend or withdraw.
    pub balance: Rupiah,
    /// Earned, not yet paid; of providers.
    pub pending: Option<Rupiah>,
    /// On its way to the bank; while there is some.
    pub frozen: Option<Rupiah>,
    /// May money be put in? Otherwise it may be taken out.
    pub takes_top_ups: bool,
}

impl WalletView {
    /// The wallet of a person of this kind.
    #[must_use]
    pub fn of(wallet: &WalletResponse, user_type: UserType) -> Self {
        let is_provider = user_type == UserType::ServiceProvider;
        Self {
            balance: wallet.balance,
            pending: is_provider.then_some(wallet.pending_balance),
            frozen: Some(wallet.frozen_balance).filter(|frozen| frozen.is_positive()),
            takes_top_ups: !is_provider,
        }
    }

    /// Is there enough for a withdrawal?
    #[must_use]
    pub fn can_withdraw(&self) -> bool {
        !self.takes_top_ups && self.balance >= LEAST_WITHDRAWAL
    }
}

/// A line of the statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatementLine {
    /// Tells it from the others.
    pub id: String,
    /// What for.
    pub title: Word,
    /// Drawn in front.
    pub icon: Icon,
    /// `+Rp50.000`.
    pub amount: String,
    /// Came it in?
    pub is_in: bool,
    /// When.
    pub at: Timestamp,
}

impl StatementLine {
    /// How `item` is shown.
    #[must_use]
    pub fn of(item: &WalletTransactionItem) -> Self {
        let is_in = item.entry_type.known() == Some(&EntryType::Credit);
        let (title, icon) = match (item.category.known(), is_in) {
            (Some(EntryCategory::TopUp), _) => (Word::StatementTopUp, Icon::Plus),
            (Some(EntryCategory::Payment), true) => (Word::StatementEarned, Icon::Sparkles),
            (Some(EntryCategory::Payment), false) => (Word::StatementPaid, Icon::Receipt),
            (Some(EntryCategory::Refund), _) => (Word::StatementRefund, Icon::RefreshCw),
            (Some(EntryCategory::Withdrawal), true) => (Word::StatementWithdrawalBack, Icon::Landmark),
            (Some(EntryCategory::Withdrawal), false) => (Word::StatementWithdrawal, Icon::Landmark),
            (Some(EntryCategory::Commission), _) => (Word::StatementCommission, Icon::Scale),
            (Some(EntryCategory::Fee) | None, _) => (Word::StatementOther, Icon::Receipt),
        };
        let amount = format!("{}{}", if is_in { "+" } else { "−" }, item.amount);
        Self { id: item.id.to_string(), title, icon, amount, is_in, at: item.created_at }
    }

    /// When, and its number for people.
    #[must_use]
    pub fn when(&self, now: Timestamp, text: Text) -> String {
        Zoned::within(self.at, Zone::Western).when(now, text)
    }
}

/// Earnings on their way to the bank.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WithdrawalLine {
    /// Tells it from the others.
    pub id: String,
    /// How much.
    pub amount: Rupiah,
    /// `BCA ••••1234`.
    pub account: String,
    /// How far it has come.
    pub state: (TagTone, Word),
    /// What the admin wrote.
    pub notes: Option<String>,
}

impl WithdrawalLine {
    /// How `item` is shown.
    #[must_use]
    pub fn of(item: &WithdrawalItem) -> Self {
        let state = match item.status.known() {
            Some(WithdrawalStatus::Pending) => (TagTone::Quiet, Word::WithdrawalPending),
            Some(WithdrawalStatus::Processing) => (TagTone::Info, Word::WithdrawalProcessing),
            Some(WithdrawalStatus::Completed) => (TagTone::Good, Word::WithdrawalCompleted),
            Some(WithdrawalStatus::Rejected) => (TagTone::Bad, Word::WithdrawalRejected),
            None => (TagTone::Quiet, Word::WithdrawalProcessing),
        };
        let account = format!("{} {}", item.bank_name, item.bank_account_number_masked);
        Self { id: item.id.to_string(), amount: item.amount, account, state, notes: item.admin_notes.clone() }
    }
}

#[cfg(test)]
mod tests {
    use rapi_core::wire::payments::WithdrawalRequest;
    use rapi_core::wire::{Checks, Validate as _};

    use super::*;

    fn wallet(frozen: i64) -> WalletResponse {
        let money = Rupiah::new;
        WalletResponse { balance: money(412_000), pending_balance: money(21_600), frozen_balance: money(frozen), currency: "IDR".into() }
    }

    #[test]
    fn clients_put_money_in_and_providers_take_it_out() {
        let (client, provider) = (WalletView::of(&wallet(0), UserType::Client), WalletView::of(&wallet(0), UserType::ServiceProvider));
        assert_eq!((client.takes_top_ups, client.pending), (true, None));
        assert_eq!((provider.takes_top_ups, provider.pending), (false, Some(Rupiah::new(21_600))));
    }

    #[test]
    fn a_withdrawal_is_offered_from_the_amount_on_that_the_backend_takes() {
        let with = |balance| WalletView { balance, ..WalletView::of(&wallet(0), UserType::ServiceProvider) };
        let less = LEAST_WITHDRAWAL - Rupiah::new(1);
        assert_eq!([with(less), with(LEAST_WITHDRAWAL)].map(|view| view.can_withdraw()), [false, true]);
        let taken = |amount| {
            let request = WithdrawalRequest {
                amount,
                bank_name: "BCA".into(),
                bank_account_number: "1234567890".to_owned().into(),
                bank_account_name: "Wati".into(),
            };
            let mut checks = Checks::default();
            request.validate(&mut checks);
            checks.finish().is_ok()
        };
        assert_eq!([taken(less), taken(LEAST_WITHDRAWAL)], [false, true]);
    }

    #[test]
    fn money_on_its_way_to_the_bank_is_shown_while_there_is_some() {
        assert_eq!(WalletView::of(&wallet(0), UserType::ServiceProvider).frozen, None);
        assert_eq!(WalletView::of(&wallet(5), UserType::ServiceProvider).frozen, Some(Rupiah::new(5)));
    }

    #[test]
    fn the_sign_says_which_way_money_went() {
        let item = |entry_type, category| WalletTransactionItem {
            id: Default::default(),
            transaction_number: "T-1".into(),
            entry_type: OrUnknown::Known(entry_type),
            category: OrUnknown::Known(category),
            amount: Rupiah::new(24_600),
            balance_before: Rupiah::ZERO,
            balance_after: Rupiah::ZERO,
            reference_id: None,
            reference_type: None,
            description: None,
            created_at: Timestamp::default(),
        };
        let paid = StatementLine::of(&item(EntryType::Debit, EntryCategory::Payment));
        assert_eq!((paid.title, paid.amount.as_str()), (Word::StatementPaid, "−Rp24.600"));
        let earned = StatementLine::of(&item(EntryType::Credit, EntryCategory::Payment));
        assert_eq!((earned.title, earned.amount.as_str()), (Word::StatementEarned, "+Rp24.600"));
    }

    use rapi_core::wire::OrUnknown;
}
