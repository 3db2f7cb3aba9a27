//! A person with an HTTP client, and the ways people come to be.

use rapi_backend::users;
use std::sync::atomic::{AtomicU32, Ordering};

use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::harness::{Backend, House};

pub const PASSWORD: &str = "sapu-lidi-bersih-42";

/// Somebody who calls the API.
#[derive(Clone)]
pub struct Client {
    pub http: reqwest::Client,
    pub url: String,
    pub token: Option<String>,
    pub refresh_token: Option<String>,
    pub id: String,
    pub email: String,
}

/// What came back.
#[derive(Debug, Clone, PartialEq)]
pub struct Reply {
    pub status: u16,
    pub body: Value,
    pub headers: reqwest::header::HeaderMap,
}

impl Reply {
    /// The body, when the status is `expected`.
    #[track_caller]
    pub fn expect(self, expected: u16) -> Value {
        assert_eq!(self.status, expected, "{}", self.body);
        self.body
    }

    /// Asserts a problem of this status and code.
    #[track_caller]
    pub fn refused(self, status: u16, code: &str) -> Value {
        assert_eq!((self.status, self.body["code"].as_str().unwrap_or_default()), (status, code), "{}", self.body);
        self.body
    }
}

impl Client {
    pub fn new(url: String) -> Self {
        let http = reqwest::Client::builder().tls_certs_only([]).build().unwrap();
        Self { http, url, token: None, refresh_token: None, id: String::new(), email: String::new() }
    }

    pub async fn get(&self, path: &str) -> Reply {
        self.call(Method::GET, path, None, None).await
    }

    pub async fn post(&self, path: &str, body: Value) -> Reply {
        self.call(Method::POST, path, Some(body), None).await
    }

    pub async fn put(&self, path: &str, body: Value) -> Reply {
        self.call(Method::PUT, path, Some(body), None).await
    }

    pub async fn patch(&self, path: &str, body: Value) -> Reply {
        self.call(Method::PATCH, path, Some(body), None).await
    }

    pub async fn delete(&self, path: &str) -> Reply {
        self.call(Method::DELETE, path, None, None).await
    }

    /// A POST that may come again under the same key.
    pub async fn post_once(&self, path: &str, key: &str, body: Value) -> Reply {
        self.call(Method::POST, path, Some(body), Some(key)).await
    }

    pub async fn call(&self, method: Method, path: &str, body: Option<Value>, key: Option<&str>) -> Reply {
        let url = if path.starts_with('/') { format!("{}{path}", self.url) } else { format!("{}/api/v1/{path}", self.url) };
        let mut request = self.http.request(method, url);
        if let Some(token) = &self.token {
            request = request.bearer_auth(token);
        }
        if let Some(key) = key {
            request = request.header("Idempotency-Key", key);
        }
        if let Some(body) = body {
            request = request.json(&body);
        }
        reply(request.send().await.unwrap()).await
    }

    pub async fn upload(&self, purpose: &str, name: &str, bytes: Vec<u8>) -> Reply {
        let form = reqwest::multipart::Form::new().text("purpose", purpose.to_owned());
        let form = form.part("file", reqwest::multipart::Part::bytes(bytes).file_name(name.to_owned()));
        let mut request = self.http.post(format!("{}/api/v1/media", self.url)).multipart(form);
        if let Some(token) = &self.token {
            request = request.bearer_auth(token);
        }
        reply(request.send().await.unwrap()).await
    }

    pub async fn bytes(&self, path: &str) -> (StatusCode, Vec<u8>) {
        let request = self.http.get(format!("{}{path}", self.url)).bearer_auth(self.token.clone().unwrap_or_default());
        let response = request.send().await.unwrap();
        (response.status(), response.bytes().await.unwrap().to_vec())
    }

    /// Signs in and remembers the tokens.
    pub async fn sign_in(&mut self, email: &str, password: &str) {
        let tokens = self.post("auth/login", json!({ "email": email, "password": password })).await.expect(200);
        self.keep(&tokens);
        self.email = email.to_owned();
    }

    pub fn keep(&mut self, tokens: &Value) {
        self.token = tokens["access_token"].as_str().map(str::to_owned);
        self.refresh_token = tokens["refresh_token"].as_str().map(str::to_owned);
        self.id = tokens["user"]["id"].as_str().unwrap_or_default().to_owned();
    }
}

