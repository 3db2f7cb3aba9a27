//! A phone: it asks until it is answered, under the same key, follows its events, and writes down what was acknowledged.

use std::sync::{Mutex, MutexGuard};
use std::time::Duration;

use mqtt5::client::MqttClient;
use mqtt5::{ConnectOptions, PublishResult};
use rapi_core::tracking::{Batch, Fix, encode};
use rapi_core::wire::topics;
use reqwest::{Method, RequestBuilder};
use serde_json::{Value, json};

use super::lives::Lives;
use crate::client::{Client, some_number};

/// So long a phone goes on; the backend is away for a moment at most.
const PATIENCE: Duration = Duration::from_secs(240);
/// Between one try and the next.
const PAUSE: Duration = Duration::from_millis(40);

/// An acknowledged write.
#[derive(Debug, Clone)]
pub struct Kept {
    /// The call, such as `orders/…/accept`.
    pub what: String,
    pub answer: Value,
}

pub struct Phone {
    pub who: Client,
    mqtt: String,
    kept: Mutex<Vec<Kept>>,
    heard: Mutex<Vec<Value>>,
    /// How often it had to ask again, and how many answers were those given to an earlier, unheard asking.
    pub again: Mutex<(u32, u32)>,
}

impl Phone {
    pub fn new(lives: &Lives, who: Client) -> Self {
        let mqtt = format!("mqtt://{}", lives.mqtt);
        Self { who, mqtt, kept: Mutex::default(), heard: Mutex::default(), again: Mutex::default() }
    }

    /// Posts under a key of its own until it is acknowledged; a refusal fails the test.
    pub async fn post(&self, path: &str, body: Value) -> Value {
        let url = format!("{}/api/v1/{path}", self.who.url);
        let answer = self.insist(path, || self.who.http.post(&url).json(&body)).await;
        self.keep(path, &answer);
        answer
    }

    /// Uploads a file for an order likewise.
    pub async fn upload(&self, bytes: &[u8]) -> Value {
        let url = format!("{}/api/v1/media", self.who.url);
        let form = || {
            let file = reqwest::multipart::Part::bytes(bytes.to_vec()).file_name("foto.png");
            reqwest::multipart::Form::new().text("purpose", "order").part("file", file)
        };
        let answer = self.insist("media", || self.who.http.post(&url).multipart(form())).await;
        self.keep("media", &answer);
        answer
    }

    pub async fn get(&self, path: &str) -> Value {
        let url = format!("{}/api/v1/{path}", self.who.url);
        self.insist(path, || self.who.http.request(Method::GET, &url)).await
    }

    /// Looks again and again until it is so.
    pub async fn sees(&self, path: &str, is_so: impl Fn(&Value) -> bool) -> Value {
        let all = async {
            let mut beat = tokio::time::interval(PAUSE * 2);
            loop {
                beat.tick().await;
                let seen = self.get(path).await;
                if is_so(&seen) {
                    return seen;
                }
            }
        };
        tokio::time::timeout(PATIENCE, all).await.unwrap_or_else(|_| panic!("never seen: {path}"))
    }

    async fn insist(&self, path: &str, request: impl Fn() -> RequestBuilder) -> Value {
        let key = format!("kunci-{}-{}", some_number(), some_number());
        self.with_patience(path, async || {
            let request = request().bearer_auth(self.who.token.as_ref().unwrap()).header("Idempotency-Key", &key);
            let response = request.send().await.ok()?;
            let (status, is_replay) = (response.status(), response.headers().contains_key("idempotency-replayed"));
            let text = response.text().await.ok()?;
            if status.is_server_error() {
                return None;
            }
            assert!(status.is_success(), "{path}: {status} {text}");
            self.again.lock().unwrap().1 += u32::from(is_replay);
            Some(serde_json::from_str(&text).unwrap_or(Value::Null))
        })
        .await
    }

    async fn with_patience<T>(&self, what: &str, mut attempt: impl AsyncFnMut() -> Option<T>) -> T {
        let all = async {
            let mut beat = tokio::time::interval(PAUSE);
            loop {
                beat.tick().await;
                if let Some(done) = attempt().await {
                    return done;
                }
                self.again.lock().unwrap().0 += 1;
            }
        };
        tokio::time::timeout(PATIENCE, all).await.unwrap_or_else(|_| panic!("never answered: {what}"))
    }

    /// Publishes a batch of fixes until it is acknowledged.
    pub async fn publish(&self, sequence: u64, fixes: Vec<Fix>) {
        let batch = Batch { sequence, fixes };
        self.with_patience("a batch of positions", async || self.is_acknowledged(&batch).await.then_some(())).await;
    }

    /// Publishes a batch, once; was it acknowledged?
    pub async fn is_acknowledged(&self, batch: &Batch) -> bool {
        let id = format!("{}:telepon", self.who.id);
        let login = ConnectOptions::new(id.as_str()).with_credentials(self.who.id.clone(), self.who.token.clone().unwrap());
        let client = MqttClient::new(id.as_str());
        let sent = async {
            client.connect_with_options(&self.mqtt, login.with_automatic_reconnect(false)).await.ok()?;
            client.publish_qos1(topics::location(self.who.id.parse().unwrap()), encode(batch).unwrap()).await.ok()
        };
        let acknowledged = tokio::time::timeout(Duration::from_secs(2), sent).await;
        let _ = client.disconnect().await;
        // What is merely queued may never have arrived.
        matches!(acknowledged, Ok(Some(PublishResult::Sent(_))))
    }

    /// Reads on in the feed: what comes follows what was heard, number by number.
    pub async fn follow(&self) {
        let last = self.heard().len();
        let page = self.get(&format!("me/events?after={last}&limit=100")).await;
        let mut heard = self.heard();
        // Two of a person's journeys may read on at the same time.
        for event in page["items"].as_array().unwrap().iter().skip(heard.len() - last) {
            heard.push(event.clone());
            assert_eq!(event["seq"], json!(heard.len()), "a gap or a double in the feed of {}", self.who.id);
        }
    }

    /// Waits for an event, following the feed.
    pub async fn hears(&self, what: &str, is_it: impl Fn(&Value) -> bool) -> Value {
        let all = async {
            let mut beat = tokio::time::interval(PAUSE * 2);
            loop {
                self.follow().await;
                if let Some(event) = self.heard().iter().find(|event| is_it(event)) {
                    return event.clone();
                }
                beat.tick().await;
            }
        };
        tokio::time::timeout(PATIENCE, all).await.unwrap_or_else(|_| panic!("{} never heard of {what}", self.who.id))
    }

    /// Waits until an order is told to be there.
    pub async fn hears_of(&self, order: &str, status: &str, stage: &Value) {
        let is_it = |event: &Value| {
            let data = &event["data"];
            event["type"] == "order.changed" && data["order_id"] == order && data["status"] == status && &data["stage"] == stage
        };
        self.hears(&format!("{order} being {status} {stage}"), is_it).await;
    }

    pub fn heard(&self) -> MutexGuard<'_, Vec<Value>> {
        self.heard.lock().unwrap()
    }

    fn keep(&self, what: &str, answer: &Value) {
        self.kept.lock().unwrap().push(Kept { what: what.to_owned(), answer: answer.clone() });
    }

    /// The acknowledged answers to calls that end so.
    pub fn kept(&self, ending: &str) -> Vec<Kept> {
        self.kept.lock().unwrap().iter().filter(|kept| kept.what.ends_with(ending)).cloned().collect()
    }

    pub fn count_kept(&self) -> usize {
        self.kept.lock().unwrap().len()
    }
}
