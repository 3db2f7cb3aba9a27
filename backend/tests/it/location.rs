//! Where providers are: batches over MQTT and HTTP, tracking, watching, ways, and who may see them.

use std::sync::Arc;
use std::time::Duration;

use mqtt5::client::MqttClient;
use mqtt5::{ConnectOptions, QoS, SubscribeOptions};
use rapi_backend::app::App;
use rapi_backend::location::service;
use rapi_backend::platform::bus::NoBus;
use rapi_backend::platform::events;
use rapi_core::tracking::{Batch, Fix, encode};
use rapi_core::wire::topics;
use rapi_core::{Id, LatLng, Timestamp, values};
use sea_orm::{ConnectionTrait, Statement};
use serde_json::{Value, json};
use tokio::sync::mpsc;

use crate::client::Client;
use crate::harness::{Backend, Engine, on_both, until};

type User = Id<values::User>;

const HOME: (f64, f64) = (-6.2607, 106.8137);
const START: (f64, f64) = (-6.2550, 106.8100);

/// An accepted order: its client, its provider, its id.
struct Scene {
    backend: Backend,
    client: Client,
    provider: Client,
    order: String,
}

impl Scene {
    async fn accepted(engine: Engine) -> Self {
        let backend = Backend::with_manual_clock(engine).await;
        let admin = backend.admin().await;
        let client = backend.client().await;
        let provider = backend.provider_at(&admin, START.0, START.1).await;
        let order = backend.order(&client, HOME.0, HOME.1, "CASH").await["id"].as_str().unwrap().to_owned();
        until("the offer", async || {
            let offers = provider.get("orders/offers").await.expect(200);
            (offers["items"][0]["id"] == order.as_str()).then_some(())
        })
        .await;
        let scene = Self { backend, client, provider, order };
        scene.act("accept").await;
        scene
    }

    async fn on_the_way(engine: Engine) -> Self {
        let scene = Self::accepted(engine).await;
        scene.act("depart").await;
        scene
    }

    async fn act(&self, verb: &str) {
        self.provider.post(&format!("orders/{}/{verb}", self.order), json!({})).await.expect(200);
    }

    fn provider_id(&self) -> User {
        self.provider.id.parse().unwrap()
    }

    fn tracking(&self) -> String {
        format!("orders/{}/tracking", self.order)
    }

    /// Fixes taken every 5 s until now, `steps` of the way from the start to the home, beginning after `from`.
    fn fixes(&self, from: u32, steps: std::ops::Range<u32>) -> Vec<Fix> {
        let count = steps.end;
        steps.map(|step| fix(self.backend.now() - Duration::from_secs(u64::from(5 * (count - 1 - step))), from + step)).collect()
    }

    async fn receive(&self, sequence: u64, fixes: Vec<Fix>) {
        let payload = encode(&Batch { sequence, fixes }).unwrap();
        service::receive(self.backend.app(), self.provider_id(), "phone", &payload).await.unwrap();
    }

    async fn way(&self) -> Vec<Value> {
        let page = self.client.get(&format!("{}/history?limit=100", self.tracking())).await.expect(200);
        page["items"].as_array().unwrap().clone()
    }
}

/// Where she is after `step` steps of about 14 m.
fn fix(at: Timestamp, step: u32) -> Fix {
    let place = |(latitude, longitude)| LatLng::try_new(latitude, longitude).unwrap();
    let position = place(START).towards(place(HOME), f64::from(step) / 50.0);
    Fix { at, position, accuracy_meters: Some(8.0), speed_kmh: Some(10.0), heading_degrees: None, is_mock: false }
}

async fn connect(backend: &Backend, who: &Client) -> MqttClient {
    let id = format!("{}:phone", who.id);
    let options = ConnectOptions::new(id.as_str()).with_credentials(who.id.clone(), who.token.clone().unwrap());
    let client = MqttClient::new(id.as_str());
    client.connect_with_options(&format!("mqtt://{}", backend.running.mqtt), options.with_automatic_reconnect(false)).await.unwrap();
    client
}

