//! One order, end to end, as the API tells it: from two registrations to a rating.

use std::time::Duration;

use sea_orm::{ConnectionTrait, Statement};
use serde_json::{Value, json};

use crate::client::Client;
use crate::harness::{Backend, on_both};

const HOME: (f64, f64) = (-6.2607, 106.8137);

async fn status(who: &Client, order: &str) -> (String, Value) {
    let order = who.get(&format!("orders/{order}")).await.expect(200);
    (order["status"].as_str().unwrap().to_owned(), order)
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_goes_from_registration_to_rating_paid_in_cash() {
    on_both(async |engine| {
        let backend = Backend::with_manual_clock(engine).await;
        let admin = backend.admin().await;
        let client = backend.client().await;
        let provider = backend.provider_at(&admin, -6.2550, 106.8100).await;

        let order = backend.order(&client, HOME.0, HOME.1, "CASH").await;
        let id = order["id"].as_str().unwrap();
        assert_eq!((&order["status"], &order["stage"]), (&json!("PENDING"), &Value::Null));
        client.get(&format!("orders/{id}/tracking")).await.refused(404, "not_found");
        let offers = provider.get("orders/offers").await.expect(200);
        assert_eq!(offers["items"][0]["id"], id);
        provider.post(&format!("orders/{id}/seen"), json!({})).await;

        provider.post(&format!("orders/{id}/accept"), json!({})).await.expect(200);
        provider.post(&format!("orders/{id}/depart"), json!({})).await.expect(200);
        let fix = json!([{ "latitude": -6.2560, "longitude": 106.8110, "accuracy_meters": 8, "recorded_at": backend.now().to_string() }]);
        assert_eq!(provider.post("me/location", fix).await.expect(200)["accepted"], 1);
        let tracking = client.get(&format!("orders/{id}/tracking")).await.expect(200);
        assert_eq!(tracking["tracking_status"], "ACTIVE");
        assert!(
            tracking["distance_km"].as_f64().unwrap() > 0.5 && tracking["estimated_arrival_minutes"].as_i64().unwrap() >= 1,
            "{tracking}"
        );
        backend.advance(Duration::from_secs(300));
        provider.post(&format!("orders/{id}/arrive"), json!({})).await.expect(200);
        client.get(&format!("orders/{id}/tracking")).await.refused(404, "not_found");

        let clock = |step: &str| format!("orders/{id}/work-session/{step}");
        provider.post(&clock("start"), json!({})).await.expect(200);
        assert_eq!(status(&client, id).await.0, "IN_PROGRESS");
        backend.advance(Duration::from_secs(30 * 60));
        provider.post(&clock("pause"), json!({})).await.expect(200);
        backend.advance(Duration::from_secs(10 * 60));
        provider.post(&clock("resume"), json!({})).await.expect(200);
        backend.advance(Duration::from_secs(14 * 60 + 1));
        provider.post(&clock("stop"), json!({})).await.expect(200);

        // 44 min 1 s of work are 45 started minutes: 45 × Rp1.000 ÷ 5 = Rp9.000, of which 10 % are the platform's.
        let bill = client.get(&format!("orders/{id}/payment")).await.expect(200);
        let amounts = ["base_amount", "service_fee", "platform_fee", "discount", "total_amount", "provider_earnings"]
            .map(|name| bill[name].as_i64().unwrap());
        assert_eq!(amounts, [9_000, 0, 900, 0, 9_000, 8_100]);
        assert_eq!(status(&client, id).await.1["stage"], "awaiting_payment");
        assert_eq!(provider.get("wallet").await.expect(200)["pending_balance"], 8_100);

        client.post(&format!("orders/{id}/payment/pay"), json!({ "payment_method": "CASH" })).await.expect(200);
        provider.post(&format!("orders/{id}/payment/confirm-cash"), json!({})).await.expect(200);
        assert_eq!(status(&client, id).await.1["stage"], "awaiting_rating");
        let wallet = provider.get("wallet").await.expect(200);
        assert_eq!((&wallet["balance"], &wallet["pending_balance"]), (&json!(-900), &json!(0)), "she has the cash and owes the commission");

        let rating = json!({ "rating": 5, "review": "Bersih sekali", "rating_details": { "cleanliness": 5, "punctuality": 4 } });
        client.post(&format!("orders/{id}/rating"), rating).await;
        let (status, order) = status(&client, id).await;
        assert_eq!((status.as_str(), &order["rating"]["rating"], &order["total_amount"]), ("COMPLETED", &json!(5), &json!(9_000)));
        assert_eq!(client.get(&format!("providers/{}", provider.id)).await.expect(200)["average_rating"], 5.0);

        let list = "SELECT kind FROM work_events ORDER BY sequence";
        let db = &backend.app().db;
        let rows = db.read().query_all_raw(Statement::from_string(db.backend(), list)).await.unwrap();
        let list: Vec<String> = rows.iter().map(|row| row.try_get("", "kind").unwrap()).collect();
        assert_eq!(list, ["depart", "arrive", "start", "pause", "resume", "stop"], "the truth of the work timer");

        let timeline = client.get(&format!("orders/{id}/timeline")).await.expect(200);
        let steps = timeline["items"].as_array().or(timeline.as_array()).unwrap();
        assert_eq!(
            steps.iter().filter_map(|step| step["to"].as_str()).fold(Vec::new(), |mut seen: Vec<&str>, to| {
                if seen.last() != Some(&to) {
                    seen.push(to)
                }
                seen
            }),
            ["PENDING", "ACCEPTED", "ON_THE_WAY", "ARRIVED", "IN_PROGRESS", "COMPLETED"]
        );
        let books = admin.get("admin/ledger/check").await.expect(200);
        assert_eq!((&books["is_balanced"], &books["sum"]), (&json!(true), &json!(0)), "{books}");
        backend.stop().await;
    })
    .await;
}
