//! What admins see of all orders at once: numbers, a map, and the one they look for.

use super::*;
use crate::harness::on_both;

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

async fn cancelled(who: &Client, order: &str) {
    who.post(&format!("orders/{order}/cancel"), json!({ "cancellation_reason": "no_provider" })).await.expect(200);
}

fn ids(list: &Value) -> Vec<&str> {
    list.as_array().unwrap().iter().map(|item| item["id"].as_str().unwrap()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_platform_is_counted_day_by_day_in_jakarta() {
    on_both(async |engine| {
        let backend = Backend::with_manual_clock(engine).await;
        let (admin, client) = (backend.admin().await, backend.client().await);
        let [wati] = cleaners(&backend, &admin, [0.5]).await;
        backend.applicant().await;
        let done = ordered(&backend, &client).await;
        worked_and_paid(&backend, &wati, &done).await;
        let bill = client.get(&format!("orders/{done}/payment")).await.expect(200);
        client.post(&format!("orders/{done}/rating"), json!({ "rating": 4 })).await.expect(200);
        cancelled(&client, &ordered(&backend, &client).await).await;
        let lost = id_of(&backend.order(&client, -7.8, 110.4, "CASH").await);
        backend.advance(seconds(600));
        wait_for_status(&client, &lost, "CANCELLED").await;
        // 17 hours and a bit later it is the next day in Jakarta, though not yet in Greenwich.
        backend.advance("2026-11-23T17:00:00Z".parse::<rapi_core::Timestamp>().unwrap().since(backend.now()));
        ordered(&backend, &client).await;

        let stats = admin.get("admin/stats").await.expect(200);
        assert_eq!((&stats["from"], &stats["to"]), (&json!("2026-11-11"), &json!("2026-11-24")));
        let (amount, fee) = (bill["total_amount"].as_i64().unwrap(), bill["platform_fee"].as_i64().unwrap());
        assert!(amount > 0 && fee > 0);
        let first = json!({
            "created": 3, "completed": 1, "cancelled": 2, "no_provider": 1, "gross_value": amount,
            "platform_revenue": fee + bill["service_fee"].as_i64().unwrap() - bill["discount"].as_i64().unwrap(),
            "ratings": 1, "average_rating": 4.0, "conversion": 0.3333,
        });
        let nothing = json!({
            "created": 0, "completed": 0, "cancelled": 0, "no_provider": 0, "gross_value": 0, "platform_revenue": 0,
            "ratings": 0, "average_rating": null, "conversion": null,
        });
        let on = |date: &str, numbers: &Value| {
            let mut day = numbers.clone();
            day["date"] = json!(date);
            day
        };
        let mut second = nothing.clone();
        (second["created"], second["conversion"]) = (json!(1), json!(0.0));
        let days = stats["by_day"].as_array().unwrap();
        assert_eq!(days.len(), 14);
        assert_eq!(days[11..], [on("2026-11-22", &nothing), on("2026-11-23", &first), on("2026-11-24", &second)]);
        let mut all = first.clone();
        (all["created"], all["conversion"]) = (json!(4), json!(0.25));
        assert_eq!((&stats["totals"], &stats["before"]), (&all, &nothing));
        let now = json!({ "running_orders": 1, "providers_online": 1, "providers_approved": 1, "verifications_waiting": 1 });
        assert_eq!(stats["now"], now);

        let today = admin.get("admin/stats?from=2026-11-24&to=2026-11-24").await.expect(200);
        assert_eq!((&today["totals"], &today["before"]), (&second, &first));
        for nonsense in ["from=2026-11-25", "from=2025-11-23", "from=2026-11-24&to=2026-11-23", "from=yesterday"] {
            admin.get(&format!("admin/stats?{nonsense}")).await.refused(422, "invalid_input");
        }
        admin.get("admin/stats?from=2025-11-24").await.expect(200);
        backend.stop().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_map_shows_what_goes_on_and_who_is_free() {
    on_both(async |engine| {
        let backend = Backend::with_manual_clock(engine).await;
        let (admin, client) = (backend.admin().await, backend.client().await);
        let [wati, sri, ani] = cleaners(&backend, &admin, [0.5, 1.0, 1.5]).await;
        ani.put("me/availability", json!({ "is_available": false })).await.expect(200);
        let order = ordered(&backend, &client).await;
        let mut later = json!({
            "custom_category_name": "Menata buku", "service_latitude": HOME.0, "service_longitude": HOME.1,
            "service_address": "Jl. Kemang Raya 12", "payment_method": "CASH",
        });
        later["requested_time"] = json!(backend.now() + DAY);
        let later = id_of(&client.post("orders", later).await.expect(201));
        let map = admin.get("admin/map").await.expect(200);
        assert_eq!(ids(&map["orders"]), [order.as_str()], "{later} is not sought for yet");
        assert_eq!((&map["orders"][0]["status"], &map["orders"][0]["provider"]), (&json!("PENDING"), &Value::Null));
        assert_eq!(map["orders"][0]["service_category_slug"], "cleaning");
        assert_eq!(ids(&map["providers"]), [wati.id.as_str(), sri.id.as_str()]);
        assert_eq!(map["providers"][1]["position"]["longitude"], HOME.1);

        backend.advance(seconds(60));
        accept(&wati, &order).await.expect(200);
        let map = admin.get("admin/map").await.expect(200);
        let hers = &map["orders"][0]["provider"];
        assert_eq!((&hers["id"], &hers["full_name"]), (&json!(wati.id), &json!("Wati Lestari")));
        let age = |at: &Value| at.as_str().unwrap().parse::<rapi_core::Timestamp>().unwrap();
        assert_eq!(age(&map["at"]).since(age(&hers["position"]["at"])), seconds(60));
        assert_eq!(ids(&map["providers"]), [sri.id.as_str()]);

        for move_on in ["depart", "arrive", "work-session/start", "work-session/stop"] {
            step(&wati, &order, move_on).await;
        }
        let map = admin.get("admin/map").await.expect(200);
        assert_eq!(map["orders"][0]["stage"], "awaiting_payment");
        assert_eq!(ids(&map["providers"]).len(), 2, "her work is done");
        step(&wati, &order, "payment/confirm-cash").await;
        assert_eq!(ids(&admin.get("admin/map").await.expect(200)["orders"]), Vec::<&str>::new(), "it is paid");
        backend.stop().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_is_found_by_number_name_address_and_day() {
    on_both(async |engine| {
        let backend = Backend::with_manual_clock(engine).await;
        let (admin, client, other) = (backend.admin().await, backend.client().await, backend.client().await);
        let [wati] = cleaners(&backend, &admin, [0.5]).await;
        client.patch("me", json!({ "full_name": "Bu Rahmawati" })).await.expect(200);
        wati.patch("me", json!({ "full_name": "Sri Handayani" })).await.expect(200);
        let first = backend.order(&client, HOME.0, HOME.1, "CASH").await;
        accept(&wati, first["id"].as_str().unwrap()).await.expect(200);
        backend.advance(DAY);
        let elsewhere = json!({
            "custom_category_name": "Menata buku", "service_latitude": HOME.0, "service_longitude": HOME.1,
            "service_address": "Gang 100%_murni 7", "requested_time": backend.now(), "payment_method": "CASH",
        });
        let second = other.post("orders", elsewhere).await.expect(201);
        let (first_id, second_id) = (id_of(&first), id_of(&second));
        let number = |order: &Value| order["order_number"].as_str().unwrap().to_owned();
        for (query, found) in [
            (format!("q={}", number(&first)), vec![&first_id]),
            (format!("q={}", number(&second).to_lowercase()), vec![&second_id]),
            (format!("q={}", &number(&first)[3..8]), vec![&first_id]),
            (format!("q={}&status=PENDING", number(&first)), vec![]),
            ("q=rahmaWATI".to_owned(), vec![&first_id]),
            ("q=handayani".to_owned(), vec![&first_id]),
            ("q=100%25_m".to_owned(), vec![&second_id]),
            ("q=100_m".to_owned(), vec![]),
            ("q=kemang&status=ACCEPTED".to_owned(), vec![&first_id]),
            ("from=2026-11-24".to_owned(), vec![&second_id]),
            ("to=2026-11-23".to_owned(), vec![&first_id]),
            ("from=2026-11-23&to=2026-11-24".to_owned(), vec![&second_id, &first_id]),
            ("sort=oldest".to_owned(), vec![&first_id, &second_id]),
            (format!("sort=oldest&cursor={first_id}"), vec![&second_id]),
        ] {
            let page = admin.get(&format!("admin/orders?{query}")).await.expect(200);
            assert_eq!(ids(&page["items"]), found, "{query}");
        }
        admin.get("admin/orders?from=2026-11-25&to=2026-11-24").await.refused(422, "invalid_input");
        client.get("orders?q=kemang").await.refused(422, "invalid_input");
        let steps = admin.get(&format!("orders/{first_id}/timeline")).await.expect(200);
        assert_eq!(steps.as_array().unwrap().len(), 2, "admins read every step");
        backend.stop().await;
    })
    .await;
}
