//! Money: to the rupiah, once, and never what is not there.

mod earnings;

use std::time::Duration;

use futures_util::future::join_all;
use serde_json::{Value, json};

use crate::client::Client;
use crate::harness::{Backend, on_both, until};
use crate::jobs::{MINUTE, faults, top_up, wallet};

const NOTHING: Vec<String> = Vec::new();

async fn statement(person: &Client) -> Vec<(String, String, i64, i64)> {
    let page = person.get("wallet/transactions").await.expect(200);
    let line = |line: &Value| {
        let text = |name: &str| line[name].as_str().unwrap().to_owned();
        (text("type"), text("category"), line["amount"].as_i64().unwrap(), line["balance_after"].as_i64().unwrap())
    };
    page["items"].as_array().unwrap().iter().map(line).collect()
}

fn line(entry_type: &str, category: &str, amount: i64, after: i64) -> (String, String, i64, i64) {
    (entry_type.to_owned(), category.to_owned(), amount, after)
}

fn history(bill: &Value) -> Vec<&str> {
    bill["payment_history"].as_array().unwrap().iter().map(|step| step["status"].as_str().unwrap()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn both_sides_read_of_the_bill_and_its_payment() {
    on_both(async |engine| {
        let backend = Backend::with_manual_clock(engine).await;
        let mut job = backend.at_the_door("CASH", None).await;
        job.work(60 * MINUTE).await;
        job.confirm_cash().await.expect(200);
        let notices = async |person: &Client| {
            let inbox = person.get("notifications").await.expect(200);
            let mut of_money = inbox["items"].as_array().unwrap().clone();
            of_money.retain(|notice| notice["type"] == "PAYMENT");
            of_money.iter().map(|notice| notice["message"].as_str().unwrap().to_owned()).collect::<Vec<_>>().join("\n")
        };
        let (his, hers) = (notices(&job.client).await, notices(&job.provider).await);
        assert!(his.contains("Tagihan") && his.contains("Pembayaran Rp12.000"), "{his}");
        assert!(hers.contains("Pendapatan Anda Rp10.800") && !hers.contains("Tagihan"), "{hers}");
        for person in [&job.client, &job.provider] {
            let heard = until("the events of the bill", async || {
                let feed = person.get("me/events").await.expect(200);
                let of_bill = feed["items"].as_array().unwrap().iter().filter(|event| event["type"] == "payment.changed");
                let statuses: Vec<_> = of_bill.map(|event| event["data"]["status"].as_str().unwrap().to_owned()).collect();
                (statuses.len() == 2).then_some(statuses)
            });
            assert_eq!(heard.await, ["PENDING", "COMPLETED"]);
        }
        backend.stop().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn cash_leaves_the_provider_owing_the_commission_and_nothing_else() {
    on_both(async |engine| {
        let backend = Backend::with_manual_clock(engine).await;
        let mut job = backend.at_the_door("CASH", None).await;
        job.pay("CASH").await.refused(409, "invalid_transition");
        job.confirm_cash().await.refused(409, "invalid_transition");
        job.work(60 * MINUTE).await;
        assert_eq!(wallet(&job.provider).await, [0, 10_800, 0]);

        assert_eq!(job.pay("CASH").await.expect(200)["status"], "PROCESSING");
        assert_eq!(wallet(&job.provider).await, [0, 10_800, 0], "nobody has confirmed anything");
        let paid = job.confirm_cash().await.expect(200);
        assert_eq!((&paid["status"], &paid["payment_method"]), (&json!("COMPLETED"), &json!("CASH")));
        assert_eq!(history(&paid), ["PENDING", "PROCESSING", "PROCESSING", "COMPLETED"]);
        assert_eq!(job.confirm_cash().await.expect(200), paid, "confirmed twice");
        assert_eq!(job.pay("WALLET").await.expect(200), paid, "paid is paid");
        assert_eq!(wallet(&job.provider).await, [-1_200, 0, 0]);
        assert_eq!(wallet(&job.client).await, [0, 0, 0]);
        assert_eq!(statement(&job.provider).await, [line("DEBIT", "COMMISSION", 1_200, -1_200)]);
        assert_eq!(job.place().await, ("IN_PROGRESS".to_owned(), json!("awaiting_rating")));
        assert_eq!(faults(&backend).await, NOTHING);
        backend.stop().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn cash_may_be_confirmed_before_the_client_said_anything() {
    on_both(async |engine| {
        let backend = Backend::with_manual_clock(engine).await;
        let mut job = backend.at_the_door("E_WALLET", None).await;
        job.work(10 * MINUTE).await;
        let paid = job.confirm_cash().await.expect(200);
        assert_eq!((&paid["status"], &paid["payment_method"]), (&json!("COMPLETED"), &json!("CASH")));
        let order = job.client.get(&format!("orders/{}", job.order)).await.expect(200);
        assert_eq!((&order["payment_method"], &order["stage"]), (&json!("CASH"), &json!("awaiting_rating")));
        backend.stop().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wallet_pays_provider_and_platform_to_the_rupiah() {
    on_both(async |engine| {
        let backend = Backend::with_manual_clock(engine).await;
        let mut job = backend.at_the_door("WALLET", None).await;
        assert_eq!(top_up(&backend, &job.client, 20_000).await["status"], "COMPLETED");
        job.work(7 * MINUTE + Duration::from_secs(1)).await;
        let paid = job.pay("WALLET").await.expect(200);
        // 8 started minutes at Rp200.
        assert_eq!((&paid["status"], &paid["total_amount"]), (&json!("COMPLETED"), &json!(1_600)));
        assert!(paid["paid_at"].is_string());
        assert_eq!((wallet(&job.client).await, wallet(&job.provider).await), ([18_400, 0, 0], [1_440, 0, 0]));
        assert_eq!(statement(&job.client).await, [line("DEBIT", "PAYMENT", 1_600, 18_400), line("CREDIT", "TOP_UP", 20_000, 20_000)]);
        assert_eq!(statement(&job.provider).await, [line("CREDIT", "PAYMENT", 1_440, 1_440)]);
        job.confirm_cash().await.refused(409, "already_paid");
        assert_eq!(faults(&backend).await, NOTHING);

        let first = job.client.get("wallet/transactions?limit=1").await.expect(200);
        let cursor = first["next_cursor"].as_str().unwrap();
        let second = job.client.get(&format!("wallet/transactions?limit=1&cursor={cursor}")).await.expect(200);
        assert_eq!((&second["items"][0]["category"], &second["next_cursor"]), (&json!("TOP_UP"), &Value::Null));
        assert_eq!((&first["items"][0]["reference_type"], &first["items"][0]["reference_id"]), (&json!("ORDER"), &json!(job.order)));
        backend.stop().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wallet_without_enough_leaves_the_bill_open() {
    on_both(async |engine| {
        let backend = Backend::with_manual_clock(engine).await;
        let mut job = backend.at_the_door("WALLET", None).await;
        top_up(&backend, &job.client, 10_000).await;
        job.work(51 * MINUTE).await;
        job.pay("WALLET").await.refused(422, "insufficient_balance");
        assert_eq!((history(&job.bill().await), wallet(&job.client).await), (vec!["PENDING"], [10_000, 0, 0]));
        top_up(&backend, &job.client, 10_000).await;
        assert_eq!(job.pay("WALLET").await.expect(200)["status"], "COMPLETED");
        assert_eq!(wallet(&job.client).await, [9_800, 0, 0]);
        assert_eq!(faults(&backend).await, NOTHING);
        backend.stop().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn paying_ten_times_at_once_pays_once() {
    on_both(async |engine| {
        let backend = Backend::with_manual_clock(engine).await;
        for key in [Some("sekali"), None] {
            let mut job = backend.at_the_door("WALLET", None).await;
            top_up(&backend, &job.client, 50_000).await;
            job.work(10 * MINUTE).await;
            let path = format!("orders/{}/payment/pay", job.order);
            let pay = || async {
                let body = json!({ "payment_method": "WALLET" });
                match key {
                    Some(key) => job.client.post_once(&path, key, body).await,
                    None => job.client.post(&path, body).await,
                }
            };
            let replies = join_all((0..10).map(|_| pay())).await;
            assert!(replies.iter().all(|reply| reply.status == 200 && reply.body == replies[0].body), "{replies:?}");
            assert_eq!((wallet(&job.client).await, wallet(&job.provider).await), ([48_000, 0, 0], [1_800, 0, 0]));
        }
        assert_eq!(faults(&backend).await, NOTHING);
        backend.stop().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn wallet_and_cash_racing_settle_the_bill_one_way() {
    on_both(async |engine| {
        let backend = Backend::with_manual_clock(engine).await;
        let mut job = backend.at_the_door("WALLET", None).await;
        top_up(&backend, &job.client, 10_000).await;
        job.work(10 * MINUTE).await;
        let (paid, confirmed) = tokio::join!(job.pay("WALLET"), job.confirm_cash());
        let bill = job.bill().await;
        assert_eq!((paid.status, &bill["status"]), (200, &json!("COMPLETED")));
        let expected = if bill["payment_method"] == "CASH" {
            confirmed.expect(200);
            ([10_000, 0, 0], [-200, 0, 0])
        } else {
            confirmed.refused(409, "already_paid");
            ([8_000, 0, 0], [1_800, 0, 0])
        };
        assert_eq!((wallet(&job.client).await, wallet(&job.provider).await), expected);
        assert_eq!(faults(&backend).await, NOTHING);
        backend.stop().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_gateway_settles_by_itself() {
    on_both(async |engine| {
        let backend = Backend::with_manual_clock(engine).await;
        for (method, address) in [("E_WALLET", "qr_string"), ("BANK_TRANSFER", "redirect_url")] {
            let mut job = backend.at_the_door("CASH", None).await;
            job.work(10 * MINUTE).await;
            let begun = job.pay(method).await.expect(200);
            assert_eq!((&begun["status"], begun[address].is_string()), (&json!("PROCESSING"), true), "{begun}");
            let until = begun["pay_until"].as_str().and_then(|until| until.parse::<rapi_core::Timestamp>().ok()).unwrap();
            assert_eq!(until, backend.now() + Duration::from_secs(15 * 60));
            assert_eq!(job.pay(method).await.expect(200), begun);
            job.pay("WALLET").await.refused(409, "payment_in_progress");
            job.confirm_cash().await.refused(409, "payment_in_progress");
            backend.advance(Duration::from_millis(500));
            let paid = job.bill_becomes("COMPLETED").await;
            assert_eq!((&paid["payment_method"], &paid["payment_gateway"]), (&json!(method), &json!("simulator")));
            assert_eq!((wallet(&job.client).await, wallet(&job.provider).await), ([0, 0, 0], [1_800, 0, 0]));
            assert_eq!(job.place().await.1, "awaiting_rating");
        }
        assert_eq!(faults(&backend).await, NOTHING);
        backend.stop().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_payment_that_the_gateway_refuses_may_be_tried_again_another_way() {
    on_both(async |engine| {
        let backend = Backend::with(engine, |settings| settings.pricing.service_fee = rapi_core::Rupiah::new(799)).await;
        let job = backend.at_the_door("E_WALLET", None).await;
        job.clock("start").await.expect(200);
        job.clock("stop").await.expect(200);
        assert_eq!(job.bill().await["total_amount"], 999, "one minute and the fee");
        job.pay("E_WALLET").await.expect(200);
        let failed = job.bill_becomes("FAILED").await;
        assert_eq!((&failed["qr_string"], &failed["pay_until"]), (&Value::Null, &Value::Null));
        assert_eq!(job.place().await.1, "awaiting_payment");
        assert_eq!(wallet(&job.provider).await, [0, 180, 0]);
        job.pay("BANK_TRANSFER").await.expect(200);
        job.bill_becomes("FAILED").await;
        assert_eq!(job.pay("CASH").await.expect(200)["status"], "PROCESSING");
        assert_eq!(job.pay("CASH").await.expect(200)["status"], "PROCESSING");
        job.confirm_cash().await.expect(200);
        // She took 999, of which 180 are hers.
        assert_eq!(wallet(&job.provider).await, [-819, 0, 0]);
        assert_eq!(faults(&backend).await, NOTHING);
        backend.stop().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_meant_to_pay_in_cash_may_think_better_of_it() {
    on_both(async |engine| {
        let backend = Backend::with_manual_clock(engine).await;
        let mut job = backend.at_the_door("CASH", None).await;
        top_up(&backend, &job.client, 10_000).await;
        job.work(10 * MINUTE).await;
        job.pay("CASH").await.expect(200);
        assert_eq!(job.pay("WALLET").await.expect(200)["status"], "COMPLETED");
        assert_eq!((wallet(&job.client).await, wallet(&job.provider).await), ([8_000, 0, 0], [1_800, 0, 0]));
        backend.stop().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn bills_are_for_their_own_people() {
    on_both(async |engine| {
        let backend = Backend::with_manual_clock(engine).await;
        let mut job = backend.at_the_door("CASH", None).await;
        let path = format!("orders/{}/payment", job.order);
        job.client.get(&path).await.refused(404, "not_found");
        job.work(MINUTE).await;
        let (stranger, other) = (backend.client().await, backend.person("SERVICE_PROVIDER").await);
        stranger.get(&path).await.refused(404, "not_found");
        stranger.post(&format!("{path}/pay"), json!({ "payment_method": "CASH" })).await.refused(404, "not_found");
        other.post(&format!("{path}/confirm-cash"), json!({})).await.refused(404, "not_found");
        job.client.post(&format!("{path}/confirm-cash"), json!({})).await.refused(403, "wrong_role");
        job.provider.post(&format!("{path}/pay"), json!({ "payment_method": "CASH" })).await.refused(403, "wrong_role");
        job.client.post(&format!("{path}/pay"), json!({ "payment_method": "GOLD" })).await.refused(422, "invalid_input");
        backend.admin().await.get(&path).await.expect(200);
        backend.stop().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn top_ups_come_in_once_or_fail() {
    on_both(async |engine| {
        let backend = Backend::with_manual_clock(engine).await;
        let client = backend.client().await;
        let body = json!({ "amount": 50_000, "payment_method": "BANK_TRANSFER" });
        let asked = client.post_once("wallet/top-ups", "isi", body.clone()).await.expect(201);
        assert_eq!((&asked["status"], asked["redirect_url"].is_string()), (&json!("PROCESSING"), true));
        assert_eq!(client.post_once("wallet/top-ups", "isi", body).await.expect(201), asked);
        assert_eq!(wallet(&client).await, [0, 0, 0], "not before the gateway says so");
        assert_eq!(top_up(&backend, &client, 10_999).await["status"], "FAILED");
        until("the first top-up", async || (wallet(&client).await == [50_000, 0, 0]).then_some(())).await;
        let all = client.get("wallet/top-ups").await.expect(200);
        assert_eq!(
            all["items"].as_array().unwrap().iter().map(|it| it["status"].as_str().unwrap()).collect::<std::collections::BTreeSet<_>>(),
            ["COMPLETED", "FAILED"].into()
        );

        let path = format!("wallet/top-ups/{}", asked["id"].as_str().unwrap());
        backend.client().await.get(&path).await.refused(404, "not_found");
        backend.person("SERVICE_PROVIDER").await.get(&path).await.refused(403, "wrong_role");
        for (amount, method) in [(9_999, "E_WALLET"), (10_000_001, "E_WALLET"), (10_000, "CASH"), (-1, "E_WALLET")] {
            client.post("wallet/top-ups", json!({ "amount": amount, "payment_method": method })).await.refused(422, "invalid_input");
        }
        assert_eq!(faults(&backend).await, NOTHING);
        backend.stop().await;
    })
    .await;
}
