//! Bad input of every kind: a 4xx problem that names the field; never a 500, a panic or a hang.

use std::time::Duration;

use mqtt5::ConnectOptions;
use mqtt5::client::MqttClient;
use rapi_core::LatLng;
use rapi_core::tracking::{Batch, FORMAT_VERSION, Fix, encode};
use reqwest::Method;
use serde_json::{Map, Value, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use uuid::Uuid;

use crate::client::{Client, PASSWORD};
use crate::doors::operations;
use crate::harness::{Backend, Engine, on_both, until};

/// The schema itself where it is only referred to.
fn resolve<'a>(document: &'a Value, schema: &'a Value) -> &'a Value {
    match schema["$ref"].as_str() {
        Some(name) => &document["components"]["schemas"][name.rsplit('/').next().unwrap()],
        None => schema,
    }
}

fn body_schema<'a>(document: &'a Value, operation: &'a Value) -> Option<&'a Value> {
    let content = &operation["requestBody"]["content"]["application/json"]["schema"];
    (!content.is_null()).then(|| resolve(document, content))
}

/// A value no field of this API takes.
const WRONG: [fn() -> Value; 5] = [
    || json!([[{}]]),
    || json!({ "a": { "b": 1 } }),
    || json!("x".repeat(100_000)),
    || json!(-9_223_372_036_854_775_808_i64),
    || json!("nul \u{0} byte"),
];

async fn who_may(backend: &Backend) -> Vec<Client> {
    let admin = backend.admin().await;
    vec![backend.client().await, backend.provider_at(&admin, -6.26, 106.81).await, admin]
}

fn concrete(path: &str) -> String {
    format!("/api/v1{}", path.replace("{id}", &Uuid::from_u128(1).to_string()).replace("{device_id}", "telepon"))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_body_is_refused_and_names_its_field() {
    let backend = Backend::start(Engine::Sqlite).await;
    let people = who_may(&backend).await;
    let document = people[0].get("/api/openapi.json").await.expect(200);
    for (method, path, operation) in operations(&document) {
        let Some(schema) = body_schema(&document, &operation) else { continue };
        let method = Method::from_bytes(method.as_bytes()).unwrap();
        let fields: Vec<String> = schema["properties"].as_object().into_iter().flat_map(Map::keys).cloned().collect();
        for person in &people {
            let reply = person.call(method.clone(), &concrete(&path), Some(json!({ "no_such_field": 1 })), None).await;
            if [401, 403].contains(&reply.status) {
                continue;
            }
            assert_problem(&reply, &format!("{method} {path} with an unknown field"));
            assert!(
                reply.status == 404 || reply.body.to_string().contains("no_such_field") || schema["type"] == "array",
                "{path} {}",
                reply.body
            );
            for field in &fields {
                for wrong in WRONG {
                    let mut body = Map::new();
                    body.insert(field.clone(), wrong());
                    let reply = person.call(method.clone(), &concrete(&path), Some(Value::Object(body.clone())), None).await;
                    assert!(reply.status < 500, "{method} {path} {field}: {}", reply.body);
                    if reply.status >= 400 {
                        assert_problem(&reply, &format!("{method} {path} {field}"));
                    }
                }
                let mut body = Map::new();
                body.insert(field.clone(), json!([[{}]]));
                let reply = person.call(method.clone(), &concrete(&path), Some(Value::Object(body)), None).await;
                assert!(
                    reply.status == 404 || reply.body["errors"].to_string().contains(field.as_str()),
                    "{method} {path} {field}: {}",
                    reply.body
                );
            }
        }
    }
    backend.stop().await;
}

#[track_caller]
fn assert_problem(reply: &crate::client::Reply, what: &str) {
    assert!((400..500).contains(&reply.status), "{what}: {} {}", reply.status, reply.body);
    assert_eq!(reply.headers["content-type"], "application/problem+json", "{what}");
    for member in ["type", "title", "status", "detail", "code"] {
        assert!(!reply.body[member].is_null(), "{what}: {} lacks {member}", reply.body);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_json_is_unreadable() {
    let backend = Backend::start(Engine::Sqlite).await;
    let http = reqwest::Client::builder().tls_certs_only([]).build().unwrap();
    let url = format!("{}/api/v1/auth/login", backend.url);
    let send = async |body: Vec<u8>, kind: &str| {
        let response = http.post(&url).header("content-type", kind).body(body).send().await.unwrap();
        let status = response.status().as_u16();
        assert_eq!(response.headers()["content-type"], "application/problem+json");
        (status, response.json::<Value>().await.unwrap()["code"].as_str().unwrap().to_owned())
    };
    let json = "application/json";
    for broken in [&b"{"[..], b"not json", b"\xff\xfe", b"{\"email\":\"a\"} trailing", &[b'['; 5_000]] {
        assert_eq!(send(broken.to_vec(), json).await, (400, "unreadable".into()), "{broken:?}");
    }
    assert_eq!(send(b"[]".to_vec(), json).await.0, 422);
    assert_eq!(send(b"email=a".to_vec(), "application/x-www-form-urlencoded").await, (415, "not_json".into()));
    assert_eq!(send(vec![b' '; 20 * 1024 * 1024], json).await, (413, "too_large".into()));
    backend.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn faults_of_a_registration_are_named_one_by_one() {
    let backend = Backend::start(Engine::Sqlite).await;
    let good =
        json!({ "full_name": "Siti Ayu", "email": "siti@contoh.id", "phone": "081234567890", "password": PASSWORD, "user_type": "CLIENT" });
    let faults = [
        ("full_name", json!(""), "too_short"),
        ("full_name", json!("   "), "blank"),
        ("full_name", json!("x".repeat(256)), "too_long"),
        ("email", json!("no-at-sign"), "invalid"),
        ("email", json!(7), "invalid"),
        ("phone", json!("0801234567"), "invalid"),
        ("password", json!("short"), "too_short"),
        ("user_type", json!("ADMIN"), "invalid"),
        ("user_type", json!("ROBOT"), "invalid"),
        ("user_type", Value::Null, "invalid"),
        ("is_admin", json!(true), "unknown"),
    ];
    for (field, value, code) in faults {
        let mut body = good.clone();
        body[field] = value;
        let refused = backend.stranger().post("auth/register", body).await.refused(422, "invalid_input");
        let named = refused["errors"].as_array().unwrap().iter().any(|error| error["field"] == field && error["code"] == code);
        assert!(named, "{field}: {refused}");
    }
    for field in good.as_object().unwrap().keys() {
        let mut body = good.clone();
        body.as_object_mut().unwrap().remove(field);
        let refused = backend.stranger().post("auth/register", body).await.refused(422, "invalid_input");
        assert_eq!((&refused["errors"][0]["field"], &refused["errors"][0]["code"]), (&json!(field), &json!("missing")));
    }
    backend.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn paths_and_queries_of_nonsense_are_refused() {
    let backend = Backend::start(Engine::Sqlite).await;
    let client = backend.client().await;
    for path in [
        "orders?limit=0",
        "orders?limit=101",
        "orders?limit=x",
        "orders?status=FLYING",
        "orders?cursor=x",
        "orders?no_such=1",
        "me/events?after=-1",
        "providers?lat=91&lng=0",
        "providers?lat=1",
    ] {
        let refused = client.get(path).await.refused(422, "invalid_input");
        let field = path.split(['?', '=', '&']).nth(1).unwrap();
        assert_eq!(refused["errors"][0]["field"], field, "{path}: {refused}");
    }
    client.get("orders/not-a-uuid").await.refused(422, "invalid_input");
    client.get("no-such-path").await.refused(404, "not_found");
    client.call(Method::PATCH, "/api/v1/orders", None, None).await.refused(405, "method_not_allowed");
    let long = "k".repeat(256);
    client.post_once("wallet/top-ups", &long, json!({})).await.refused(422, "invalid_input");
    backend.stop().await;
}

/// Bytes that follow from `seed`: the same nonsense every time (xorshift, G. Marsaglia 2003).
fn nonsense(mut seed: u64, length: usize) -> Vec<u8> {
    let next = || {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        seed.to_le_bytes()[3]
    };
    std::iter::repeat_with(next).take(length).collect()
}

async fn mqtt(backend: &Backend, client_id: &str, user: &str, token: &str) -> Option<MqttClient> {
    let options = ConnectOptions::new(client_id).with_credentials(user, token).with_automatic_reconnect(false);
    let client = MqttClient::new(client_id);
    client.connect_with_options(&format!("mqtt://{}", backend.running.mqtt), options).await.ok().map(|_| client)
}

#[tokio::test(flavor = "multi_thread")]
async fn nonsense_over_mqtt_is_dropped_and_what_makes_sense_is_still_taken() {
    on_both(async |engine| {
        let backend = Backend::start(engine).await;
        let admin = backend.admin().await;
        let provider = backend.provider_at(&admin, -6.26, 106.81).await;
        let (id, token) = (provider.id.as_str(), provider.token.as_deref().unwrap());
        for strange in ["", ":", "telepon", &format!("{id}:"), &format!("{id}:a\nb"), &format!("{id}:{}", "x".repeat(256))] {
            assert!(mqtt(&backend, strange, id, token).await.is_none(), "{strange:?} is no client id of hers");
        }
        let topic = format!("u/{id}/location");
        let client = mqtt(&backend, &format!("{id}:telepon"), id, token).await.unwrap();
        for round in 0..300 {
            let mut payload = nonsense(round + 1, usize::try_from(round).unwrap() * 7 % 2_000);
            // Every other one begins like a batch.
            if let Some(first) = payload.first_mut().filter(|_| round % 2 == 0) {
                *first = FORMAT_VERSION;
            }
            client.publish_qos1(topic.as_str(), payload).await.unwrap();
        }
        // The same, not waiting for one to be taken before the next is sent.
        let flood = (0..50).map(|round| client.publish_qos1(topic.as_str(), nonsense(round + 7_777, 64)));
        for sent in futures_util::future::join_all(flood).await {
            sent.unwrap();
        }
        let fix = Fix {
            at: backend.now(),
            position: LatLng::try_new(-6.25, 106.8).unwrap(),
            accuracy_meters: Some(8.0),
            speed_kmh: None,
            heading_degrees: None,
            is_mock: false,
        };
        let good = encode(&Batch { sequence: u64::MAX, fixes: vec![fix] }).unwrap();
        client.publish_qos1(topic.as_str(), good).await.unwrap();
        until("her new position", async || {
            let found = provider.get("providers?lat=-6.25&lng=106.8&radius_km=0.1").await.expect(200);
            (found["items"][0]["id"] == id).then_some(())
        })
        .await;
        // What is too large ends the connection, and only that.
        assert!(client.publish_qos1(topic.as_str(), nonsense(1, 70_000)).await.is_err());
        assert!(mqtt(&backend, &format!("{id}:telepon"), id, token).await.is_some());
        backend.stop().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_http_ends_its_connection_and_nobody_elses() {
    let backend = Backend::start(Engine::Sqlite).await;
    let address = backend.running.http;
    let large = format!("GET /{} HTTP/1.1\r\n\r\n", "x".repeat(1024 * 1024));
    let pieces: Vec<Vec<u8>> = [
        "GET",
        "\r\n\r\n",
        "GET / HTTP/9.9\r\n\r\n",
        "\u{1}\u{0}\u{7f}\r\n\r\n",
        "GET /api/v1/me HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer \u{1}\r\n\r\n",
        "POST /api/v1/auth/login HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n",
        "POST /api/v1/auth/login HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        "GET /api/v1/orders/%00%ff%2e%2e HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
        &large,
    ]
    .map(|text| text.as_bytes().to_vec())
    .into_iter()
    .chain((1..40).map(|seed| nonsense(seed, 300)))
    .collect();
    for piece in pieces {
        let mut stream = TcpStream::connect(address).await.unwrap();
        // It may hang up before it has heard all.
        let _ = stream.write_all(&piece).await;
        let _ = stream.shutdown().await;
        let mut said = Vec::new();
        let read = tokio::time::timeout(Duration::from_secs(30), stream.read_to_end(&mut said)).await;
        assert!(read.is_ok(), "it hangs on {:?}", String::from_utf8_lossy(&piece[..piece.len().min(60)]));
        assert!(!said.starts_with(b"HTTP/1.1 5"), "{}", String::from_utf8_lossy(&said));
    }
    backend.stranger().get("/health/live").await.expect(200);
    backend.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn headers_of_nonsense_are_refused_or_ignored() {
    let backend = Backend::start(Engine::Sqlite).await;
    let client = backend.client().await;
    let url = format!("{}/api/v1/me", backend.url);
    let token = client.token.clone().unwrap();
    let odd = [
        ("authorization", "Bearer".to_owned()),
        ("authorization", "Basic YTpi".to_owned()),
        ("authorization", format!("Bearer {token} {token}")),
        ("authorization", format!("Bearer {}", "a.".repeat(3_000))),
    ];
    for (name, value) in odd {
        let status = client.http.get(&url).header(name, value.as_str()).send().await.unwrap().status();
        assert_eq!(status, 401, "{value}");
    }
    for (name, value) in
        [("accept", "nonsense"), ("accept-encoding", "gzip;q=x"), ("x-request-id", "§"), ("range", "bytes=9-1"), ("if-none-match", "*")]
    {
        let status = client.http.get(&url).bearer_auth(&token).header(name, value).send().await.unwrap().status();
        assert_eq!(status, 200, "{name}: {value}");
    }
    backend.stop().await;
}
