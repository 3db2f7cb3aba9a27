//! From stage to stage, by whoever may.

use super::*;
use crate::client::{Client, PASSWORD};
use crate::harness::{Backend, on_both};
use serde_json::{Value, json};

#[tokio::test(flavor = "multi_thread")]
async fn each_role_cancels_only_from_its_stages() {
    on_both(async |engine| {
        let backend = Backend::with_manual_clock(engine).await;
        let (admin, client, stranger) = (backend.admin().await, backend.client().await, backend.client().await);
        let [provider] = cleaners(&backend, &admin, [1.0]).await;
        let cancel = async |who: &Client, order: &str| {
            who.post(&format!("orders/{order}/cancel"), json!({ "cancellation_reason": "Berubah rencana" })).await
        };
        let pending = ordered(&backend, &client).await;
        cancel(&stranger, &pending).await.refused(404, "not_found");
        cancel(&provider, &pending).await.refused(404, "not_found");
        let ended = cancel(&client, &pending).await.expect(200);
        assert_eq!((&ended["cancelled_by"], &ended["cancellation_reason"]), (&json!(client.id), &json!("Berubah rencana")));
        assert_eq!(ended["actions"], json!([]));
        cancel(&client, &pending).await.expect(200);
        cancel(&admin, &pending).await.refused(409, "invalid_transition");
        assert_eq!(told(&provider, "offer.closed", &pending).await["reason"], "cancelled");
        provider.post(&format!("orders/{pending}/accept"), json!({})).await.refused(409, "invalid_transition");

        let order = ordered(&backend, &client).await;
        for move_on in ["accept", "depart", "arrive"] {
            step(&provider, &order, move_on).await;
        }
        assert_eq!(cancel(&provider, &order).await.expect(200)["cancelled_by"], json!(provider.id));
        assert_eq!(told(&client, "order.changed", &order).await["order_id"], json!(order));
        let kept = provider.get(&format!("orders/{order}")).await.expect(200);
        assert_eq!((&kept["status"], &kept["provider"]["id"]), (&json!("CANCELLED"), &json!(provider.id)), "it stays in her history");

        let order = ordered(&backend, &client).await;
        for move_on in ["accept", "depart", "arrive", "work-session/start"] {
            step(&provider, &order, move_on).await;
        }
        cancel(&client, &order).await.refused(409, "invalid_transition");
        cancel(&provider, &order).await.refused(409, "invalid_transition");
        client.post(&format!("admin/orders/{order}/cancel"), json!({ "cancellation_reason": "x" })).await.refused(403, "wrong_role");
        backend.advance(seconds(1));
        let reason = json!({ "cancellation_reason": "Keluhan keselamatan" });
        let ended = admin.post(&format!("admin/orders/{order}/cancel"), reason).await.expect(200);
        assert_eq!((&ended["status"], &ended["cancelled_by"]), (&json!("CANCELLED"), &json!(admin.id)));
        let log = admin.get("admin/audit-log").await.expect(200);
        assert_eq!((&log["items"][0]["action"], &log["items"][0]["subject_id"]), (&json!("order.cancel"), &json!(order)));
        backend.stop().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn moves_are_made_by_their_provider_in_their_order_and_repeating_them_is_success() {
    on_both(async |engine| {
        let backend = Backend::with_manual_clock(engine).await;
        let (admin, client) = (backend.admin().await, backend.client().await);
        let [provider, other] = cleaners(&backend, &admin, [1.0, 1.1]).await;
        let order = ordered(&backend, &client).await;
        let accepted_at = backend.now();
        step(&provider, &order, "accept").await;
        other.post(&format!("orders/{order}/accept"), json!({})).await.refused(409, "order_already_taken");
        other.post(&format!("orders/{order}/depart"), json!({})).await.refused(404, "not_found");
        client.post(&format!("orders/{order}/depart"), json!({})).await.refused(403, "wrong_role");
        provider.post(&format!("orders/{order}/arrive"), json!({})).await.refused(409, "invalid_transition");
        provider.post(&format!("orders/{order}/decline"), json!({})).await.refused(409, "invalid_transition");
        backend.advance(seconds(60));
        // What a phone says of the time is kept within what the backend knows.
        let early = json!({ "occurred_at": accepted_at - seconds(3600) });
        provider.post(&format!("orders/{order}/depart"), early).await.expect(200);
        let late = json!({ "occurred_at": backend.now() + seconds(3600) });
        let arrived = provider.post(&format!("orders/{order}/arrive"), late).await.expect(200);
        assert_eq!(arrived["arrived_time"], json!(backend.now()));
        for again in ["accept", "depart", "arrive"] {
            assert_eq!(step(&provider, &order, again).await["status"], "ARRIVED", "{again} again");
        }
        let timeline = client.get(&format!("orders/{order}/timeline")).await.expect(200);
        let steps: Vec<_> = timeline.as_array().unwrap().iter().map(|step| (&step["to"], &step["actor"], &step["at"])).collect();
        let (start, now) = (json!(accepted_at), json!(backend.now()));
        let (client_made, provider_made) = (json!("CLIENT"), json!("SERVICE_PROVIDER"));
        assert_eq!(
            steps,
            [
                (&json!("PENDING"), &client_made, &start),
                (&json!("ACCEPTED"), &provider_made, &start),
                (&json!("ON_THE_WAY"), &provider_made, &start),
                (&json!("ARRIVED"), &provider_made, &now),
            ]
        );
        backend.stop().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rating_is_given_once_and_its_repetition_is_success() {
    on_both(async |engine| {
        let backend = Backend::with_manual_clock(engine).await;
        let (admin, client, stranger) = (backend.admin().await, backend.client().await, backend.client().await);
        let [provider] = cleaners(&backend, &admin, [1.0]).await;
        let order = ordered(&backend, &client).await;
        let path = format!("orders/{order}/rating");
        let rating = json!({ "rating": 4, "review": "Rapi", "rating_details": { "cleanliness": 5 } });
        client.post(&path, rating.clone()).await.refused(409, "invalid_transition");
        worked_and_paid(&backend, &provider, &order).await;
        client.post(&path, json!({ "rating": 6 })).await.refused(422, "invalid_input");
        stranger.post(&path, rating.clone()).await.refused(404, "not_found");
        provider.post(&path, rating.clone()).await.refused(403, "wrong_role");
        for _ in 0..2 {
            let rated = client.post(&path, rating.clone()).await.expect(200);
            assert_eq!((&rated["status"], &rated["rating"]["rating"]), (&json!("COMPLETED"), &json!(4)));
        }
        client.post(&path, json!({ "rating": 5 })).await.refused(409, "already_rated");
        assert_eq!(told(&provider, "rating.received", &order).await["rating"], 4);
        let given = stranger.get(&format!("providers/{}/ratings", provider.id)).await.expect(200);
        let item = &given["items"][0];
        assert_eq!(
            (&item["client_name"], &item["review"], &item["rating_details"]["cleanliness"]),
            (&json!("Siti"), &json!("Rapi"), &json!(5))
        );
        assert_eq!(given["items"].as_array().unwrap().len(), 1);
        stranger.get(&format!("providers/{}/ratings", client.id)).await.refused(404, "not_found");

        let stats = provider.get("me/stats?from=2026-11-22&to=2026-11-23").await.expect(200);
        let today = json!({ "date": "2026-11-23", "orders": 1, "completed": 1, "average_rating": 4.0, "earnings": 1800 });
        assert_eq!((&stats["orders"], &stats["completed"], &stats["earnings"]), (&json!(1), &json!(1), &json!(1800)));
        assert_eq!((stats["by_day"].as_array().unwrap().len(), &stats["by_day"][1]), (2, &today));
        provider.get("me/stats?from=2026-11-23&to=2026-11-22").await.refused(422, "invalid_input");
        provider.get("me/stats?from=2020-01-01").await.refused(422, "invalid_input");
        backend.stop().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_paid_order_completes_itself_after_a_day() {
    on_both(async |engine| {
        let backend = Backend::with_manual_clock(engine).await;
        let (admin, mut client) = (backend.admin().await, backend.client().await);
        let [provider] = cleaners(&backend, &admin, [1.0]).await;
        let order = ordered(&backend, &client).await;
        worked_and_paid(&backend, &provider, &order).await;
        backend.advance(seconds(24 * 3600 - 1));
        let email = client.email.clone();
        client.sign_in(&email, PASSWORD).await;
        assert_eq!(client.get(&format!("orders/{order}")).await.expect(200)["stage"], "awaiting_rating");
        backend.advance(seconds(1));
        let completed = wait_for_status(&client, &order, "COMPLETED").await;
        assert_eq!((&completed["rating"], &completed["completed_time"]), (&Value::Null, &json!(backend.now())));
        let timeline = client.get(&format!("orders/{order}/timeline")).await.expect(200);
        let last = timeline.as_array().unwrap().last().unwrap();
        assert_eq!((&last["actor"], &last["actor_id"]), (&json!("SYSTEM"), &Value::Null));
        client.post(&format!("orders/{order}/rating"), json!({ "rating": 5 })).await.refused(409, "invalid_transition");
        backend.stop().await;
    })
    .await;
}
