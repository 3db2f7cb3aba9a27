//! The disk is full, or turns read-only, under a running process: writes are refused by name, reads go on, nothing acknowledged is
//! lost, and when there is room again all goes on without a restart.

use rapi_core::LatLng;
use rapi_core::tracking::{Batch, Fix};
use serde_json::{Value, json};

use super::books::Books;
use super::errands::{id_of, now};
use super::lives::{Life, Lives};
use super::mounts::Disk;
use super::phones::Phone;
use crate::client::{Reply, png};
use crate::harness::{Engine, fresh_database, has_postgres, until};
use crate::process::Place;

/// A process on a disk of its own, and people who need it.
struct Scene {
    lives: Lives,
    disk: Disk,
    client: Phone,
    provider: Phone,
    order: String,
}

impl Scene {
    async fn on(disk: Disk, engine: Engine) -> (Self, Life) {
        let database = if engine == Engine::Postgres { Some(fresh_database().await) } else { None };
        let place = Place::new(&disk.path().join("data"), database.as_deref(), &[]);
        std::fs::create_dir(&place.data_dir).unwrap();
        let lives = Lives::at(place).await;
        let life = lives.begin(None).await.unwrap();
        let client = Phone::new(&lives, lives.house.client().await);
        let provider = Phone::new(&lives, lives.house.person("SERVICE_PROVIDER").await);
        assert!(provider.is_acknowledged(&batch(1)).await);
        let mut scene = Self { lives, disk, client, provider, order: String::new() };
        scene.order = id_of(&scene.ask("sebelum").await.expect(201));
        scene.is_ready().await;
        (scene, life)
    }

    async fn is_ready(&self) {
        until("a backend that is ready", async || (self.client.who.get("/health/ready").await.status == 200).then_some(())).await;
    }

    /// Asks for an order under a key, once.
    async fn ask(&self, key: &str) -> Reply {
        let body = json!({
            "custom_category_name": "Menata buku", "service_latitude": -6.26, "service_longitude": 106.81,
            "service_address": "Jl. Kemang Raya 12", "requested_time": "2026-11-20T02:00:00Z", "payment_method": "CASH",
        });
        self.client.who.post_once("orders", key, body).await
    }

    async fn upload(&self) -> Reply {
        self.client.who.upload("order", "foto.png", [png(), vec![7; 100_000]].concat()).await
    }

    /// Asks for orders until one is refused; how many were not, for a file may have a little room inside.
    async fn ask_until_refused(&self, code: &str) -> usize {
        let mut taken = 0;
        let refused = until("an order that is refused", async || {
            let reply = self.ask(&format!("nomor-{taken}")).await;
            let is_taken = reply.status == 201;
            taken += usize::from(is_taken);
            (!is_taken).then_some(reply)
        });
        is_refused(refused.await, code);
        taken
    }

    /// What writes says why it cannot, and leaves nothing behind; what reads goes on.
    async fn only_reading_goes_on(&self, code: &str) {
        let files = self.files();
        let ready = self.client.who.get("/health/ready").await;
        assert_eq!((ready.status, ready.body), (503, json!({ "status": "not_ready", "reason": code })));
        let reason = json!({ "cancellation_reason": "Batal" });
        is_refused(self.client.who.post(&format!("orders/{}/cancel", self.order), reason).await, code);
        is_refused(self.upload().await, code);
        assert_eq!(self.files(), files, "neither a file nor half of one");
        assert!(!self.provider.is_acknowledged(&batch(2)).await, "a batch that is nowhere");
        assert_eq!(self.client.get(&format!("orders/{}", self.order)).await["status"], "PENDING");
        self.client.follow().await;
        assert_eq!(self.client.who.get("/health/live").await.status, 200);
    }

    /// Everything is as it was acknowledged, and everything works.
    async fn all_is_well(&self, orders: usize) {
        assert_eq!(self.client.get("orders?limit=100").await["items"].as_array().unwrap().len(), orders);
        let key = "sesudah";
        let late = id_of(&self.ask(key).await.expect(201));
        assert_eq!(id_of(&self.ask(key).await.expect(201)), late, "under the same key it is the same order");
        self.upload().await.expect(201);
        assert!(self.provider.is_acknowledged(&batch(2)).await);
        self.client.hears("the late order", |event| event["data"]["order_id"] == late.as_str()).await;
        let reason = json!({ "cancellation_reason": "Batal" });
        self.client.who.post(&format!("orders/{}/cancel", self.order), reason).await.expect(200);
        self.client.hears_of(&self.order, "CANCELLED", &Value::Null).await;
    }

