//! Posting on a real database: once per key, never through a floor, and every tampering shows.

use std::sync::Arc;

use rapi_core::ledger::Journal;
use rapi_core::pricing::{Tariff, bill_for_minutes};
use rapi_core::{Id, Rupiah, values};
use tempfile::TempDir;
use uuid::Uuid;

use super::post::{JournalKind, Posted, Reference, post};
use super::service::check_ledger;
use super::wallets;
use crate::app::{App, AppState};
use crate::platform::bus::NoBus;
use crate::platform::error::again;
use crate::platform::{ApiError, ApiResult, ManualClock};
use crate::settings::Settings;

const CLIENT: Id<values::User> = Id::new(Uuid::from_u128(1));
const PROVIDER: Id<values::User> = Id::new(Uuid::from_u128(2));

async fn open() -> (TempDir, AppState) {
    let dir = tempfile::tempdir().unwrap();
    let settings = Settings { data_dir: dir.path().to_path_buf(), ..Settings::default() };
    let clock = ManualClock::at("2026-11-23T02:00:00Z".parse().unwrap());
    let app = App::open(settings, Arc::new(clock), Arc::new(NoBus)).await.unwrap();
    (dir, app)
}

async fn posted(app: &AppState, journal: &Journal, kind: JournalKind, key: &str, reference: Reference) -> ApiResult<Posted> {
    let tx = app.db.write().await?;
    let posted = post(app, &tx, journal, kind, key, reference).await?;
    tx.commit().await?;
    Ok(posted)
}

async fn top_up(app: &AppState, amount: i64) {
    let journal = Journal::top_up(CLIENT, Rupiah::new(amount)).unwrap();
    posted(app, &journal, JournalKind::TopUp, &format!("top_up:{amount}"), Reference::TopUp(app.ids.uuid())).await.unwrap();
}

/// Ten minutes of cleaning: 2 000 from the client, 1 800 to the provider.
fn job() -> Journal {
    let tariff = Tariff { rate_per_5_minutes: Rupiah::new(1_000), service_fee: Rupiah::ZERO, platform_percent: 10, max_amount: None };
    let bill = bill_for_minutes(&tariff, 10, Rupiah::ZERO).unwrap();
    Journal::wallet_payment(CLIENT, PROVIDER, &bill).unwrap()
}

async fn spend(app: &AppState, key: &str) -> ApiResult<Posted> {
    let reference = Reference::Payment { payment: app.ids.uuid(), order: app.ids.uuid() };
    posted(app, &job(), JournalKind::WalletPayment, key, reference).await
}

async fn balance(app: &AppState, person: Id<values::User>) -> i64 {
    wallets::answer(wallets::of(app.db.read(), person).await.unwrap()).balance.get()
}

async fn faults(app: &AppState) -> Vec<String> {
    let proof = check_ledger(app.db.read()).await.unwrap();
    assert_eq!(proof.is_balanced, proof.faults.is_empty());
    proof.faults
}

fn is_short(result: &ApiResult<Posted>) -> bool {
    matches!(result, Err(ApiError::Refused { code: "insufficient_balance", .. }))
}

#[tokio::test]
async fn a_journal_is_posted_once_however_often_its_key_comes() {
    let (_dir, app) = open().await;
    top_up(&app, 10_000).await;
    assert!(matches!(spend(&app, "payment:1").await.unwrap(), Posted::Now(_)));
    assert_eq!(spend(&app, "payment:1").await.unwrap(), Posted::Before);
    assert_eq!((balance(&app, CLIENT).await, balance(&app, PROVIDER).await), (8_000, 1_800));
    let proof = check_ledger(app.db.read()).await.unwrap();
    assert_eq!((proof.journals, proof.entries, proof.sum), (2, 5, Rupiah::ZERO));
    assert_eq!(proof.faults, Vec::<String>::new());
}

