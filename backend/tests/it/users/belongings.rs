//! One's own account, addresses and devices; those of others.

use serde_json::{Value, json};

use super::count;
use crate::client::png;
use crate::harness::{Backend, on_both};

fn address(label: &str) -> Value {
    json!({ "label": label, "latitude": -6.2607, "longitude": 106.8135, "address": "Jl. Kemang Raya 12", "city": "Jakarta Selatan", "postal_code": "12730" })
}

#[tokio::test(flavor = "multi_thread")]
async fn the_account_changes_only_where_it_is_told_to() {
    on_both(async |engine| {
        let backend = Backend::start(engine).await;
        let (ayu, budi) = (backend.client().await, backend.client().await);
        let photo = ayu.upload("profile_photo", "saya.png", png()).await.expect(201)["url"].clone();
        let change = json!({ "date_of_birth": "1990-06-05", "gender": "FEMALE", "language": "en", "profile_photo": photo });
        let me = ayu.patch("me", change).await.expect(200);
        assert_eq!((&me["date_of_birth"], &me["gender"], &me["language"]), (&json!("1990-06-05"), &json!("FEMALE"), &json!("en")));
        assert_eq!((&me["profile_photo"], &me["full_name"]), (&photo, &json!("Siti Ayu")));
        assert_eq!(ayu.get("me").await.expect(200), me);
        let stolen = budi.patch("me", json!({ "profile_photo": photo })).await.refused(422, "invalid_input");
        assert_eq!(stolen["errors"][0]["code"], "not_your_file");
        for bad in [json!({ "date_of_birth": "2999-01-01" }), json!({ "date_of_birth": "kemarin" }), json!({ "email": "x@y.id" })] {
            assert_eq!(ayu.patch("me", bad.clone()).await.status, 422, "{bad}");
        }
        backend.stop().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn exactly_one_address_is_primary() {
    on_both(async |engine| {
        let backend = Backend::start(engine).await;
        let ayu = backend.client().await;
        let primary = async || {
            let page = ayu.get("me/locations").await.expect(200);
            let labels = |item: &Value| item["label"].as_str().unwrap().to_owned();
            page["items"].as_array().unwrap().iter().filter(|item| item["is_primary"] == true).map(labels).collect::<Vec<_>>()
        };
        let home = ayu.post("me/locations", address("Rumah")).await.expect(201);
        ayu.post("me/locations", address("Kantor")).await.expect(201);
        assert_eq!(primary().await, ["Rumah"]);
        let mut third = address("Ibu");
        third["is_primary"] = json!(true);
        let third = ayu.post("me/locations", third).await.expect(201);
        assert_eq!(primary().await, ["Ibu"]);
        let path = format!("me/locations/{}", home["id"].as_str().unwrap());
        let changed = ayu.patch(&path, json!({ "is_primary": true, "city": "Depok" })).await.expect(200);
        assert_eq!((&changed["city"], &changed["postal_code"], &changed["is_primary"]), (&json!("Depok"), &json!("12730"), &json!(true)));
        assert_eq!(primary().await, ["Rumah"]);
        ayu.delete(&path).await.expect(204);
        assert_eq!(primary().await, ["Ibu"], "the newest of the others");
        ayu.delete(&format!("me/locations/{}", third["id"].as_str().unwrap())).await.expect(204);
        assert_eq!(primary().await, ["Kantor"]);
        ayu.delete(&path).await.refused(404, "not_found");
        backend.stop().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn addresses_saved_at_the_same_time_leave_one_primary() {
    on_both(async |engine| {
        let backend = Backend::start(engine).await;
        let ayu = backend.client().await;
        let saving = (0..8).map(|number| {
            let ayu = ayu.clone();
            tokio::spawn(async move { ayu.post("me/locations", address(&format!("Nomor {number}"))).await.status })
        });
        for saved in saving.collect::<Vec<_>>() {
            assert_eq!(saved.await.unwrap(), 201);
        }
        assert_eq!(count(&backend, "SELECT COUNT(*) FROM user_locations WHERE is_primary = TRUE").await, 1);
        assert_eq!(count(&backend, "SELECT COUNT(*) FROM user_locations").await, 8);
        let (mut seen, mut path) = (0, "me/locations?limit=3".to_owned());
        loop {
            let page = ayu.get(&path).await.expect(200);
            seen += page["items"].as_array().unwrap().len();
            let Some(cursor) = page["next_cursor"].as_str() else { break };
            path = format!("me/locations?limit=3&cursor={cursor}");
        }
        assert_eq!(seen, 8);
        backend.stop().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_is_saved_once_under_its_key_and_is_nobody_elses() {
    on_both(async |engine| {
        let backend = Backend::start(engine).await;
        let (ayu, budi) = (backend.client().await, backend.client().await);
        let saved = ayu.post_once("me/locations", "kunci", address("Rumah")).await.expect(201);
        assert_eq!(ayu.post_once("me/locations", "kunci", address("Rumah")).await.expect(201), saved);
        ayu.post_once("me/locations", "kunci", address("Lain")).await.refused(409, "idempotency_key_reused");
        let path = format!("me/locations/{}", saved["id"].as_str().unwrap());
        budi.patch(&path, json!({ "label": "Milikku" })).await.refused(404, "not_found");
        budi.delete(&path).await.refused(404, "not_found");
        assert_eq!(budi.get("me/locations").await.expect(200)["items"], json!([]));
        assert_eq!(ayu.get("me/locations").await.expect(200)["items"], json!([saved]));
        ayu.post("me/locations", json!({ "latitude": 91.0, "longitude": 0.0, "address": "Kutub" })).await.refused(422, "invalid_input");
        ayu.patch(&path, json!({ "is_primary": false })).await.refused(422, "invalid_input");
        backend.stop().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_push_token_belongs_to_who_signed_in_last() {
    on_both(async |engine| {
        let backend = Backend::start(engine).await;
        let (ayu, budi) = (backend.client().await, backend.client().await);
        let device = json!({ "device_type": "ANDROID", "device_name": "HP", "fcm_token": "token-hp" });
        for _ in 0..2 {
            let noted = ayu.put("me/devices/hp-1", device.clone()).await.expect(200);
            assert_eq!((&noted["device_id"], &noted["device_type"]), (&json!("hp-1"), &json!("ANDROID")));
            assert!(noted.get("fcm_token").is_none());
        }
        budi.put("me/devices/hp-1", device).await.expect(200);
        assert_eq!(count(&backend, "SELECT COUNT(*) FROM fcm_tokens").await, 2);
        assert_eq!(count(&backend, "SELECT COUNT(*) FROM fcm_tokens WHERE fcm_token = 'token-hp'").await, 1);
        budi.post("auth/logout", json!({ "refresh_token": budi.refresh_token })).await.expect(204);
        assert_eq!(count(&backend, "SELECT COUNT(*) FROM fcm_tokens WHERE is_active = TRUE").await, 1);
        ayu.delete("me/devices/hp-2").await.refused(404, "not_found");
        ayu.delete("me/devices/hp-1").await.expect(204);
        ayu.delete("me/devices/hp-1").await.refused(404, "not_found");
        ayu.put("me/devices/%00", json!({ "device_type": "IOS" })).await.refused(422, "invalid_input");
        backend.stop().await;
    })
    .await;
}
