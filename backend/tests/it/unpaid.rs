//! A bill that nobody pays becomes an admin's case.

use std::time::Duration;

use serde_json::{Value, json};

use crate::client::{Client, PASSWORD};
use crate::harness::{Backend, on_both, until};

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// What an admin's inbox says of unpaid bills.
async fn cases(admin: &Client) -> Vec<Value> {
    let inbox = admin.get("notifications?limit=100").await.expect(200);
    let notices = inbox["items"].as_array().unwrap().iter();
    notices.filter(|notice| notice["title"] == "Tagihan belum dibayar").map(|notice| notice["data"].clone()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn admins_hear_of_a_bill_that_is_unpaid_for_a_day_and_not_of_one_that_was_paid() {
    on_both(async |engine| {
        let backend = Backend::with_manual_clock(engine).await;
        let (mut admin, client) = (backend.admin().await, backend.client().await);
        let provider = backend.provider_at(&admin, -6.2600, 106.8130).await;
        let mut orders = Vec::new();
        for _ in 0..2 {
            let order = backend.order(&client, -6.2607, 106.8137, "CASH").await["id"].as_str().unwrap().to_owned();
            for step in ["accept", "depart", "arrive", "work-session/start", "work-session/stop"] {
                provider.post(&format!("orders/{order}/{step}"), json!({})).await.expect(200);
            }
            orders.push(order);
        }
        provider.post(&format!("orders/{}/payment/confirm-cash", orders[0]), json!({})).await.expect(200);
        backend.advance(DAY - Duration::from_secs(1));
        let email = admin.email.clone();
        admin.sign_in(&email, PASSWORD).await;
        assert_eq!(cases(&admin).await, Vec::<Value>::new());
        backend.advance(Duration::from_secs(1));
        let told = until("the case", async || cases(&admin).await.into_iter().next()).await;
        assert_eq!((&told["order_id"], &told["total_amount"]), (&json!(orders[1]), &json!(200)));
        assert_eq!(cases(&admin).await.len(), 1);
        backend.stop().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_called_off_before_it_is_paid_leaves_nothing_owed() {
    on_both(async |engine| {
        let backend = Backend::with_manual_clock(engine).await;
        let admin = backend.admin().await;
        let mut job = backend.at_the_door("CASH", None).await;
        job.work(Duration::from_secs(25 * 60)).await;
        assert_eq!(job.provider.get("wallet").await.expect(200)["pending_balance"], 4_500);
        let reason = json!({ "cancellation_reason": "Rusak sebelum selesai" });
        admin.post(&format!("admin/orders/{}/cancel", job.order), reason).await.expect(200);
        assert_eq!(job.provider.get("wallet").await.expect(200)["pending_balance"], 0);
        let bill = job.client.get(&format!("orders/{}/payment", job.order)).await.expect(200);
        assert_eq!((&bill["status"], &bill["payment_history"][1]["message"]), (&json!("FAILED"), &json!("order_cancelled")));
        job.provider.post(&format!("orders/{}/payment/confirm-cash", job.order), json!({})).await.refused(409, "invalid_transition");
        let books = admin.get("admin/ledger/check").await.expect(200);
        assert_eq!(books["is_balanced"], json!(true), "{books}");
        backend.stop().await;
    })
    .await;
}
