//! The API as somebody else's program uses it: `curl` and `mosquitto_sub`, and nothing of ours.

use std::process::Stdio;

use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt as _, BufReader};
use tokio::process::{Child, Command};

use crate::client::Client;
use crate::harness::{Backend, Engine, until};

/// Calls the API by `curl`.
async fn curl(who: &Client, method: &str, path: &str, body: Option<Value>) -> Value {
    let mut curl = Command::new("curl");
    curl.args(["--silent", "--show-error", "--fail-with-body", "--request", method]);
    curl.arg("--header").arg(format!("Authorization: Bearer {}", who.token.as_deref().unwrap_or_default()));
    if let Some(body) = body {
        curl.args(["--header", "Content-Type: application/json", "--data"]).arg(body.to_string());
    }
    let done = curl.arg(format!("{}/api/v1/{path}", who.url)).output().await.expect("curl is installed");
    let text = String::from_utf8_lossy(&done.stdout).into_owned();
    assert!(done.status.success(), "{method} {path}: {text} {}", String::from_utf8_lossy(&done.stderr));
    serde_json::from_str(&text).unwrap_or_default()
}

/// Follows everything of a person by `mosquitto_sub`; prints a line a message: topic, then payload.
fn follow(backend: &Backend, who: &Client, version: &str) -> (Child, tokio::io::Lines<BufReader<tokio::process::ChildStdout>>) {
    let (host, port) = (backend.running.mqtt.ip().to_string(), backend.running.mqtt.port().to_string());
    let mut child = Command::new("mosquitto_sub")
        .args(["-h", &host, "-p", &port, "-V", version, "-q", "1", "-u", &who.id, "-P", who.token.as_deref().unwrap_or_default()])
        .args(["-i", &format!("{}:terminal", who.id), "-t", &format!("u/{}/#", who.id), "-F", "%t %p"])
        .stdout(Stdio::piped())
        .kill_on_drop(true)
        .spawn()
        .expect("mosquitto_sub is installed (package mosquitto-clients)");
    let lines = BufReader::new(child.stdout.take().unwrap()).lines();
    (child, lines)
}

async fn next(
    lines: &mut tokio::io::Lines<BufReader<tokio::process::ChildStdout>>,
    topic_end: &str,
    wanted: impl Fn(&Value) -> bool,
) -> Value {
    let patience = async {
        loop {
            let line = lines.next_line().await.unwrap().expect("mosquitto_sub stays connected");
            let (topic, payload) = line.split_once(' ').unwrap();
            let payload: Value = serde_json::from_str(payload).unwrap();
            if topic.ends_with(topic_end) && wanted(&payload) {
                return payload;
            }
        }
    };
    tokio::time::timeout(std::time::Duration::from_secs(30), patience).await.unwrap_or_else(|_| panic!("nothing came on …{topic_end}"))
}

