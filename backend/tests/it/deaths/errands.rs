//! A client and a provider who live far from all others, and one journey after another between them.

use std::sync::Mutex;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};

use rapi_core::tracking::Fix;
use rapi_core::{LatLng, Timestamp};
use serde_json::{Value, json};

use super::books::Books;
use super::lives::Lives;
use super::phones::Phone;
use crate::client::{Client, PASSWORD, png, some_number};

/// A finished journey.
#[derive(Debug, Clone)]
pub struct Errand {
    pub order: String,
    pub method: &'static str,
    pub is_rated: bool,
    /// When she was where.
    pub way: [i64; 4],
}

pub struct Pair {
    pub client: Phone,
    pub provider: Phone,
    home: (f64, f64),
    door: (f64, f64),
    /// In which wave she is asked.
    pub wave: i32,
    pub errands: Mutex<Vec<Errand>>,
    /// An order where nobody is.
    lonely: Mutex<Option<String>>,
    is_first: bool,
    /// Who registered meanwhile.
    pub newcomers: Mutex<Vec<String>>,
    batches: AtomicU64,
    last_tenth: AtomicI64,
}

impl Pair {
    /// Number `number` of them; odd ones are asked in the second wave only, for they live 4 km apart.
    pub async fn settle(lives: &Lives, admin: &Client, number: u32) -> Self {
        let home = (-6.0 - f64::from(number / 5) * 0.4, 106.0 + f64::from(number % 5) * 0.4);
        let (kilometres, wave) = if number.is_multiple_of(2) { (1.0, 0) } else { (4.0, 1) };
        let door = (home.0 + kilometres / 111.195, home.1);
        let client = lives.house.client().await;
        let provider = lives.house.provider_at(admin, door.0, door.1).await;
        Self {
            client: Phone::new(lives, client),
            provider: Phone::new(lives, provider),
            home,
            door,
            wave,
            errands: Mutex::default(),
            lonely: Mutex::default(),
            is_first: number == 0,
            newcomers: Mutex::default(),
            batches: AtomicU64::new(1),
            last_tenth: AtomicI64::new(0),
        }
    }

    fn order(&self, place: (f64, f64), method: &str, photo_urls: &[Value]) -> Value {
        json!({
            "custom_category_name": "Menata buku", "service_latitude": place.0, "service_longitude": place.1,
            "service_address": "Jl. Kemang Raya 12", "requested_time": now(),
            "payment_method": method, "photo_urls": photo_urls,
        })
    }

    pub fn lonely(&self) -> Option<String> {
        self.lonely.lock().unwrap().clone()
    }

    /// Before the journeys: money in the wallet; for the first pair, an order that nobody will take, too.
    pub async fn prepare(&self, books: &Books) {
        let top_up = self.client.post("wallet/top-ups", json!({ "amount": 50_000, "payment_method": "E_WALLET" })).await;
        if self.is_first {
            let order = self.client.post("orders", self.order((self.home.0 + 0.18, self.home.1), "CASH", &[])).await;
            books.a_day_passes_unanswered(&id_of(&order)).await;
            *self.lonely.lock().unwrap() = Some(id_of(&order));
        }
        let top_up = format!("wallet/top-ups/{}", id_of(&top_up));
        self.client.sees(&top_up, |top_up| top_up["status"] == "COMPLETED").await;
    }

    /// Journey `number` of the pair, from the photo to the completed order.
    pub async fn errand(&self, number: usize, books: &Books) {
        let (client, provider) = (&self.client, &self.provider);
        let (method, is_rated) = (["CASH", "WALLET", "E_WALLET"][number % 3], number % 4 != 3);
        if number.is_multiple_of(3) {
            self.newcomer().await;
        }
        let photo = client.upload(&[png(), some_number().to_le_bytes().to_vec()].concat()).await;
        let order = id_of(&client.post("orders", self.order(self.home, method, &[photo["url"].clone()])).await);
        provider.hears("the offer", |event| event["type"] == "offer.new" && event["data"]["order_id"] == order.as_str()).await;
        let call = |verb: &str| format!("orders/{order}/{verb}");
        provider.post(&call("seen"), json!({})).await;
        provider.post(&call("accept"), json!({})).await;
        client.hears_of(&order, "ACCEPTED", &Value::Null).await;
        provider.post(&call("depart"), json!({})).await;
        let batch = self.batches.fetch_add(1, Ordering::Relaxed);
        let way = self.fixes();
        provider.publish(batch, way[..3].to_vec()).await;
        let fix = json!([{ "latitude": self.door.0, "longitude": self.door.1, "accuracy_meters": 8, "recorded_at": way[3].at }]);
        assert_eq!(provider.post("me/location", fix).await["accepted"], 1);
        for verb in ["arrive", "work-session/start", "work-session/pause", "work-session/resume", "work-session/stop"] {
            provider.post(&call(verb), json!({})).await;
        }
        client.post(&call("payment/pay"), json!({ "payment_method": method })).await;
        if method == "CASH" {
            provider.post(&call("payment/confirm-cash"), json!({})).await;
        }
        client.hears_of(&order, "IN_PROGRESS", &json!("awaiting_rating")).await;
        if is_rated {
            client.post(&call("rating"), json!({ "rating": 4 })).await;
        } else {
            books.a_day_passes_unrated(&order).await;
        }
        client.hears_of(&order, "COMPLETED", &Value::Null).await;
        provider.hears_of(&order, "COMPLETED", &Value::Null).await;
        self.errands.lock().unwrap().push(Errand { order, method, is_rated, way: way.map(|fix| fix.at.micros()) });
    }

    async fn newcomer(&self) {
        let email = format!("baru{}@contoh.id", some_number());
        let phone = format!("0813{:08}", some_number() % 100_000_000);
        let body = json!({ "full_name": "Rina Dewi", "email": email, "phone": phone, "password": PASSWORD, "user_type": "CLIENT" });
        self.client.post("auth/register", body).await;
        self.newcomers.lock().unwrap().push(email);
    }

    /// Four fixes that no one has sent yet, in the tenths of seconds that batches carry.
    fn fixes(&self) -> [Fix; 4] {
        let position = LatLng::try_new(self.door.0, self.door.1).unwrap();
        let tenth = now().micros() / TENTH + 1;
        let first = tenth.max(self.last_tenth.load(Ordering::Relaxed) + 1);
        self.last_tenth.store(first + 3, Ordering::Relaxed);
        let at = |number| Timestamp::from_micros((first + number) * TENTH);
        [0, 1, 2, 3].map(|number| Fix {
            at: at(number),
            position,
            accuracy_meters: Some(8.0),
            speed_kmh: None,
            heading_degrees: None,
            is_mock: false,
        })
    }
}

/// In microseconds.
const TENTH: i64 = 100_000;

pub fn now() -> Timestamp {
    use rapi_backend::platform::Clock as _;
    rapi_backend::platform::SystemClock.now()
}

pub fn id_of(answer: &Value) -> String {
    answer["id"].as_str().unwrap_or_else(|| panic!("no id in {answer}")).to_owned()
}
