//! The proof of the books: reads every line there is and says what does not add up.

use std::collections::{BTreeMap, HashMap};

use rapi_core::Rupiah;
use rapi_core::ledger::{AccountKind, EntryType};
use rapi_core::wire::admin::LedgerCheckResponse;
use rapi_core::wire::payments::{PaymentStatus, WithdrawalStatus};
use sea_orm::entity::prelude::*;
use sea_orm::{QueryOrder, QuerySelect};

use super::entities::{journals, lines, payments, wallets, withdrawals};
use crate::platform::ApiResult;

/// Rows read at once.
const CHUNK: u64 = 500;
/// Faults named; more are only counted.
const MOST_FAULTS: usize = 200;

/// Checks the books as `connection` sees them; give it a snapshot when others write meanwhile.
///
/// Every journal sums to zero and so does the whole book; each balance follows from its wallet's lines, and each line from the
/// one before; no client is below zero; a bill has one journal once it is paid and none before; what is pending and frozen is
/// what open bills and withdrawals say.
///
/// # Errors
/// When the database cannot be read.
pub async fn check_ledger(connection: &impl ConnectionTrait) -> ApiResult<LedgerCheckResponse> {
    let mut check = Check::default();
    check.journals(connection).await?;
    check.payments(connection).await?;
    let open = Open { pending: pending(connection).await?, frozen: frozen(connection).await? };
    check.wallets(connection, open).await?;
    Ok(check.finish())
}

#[derive(Default)]
struct Check {
    journals: i64,
    entries: i64,
    sum: i128,
    faults: Vec<String>,
    more_faults: usize,
}

/// What wallets should say beside their balances, by person.
struct Open {
    pending: HashMap<Uuid, i64>,
    frozen: HashMap<Uuid, i64>,
}

impl Check {
    fn fault(&mut self, fault: String) {
        if self.faults.len() < MOST_FAULTS { self.faults.push(fault) } else { self.more_faults += 1 }
    }

    fn expect(&mut self, holds: bool, fault: impl FnOnce() -> String) {
        if !holds {
            self.fault(fault());
        }
    }

    fn finish(mut self) -> LedgerCheckResponse {
        let sum = i64::try_from(self.sum).unwrap_or(i64::MAX);
        self.expect(sum == 0, || format!("the whole book sums to {sum}"));
        let is_balanced = self.faults.is_empty();
        if self.more_faults > 0 {
            self.faults.push(format!("and {} more", self.more_faults));
        }
        LedgerCheckResponse { is_balanced, journals: self.journals, entries: self.entries, sum: Rupiah::new(sum), faults: self.faults }
    }

    async fn journals(&mut self, connection: &impl ConnectionTrait) -> Result<(), DbErr> {
        let mut last = Uuid::nil();
        loop {
            let chunk = journals::Entity::find().filter(journals::Column::Id.gt(last)).order_by_asc(journals::Column::Id).limit(CHUNK);
            let chunk = chunk.all(connection).await?;
            let Some(end) = chunk.last() else { return Ok(()) };
            last = end.id;
            let ids = chunk.iter().map(|journal| journal.id);
            let lines = lines::Entity::find().filter(lines::Column::JournalId.is_in(ids)).all(connection).await?;
            let mut sums: BTreeMap<Uuid, (usize, i128)> = BTreeMap::new();
            for line in &lines {
                let (count, sum) = sums.entry(line.journal_id).or_default();
                *count += 1;
                *sum += i128::from(signed(line));
            }
            for journal in &chunk {
                let (count, sum) = sums.get(&journal.id).copied().unwrap_or_default();
                self.journals += 1;
                self.entries += i64::try_from(count).unwrap_or(i64::MAX);
                self.sum += sum;
                self.expect(count >= 2, || format!("journal {} has {count} lines", journal.id));
                self.expect(sum == 0, || format!("journal {} sums to {sum}", journal.id));
            }
        }
    }

    async fn payments(&mut self, connection: &impl ConnectionTrait) -> ApiResult<()> {
        let mut last = Uuid::nil();
        loop {
            let chunk = payments::Entity::find().filter(payments::Column::Id.gt(last)).order_by_asc(payments::Column::Id).limit(CHUNK);
            let chunk = chunk.all(connection).await?;
            let Some(end) = chunk.last() else { return Ok(()) };
            last = end.id;
            let ids = chunk.iter().map(|payment| payment.id);
            let posted = journals::Entity::find().filter(journals::Column::ReferenceId.is_in(ids)).all(connection).await?;
            let mut counts: HashMap<Uuid, usize> = HashMap::new();
            let kinds = ["wallet_payment", "cash_payment", "gateway_payment"];
            posted.iter().filter(|journal| kinds.contains(&journal.kind.as_str())).for_each(|journal| {
                *counts.entry(journal.reference_id).or_default() += 1;
            });
            for payment in &chunk {
                let is_paid = matches!(payment.status()?, PaymentStatus::Completed | PaymentStatus::Refunded);
                let moves = payment.journal(payment.method()?).map(|journal| journal.is_some());
                let expected = usize::from(is_paid && moves.unwrap_or(true));
                let found = counts.get(&payment.id).copied().unwrap_or_default();
                self.expect(found == expected, || {
                    format!("payment {} is {} with {found} journals instead of {expected}", payment.id, payment.status)
                });
            }
        }
    }

