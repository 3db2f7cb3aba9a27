//! What is done at one process is known at the other.

use serde_json::json;

use super::houses;
use super::phones::Phone;
use super::*;

#[tokio::test(flavor = "multi_thread")]
async fn two_processes_that_start_at_once_serve_one_database_and_one_of_them_may_die() {
    houses::on_two(async |houses| {
        let (first, second) = (houses.process(0).mqtt, houses.process(1).mqtt);
        assert_ne!(first, second, "each has a broker of its own");
        let admin = houses.process(0).admin().await;
        let client = houses.process(0).client().await;
        let survivor = houses.at(1, &client);
        let houses = houses.without_the_first();
        assert_eq!(survivor.get("me").await.expect(200)["id"], client.id.as_str());
        assert_eq!(houses.at(1, &admin).get("admin/ledger/check").await.expect(200)["is_balanced"], true);
        houses.end().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_position_told_to_one_process_is_known_to_the_dispatch_of_the_other() {
    houses::on_two(async |houses| {
        let (admin, client) = (houses.process(0).admin().await, houses.process(0).client().await);
        let provider = houses.process(0).provider_at(&admin, HOME.0, HOME.1).await;
        let offered = async |order: &str| {
            let offers = provider.get("orders/offers").await.expect(200);
            offers["items"].as_array().unwrap().iter().any(|offer| offer["id"] == order)
        };
        // The wave of an order is sent before the order is answered: there is nothing to wait for.
        for round in 0..5 {
            let (here, there) = (round, round + 1);
            let order = houses.ordered(there, &client).await;
            assert!(offered(&order).await, "round {round}");
            houses.at(here, &client).post(&format!("orders/{order}/cancel"), json!({ "cancellation_reason": "Sudah" })).await.expect(200);
            // Far away, told to one; then close again, told to the same.
            let place = |latitude: f64| json!({ "is_available": true, "latitude": latitude, "longitude": HOME.1 });
            let told = houses.at(here, &provider);
            told.put("me/availability", place(HOME.0 - 3.0)).await.expect(200);
            let order = houses.ordered(there, &client).await;
            assert!(!offered(&order).await, "round {round}: she is far away");
            houses.at(here, &client).post(&format!("orders/{order}/cancel"), json!({ "cancellation_reason": "Sudah" })).await.expect(200);
            told.put("me/availability", place(HOME.0)).await.expect(200);
        }
        // Without an order nobody asks the database: the other process looks by itself.
        let near = format!("providers?category=cleaning&lat={}&lng={}&radius_km=1", HOME.0, HOME.1);
        for number in 0..2 {
            until("somebody near", async || {
                let found = houses.at(number, &client).get(&near).await.expect(200);
                (found["items"].as_array().unwrap().len() == 1).then_some(())
            })
            .await;
        }
        houses.end().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_happens_at_either_process_is_heard_on_phones_at_both_once_and_in_order() {
    houses::on_two(async |houses| {
        let client = houses.process(0).client().await;
        let mut second_device = houses.process(1).stranger();
        second_device.sign_in(&client.email, crate::client::PASSWORD).await;
        let mut phones = [Phone::of(&client, houses.process(0)).await, Phone::of(&second_device, houses.process(1)).await];
        let before = feed(&client).await.len();
        let body = json!({
            "custom_category_name": "Menata buku", "service_latitude": HOME.0, "service_longitude": HOME.1,
            "service_address": "Jl. Kemang Raya 12", "requested_time": houses.any().now(), "payment_method": "CASH",
        });
        // Each order tells of itself when it is cancelled.
        let cancelled = (0..rounds(5)).map(|number| {
            let (at_one, at_other) = (houses.at(number, &client), houses.at(number / 2, &client));
            let body = body.clone();
            async move {
                let order = at_one.post("orders", body).await.expect(201)["id"].as_str().unwrap().to_owned();
                let reason = json!({ "cancellation_reason": "Sudah" });
                at_other.post(&format!("orders/{order}/cancel"), reason).await.expect(200);
            }
        });
        join_all(cancelled).await;
        let all = until("every event", async || {
            let all = feed(&client).await;
            let told = all[before..].iter().filter(|event| event["type"] == "order.changed").count();
            (told >= rounds(5)).then_some(all)
        })
        .await;
        for phone in &mut phones {
            for expected in &all[before..] {
                assert_eq!(&phone.next("events").await, expected);
            }
        }
        houses.end().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_position_sent_to_one_process_is_seen_by_the_client_at_the_other() {
    houses::on_two(async |houses| {
        let cast = houses.cast(1).await;
        let provider = &cast.providers[0];
        let order = houses.ordered(0, &cast.client).await;
        for step in ["accept", "depart"] {
            provider.post(&format!("orders/{order}/{step}"), json!({})).await.expect(200);
        }
        for number in 0..2 {
            let mut looking = Phone::of(&cast.client, houses.process(number)).await;
            let at = houses.any().now();
            let fix = json!([{ "latitude": HOME.0 + 0.001, "longitude": HOME.1, "accuracy_meters": 8, "recorded_at": at }]);
            assert_eq!(houses.at(number + 1, provider).post("me/location", fix).await.expect(200)["accepted"], 1);
            let seen = looking.next("tracking").await;
            assert_eq!((&seen["order_id"], &seen["recorded_at"]), (&json!(order), &json!(at)));
            looking.mqtt.disconnect().await.unwrap();
        }
        houses.end().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_ended_at_one_process_is_over_at_the_other() {
    houses::on_two(async |houses| {
        let client = houses.process(0).client().await;
        for number in 0..2 {
            let mut device = houses.process(number).stranger();
            device.sign_in(&client.email, crate::client::PASSWORD).await;
            let phone = Phone::of(&device, houses.process(number)).await;
            assert!(phone.mqtt.is_connected().await);
            let sessions = client.get("me/sessions").await.expect(200);
            let hers = sessions["items"][0]["id"].as_str().unwrap().to_owned();
            houses.at(number + 1, &client).delete(&format!("me/sessions/{hers}")).await.expect(204);
            device.get("me").await.refused(401, "session_revoked");
            until("the end of the connection", async || (!phone.mqtt.is_connected().await).then_some(())).await;
        }
        houses.end().await;
    })
    .await;
}
