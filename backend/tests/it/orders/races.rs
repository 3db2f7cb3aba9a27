//! Many at once: one wins.

use super::*;
use crate::harness::{Backend, Engine, on_both};
use futures_util::future::join_all;
use serde_json::json;

#[tokio::test(flavor = "multi_thread")]
async fn of_32_who_accept_at_once_one_wins_and_31_hear_that_it_is_taken() {
    on_both(async |engine| {
        let backend = Backend::with(engine, |settings| settings.dispatch.wave_size = 32).await;
        let (admin, client) = (backend.admin().await, backend.client().await);
        let arrivals = (0..32).map(|number| backend.provider_at(&admin, HOME.0 + f64::from(number) * 0.0005, HOME.1));
        let providers = join_all(arrivals).await;
        let order = ordered(&backend, &client).await;
        let accepts = providers.iter().map(|provider| accept(provider, &order));
        let replies = join_all(accepts).await;
        let (won, lost): (Vec<_>, Vec<_>) = providers.iter().zip(replies).partition(|(_, reply)| reply.status == 200);
        assert_eq!(won.len(), 1);
        let winner = &won[0].0.id;
        for (loser, reply) in lost {
            reply.refused(409, "order_already_taken");
            assert_eq!(told(loser, "offer.closed", &order).await["reason"], "taken");
        }
        let taken = client.get(&format!("orders/{order}")).await.expect(200);
        assert_eq!((&taken["status"], &taken["provider"]["id"]), (&json!("ACCEPTED"), &json!(winner)));
        let timeline = client.get(&format!("orders/{order}/timeline")).await.expect(200);
        assert_eq!(timeline.as_array().unwrap().len(), 2, "{timeline}");
        backend.stop().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_declines_what_was_just_taken_hears_that_it_is() {
    on_both(async |engine| {
        let backend = Backend::with_manual_clock(engine).await;
        let (admin, client) = (backend.admin().await, backend.client().await);
        let [fast, slow] = cleaners(&backend, &admin, [1.0, 2.0]).await;
        let order = ordered(&backend, &client).await;
        accept(&fast, &order).await.expect(200);
        slow.post(&format!("orders/{order}/decline"), json!({})).await.expect(204);
        assert_eq!(told(&slow, "offer.closed", &order).await["reason"], "taken");
        assert_eq!(candidate(&admin, &order, &slow).await["declined_at"], json!(null));
        backend.stop().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_provider_has_one_job_at_a_time_even_when_she_accepts_two_at_once() {
    on_both(async |engine| {
        let backend = Backend::with_manual_clock(engine).await;
        let (admin, client, other) = (backend.admin().await, backend.client().await, backend.client().await);
        let [provider] = cleaners(&backend, &admin, [1.0]).await;
        let orders = [ordered(&backend, &client).await, ordered(&backend, &other).await];
        let replies = join_all(orders.iter().map(|order| accept(&provider, order))).await;
        let (won, lost): (Vec<_>, Vec<_>) = orders.iter().zip(replies).partition(|(_, reply)| reply.status == 200);
        assert_eq!((won.len(), lost.len()), (1, 1));
        let (first, second) = (won[0].0, lost[0].0);
        lost[0].1.clone().refused(409, "on_a_job");
        step(&provider, first, "accept").await;
        let reason = json!({ "cancellation_reason": "Motor mogok" });
        provider.post(&format!("orders/{first}/cancel"), reason).await.expect(200);
        step(&provider, second, "accept").await;
        backend.stop().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_order_posted_twice_under_one_key_is_one_order() {
    let backend = Backend::start(Engine::Sqlite).await;
    let client = backend.client().await;
    let body = json!({
        "custom_category_name": "Menata buku", "service_latitude": HOME.0, "service_longitude": HOME.1,
        "service_address": "Jl. Kemang Raya 12", "requested_time": backend.now(), "payment_method": "CASH",
    });
    let first = client.post_once("orders", "sekali", body.clone()).await.expect(201);
    assert_eq!(client.post_once("orders", "sekali", body).await.expect(201), first);
    assert_eq!(client.get("orders").await.expect(200)["items"].as_array().unwrap().len(), 1);
    backend.stop().await;
}
