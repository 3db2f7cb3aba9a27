//! Who may come through which door. One row a route; a route without a row, or a row without a route, fails.

use std::collections::BTreeSet;
use std::time::Duration;

use rapi_core::wire::people::UserType;
use reqwest::Method;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::client::Client;
use crate::harness::{Backend, Engine};

/// Whom a route admits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum For {
    /// Anybody, without a token.
    Anybody,
    /// Everybody signed in, each for herself.
    SignedIn,
    Client,
    Provider,
    Admin,
    /// The client and the provider of the order in the path, and admins.
    OrderParties,
    /// The client of the order in the path.
    OrderClient,
    /// The provider of the order in the path.
    OrderProvider,
}

use For::{Admin, Anybody, OrderClient, OrderParties, OrderProvider, Provider, SignedIn};

const ROUTES: &[(&str, &str, For)] = &[
    ("GET", "/config", Anybody),
    ("POST", "/auth/register", Anybody),
    ("POST", "/auth/otp/resend", Anybody),
    ("POST", "/auth/otp/verify", Anybody),
    ("POST", "/auth/login", Anybody),
    ("POST", "/auth/refresh", Anybody),
    ("POST", "/auth/logout", Anybody),
    ("POST", "/auth/password/forgot", Anybody),
    ("POST", "/auth/password/reset", Anybody),
    ("GET", "/me", SignedIn),
    ("PATCH", "/me", SignedIn),
    ("GET", "/me/sessions", SignedIn),
    ("DELETE", "/me/sessions/{id}", SignedIn),
    ("POST", "/me/phone", SignedIn),
    ("POST", "/me/phone/verify", SignedIn),
    ("GET", "/me/events", SignedIn),
    ("GET", "/me/stats", Provider),
    ("GET", "/me/locations", SignedIn),
    ("POST", "/me/locations", SignedIn),
    ("PATCH", "/me/locations/{id}", SignedIn),
    ("DELETE", "/me/locations/{id}", SignedIn),
    ("PUT", "/me/devices/{device_id}", SignedIn),
    ("DELETE", "/me/devices/{device_id}", SignedIn),
    ("GET", "/me/provider-profile", Provider),
    ("PATCH", "/me/provider-profile", Provider),
    ("PUT", "/me/availability", Provider),
    ("GET", "/me/verification", Provider),
    ("POST", "/me/verification", Provider),
    ("POST", "/me/location", Provider),
    ("GET", "/providers", SignedIn),
    ("GET", "/providers/{id}", SignedIn),
    ("GET", "/providers/{id}/ratings", SignedIn),
    ("POST", "/media", SignedIn),
    ("GET", "/media/{id}", SignedIn),
    ("GET", "/categories", Anybody),
    ("POST", "/orders/quote", SignedIn),
    ("POST", "/orders", For::Client),
    ("GET", "/orders", SignedIn),
    ("GET", "/orders/offers", Provider),
    ("POST", "/orders/{id}/seen", Provider),
    ("GET", "/orders/{id}", OrderParties),
    ("GET", "/orders/{id}/timeline", OrderParties),
    ("POST", "/orders/{id}/accept", Provider),
    ("POST", "/orders/{id}/decline", Provider),
    ("POST", "/orders/{id}/depart", OrderProvider),
    ("POST", "/orders/{id}/arrive", OrderProvider),
    ("POST", "/orders/{id}/cancel", OrderParties),
    ("POST", "/orders/{id}/rating", OrderClient),
    ("POST", "/orders/{id}/work-session/start", OrderProvider),
    ("POST", "/orders/{id}/work-session/pause", OrderProvider),
    ("POST", "/orders/{id}/work-session/resume", OrderProvider),
    ("POST", "/orders/{id}/work-session/stop", OrderProvider),
    ("PATCH", "/orders/{id}/work-session", OrderParties),
    ("GET", "/orders/{id}/work-session", OrderParties),
    ("PUT", "/orders/{id}/watch", OrderClient),
    ("GET", "/orders/{id}/tracking", OrderParties),
    ("GET", "/orders/{id}/tracking/history", OrderParties),
    ("GET", "/orders/{id}/payment", OrderParties),
    ("POST", "/orders/{id}/payment/pay", OrderClient),
    ("POST", "/orders/{id}/payment/confirm-cash", OrderProvider),
    ("GET", "/wallet", SignedIn),
    ("GET", "/wallet/transactions", SignedIn),
    ("GET", "/wallet/top-ups", For::Client),
    ("POST", "/wallet/top-ups", For::Client),
    ("GET", "/wallet/top-ups", For::Client),
    ("GET", "/wallet/top-ups/{id}", For::Client),
    ("GET", "/wallet/withdrawals", Provider),
    ("POST", "/wallet/withdrawals", Provider),
    ("GET", "/notifications", SignedIn),
    ("POST", "/notifications/{id}/read", SignedIn),
    ("POST", "/notifications/read-all", SignedIn),
    ("GET", "/admin/verifications", Admin),
    ("GET", "/admin/verifications/{id}", Admin),
    ("POST", "/admin/verifications/{id}/approve", Admin),
    ("POST", "/admin/verifications/{id}/reject", Admin),
    ("GET", "/admin/audit-log", Admin),
    ("GET", "/admin/users", Admin),
    ("GET", "/admin/users/{id}", Admin),
    ("PATCH", "/admin/users/{id}", Admin),
    ("GET", "/admin/users/{id}/sessions", Admin),
    ("DELETE", "/admin/users/{id}/sessions", Admin),
    ("GET", "/admin/categories", Admin),
    ("POST", "/admin/categories", Admin),
    ("PATCH", "/admin/categories/{id}", Admin),
    ("GET", "/admin/stats", Admin),
    ("GET", "/admin/map", Admin),
    ("GET", "/admin/orders", Admin),
    ("GET", "/admin/orders/{id}", Admin),
    ("GET", "/admin/orders/{id}/dispatch", Admin),
    ("POST", "/admin/orders/{id}/cancel", Admin),
    ("GET", "/admin/withdrawals", Admin),
    ("POST", "/admin/withdrawals/{id}/approve", Admin),
    ("POST", "/admin/withdrawals/{id}/complete", Admin),
    ("POST", "/admin/withdrawals/{id}/reject", Admin),
    ("GET", "/admin/ledger/check", Admin),
];

