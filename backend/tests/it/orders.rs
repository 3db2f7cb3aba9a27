//! Orders: who is offered what and when, who may move an order where, what is remembered of it.

use std::time::Duration;

use futures_util::future::join_all;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::client::{Client, PASSWORD, Reply};
use crate::harness::{Backend, Engine, on_both, until};

const HOME: (f64, f64) = (-6.2607, 106.8137);

fn seconds(count: u64) -> Duration {
    Duration::from_secs(count)
}

/// Approved cleaners, so many kilometres north of the order each.
async fn cleaners<const N: usize>(backend: &Backend, admin: &Client, kms: [f64; N]) -> [Client; N] {
    let mut made = Vec::with_capacity(N);
    for km in kms {
        made.push(backend.provider_at(admin, HOME.0 + km / 111.195, HOME.1).await);
    }
    made.try_into().unwrap_or_else(|_| unreachable!())
}

async fn ordered(backend: &Backend, client: &Client) -> String {
    id_of(&backend.order(client, HOME.0, HOME.1, "CASH").await)
}

fn id_of(order: &Value) -> String {
    order["id"].as_str().unwrap().to_owned()
}

async fn is_offered(provider: &Client, order: &str) -> bool {
    let offers = provider.get("orders/offers").await.expect(200);
    offers["items"].as_array().unwrap().iter().any(|offer| offer["id"] == order)
}

async fn offered_to(providers: &[Client], order: &str) -> Vec<usize> {
    let mut having = Vec::new();
    for (number, provider) in providers.iter().enumerate() {
        if is_offered(provider, order).await {
            having.push(number);
        }
    }
    having
}

async fn wait_for_offers(providers: &[Client], order: &str, expected: &[usize]) {
    until(&format!("offers for {expected:?}"), async || (offered_to(providers, order).await == expected).then_some(())).await;
}

/// The order once it is in this status.
async fn wait_for_status(who: &Client, order: &str, status: &str) -> Value {
    until(&format!("{status} of {order}"), async || {
        let order = who.get(&format!("orders/{order}")).await.expect(200);
        (order["status"] == status).then_some(order)
    })
    .await
}

/// The data of the first event of this kind about this order.
async fn told(who: &Client, kind: &str, order: &str) -> Value {
    until(&format!("{kind} of {order}"), async || {
        let feed = who.get("me/events?after=0").await.expect(200);
        let mut events = feed["items"].as_array().unwrap().iter();
        events.find(|event| event["type"] == kind && event["data"]["order_id"] == order).map(|event| event["data"].clone())
    })
    .await
}

async fn candidate(admin: &Client, order: &str, provider: &Client) -> Value {
    let explanation = admin.get(&format!("admin/orders/{order}/dispatch")).await.expect(200);
    let mut candidates = explanation["candidates"].as_array().unwrap().iter();
    candidates.find(|candidate| candidate["provider_id"] == provider.id.as_str()).cloned().unwrap_or_default()
}

async fn step(who: &Client, order: &str, step: &str) -> Value {
    who.post(&format!("orders/{order}/{step}"), json!({})).await.expect(200)
}

async fn accept(provider: &Client, order: &str) -> Reply {
    provider.post(&format!("orders/{order}/accept"), json!({})).await
}

/// Everything from accepting to the confirmed cash.
async fn worked_and_paid(backend: &Backend, provider: &Client, order: &str) {
    for move_on in ["accept", "depart", "arrive", "work-session/start"] {
        step(provider, order, move_on).await;
    }
    backend.advance(seconds(600));
    step(provider, order, "work-session/stop").await;
    step(provider, order, "payment/confirm-cash").await;
}

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
