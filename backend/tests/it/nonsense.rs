//! Bad input of every kind: a 4xx problem that names the field; never a 500, a panic or a hang.

use reqwest::Method;
use serde_json::{Map, Value, json};
use uuid::Uuid;

use crate::client::{Client, PASSWORD};
use crate::doors::operations;
use crate::harness::{Backend, Engine};

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