#[tokio::test]
async fn what_is_not_there_is_not_spent_and_leaves_no_trace() {
    let (_dir, app) = open().await;
    top_up(&app, 1_999).await;
    assert!(is_short(&spend(&app, "payment:1").await));
    assert_eq!((balance(&app, CLIENT).await, balance(&app, PROVIDER).await), (1_999, 0));
    assert_eq!(check_ledger(app.db.read()).await.unwrap().journals, 1, "the key is free again");
    top_up(&app, 1).await;
    spend(&app, "payment:1").await.unwrap();
    assert_eq!(balance(&app, CLIENT).await, 0);
    assert_eq!(faults(&app).await, Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread")]
async fn fifty_tasks_spending_one_wallet_leave_it_exactly_right() {
    let (_dir, app) = open().await;
    top_up(&app, 61_000).await;
    let tasks: Vec<_> = (0..50)
        .map(|task| {
            let app = Arc::clone(&app);
            // As a request does.
            tokio::spawn(async move { again(|| async { spend(&app, &format!("payment:{task}")).await }).await })
        })
        .collect();
    let mut paid = 0;
    for task in tasks {
        let result = task.await.unwrap();
        assert!(result.is_ok() || is_short(&result), "{result:?}");
        paid += i64::from(result.is_ok());
    }
    assert_eq!(paid, 30);
    assert_eq!((balance(&app, CLIENT).await, balance(&app, PROVIDER).await), (1_000, 30 * 1_800));
    assert_eq!(faults(&app).await, Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread")]
async fn one_key_from_ten_tasks_moves_the_money_once() {
    let (_dir, app) = open().await;
    top_up(&app, 61_000).await;
    let tasks: Vec<_> = (0..10)
        .map(|_| {
            let app = Arc::clone(&app);
            tokio::spawn(async move { spend(&app, "payment:1").await })
        })
        .collect();
    let mut moved = 0;
    for task in tasks {
        moved += i32::from(matches!(task.await.unwrap().unwrap(), Posted::Now(_)));
    }
    assert_eq!((moved, balance(&app, CLIENT).await), (1, 59_000));
}

#[tokio::test]
async fn the_database_itself_keeps_a_client_at_zero_or_more() {
    let (_dir, app) = open().await;
    top_up(&app, 5_000).await;
    assert!(app.db.run("UPDATE wallets SET balance = -1 WHERE account = 'CLIENT_WALLET'").await.is_err());
}

#[tokio::test]
async fn the_proof_finds_whatever_was_tampered_with() {
    let tampered = [
        ("UPDATE wallet_transactions SET amount = amount + 1 WHERE category = 'TOP_UP' AND account = 'CLIENT_WALLET'", "sums to 1"),
        ("UPDATE wallet_transactions SET amount = amount + 1 WHERE category = 'TOP_UP'", "does not follow"),
        (
            "UPDATE wallet_transactions SET balance_after = balance_after + 1 WHERE type = 'DEBIT' AND wallet_id IS NOT NULL",
            "does not follow",
        ),
        ("UPDATE wallets SET balance = balance + 1 WHERE account = 'CLIENT_WALLET'", "its lines say 8000"),
        ("UPDATE wallets SET pending_balance = 5 WHERE account = 'PROVIDER_EARNINGS'", "5 pending"),
        ("UPDATE wallets SET frozen_balance = 7 WHERE account = 'PROVIDER_EARNINGS'", "7 frozen"),
        ("DELETE FROM wallet_transactions WHERE account = 'PROVIDER_EARNINGS'", "sums to -1800"),
        ("DELETE FROM wallet_transactions WHERE category = 'TOP_UP'", "has 0 lines"),
        ("UPDATE wallet_transactions SET sequence = 9 WHERE sequence = 2", "does not follow"),
    ];
    for (sql, finding) in tampered {
        let (_dir, app) = open().await;
        top_up(&app, 10_000).await;
        spend(&app, "payment:1").await.unwrap();
        assert_eq!(faults(&app).await, Vec::<String>::new());
        app.db.run(sql).await.unwrap();
        let found = faults(&app).await;
        assert!(found.iter().any(|fault| fault.contains(finding)), "{sql}: {found:?}");
    }
}