    async fn wallets(&mut self, connection: &impl ConnectionTrait, mut open: Open) -> Result<(), DbErr> {
        let mut last = Uuid::nil();
        loop {
            let chunk = wallets::Entity::find().filter(wallets::Column::Id.gt(last)).order_by_asc(wallets::Column::Id).limit(CHUNK);
            let chunk = chunk.all(connection).await?;
            let Some(end) = chunk.last() else { break };
            last = end.id;
            for wallet in chunk {
                let (pending, frozen) = (open.pending.remove(&wallet.user_id), open.frozen.remove(&wallet.user_id));
                self.wallet(connection, &wallet, pending.unwrap_or(0), frozen.unwrap_or(0)).await?;
            }
        }
        for person in open.pending.into_iter().chain(open.frozen).filter(|(_, amount)| *amount != 0).map(|(person, _)| person) {
            self.fault(format!("user {person} has open bills or withdrawals and no wallet"));
        }
        Ok(())
    }

    async fn wallet(&mut self, connection: &impl ConnectionTrait, wallet: &wallets::Model, pending: i64, frozen: i64) -> Result<(), DbErr> {
        let id = wallet.id;
        let (mut sequence, mut balance) = (0, 0);
        loop {
            let chunk = lines::Entity::find()
                .filter(lines::Column::WalletId.eq(id))
                .filter(lines::Column::Sequence.gt(sequence))
                .order_by_asc(lines::Column::Sequence)
                .limit(CHUNK);
            let chunk = chunk.all(connection).await?;
            if chunk.is_empty() {
                break;
            }
            for line in &chunk {
                let follows = line.sequence == Some(sequence + 1)
                    && line.balance_before == Some(balance)
                    && line.balance_after == balance.checked_add(signed(line))
                    && line.account == wallet.account;
                self.expect(follows, || format!("line {} of wallet {id} does not follow from the one before", line.id));
                sequence = line.sequence.unwrap_or(sequence + 1);
                balance = line.balance_after.unwrap_or(balance);
            }
        }
        let (has, said) = ((wallet.balance, wallet.last_sequence), (balance, sequence));
        self.expect(has == said, || format!("wallet {id} has {} after {} lines, its lines say {balance} after {sequence}", has.0, has.1));
        let is_clients = wallet.account == AccountKind::ClientWallet.as_str();
        self.expect(!is_clients || wallet.balance >= 0, || format!("wallet {id} of a client is below zero"));
        let (here, there) = (wallet.pending_balance, wallet.frozen_balance);
        self.expect(here == pending, || format!("wallet {id} has {here} pending, its open bills say {pending}"));
        self.expect(there == frozen, || format!("wallet {id} has {there} frozen, its open withdrawals say {frozen}"));
        Ok(())
    }
}

fn signed(line: &lines::Model) -> i64 {
    if line.entry_type == EntryType::Debit.as_str() { -line.amount } else { line.amount }
}

/// Earnings of bills not yet paid and not taken back, by provider.
async fn pending(connection: &impl ConnectionTrait) -> Result<HashMap<Uuid, i64>, DbErr> {
    let open = [PaymentStatus::Pending, PaymentStatus::Processing, PaymentStatus::Failed].map(PaymentStatus::as_str);
    let bills: Vec<(Uuid, i64)> = payments::Entity::find()
        .filter(payments::Column::Status.is_in(open))
        .filter(payments::Column::VoidedAt.is_null())
        .select_only()
        .columns([payments::Column::ServiceProviderId, payments::Column::ProviderEarnings])
        .into_tuple()
        .all(connection)
        .await?;
    Ok(summed(bills))
}

/// Withdrawals not yet done, by provider.
async fn frozen(connection: &impl ConnectionTrait) -> Result<HashMap<Uuid, i64>, DbErr> {
    let open = [WithdrawalStatus::Pending, WithdrawalStatus::Processing].map(WithdrawalStatus::as_str);
    let asked: Vec<(Uuid, i64)> = withdrawals::Entity::find()
        .filter(withdrawals::Column::Status.is_in(open))
        .select_only()
        .columns([withdrawals::Column::UserId, withdrawals::Column::Amount])
        .into_tuple()
        .all(connection)
        .await?;
    Ok(summed(asked))
}

fn summed(amounts: Vec<(Uuid, i64)>) -> HashMap<Uuid, i64> {
    amounts.into_iter().fold(HashMap::new(), |mut sums, (person, amount)| {
        *sums.entry(person).or_default() += amount;
        sums
    })
}
