//! The phones' side against the real backend: two engines make the whole journey, and nothing is lost when the network, the app
//! or the backend goes away.

use std::path::Path;
use std::sync::Arc;

use rapi_backend::platform::SystemClock;
use rapi_backend::serve;
use rapi_core::orders::{PayStage, Status};
use rapi_core::values::Order;
use rapi_core::wire::orders::{CreateOrderRequest, OrderDetail, RatingRequest};
use rapi_core::wire::payments::{PayRequest, PaymentMethod, TopUpRequest};
use rapi_core::wire::people::DeviceType;
use rapi_core::{Id, LatLng, Rupiah};
use rapi_engine::{Connection, Engine, EngineConfig, Host, Intent, SessionState, SimulatedRide, Snapshot, Way};
use serde_json::json;
use tempfile::TempDir;

use crate::client::{Client, PASSWORD};
use crate::harness::{Backend, House, on_both};

pub fn at(latitude: f64, longitude: f64) -> LatLng {
    LatLng::try_new(latitude, longitude).unwrap()
}

pub fn home() -> LatLng {
    at(-6.2607, 106.8137)
}

fn config(house: &House, folder: &Path) -> EngineConfig {
    EngineConfig {
        api_url: house.url.clone(),
        data_dir: folder.to_path_buf(),
        device_id: "telepon".into(),
        device_type: DeviceType::Android,
        device_name: Some("Telepon".into()),
    }
}

/// A phone: an engine and the folder that survives it.
pub struct Phone {
    pub engine: Engine,
    pub ride: Option<Arc<SimulatedRide>>,
    folder: TempDir,
}

impl Phone {
    pub async fn of(house: &House, person: &Client) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let engine = Engine::open(config(house, folder.path()), Host::system(folder.path())).await.unwrap();
        engine.sign_in(&person.email, PASSWORD).await.unwrap();
        Self { engine, ride: None, folder }
    }

    pub async fn riding(house: &House, person: &Client, from: LatLng) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut host = Host::system(folder.path());
        let corner = at(from.latitude(), home().longitude());
        let ride = Arc::new(SimulatedRide::new(Arc::clone(&host.clock), Way::new(from, [corner, home()]), 30.0));
        host.location = Arc::clone(&ride) as _;
        let engine = Engine::open(config(house, folder.path()), host).await.unwrap();
        engine.sign_in(&person.email, PASSWORD).await.unwrap();
        Self { engine, ride: Some(ride), folder }
    }

    pub async fn sees(&self, what: &str, is_so: impl FnMut(&Snapshot) -> bool) -> Arc<Snapshot> {
        let patience = std::time::Duration::from_secs(90);
        match tokio::time::timeout(patience, self.engine.wait_for(is_so)).await {
            Ok(snapshot) => snapshot,
            Err(_) => panic!(
                "never seen: {what}; connection {:?}, refused {:?}",
                self.engine.snapshot().connection,
                self.engine.snapshot().refused
            ),
        }
    }

    pub async fn does(&self, intent: Intent) -> serde_json::Value {
        let what = intent.what();
        self.engine.perform(intent).await.unwrap_or_else(|error| panic!("{what}: {error}"))
    }
}

pub fn order_in(snapshot: &Snapshot, order: Id<Order>) -> Option<&OrderDetail> {
    snapshot.orders.get(&order)
}

pub fn is(order: Id<Order>, status: Status) -> impl FnMut(&Snapshot) -> bool {
    move |snapshot| order_in(snapshot, order).is_some_and(|detail| detail.order.status.is(&status))
}

pub fn stands(order: Id<Order>, stage: PayStage) -> impl FnMut(&Snapshot) -> bool {
    move |snapshot| order_in(snapshot, order).and_then(|detail| detail.order.stage.as_ref()).is_some_and(|known| known.is(&stage))
}