/// Every operation of the document: method, path below `/api/v1`, and itself.
pub fn operations(document: &Value) -> Vec<(String, String, Value)> {
    let paths = document["paths"].as_object().unwrap();
    let each = paths.iter().flat_map(|(path, item)| {
        let path = path.strip_prefix("/api/v1").unwrap_or(path).to_owned();
        item.as_object()
            .unwrap()
            .iter()
            .filter(|(method, _)| ["get", "post", "put", "patch", "delete"].contains(&method.as_str()))
            .map(move |(method, operation)| (method.to_uppercase(), path.clone(), operation.clone()))
    });
    each.collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn every_route_of_the_document_has_its_row_and_every_row_its_route() {
    let backend = Backend::start(Engine::Sqlite).await;
    let document = backend.stranger().get("/api/openapi.json").await.expect(200);
    let served: BTreeSet<_> = operations(&document).into_iter().map(|(method, path, _)| (method, path)).collect();
    let listed: BTreeSet<_> = ROUTES.iter().map(|(method, path, _)| ((*method).to_owned(), (*path).to_owned())).collect();
    assert_eq!(served.difference(&listed).collect::<Vec<_>>(), Vec::<&(String, String)>::new(), "served without a row");
    assert_eq!(listed.difference(&served).collect::<Vec<_>>(), Vec::<&(String, String)>::new(), "a row without a route");
    for (method, path, operation) in operations(&document) {
        let is_private = ROUTES.iter().any(|row| row.0 == method && row.1 == path && row.2 != Anybody);
        assert_eq!(operation["security"].is_array(), is_private, "{method} {path}: the document says who needs a token");
        assert!(operation["summary"].as_str().is_some_and(|text| !text.is_empty()), "{method} {path} says what it does");
    }
    backend.stop().await;
}

/// Every `$ref` below `part`.
fn references<'a>(part: &'a Value, found: &mut BTreeSet<&'a str>) {
    match part {
        Value::Object(members) => {
            found.extend(members.get("$ref").and_then(Value::as_str));
            members.values().for_each(|member| references(member, found));
        }
        Value::Array(items) => items.iter().for_each(|item| references(item, found)),
        _ => {}
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn everything_the_document_refers_to_is_in_it() {
    let backend = Backend::start(Engine::Sqlite).await;
    let document = backend.stranger().get("/api/openapi.json").await.expect(200);
    let mut found = BTreeSet::new();
    references(&document, &mut found);
    assert!(found.contains("#/components/schemas/Status"), "{found:?}");
    let dangling: Vec<_> = found.iter().filter(|reference| document.pointer(&reference[1..]).is_none()).collect();
    assert_eq!(dangling, Vec::<&&str>::new());
    backend.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_operation_has_a_name_of_its_own_and_links_lead_to_operations_that_take_an_id() {
    let backend = Backend::start(Engine::Sqlite).await;
    let document = backend.stranger().get("/api/openapi.json").await.expect(200);
    let all = operations(&document);
    let names: BTreeSet<_> = all.iter().map(|(_, _, operation)| operation["operationId"].as_str().unwrap()).collect();
    assert_eq!(names.len(), all.len());
    let takes_id: BTreeSet<_> = all
        .iter()
        .filter(|(_, path, _)| path.contains("{id}"))
        .map(|(_, _, operation)| operation["operationId"].as_str().unwrap())
        .collect();
    let responses = all.iter().flat_map(|(_, _, operation)| operation["responses"].as_object().unwrap().values());
    let links = responses.filter_map(|response| response["links"].as_object()).flat_map(|links| links.values());
    let linked: BTreeSet<_> = links.map(|link| link["operationId"].as_str().unwrap()).collect();
    assert_eq!(takes_id.symmetric_difference(&linked).collect::<Vec<_>>(), Vec::<&&str>::new());
    backend.stop().await;
}

/// People of every role, and an order between two of them.
struct Cast {
    client: Client,
    provider: Client,
    admin: Client,
    other_client: Client,
    other_provider: Client,
    order: String,
}

async fn cast(backend: &Backend) -> Cast {
    let admin = backend.admin().await;
    let (client, other_client) = (backend.client().await, backend.client().await);
    let provider = backend.provider_at(&admin, -6.2600, 106.8130).await;
    let other_provider = backend.provider_at(&admin, -7.0, 107.0).await;
    let order = backend.order(&client, -6.2607, 106.8137, "CASH").await["id"].as_str().unwrap().to_owned();
    provider.post(&format!("orders/{order}/accept"), json!({})).await.expect(200);
    Cast { client, provider, admin, other_client, other_provider, order }
}

/// A body that is good enough to come to the question of who asks.
fn body_for(path: &str) -> Value {
    match path {
        "/orders/{id}/cancel" | "/admin/orders/{id}/cancel" => json!({ "cancellation_reason": "Berubah pikiran" }),
        "/orders/{id}/rating" => json!({ "rating": 5 }),
        "/orders/{id}/payment/pay" => json!({ "payment_method": "CASH" }),
        _ => json!({}),
    }
}

async fn knock(who: &Client, method: &str, path: &str, order: &str) -> (u16, Value) {
    let id = if path.starts_with("/orders/") || path.starts_with("/admin/orders/") {
        order.to_owned()
    } else {
        Uuid::from_u128(404).to_string()
    };
    let body = (method != "GET" && method != "DELETE").then(|| body_for(path));
    let path = path.replace("{id}", &id).replace("{device_id}", "telepon");
    let method = Method::from_bytes(method.as_bytes()).unwrap();
    let reply = who.call(method, &format!("/api/v1{path}"), body, None).await;
    let is_problem = reply.status < 400 || reply.headers["content-type"] == "application/problem+json";
    assert!(is_problem, "{path}: {} {:?}", reply.status, reply.headers);
    (reply.status, reply.body)
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_good_token_every_private_door_stays_shut() {
    let backend = Backend::start(Engine::Sqlite).await;
    let cast = cast(&backend).await;
    let app = backend.app();
    let user = cast.client.id.parse().unwrap();
    let session = app.keys.check(cast.client.token.as_ref().unwrap(), app.now()).unwrap().sid;
    let long_ago = app.now() - Duration::from_secs(3600);
    let expired = app.keys.issue(user, session, UserType::Client, long_ago, Duration::from_secs(900)).unwrap();
    let made_up = app.keys.issue(user, Uuid::from_u128(3), UserType::Admin, app.now(), Duration::from_secs(900)).unwrap();
    let foreign = rapi_backend::users::tokens::TokenKeys::try_new([3; 32]).unwrap();
    let foreign = foreign.issue(user, session, UserType::Client, app.now(), Duration::from_secs(900)).unwrap();
    let mut signed_out = cast.other_client.clone();
    let refresh = signed_out.refresh_token.clone().unwrap();
    signed_out.post("auth/logout", json!({ "refresh_token": refresh })).await.expect(204);
    let tokens = [None, Some(expired), Some(made_up), Some(foreign), signed_out.token.take(), Some("garbage".into()), Some(String::new())];
    for (method, path, _) in ROUTES.iter().filter(|row| row.2 != Anybody) {
        for (number, token) in tokens.iter().enumerate() {
            let who = Client { token: token.clone(), ..backend.stranger() };
            let (status, body) = knock(&who, method, path, &cast.order).await;
            assert_eq!(status, 401, "{method} {path} with token {number}: {body}");
        }
    }
    backend.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_wrong_person_or_role_is_refused_and_the_right_one_is_not() {
    let backend = Backend::start(Engine::Sqlite).await;
    let cast = cast(&backend).await;
    let Cast { client, provider, admin, other_client, other_provider, order } = &cast;
    let everybody =
        [("client", client), ("provider", provider), ("admin", admin), ("other client", other_client), ("other provider", other_provider)];
    for (method, path, door) in ROUTES.iter().filter(|row| row.2 != Anybody) {
        for (name, who) in everybody {
            let admitted = match door {
                Anybody | SignedIn => true,
                For::Client => name.contains("client"),
                Provider => name.contains("provider"),
                Admin => name == "admin",
                OrderParties => ["client", "provider", "admin"].contains(&name),
                OrderClient => name == "client",
                OrderProvider => name == "provider",
            };
            // Signing out or cancelling would change the rest of the round.
            let is_final = path.ends_with("/cancel") || *path == "/me/sessions/{id}";
            if admitted && is_final {
                continue;
            }
            let (status, body) = knock(who, method, path, order).await;
            assert!(status < 500, "{method} {path} as {name}: {status} {body}");
            let code = body["code"].as_str().unwrap_or_default();
            if admitted {
                let shut = status == 401 || (status == 403 && ["wrong_role", "not_yours"].contains(&code));
                assert!(!shut, "{method} {path} admits the {name}: {status} {body}");
            } else {
                assert!(status == 403 || status == 404, "{method} {path} is not for the {name}: {status} {body}");
            }
        }
    }
    backend.stop().await;
}
