//! Earnings going out, and the proof of the books.

use super::*;
use crate::client::Client;
use crate::harness::{Backend, Engine, on_both};
use crate::jobs::{MINUTE, faults, renew, wallet};
use futures_util::future::join_all;
use serde_json::{Value, json};
use std::time::Duration;

fn withdrawal(amount: i64) -> Value {
    json!({ "amount": amount, "bank_name": "BCA", "bank_account_number": "9876543210", "bank_account_name": "Wati Lestari" })
}

/// A provider who earned 170 minutes of cleaning, Rp30.600.
async fn earner(backend: &Backend) -> Client {
    let mut job = backend.at_the_door("E_WALLET", None).await;
    job.work(170 * MINUTE).await;
    job.pay("E_WALLET").await.expect(200);
    backend.advance(Duration::from_millis(500));
    job.bill_becomes("COMPLETED").await;
    assert_eq!(wallet(&job.provider).await, [30_600, 0, 0]);
    job.provider
}

#[tokio::test(flavor = "multi_thread")]
async fn a_withdrawal_is_frozen_until_an_admin_decides() {
    on_both(async |engine| {
        let backend = Backend::with_manual_clock(engine).await;
        let provider = earner(&backend).await;
        let admin = backend.admin().await;
        let decide = async |id: &Value, step: &str, body: Value| {
            admin.post(&format!("admin/withdrawals/{}/{step}", id.as_str().unwrap()), body).await
        };
        let asked = provider.post_once("wallet/withdrawals", "tarik", withdrawal(10_600)).await.expect(201);
        assert_eq!(provider.post_once("wallet/withdrawals", "tarik", withdrawal(10_600)).await.expect(201), asked);
        assert_eq!((&asked["status"], &asked["bank_account_number_masked"]), (&json!("PENDING"), &json!("••••3210")));
        assert_eq!(wallet(&provider).await, [20_000, 0, 10_600]);
        assert_eq!(faults(&backend).await, NOTHING);

        let id = &asked["id"];
        decide(id, "complete", json!({})).await.refused(409, "invalid_transition");
        let approved = decide(id, "approve", json!({})).await.expect(200);
        assert_eq!((&approved["status"], &approved["bank_account_number"]), (&json!("PROCESSING"), &json!("9876543210")));
        assert_eq!((&approved["provider_name"], wallet(&provider).await), (&json!("Wati Lestari"), [20_000, 0, 10_600]));
        let done = decide(id, "complete", json!({})).await.expect(200);
        assert_eq!((&done["status"], &done["bank_account_number"]), (&json!("COMPLETED"), &Value::Null));
        assert_eq!(decide(id, "complete", json!({})).await.expect(200), done);
        decide(id, "reject", json!({ "admin_notes": "terlambat" })).await.refused(409, "invalid_transition");
        assert_eq!(wallet(&provider).await, [20_000, 0, 0]);

        backend.advance(Duration::from_millis(1));
        let second = provider.post("wallet/withdrawals", withdrawal(20_000)).await.expect(201);
        assert_eq!(wallet(&provider).await, [0, 0, 20_000]);
        decide(&second["id"], "reject", json!({})).await.refused(422, "invalid_input");
        let reason = json!({ "admin_notes": "Nama rekening berbeda" });
        decide(&second["id"], "reject", reason.clone()).await.expect(200);
        decide(&second["id"], "reject", reason).await.expect(200);
        assert_eq!(wallet(&provider).await, [20_000, 0, 0]);
        assert_eq!(statement(&provider).await[0], line("CREDIT", "WITHDRAWAL", 20_000, 20_000));
        let hers = provider.get("wallet/withdrawals").await.expect(200);
        assert_eq!((&hers["items"][0]["status"], &hers["items"][0]["admin_notes"]), (&json!("REJECTED"), &json!("Nama rekening berbeda")));
        assert_eq!(admin.get("admin/withdrawals?status=COMPLETED").await.expect(200)["items"].as_array().unwrap().len(), 1);
        assert_eq!(faults(&backend).await, NOTHING);
        backend.stop().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn withdrawals_are_sorted_by_age_and_by_amount_over_all_pages() {
    on_both(async |engine| {
        let backend = Backend::with_manual_clock(engine).await;
        let provider = earner(&backend).await;
        for amount in [10_000, 10_400, 10_000] {
            provider.post("wallet/withdrawals", withdrawal(amount)).await.expect(201);
        }
        let admin = backend.admin().await;
        let in_pages = async |sort: &str| {
            let (mut found, mut cursor) = (Vec::new(), String::new());
            loop {
                let page = admin.get(&format!("admin/withdrawals?status=PENDING&limit=1&sort={sort}{cursor}")).await.expect(200);
                let items = page["items"].as_array().unwrap();
                found.extend(items.iter().map(|item| (item["amount"].as_i64().unwrap(), item["id"].as_str().unwrap().to_owned())));
                let Some(next) = page["next_cursor"].as_str() else { return found };
                cursor = format!("&cursor={next}");
            }
        };
        let oldest = in_pages("oldest").await;
        let mut by_amount = oldest.clone();
        by_amount.sort();
        assert_eq!(oldest.iter().map(|(amount, _)| *amount).collect::<Vec<_>>(), [10_000, 10_400, 10_000]);
        assert_eq!(in_pages("amount").await, by_amount);
        by_amount.reverse();
        assert_eq!(in_pages("amount_desc").await, by_amount);
        assert_eq!(in_pages("newest").await, oldest.into_iter().rev().collect::<Vec<_>>());
        backend.stop().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_withdraws_what_is_not_there() {
    on_both(async |engine| {
        let backend = Backend::with_manual_clock(engine).await;
        let mut provider = earner(&backend).await;
        provider.post("wallet/withdrawals", withdrawal(30_601)).await.refused(422, "insufficient_balance");
        let replies = join_all((0..20).map(|_| provider.post("wallet/withdrawals", withdrawal(10_000)))).await;
        let mut statuses: Vec<u16> = replies.iter().map(|reply| reply.status).collect();
        statuses.sort_unstable();
        assert_eq!(statuses, [[201; 3].as_slice(), &[422; 17]].concat());
        renew(&mut provider).await;
        assert_eq!(wallet(&provider).await, [600, 0, 30_000]);
        assert_eq!(faults(&backend).await, NOTHING);
        backend.client().await.post("wallet/withdrawals", withdrawal(10_000)).await.refused(403, "wrong_role");
        let bad = json!({ "amount": 10_000, "bank_name": "BCA", "bank_account_number": "12-34", "bank_account_name": "W" });
        provider.post("wallet/withdrawals", bad).await.refused(422, "invalid_input");
        backend.stop().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_proof_of_the_books_names_what_was_tampered_with() {
    on_both(async |engine| {
        let backend = Backend::with_manual_clock(engine).await;
        let provider = earner(&backend).await;
        let admin = backend.admin().await;
        let proof = admin.get("admin/ledger/check").await.expect(200);
        assert_eq!(
            (&proof["is_balanced"], &proof["journals"], &proof["entries"], &proof["sum"]),
            (&json!(true), &json!(1), &json!(3), &json!(0))
        );
        for sql in [
            "UPDATE wallet_transactions SET amount = amount + 1 WHERE account = 'PROVIDER_EARNINGS'",
            "UPDATE payments SET status = 'FAILED'",
            "UPDATE wallets SET frozen_balance = 1",
        ] {
            backend.app().db.run(sql).await.unwrap();
            let proof = admin.get("admin/ledger/check").await.expect(200);
            assert_eq!(proof["is_balanced"], false, "{sql}: {proof}");
        }
        let found = faults(&backend).await.join("\n");
        for finding in ["sums to 1", "does not follow", "FAILED with 1 journals instead of 0", "1 frozen", "0 pending"] {
            assert!(found.contains(finding), "{finding}: {found}");
        }
        provider.get("admin/ledger/check").await.refused(403, "wrong_role");
        backend.stop().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_untouched_wallet_is_empty() {
    let backend = Backend::start(Engine::Sqlite).await;
    let client = backend.client().await;
    assert_eq!((wallet(&client).await, statement(&client).await), ([0, 0, 0], vec![]));
    backend.stop().await;
}