pub async fn cleaning(phone: &Phone, house: &House, payment_method: PaymentMethod) -> CreateOrderRequest {
    let categories = phone.engine.api().categories().await.unwrap();
    let cleaning = categories.iter().find(|category| category.slug == "cleaning").unwrap();
    CreateOrderRequest {
        service_category_id: Some(cleaning.id),
        custom_category_name: None,
        description: None,
        service_latitude: home().latitude(),
        service_longitude: home().longitude(),
        service_address: "Jl. Kemang Raya 12".into(),
        requested_time: house.now(),
        preferred_provider_id: None,
        payment_method,
        max_amount: None,
        photo_urls: Vec::new(),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn two_engines_and_one_backend_make_the_whole_journey() {
    on_both(async |engine| {
        let backend = Backend::start(engine).await;
        let admin = backend.admin().await;
        let (ayu, wati) = (backend.client().await, backend.provider_at(&admin, -6.2620, 106.8120).await);
        let client = Phone::of(&backend, &ayu).await;
        let provider = Phone::riding(&backend, &wati, at(-6.2620, 106.8120)).await;
        client.does(Intent::TopUp(TopUpRequest { amount: Rupiah::new(50_000), payment_method: PaymentMethod::EWallet })).await;

        let request = cleaning(&client, &backend, PaymentMethod::Wallet).await;
        let created = client.does(Intent::CreateOrder(request)).await;
        let order: Id<Order> = created["id"].as_str().unwrap().parse().unwrap();
        provider.sees("the offer", |snapshot| snapshot.offers.iter().any(|offer| offer.order.id == order)).await;
        provider.does(Intent::Accept(order)).await;
        client.sees("the acceptance", is(order, Status::Accepted)).await;

        provider.does(Intent::Depart(order)).await;
        client.engine.api().watch(order).await.unwrap();
        provider.ride.as_ref().unwrap().set_off();
        client.sees("her position", |snapshot| snapshot.tracking.get(&order).is_some_and(|position| position.latitude.is_some())).await;
        provider.does(Intent::Arrive(order)).await;
        client.sees("the arrival", is(order, Status::Arrived)).await;

        for intent in [Intent::StartWork(order), Intent::PauseWork(order), Intent::ResumeWork(order), Intent::StopWork(order)] {
            provider.does(intent).await;
        }
        client.sees("the bill", stands(order, PayStage::AwaitingPayment)).await;
        crate::harness::until("the money of the top-up", async || {
            let wallet = client.engine.api().wallet().await.unwrap();
            (wallet.balance == Rupiah::new(50_000)).then_some(())
        })
        .await;
        client.does(Intent::Pay { order, request: PayRequest { payment_method: PaymentMethod::Wallet, payment_proof: None } }).await;
        client.does(Intent::Rate { order, request: RatingRequest { rating: 5, review: None, rating_details: None } }).await;
        let end = provider.sees("the completed order", is(order, Status::Completed)).await;

        // The first minute counts: Rp200, of which Rp20 are the platform's.
        let total = order_in(&end, order).unwrap().order.total_amount;
        assert_eq!(total, Rupiah::new(200));
        assert_eq!(client.engine.api().wallet().await.unwrap().balance, Rupiah::new(49_800));
        assert_eq!(provider.engine.api().wallet().await.unwrap().balance, Rupiah::new(180));
        let books = admin.get("admin/ledger/check").await.expect(200);
        assert_eq!(books["is_balanced"], json!(true), "{books}");
        client.engine.close().await;
        provider.engine.close().await;
        backend.stop().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_asked_while_the_backend_is_away_is_done_when_it_comes_back() {
    on_both(async |engine| {
        let backend = Backend::start(engine).await;
        let admin = backend.admin().await;
        let (ayu, wati) = (backend.client().await, backend.provider_at(&admin, -6.2620, 106.8120).await);
        let order: Id<Order> =
            backend.order(&ayu, home().latitude(), home().longitude(), "CASH").await["id"].as_str().unwrap().parse().unwrap();
        let provider = Phone::of(&backend, &wati).await;
        provider.does(Intent::Accept(order)).await;
        provider.sees("the connection", |snapshot| snapshot.connection == Connection::Online).await;

        let Backend { running, dir, clock, house } = backend;
        let (mut settings, http) = (running.app.settings.clone(), running.http);
        running.stop().await;
        for intent in [Intent::Depart(order), Intent::Arrive(order), Intent::StartWork(order), Intent::StopWork(order)] {
            provider.engine.submit(intent).await.unwrap();
        }
        provider.sees("four moves that wait", |snapshot| snapshot.pending.len() == 4).await;
        // The app is killed, too: nobody says goodbye.
        let Phone { engine, folder, .. } = provider;
        engine.close().await;

        settings.http = http;
        let running = serve::start(settings, Arc::new(SystemClock)).await.unwrap();
        let backend = Backend { running, dir, clock, house };
        let engine = Engine::open(config(&backend, folder.path()), Host::system(folder.path())).await.unwrap();
        let provider = Phone { engine, ride: None, folder };
        provider.sees("the session", |snapshot| matches!(snapshot.session, SessionState::SignedIn(_))).await;
        let end = provider.sees("all four moves done", stands(order, PayStage::AwaitingPayment)).await;
        assert!(end.refused.is_empty(), "{:?}", end.refused);
        provider.engine.close().await;
        backend.stop().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_outlives_its_access_tokens() {
    let backend = Backend::with(crate::harness::Engine::Sqlite, |settings| settings.auth.access_token_seconds = 2).await;
    let ayu = backend.client().await;
    let phone = Phone::of(&backend, &ayu).await;
    let started = backend.now();
    crate::harness::until("three lives of an access token", async || {
        phone.engine.api().wallet().await.unwrap();
        (backend.now().since(started) > std::time::Duration::from_secs(6)).then_some(())
    })
    .await;
    assert!(matches!(phone.engine.snapshot().session, SessionState::SignedIn(_)));
    phone.engine.close().await;
    backend.stop().await;
}