#[tokio::test(flavor = "multi_thread")]
async fn curl_and_mosquitto_take_an_order_from_registration_to_rating() {
    let backend = Backend::start(Engine::Sqlite).await;
    let mut people = Vec::new();
    for (name, user_type) in [("Siti Ayu", "CLIENT"), ("Wati Lestari", "SERVICE_PROVIDER")] {
        let mut person = backend.stranger();
        let email = format!("{}@contoh.id", user_type.to_lowercase());
        let phone = if user_type == "CLIENT" { "081234567890" } else { "081234567891" };
        let account =
            json!({ "full_name": name, "email": email, "phone": phone, "password": crate::client::PASSWORD, "user_type": user_type });
        curl(&person, "POST", "auth/register", Some(account)).await;
        let code = backend.otp(&email, None).await;
        let tokens = curl(&person, "POST", "auth/otp/verify", Some(json!({ "email": email, "otp_code": code }))).await;
        person.keep(&tokens);
        people.push(person);
    }
    let [client, provider] = <[Client; 2]>::try_from(people).unwrap_or_else(|_| unreachable!());
    let admin = backend.admin().await;
    let photo = backend.running.app.settings.data_dir.join("foto.png");
    std::fs::write(&photo, crate::client::png()).unwrap();
    let mut urls = Vec::new();
    for purpose in ["id_card", "selfie"] {
        let mut upload = Command::new("curl");
        upload.args([
            "--silent",
            "--fail-with-body",
            "--form",
            &format!("purpose={purpose}"),
            "--form",
            &format!("file=@{}", photo.display()),
        ]);
        upload.arg("--header").arg(format!("Authorization: Bearer {}", provider.token.as_deref().unwrap()));
        let done = upload.arg(format!("{}/api/v1/media", backend.url)).output().await.unwrap();
        urls.push(serde_json::from_slice::<Value>(&done.stdout).unwrap()["url"].clone());
    }
    let papers = json!({
        "id_card_number": "3174014506900001", "id_card_photo_url": urls[0], "selfie_with_id_url": urls[1],
        "bank_account_name": "Wati Lestari", "bank_name": "BCA", "bank_account_number": "1234567890",
    });
    curl(&provider, "POST", "me/verification", Some(papers)).await;
    let queue = curl(&admin, "GET", "admin/verifications?status=PENDING", None).await;
    curl(&admin, "POST", &format!("admin/verifications/{}/approve", queue["items"][0]["id"].as_str().unwrap()), None).await;
    curl(&provider, "PATCH", "me/provider-profile", Some(json!({ "service_types": ["cleaning"] }))).await;
    curl(&provider, "PUT", "me/availability", Some(json!({ "is_available": true, "latitude": -6.2620, "longitude": 106.8120 }))).await;

    let ((_c, mut hers), (_p, mut his)) = (follow(&backend, &client, "mqttv5"), follow(&backend, &provider, "mqttv311"));
    // Once her own message comes back to her she is subscribed: nobody else may write there, so a new notice does.
    for (person, lines) in [(&client, &mut hers), (&provider, &mut his)] {
        let probe = async || {
            let app = backend.app();
            let tx = app.db.write().await.unwrap();
            let event = rapi_core::wire::events::Event::NotificationNew { notification_id: app.ids.uuid() };
            rapi_backend::platform::events::tell(&tx, &app.ids, app.now(), person.id.parse().unwrap(), &event);
            tx.commit().await.unwrap();
            tokio::time::timeout(std::time::Duration::from_millis(100), lines.next_line()).await.ok()
        };
        until("a subscription", probe).await.unwrap();
    }

    let categories = curl(&client, "GET", "categories", None).await;
    let list = categories["items"].as_array().or(categories.as_array()).unwrap();
    let cleaning = list.iter().find(|category| category["slug"] == "cleaning").unwrap()["id"].clone();
    let wish = json!({
        "service_category_id": cleaning, "service_latitude": -6.2607, "service_longitude": 106.8137, "service_address": "Jl. Kemang Raya 12",
        "requested_time": backend.now().to_string(), "payment_method": "CASH",
    });
    let order = curl(&client, "POST", "orders", Some(wish)).await["id"].as_str().unwrap().to_owned();
    let about = |kind: &'static str| {
        let order = order.clone();
        move |event: &Value| event["type"] == kind && event["data"]["order_id"] == order.as_str()
    };
    next(&mut his, "/events", about("offer.new")).await;
    curl(&provider, "POST", &format!("orders/{order}/accept"), None).await;
    let changed = about("order.changed");
    next(&mut hers, "/events", |event| changed(event) && event["data"]["status"] == "ACCEPTED").await;
    curl(&provider, "POST", &format!("orders/{order}/depart"), None).await;
    let fix = json!([{ "latitude": -6.2615, "longitude": 106.8125, "accuracy_meters": 9.0, "recorded_at": backend.now().to_string() }]);
    assert_eq!(curl(&provider, "POST", "me/location", Some(fix)).await["accepted"], 1);
    let seen = next(&mut hers, &format!("/tracking/{order}"), |_| true).await;
    assert!(seen["distance_km"].as_f64().unwrap() > 0.0 && seen["estimated_arrival_minutes"].as_i64().unwrap() >= 1, "{seen}");
    for step in ["arrive", "work-session/start", "work-session/stop"] {
        curl(&provider, "POST", &format!("orders/{order}/{step}"), None).await;
    }
    next(&mut hers, "/events", about("payment.changed")).await;
    curl(&client, "POST", &format!("orders/{order}/payment/pay"), Some(json!({ "payment_method": "CASH" }))).await;
    curl(&provider, "POST", &format!("orders/{order}/payment/confirm-cash"), None).await;
    curl(&client, "POST", &format!("orders/{order}/rating"), Some(json!({ "rating": 4 }))).await;
    next(&mut his, "/events", about("rating.received")).await;
    assert_eq!(curl(&client, "GET", &format!("orders/{order}"), None).await["status"], "COMPLETED");
    backend.stop().await;
}