    /// What was acknowledged after the outage is still there when the process is killed.
    async fn it_was_no_dream(&self, life: Life, orders: usize, disk_forgets: bool) {
        life.kill().await;
        self.lives.hang_up();
        let life = self.lives.begin(None).await.unwrap();
        assert_eq!(self.client.get("orders?limit=100").await["items"].as_array().unwrap().len(), orders);
        assert_eq!(self.client.get(&format!("orders/{}", self.order)).await["status"], "CANCELLED");
        let books = Books::open(&self.lives.place).await;
        // What was heard last may go with the memory of the disk: positions are stored with `synchronous=NORMAL`.
        let batches = books.count("SELECT MAX(sequence) AS n FROM location_devices").await;
        assert!(batches == 2 || (batches == 1 && disk_forgets), "{batches}");
        assert_eq!(books.count("SELECT COUNT(*) AS n FROM media").await, 1);
        books.close().await;
        life.kill().await;
        self.lives.place.check_ledger();
    }

    fn files(&self) -> Vec<String> {
        let entries = std::fs::read_dir(self.lives.data_dir().join("files/media")).into_iter().flatten().flatten();
        entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect()
    }
}

#[track_caller]
fn is_refused(reply: Reply, code: &str) {
    let header = |name: &str| reply.headers.get(name).map(|value| value.to_str().unwrap().to_owned());
    assert_eq!(header("content-type").as_deref(), Some("application/problem+json"));
    assert_eq!(header("retry-after").as_deref(), Some("30"));
    reply.refused(503, code);
}

fn batch(sequence: u64) -> Batch {
    let position = LatLng::try_new(-6.26, 106.81).unwrap();
    let fix = Fix { at: now(), position, accuracy_meters: Some(8.0), speed_kmh: None, heading_degrees: None, is_mock: false };
    Batch { sequence, fixes: vec![fix] }
}

#[tokio::test(flavor = "multi_thread")]
async fn on_a_full_disk_reading_goes_on_and_writing_comes_back_with_the_room() {
    let Some(disk) = Disk::in_memory("24m") else { return };
    let (scene, life) = Scene::on(disk, Engine::Sqlite).await;
    scene.disk.fill();
    let taken = scene.ask_until_refused("storage_full").await;
    scene.only_reading_goes_on("storage_full").await;
    scene.disk.make_room();
    scene.is_ready().await;
    scene.all_is_well(1 + taken).await;
    scene.it_was_no_dream(life, 2 + taken, false).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn with_the_database_elsewhere_a_full_disk_refuses_files_only() {
    if !has_postgres() {
        return;
    }
    let Some(disk) = Disk::in_memory("4m") else { return };
    let (scene, life) = Scene::on(disk, Engine::Postgres).await;
    scene.disk.fill();
    is_refused(scene.upload().await, "storage_full");
    assert_eq!(scene.files(), Vec::<String>::new());
    let ready = scene.client.who.get("/health/ready").await;
    assert_eq!((ready.status, &ready.body["reason"]), (503, &json!("storage_full")));
    scene.ask("meskipun").await.expect(201);
    scene.disk.make_room();
    scene.is_ready().await;
    scene.all_is_well(2).await;
    scene.it_was_no_dream(life, 3, false).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn on_a_disk_that_turned_read_only_reading_goes_on_and_nothing_acknowledged_is_lost() {
    let Some(disk) = Disk::on_a_file() else { return };
    let (scene, life) = Scene::on(disk, Engine::Sqlite).await;
    scene.disk.turn_read_only();
    let taken = scene.ask_until_refused("storage_read_only").await;
    assert_eq!(taken, 0);
    scene.only_reading_goes_on("storage_read_only").await;
    // A file system that has lost its faith must be repaired, and for that nobody may use it.
    life.kill().await;
    scene.lives.hang_up();
    scene.disk.repair();
    let life = scene.lives.begin(None).await.unwrap();
    scene.all_is_well(1).await;
    scene.it_was_no_dream(life, 2, true).await;
}
