//! Who is offered an order, and when.

use super::*;
use crate::client::PASSWORD;
use crate::harness::{Backend, on_both, until};
use serde_json::{Value, json};
use uuid::Uuid;

#[tokio::test(flavor = "multi_thread")]
async fn waves_ask_five_at_a_time_ever_further_and_give_up_after_two_minutes() {
    on_both(async |engine| {
        let backend = Backend::with_manual_clock(engine).await;
        let (admin, client) = (backend.admin().await, backend.client().await);
        let providers = cleaners(&backend, &admin, [0.3, 0.6, 0.9, 1.2, 1.5, 1.8, 4.0, 10.0]).await;
        let order = ordered(&backend, &client).await;
        assert_eq!(offered_to(&providers, &order).await, [0, 1, 2, 3, 4], "the nearest five, at once");
        assert_eq!(candidate(&admin, &order, &providers[5]).await, Value::Null, "nobody got as far as her");
        backend.advance(seconds(10));
        wait_for_offers(&providers, &order, &[0, 1, 2, 3, 4, 5, 6]).await;
        assert_eq!(candidate(&admin, &order, &providers[7]).await["passed_over"], "outside_radius");
        for _ in 0..2 {
            backend.advance(seconds(10));
            until("the next wave", async || next_wave(&backend, &order).await.then_some(())).await;
        }
        wait_for_offers(&providers, &order, &[0, 1, 2, 3, 4, 5, 6, 7]).await;
        let last = candidate(&admin, &order, &providers[7]).await;
        assert_eq!((&last["was_offered"], &last["wave"], &last["passed_over"]), (&json!(true), &json!(3), &Value::Null));
        backend.advance(seconds(89));
        assert_eq!(client.get(&format!("orders/{order}")).await.expect(200)["status"], "PENDING");
        backend.advance(seconds(1));
        let over = wait_for_status(&client, &order, "CANCELLED").await;
        assert_eq!((&over["cancellation_reason"], &over["cancelled_by"]), (&json!("no_provider"), &Value::Null));
        assert_eq!(told(&providers[7], "offer.closed", &order).await["reason"], "expired");
        assert_eq!(offered_to(&providers, &order).await, Vec::<usize>::new());
        providers[0].post(&format!("orders/{order}/accept"), json!({})).await.refused(409, "invalid_transition");
        backend.stop().await;
    })
    .await;
}

/// Is the next wave of this order in the future? Then the one before has run.
async fn next_wave(backend: &Backend, order: &str) -> bool {
    use sea_orm::{ConnectionTrait as _, FromQueryResult as _, JsonValue, Statement};
    let db = backend.app().db.read();
    let sql = "SELECT due_at FROM jobs WHERE kind = 'orders.wave' AND subject_id = $1";
    let query = Statement::from_sql_and_values(db.get_database_backend(), sql, [Uuid::parse_str(order).unwrap().into()]);
    let row = JsonValue::find_by_statement(query).one(db).await.unwrap();
    row.is_some_and(|row| row["due_at"].as_i64().unwrap() > backend.now().micros())
}

