//! Engines in a storm: what a person asked of her phone is done when the backend is back, and both phones end where it is.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use futures_util::future::join_all;
use rapi_core::orders::{PayStage, Status};
use rapi_core::values::Order;
use rapi_core::wire::orders::RatingRequest;
use rapi_core::wire::payments::PaymentMethod;
use rapi_core::{Id, Rupiah};
use rapi_engine::Intent;

use super::books::Books;
use super::lives::{End, Lives};
use crate::engines::{Phone, at, cleaning, home, is, stands};
use crate::harness::{Engine, on_both};

/// The whole journey as two apps make it.
async fn ride(lives: &Lives, client: &Phone, provider: &Phone) -> Id<Order> {
    let request = cleaning(client, &lives.house, PaymentMethod::Cash).await;
    let created = client.does(Intent::CreateOrder(request)).await;
    let order: Id<Order> = created["id"].as_str().unwrap().parse().unwrap();
    provider.sees("the offer", |snapshot| snapshot.offers.iter().any(|offer| offer.order.id == order)).await;
    provider.does(Intent::Accept(order)).await;
    client.sees("the acceptance", is(order, Status::Accepted)).await;
    provider.does(Intent::Depart(order)).await;
    provider.ride.as_ref().unwrap().set_off();
    for intent in [Intent::Arrive(order), Intent::StartWork(order), Intent::StopWork(order)] {
        provider.does(intent).await;
    }
    client.sees("the bill", stands(order, PayStage::AwaitingPayment)).await;
    provider.does(Intent::ConfirmCash(order)).await;
    client.sees("the payment", stands(order, PayStage::AwaitingRating)).await;
    client.does(Intent::Rate { order, request: RatingRequest { rating: 5, review: None, rating_details: None } }).await;
    provider.sees("the completed order", is(order, Status::Completed)).await;
    client.sees("the completed order", is(order, Status::Completed)).await;
    order
}

async fn engines_catch_up(engine: Engine) {
    let lives = Lives::new(engine, &[]).await;
    let first = lives.begin(None).await.unwrap();
    let admin = lives.admin().await;
    let (ayu, wati) = (lives.house.client().await, lives.house.provider_at(&admin, -6.2620, 106.8120).await);
    let client = Phone::of(&lives.house, &ayu).await;
    let provider = Phone::riding(&lives.house, &wati, at(-6.2620, home().longitude() + 0.002)).await;
    let is_home = AtomicBool::new(false);
    let journey = async {
        let order = ride(&lives, &client, &provider).await;
        is_home.store(true, Ordering::Release);
        order
    };
    // Deaths after commits that nobody hears of, one after the other; then it may live.
    let storm = async {
        let mut life = first;
        for passing in [3, 9, 5] {
            assert_eq!(life.end_within(Duration::from_millis(700)).await, End::Killed);
            lives.hang_up();
            if let Some(short) = lives.begin(Some(&format!("commit.after=abort@{passing}"))).await {
                short.end_within(Duration::from_secs(2)).await;
                lives.hang_up();
            }
            life = lives.begin(None).await.unwrap();
            if is_home.load(Ordering::Acquire) {
                break;
            }
        }
        life
    };
    let (order, life) = tokio::join!(journey, storm);
    for (phone, balance) in [(&client, 0), (&provider, -20)] {
        let snapshot = phone.engine.snapshot();
        assert!(snapshot.refused.is_empty() && snapshot.pending.is_empty(), "{:?} {:?}", snapshot.refused, snapshot.pending);
        assert_eq!(phone.engine.api().wallet().await.unwrap().balance, Rupiah::new(balance));
    }
    let books = Books::open(&lives.place).await;
    for (table, rows) in [("orders", 1), ("order_transitions", 8), ("ratings", 1), ("journals", 1), ("work_events", 4)] {
        assert_eq!(books.count(&format!("SELECT COUNT(*) AS n FROM {table}")).await, rows, "{table} of {order}");
    }
    books.close().await;
    join_all([client.engine.close(), provider.engine.close()]).await;
    life.kill().await;
    lives.place.check_ledger();
}

#[tokio::test(flavor = "multi_thread")]
async fn two_engines_reach_the_end_of_their_journey_through_the_deaths_of_the_backend() {
    on_both(engines_catch_up).await;
}
