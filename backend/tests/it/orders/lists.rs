//! Asking, listing, and the catalogue.

use super::*;
use crate::harness::{Backend, on_both};
use serde_json::{Value, json};
use uuid::Uuid;

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_ordered_is_refused_by_name() {
    on_both(async |engine| {
        use sea_orm::ConnectionTrait as _;
        let backend = Backend::with_manual_clock(engine).await;
        let client = backend.client().await;
        let good = json!({
            "custom_category_name": "Menata buku", "service_latitude": -8.65, "service_longitude": 115.22,
            "service_address": "Jl. Sunset Road 1", "requested_time": backend.now(), "payment_method": "WALLET",
        });
        let with = |field: &str, value: Value| {
            let mut body = good.clone();
            body[field] = value;
            body
        };
        for (field, value) in [
            ("service_category_id", json!(Uuid::from_u128(9))),
            ("requested_time", json!(backend.now() + seconds(60 * 86_400 + 1))),
            ("preferred_provider_id", json!(Uuid::from_u128(9))),
            ("service_latitude", json!(91)),
            ("max_amount", json!(0)),
            ("payment_method", json!("BARTER")),
        ] {
            let mut body = with(field, value);
            if field == "service_category_id" {
                body.as_object_mut().unwrap().remove("custom_category_name");
            }
            let problem = client.post("orders", body).await.refused(422, "invalid_input");
            assert_eq!(problem["errors"][0]["field"], field);
        }
        let order = client.post("orders", with("max_amount", json!(50_000))).await.expect(201);
        assert_eq!((&order["time_zone"], &order["max_amount"]), (&json!("Asia/Makassar"), &json!(50_000)));
        assert_eq!((&order["rate_per_5_minutes"], &order["total_amount"]), (&json!(1_000), &json!(0)));
        let tx = backend.app().db.write().await.unwrap();
        tx.execute_unprepared("UPDATE users SET phone = NULL").await.unwrap();
        tx.commit().await.unwrap();
        client.post("orders", good).await.refused(422, "phone_required");
        backend.stop().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn lists_show_ones_own_orders_by_status_page_by_page() {
    on_both(async |engine| {
        let backend = Backend::with_manual_clock(engine).await;
        let (admin, client, stranger) = (backend.admin().await, backend.client().await, backend.client().await);
        let mut orders = Vec::new();
        for _ in 0..3 {
            orders.push(ordered(&backend, &client).await);
            backend.advance(seconds(1));
        }
        let ids = |page: &Value| page["items"].as_array().unwrap().iter().map(id_of).collect::<Vec<_>>();
        let first = client.get("orders?limit=2").await.expect(200);
        assert_eq!(ids(&first), [orders[2].clone(), orders[1].clone()]);
        let rest = client.get(&format!("orders?limit=2&cursor={}", first["next_cursor"].as_str().unwrap())).await.expect(200);
        assert_eq!((ids(&rest), &rest["next_cursor"]), (vec![orders[0].clone()], &Value::Null));
        client.post(&format!("orders/{}/cancel", orders[1]), json!({ "cancellation_reason": "Salah" })).await.expect(200);
        assert_eq!(ids(&client.get("orders?status=CANCELLED").await.expect(200)), [orders[1].clone()]);
        assert_eq!(ids(&stranger.get("orders").await.expect(200)), Vec::<String>::new());
        assert_eq!(ids(&admin.get("admin/orders").await.expect(200)).len(), 3);
        client.get("orders?status=LOST").await.refused(422, "invalid_input");
        stranger.get(&format!("orders/{}", orders[0])).await.refused(404, "not_found");
        backend.stop().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn admins_keep_the_catalogue_and_orders_keep_their_price() {
    on_both(async |engine| {
        let backend = Backend::start(engine).await;
        let (admin, client) = (backend.admin().await, backend.client().await);
        let listed = backend.stranger().get("categories").await.expect(200);
        let cleaning = &listed[0];
        assert_eq!(
            (&cleaning["slug"], &cleaning["name"], &cleaning["base_rate_per_5_minutes"]),
            (&json!("cleaning"), &json!("Bersih rumah"), &json!(1_000))
        );
        let quote = json!({ "service_category_id": cleaning["id"], "minutes": 60 });
        assert_eq!(client.post("orders/quote", quote.clone()).await.expect(200)["total_amount"], 12_000);
        let order = id_of(&backend.order(&client, HOME.0, HOME.1, "CASH").await);
        let path = format!("admin/categories/{}", cleaning["id"].as_str().unwrap());
        admin.patch(&path, json!({ "base_rate_per_5_minutes": 2_000 })).await.expect(200);
        assert_eq!(client.post("orders/quote", quote.clone()).await.expect(200)["total_amount"], 24_000);
        assert_eq!(client.get(&format!("orders/{order}")).await.expect(200)["rate_per_5_minutes"], 1_000);
        admin.patch(&path, json!({ "is_active": false })).await.expect(200);
        client.post("orders/quote", quote).await.refused(422, "invalid_input");
        let new = json!({ "name": "Cuci mobil", "slug": "car-wash", "base_rate_per_5_minutes": 1_500 });
        let made = admin.post("admin/categories", new.clone()).await.expect(201);
        admin.post("admin/categories", new.clone()).await.refused(409, "slug_taken");
        client.post("admin/categories", new).await.refused(403, "wrong_role");
        let listed = client.get("categories").await.expect(200);
        let slugs: Vec<_> = listed.as_array().unwrap().iter().map(|category| category["slug"].clone()).collect();
        assert_eq!(slugs.last(), Some(&made["slug"]), "last in the list");
        assert!(!slugs.contains(&json!("cleaning")));
        assert_eq!(admin.get("admin/categories").await.expect(200).as_array().unwrap().len(), slugs.len() + 1);
        backend.stop().await;
    })
    .await;
}