#[tokio::test(flavor = "multi_thread")]
async fn an_admin_learns_why_somebody_was_not_asked() {
    on_both(async |engine| {
        let backend = Backend::with_manual_clock(engine).await;
        let (admin, client) = (backend.admin().await, backend.client().await);
        let [busy, offline, ironing, sleeping, far, asked] = cleaners(&backend, &admin, [0.1, 0.2, 0.3, 0.4, 4.5, 0.6]).await;
        let first = ordered(&backend, &client).await;
        step(&busy, &first, "accept").await;
        offline.put("me/availability", json!({ "is_available": false })).await.expect(200);
        ironing.patch("me/provider-profile", json!({ "service_types": ["laundry-ironing"] })).await.expect(200);
        sleeping.patch("me/provider-profile", json!({ "working_hours": {} })).await.expect(200);
        let order = ordered(&backend, &client).await;
        let everybody = [
            (&busy, "on_a_job"),
            (&offline, "offline"),
            (&ironing, "different_service"),
            (&sleeping, "outside_working_hours"),
            (&far, "outside_radius"),
        ];
        for (provider, reason) in everybody {
            let found = candidate(&admin, &order, provider).await;
            assert_eq!((&found["passed_over"], &found["was_offered"]), (&json!(reason), &json!(false)));
        }
        asked.post(&format!("orders/{order}/seen"), json!({})).await.expect(204);
        let found = candidate(&admin, &order, &asked).await;
        assert_eq!((&found["was_offered"], &found["full_name"], &found["wave"]), (&json!(true), &json!("Wati Lestari"), &json!(0)));
        assert_eq!(found["distance_km"], 0.6);
        assert_eq!(found["seen_at"], json!(backend.now()));
        let explanation = admin.get(&format!("admin/orders/{order}/dispatch")).await.expect(200);
        assert_eq!(explanation["gives_up_at"], json!(backend.now() + seconds(120)));
        backend.stop().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_declined_offer_is_gone_for_good() {
    on_both(async |engine| {
        let backend = Backend::with_manual_clock(engine).await;
        let (admin, client) = (backend.admin().await, backend.client().await);
        let [provider] = cleaners(&backend, &admin, [1.0]).await;
        let order = ordered(&backend, &client).await;
        for _ in 0..2 {
            provider.post(&format!("orders/{order}/decline"), json!({})).await.expect(204);
        }
        assert!(!is_offered(&provider, &order).await);
        provider.get(&format!("orders/{order}")).await.refused(404, "not_found");
        provider.post(&format!("orders/{order}/accept"), json!({})).await.refused(409, "offer_declined");
        backend.advance(seconds(10));
        until("the next wave", async || next_wave(&backend, &order).await.then_some(())).await;
        assert!(!is_offered(&provider, &order).await, "nobody is asked twice");
        assert_eq!(candidate(&admin, &order, &provider).await["declined_at"], json!(backend.now() - seconds(10)));
        backend.stop().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_preferred_provider_is_asked_alone_for_thirty_seconds() {
    on_both(async |engine| {
        let backend = Backend::with_manual_clock(engine).await;
        let (admin, client) = (backend.admin().await, backend.client().await);
        let providers = cleaners(&backend, &admin, [0.5, 11.0]).await;
        let request = |preferred: &str| {
            json!({
                "custom_category_name": "Menata buku", "service_latitude": HOME.0, "service_longitude": HOME.1,
                "service_address": "Jl. Kemang Raya 12", "requested_time": backend.now(), "payment_method": "CASH",
                "preferred_provider_id": preferred,
            })
        };
        client.post("orders", request(&client.id)).await.refused(422, "invalid_input");
        let order = id_of(&client.post("orders", request(&providers[1].id)).await.expect(201));
        assert_eq!(offered_to(&providers, &order).await, [1], "however far she is");
        backend.advance(seconds(29));
        assert_eq!(offered_to(&providers, &order).await, [1]);
        backend.advance(seconds(1));
        wait_for_offers(&providers, &order, &[0, 1]).await;
        backend.stop().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_later_order_is_offered_45_minutes_before_its_time() {
    on_both(async |engine| {
        let backend = Backend::with_manual_clock(engine).await;
        let (admin, mut client) = (backend.admin().await, backend.client().await);
        let [mut provider] = cleaners(&backend, &admin, [1.0]).await;
        let body = json!({
            "custom_category_name": "Menata buku", "service_latitude": HOME.0, "service_longitude": HOME.1,
            "service_address": "Jl. Kemang Raya 12", "requested_time": backend.now() + seconds(2 * 3600), "payment_method": "CASH",
        });
        let order = client.post("orders", body).await.expect(201);
        assert_eq!(order["broadcast_time"], Value::Null);
        let order = id_of(&order);
        backend.advance(seconds(75 * 60 - 1));
        for person in [&mut client, &mut provider] {
            let email = person.email.clone();
            person.sign_in(&email, PASSWORD).await;
        }
        let here = json!({ "is_available": true, "latitude": HOME.0, "longitude": HOME.1 });
        provider.put("me/availability", here).await.expect(200);
        assert_eq!(client.get(&format!("orders/{order}")).await.expect(200)["broadcast_time"], Value::Null);
        backend.advance(seconds(1));
        wait_for_offers(std::slice::from_ref(&provider), &order, &[0]).await;
        let now = json!(backend.now());
        assert_eq!(client.get(&format!("orders/{order}")).await.expect(200)["broadcast_time"], now);
        backend.stop().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_offer_shows_the_work_and_of_the_client_only_her_first_name() {
    on_both(async |engine| {
        let backend = Backend::with_manual_clock(engine).await;
        let (admin, client) = (backend.admin().await, backend.client().await);
        let [near, far] = cleaners(&backend, &admin, [1.0, 9.0]).await;
        let order = ordered(&backend, &client).await;
        let offers = near.get("orders/offers").await.expect(200);
        let offer = &offers["items"][0];
        assert_eq!((&offer["distance_km"], &offer["offer_expires_at"]), (&json!(1.0), &json!(backend.now() + seconds(120))));
        assert_eq!(offer["client"]["full_name"], "Siti");
        assert_eq!(told(&near, "offer.new", &order).await["offer_expires_at"], offer["offer_expires_at"]);
        let seen = near.get(&format!("orders/{order}")).await.expect(200);
        assert_eq!((&seen["client"]["full_name"], &seen["actions"]), (&json!("Siti"), &json!(["accept", "decline"])));
        near.get(&format!("orders/{order}/timeline")).await.refused(404, "not_found");
        far.get(&format!("orders/{order}")).await.refused(404, "not_found");
        for call in ["accept", "decline", "seen"] {
            far.post(&format!("orders/{order}/{call}"), json!({})).await.refused(403, "not_offered");
            far.post(&format!("orders/{}/{call}", Uuid::from_u128(7)), json!({})).await.refused(404, "not_found");
        }
        step(&near, &order, "accept").await;
        let hers = near.get(&format!("orders/{order}")).await.expect(200);
        assert_eq!((&hers["client"]["full_name"], &hers["actions"]), (&json!("Siti Ayu"), &json!(["depart", "cancel"])));
        backend.stop().await;
    })
    .await;
}