async fn reply(response: reqwest::Response) -> Reply {
    let (status, headers) = (response.status().as_u16(), response.headers().clone());
    let text = response.text().await.unwrap();
    Reply { status, body: serde_json::from_str(&text).unwrap_or(Value::String(text)), headers }
}

/// A number for names that must differ.
pub fn some_number() -> u64 {
    u64::from_le_bytes(rapi_backend::platform::ids::random::<8>()) % 1_000_000_000
}

/// The smallest PNG there is: one white pixel.
pub fn png() -> Vec<u8> {
    let mut bytes = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0\x1f\x15\xc4\x89".to_vec();
    bytes.extend(b"\0\0\0\rIDATx\x9cc\xf8\xff\xff\xff\x7f\0\t\xfb\x03\xfd*\x86\xe3\x8a\0\0\0\0IEND\xaeB`\x82");
    bytes
}

impl House {
    /// A registered, verified and signed-in person.
    pub async fn person(&self, user_type: &str) -> Client {
        let mut client = self.stranger();
        let number = some_number();
        let email = format!("orang{number}@contoh.id");
        let phone = format!("0812{number:09}").chars().take(12).collect::<String>();
        let name = if user_type == "CLIENT" { "Siti Ayu" } else { "Wati Lestari" };
        let body = json!({ "full_name": name, "email": email, "phone": phone, "password": PASSWORD, "user_type": user_type });
        client.post("auth/register", body).await.expect(201);
        let otp = self.otp(&email, None).await;
        let tokens = client.post("auth/otp/verify", json!({ "email": email, "otp_code": otp })).await.expect(200);
        client.keep(&tokens);
        client.email = email;
        client
    }

    pub async fn client(&self) -> Client {
        self.person("CLIENT").await
    }

    /// A provider whose papers wait for a decision.
    pub async fn applicant(&self) -> Client {
        let provider = self.person("SERVICE_PROVIDER").await;
        let mut photos = Vec::new();
        for purpose in ["id_card", "selfie"] {
            photos.push(provider.upload(purpose, "foto.png", png()).await.expect(201)["url"].clone());
        }
        // Each identity card is somebody's own.
        static CARDS: AtomicU32 = AtomicU32::new(1);
        let nik = format!("317401450690{:04}", CARDS.fetch_add(1, Ordering::Relaxed));
        let papers = json!({
            "id_card_number": nik, "id_card_photo_url": photos[0], "selfie_with_id_url": photos[1],
            "bank_account_name": "Wati Lestari", "bank_name": "BCA", "bank_account_number": "1234567890",
        });
        provider.post("me/verification", papers).await.expect(201);
        provider
    }

    /// An approved provider of cleaning, online at a place.
    pub async fn provider_at(&self, admin: &Client, latitude: f64, longitude: f64) -> Client {
        let provider = self.applicant().await;
        let queue = admin.get("admin/verifications?status=PENDING&limit=100").await.expect(200);
        let hers = queue["items"].as_array().unwrap().iter().find(|item| item["user"]["id"] == provider.id.as_str()).unwrap();
        admin.post(&format!("admin/verifications/{}/approve", hers["id"].as_str().unwrap()), json!({})).await.expect(200);
        provider.patch("me/provider-profile", json!({ "service_types": ["cleaning"] })).await.expect(200);
        provider.put("me/availability", json!({ "is_available": true, "latitude": latitude, "longitude": longitude })).await.expect(200);
        provider
    }

    /// An order for cleaning, now.
    pub async fn order(&self, client: &Client, latitude: f64, longitude: f64, payment_method: &str) -> Value {
        let categories = client.get("categories").await.expect(200);
        let cleaning = categories.as_array().unwrap().iter().find(|category| category["slug"] == "cleaning").unwrap();
        let body = json!({
            "service_category_id": cleaning["id"], "description": "Dapur dan dua kamar mandi",
            "service_latitude": latitude, "service_longitude": longitude, "service_address": "Jl. Kemang Raya 12, RT 3/RW 5",
            "requested_time": self.now().to_string(), "payment_method": payment_method,
        });
        client.post_once("orders", &Uuid::from_bytes(rapi_backend::platform::ids::random()).to_string(), body).await.expect(201)
    }
}

impl Backend {
    /// A signed-in admin.
    pub async fn admin(&self) -> Client {
        let email = format!("admin{}@rapi.test", some_number());
        users::service::create_admin(self.app(), &email, &PASSWORD.into()).await.unwrap();
        let mut admin = self.stranger();
        admin.sign_in(&email, PASSWORD).await;
        admin
    }
}