/// What arrives on `u/<id>/tracking/…`.
async fn shown(client: &MqttClient, user: &str) -> mpsc::UnboundedReceiver<Value> {
    let (sender, shown) = mpsc::unbounded_channel();
    let options = SubscribeOptions { qos: QoS::AtLeastOnce, ..SubscribeOptions::default() };
    let keep = move |message: mqtt5::types::Message| {
        let _ = sender.send(serde_json::from_slice(&message.payload).unwrap());
    };
    client.subscribe_with_options(format!("u/{user}/tracking/+"), options, keep).await.unwrap();
    shown
}

async fn next(shown: &mut mpsc::UnboundedReceiver<Value>) -> Value {
    tokio::time::timeout(Duration::from_secs(30), shown.recv()).await.expect("something is shown").unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_batch_over_mqtt_is_kept_and_shown() {
    on_both(async |engine| {
        let scene = Scene::on_the_way(engine).await;
        let (phone, looker) = (connect(&scene.backend, &scene.provider).await, connect(&scene.backend, &scene.client).await);
        let mut shown = shown(&looker, &scene.client.id).await;
        scene.backend.advance(Duration::from_secs(20));
        let payload = encode(&Batch { sequence: 1, fixes: scene.fixes(1, 0..12) }).unwrap();
        phone.publish_qos1(topics::location(scene.provider_id()), payload).await.unwrap();

        // Acknowledged is durable.
        let tracking = scene.client.get(&scene.tracking()).await.expect(200);
        assert_eq!((&tracking["tracking_status"], &tracking["order_id"]), (&json!("ACTIVE"), &json!(scene.order)));
        assert_eq!((&tracking["service_provider_id"], &tracking["accuracy_meters"]), (&json!(scene.provider.id), &json!(8.0)));
        assert_eq!(tracking["recorded_at"].as_str().unwrap().parse::<Timestamp>().unwrap(), scene.backend.now());
        let left = (tracking["distance_km"].as_f64().unwrap(), tracking["estimated_arrival_minutes"].as_i64().unwrap());
        assert!((left.0 - 0.804).abs() < 0.05 && left.1 == 2, "{left:?}");
        assert_eq!(next(&mut shown).await, tracking);

        let way = scene.way().await;
        let times: Vec<_> = way.iter().map(|point| point["recorded_at"].as_str().unwrap().to_owned()).collect();
        assert!(way.len() == 12 && times.is_sorted(), "{times:?}");
        assert!(way.iter().all(|point| (140..=150).contains(&point["heading_degrees"].as_i64().unwrap())), "{way:?}");
        scene.backend.stop().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_batch_again_has_no_effect() {
    on_both(async |engine| {
        let scene = Scene::on_the_way(engine).await;
        scene.backend.advance(Duration::from_secs(60));
        scene.receive(7, scene.fixes(1, 0..3)).await;
        let before = (scene.way().await, scene.client.get(&scene.tracking()).await.body);
        assert_eq!(before.0.len(), 3);
        scene.receive(7, scene.fixes(1, 0..3)).await;
        scene.backend.advance(Duration::from_secs(20));
        scene.receive(7, scene.fixes(10, 0..3)).await;
        assert_eq!((scene.way().await, scene.client.get(&scene.tracking()).await.body), before);
        scene.receive(8, scene.fixes(10, 0..3)).await;
        assert_eq!(scene.way().await.len(), 6);
        scene.backend.stop().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_batch_is_refused() {
    let scene = Scene::on_the_way(Engine::Sqlite).await;
    for payload in [b"".as_slice(), b"{}", &[1; 40], &[0; 9000]] {
        let error = service::receive(scene.backend.app(), scene.provider_id(), "phone", payload).await.unwrap_err();
        assert_eq!(error.status(), 422, "{error}");
    }
    assert!(scene.way().await.is_empty());
    scene.backend.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn fixes_over_http_are_taken_or_refused_one_by_one() {
    on_both(async |engine| {
        let backend = Backend::with_manual_clock(engine).await;
        let (provider, client) = (backend.person("SERVICE_PROVIDER").await, backend.client().await);
        let now = backend.now();
        let fix = |seconds_ago: u64, latitude: f64, accuracy: Option<f64>| {
            let at = (now - Duration::from_secs(seconds_ago)).to_string();
            json!({ "latitude": latitude, "longitude": 106.8, "accuracy_meters": accuracy, "recorded_at": at })
        };
        let mut future = fix(0, -6.2, Some(5.0));
        future["recorded_at"] = json!((now + Duration::from_secs(61)).to_string());
        let fixes = json!([
            fix(50, -6.2, Some(5.0)),
            fix(45, -6.2, None),
            fix(45, -6.2, Some(101.0)),
            fix(45, -6.1, Some(5.0)),
            future,
            fix(90_000, -6.2, Some(5.0)),
            fix(50, -6.2, Some(5.0)),
            fix(40, -6.2005, Some(100.0)),
        ]);
        let reasons = ["no_accuracy", "inaccurate", "too_fast", "from_the_future", "too_old", "out_of_order"];
        let rejected: Vec<_> = (1..).zip(reasons).map(|(index, reason)| json!({ "index": index, "reason": reason })).collect();
        let expected = json!({ "accepted": 2, "rejected": rejected });
        assert_eq!(provider.post_once("me/location", "once", fixes.clone()).await.expect(200), expected);
        assert_eq!(provider.post_once("me/location", "once", fixes.clone()).await.expect(200), expected, "the same answer again");
        assert_eq!(provider.post("me/location", fixes).await.expect(200)["accepted"], 0);

        let user: User = provider.id.parse().unwrap();
        let (position, at) = service::position_of(backend.app(), user).unwrap();
        assert_eq!((position.latitude(), at), (-6.2005, now - Duration::from_secs(40)));
        client.post("me/location", json!([fix(0, -6.2, Some(5.0))])).await.refused(403, "wrong_role");
        for nonsense in [json!([]), json!([fix(0, 91.0, None)]), json!(vec![fix(0, -6.2, None); 101])] {
            provider.post("me/location", nonsense).await.refused(422, "invalid_input");
        }
        backend.stop().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn positions_survive_a_restart() {
    on_both(async |engine| {
        let backend = Backend::with_manual_clock(engine).await;
        let provider = backend.person("SERVICE_PROVIDER").await;
        let fix = json!([{ "latitude": HOME.0, "longitude": HOME.1, "accuracy_meters": 5, "recorded_at": backend.now().to_string() }]);
        provider.post("me/location", fix).await.expect(200);
        let user: User = provider.id.parse().unwrap();
        let home = LatLng::try_new(HOME.0, HOME.1).unwrap();
        let again = App::open(backend.app().settings.clone(), Arc::clone(&backend.app().clock), Arc::new(NoBus)).await.unwrap();
        let near: Vec<_> = service::nearest(&again, home, 3.0, 5).into_iter().map(|near| (near.provider, near.at)).collect();
        assert_eq!(near, [(user, backend.now())]);
        backend.stop().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn silence_pauses_and_the_next_fix_resumes() {
    on_both(async |engine| {
        let scene = Scene::on_the_way(engine).await;
        let looker = connect(&scene.backend, &scene.client).await;
        let mut shown = shown(&looker, &scene.client.id).await;
        scene.backend.advance(Duration::from_secs(10));
        scene.receive(1, scene.fixes(1, 0..1)).await;
        assert_eq!(next(&mut shown).await["tracking_status"], "ACTIVE");
        scene.backend.advance(Duration::from_secs(29));
        assert_eq!(scene.client.get(&scene.tracking()).await.expect(200)["tracking_status"], "ACTIVE");
        scene.backend.advance(Duration::from_secs(1));
        let paused = next(&mut shown).await;
        assert_eq!(paused["tracking_status"], "PAUSED");
        until("the pause is stored", async || {
            let tracking = scene.client.get(&scene.tracking()).await.expect(200);
            (tracking == paused).then_some(())
        })
        .await;
        scene.receive(2, scene.fixes(2, 0..1)).await;
        assert_eq!(next(&mut shown).await["tracking_status"], "ACTIVE");
        scene.backend.stop().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_departs_and_says_nothing_is_paused_too() {
    let scene = Scene::accepted(Engine::Sqlite).await;
    let status = async || scene.client.get(&scene.tracking()).await.expect(200)["tracking_status"].as_str().unwrap().to_owned();
    assert_eq!(status().await, "PAUSED", "nothing to follow before she departs");
    scene.act("depart").await;
    assert_eq!(status().await, "ACTIVE");
    scene.backend.advance(Duration::from_secs(30));
    until("the pause", async || (status().await == "PAUSED").then_some(())).await;
    scene.backend.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn watching_tells_the_provider_now_and_then() {
    on_both(async |engine| {
        let scene = Scene::on_the_way(engine).await;
        let watch = format!("orders/{}/watch", scene.order);
        // Seconds from one look to the next, and how often she has been told by then: a new lease, every 10 s, a new lease.
        for (pause, told) in [(0, 1), (5, 1), (4, 1), (1, 2), (9, 2), (31, 3)] {
            scene.backend.advance(Duration::from_secs(pause));
            let lease = scene.client.put(&watch, json!({})).await.expect(200);
            assert_eq!(lease["watched_until"], (scene.backend.now() + Duration::from_secs(30)).to_string());
            let app = scene.backend.app();
            let leases = until("the event", async || {
                let feed = events::feed(&app.db, scene.provider_id(), 0, 100).await.unwrap();
                let watched: Vec<_> = feed.into_iter().filter(|event| event.kind == "tracking.watched").collect();
                (watched.len() >= told).then_some(watched)
            })
            .await;
            assert_eq!(leases.len(), told, "after {pause} s");
        }
        scene.provider.put(&watch, json!({})).await.refused(403, "wrong_role");
        scene.backend.client().await.put(&watch, json!({})).await.refused(404, "not_found");
        scene.act("arrive").await;
        scene.client.put(&watch, json!({})).await.refused(404, "not_found");
        scene.backend.stop().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn only_those_concerned_see_where_she_is_and_only_on_her_way() {
    on_both(async |engine| {
        let scene = Scene::on_the_way(engine).await;
        scene.backend.advance(Duration::from_secs(20));
        scene.receive(1, scene.fixes(1, 0..3)).await;
        let (admin, others) = (scene.backend.admin().await, [scene.backend.client().await, scene.backend.person("SERVICE_PROVIDER").await]);
        let history = format!("{}/history", scene.tracking());
        for path in [&scene.tracking(), &history] {
            for who in [&scene.client, &scene.provider, &admin] {
                who.get(path).await.expect(200);
            }
            for other in &others {
                other.get(path).await.refused(404, "not_found");
            }
            scene.backend.stranger().get(path).await.refused(401, "not_signed_in");
        }
        scene.act("arrive").await;
        scene.client.get(&scene.tracking()).await.refused(404, "not_found");
        assert_eq!(scene.way().await.len(), 3);
        scene.backend.stop().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_way_is_read_page_by_page_and_forgotten_after_30_days() {
    on_both(async |engine| {
        let scene = Scene::on_the_way(engine).await;
        scene.backend.advance(Duration::from_secs(60));
        scene.receive(1, scene.fixes(1, 0..5)).await;
        let whole = scene.way().await;
        let (mut read, mut cursor) = (Vec::new(), String::new());
        loop {
            let page = scene.client.get(&format!("{}/history?limit=2{cursor}", scene.tracking())).await.expect(200);
            read.extend(page["items"].as_array().unwrap().clone());
            let Some(next) = page["next_cursor"].as_str() else { break };
            cursor = format!("&cursor={next}");
        }
        assert_eq!((read.len(), read), (5, whole));

        let app = scene.backend.app();
        let forget = async || service::forget_old(app).await.unwrap();
        assert_eq!(forget().await, 0);
        scene.backend.advance(Duration::from_secs(30 * 24 * 3600 + 1));
        // The daily housekeeping may be quicker: what counts is that nothing is left.
        forget().await;
        for table in ["location_history", "location_devices"] {
            let db = &app.history;
            let count = Statement::from_string(db.backend(), format!("SELECT COUNT(*) AS left_over FROM {table}"));
            let row = db.read().query_one_raw(count).await.unwrap().unwrap();
            assert_eq!(row.try_get::<i64>("", "left_over").unwrap(), 0, "{table}");
        }
        scene.backend.stop().await;
    })
    .await;
}
