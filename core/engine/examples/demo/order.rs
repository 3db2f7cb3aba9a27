//! One order, from the quote to the rating.

use std::time::Duration;

use rapi_engine::core::orders::{PayStage, Status};
use rapi_engine::core::values::{Category, Order};
use rapi_engine::core::wire::orders::{CreateOrderRequest, OrderDetail, QuoteRequest, RatingRequest};
use rapi_engine::core::wire::payments::{PayRequest, PaymentMethod, PaymentStatus, TopUpRequest, TopUpResponse};
use rapi_engine::core::work::SessionStatus;
use rapi_engine::core::{Id, Rupiah};
use rapi_engine::{EngineError, Intent, Snapshot};

use crate::cast::Cast;
use crate::stage::{Failed, Stage};
use crate::streets::Trip;
use crate::{receipt, travel};

/// How long the work takes between two moves.
const WORK: Duration = Duration::from_millis(1500);
const TOP_UP: Rupiah = Rupiah::new(50_000);

/// Plays it.
pub async fn play(stage: &Stage, cast: &Cast, trip: Trip, method: PaymentMethod) -> Result<(), Failed> {
    cast.ride.park(trip.way());
    let order = ask(stage, cast, &trip, method).await?;
    take(stage, cast, order).await?;
    travel(stage, cast, order, &trip).await?;
    work(stage, cast, order).await?;
    pay(stage, cast, order, method).await?;
    rate(stage, cast, order).await?;
    receipt::print(stage, cast, order).await
}

async fn ask(stage: &Stage, cast: &Cast, trip: &Trip, method: PaymentMethod) -> Result<Id<Order>, Failed> {
    let category = stage.step("Ayu looks what there is", cleaning(cast)).await?;
    let quote = QuoteRequest { service_category_id: Some(category), custom_category_name: None, minutes: 60 };
    let quote = stage.step("and what an hour would cost", cast.client.api().quote(quote)).await?;
    stage.line(format_args!("an hour of cleaning: {}", quote.total_amount));
    let request = CreateOrderRequest {
        service_category_id: Some(category),
        custom_category_name: None,
        description: Some("Dua kamar dan dapur.".into()),
        service_latitude: trip.destination.latitude(),
        service_longitude: trip.destination.longitude(),
        service_address: trip.address.into(),
        requested_time: stage.now(),
        preferred_provider_id: None,
        payment_method: method,
        max_amount: None,
        photo_urls: Vec::new(),
    };
    let created = stage.step("Ayu asks for help", cast.client.perform(Intent::CreateOrder(request))).await?;
    let parsed = async { serde_json::from_value::<OrderDetail>(created) };
    let detail = stage.step("the order has a number", parsed).await?;
    stage.line(format_args!("{}, {}", detail.order.order_number, trip.address));
    Ok(detail.order.id)
}

async fn cleaning(cast: &Cast) -> Result<Id<Category>, EngineError> {
    let categories = cast.client.api().categories().await?;
    let cleaning = categories.into_iter().find(|category| category.slug == "cleaning");
    cleaning.map(|category| category.id).ok_or_else(|| EngineError::Unreadable("there is no category cleaning".into()))
}

async fn take(stage: &Stage, cast: &Cast, order: Id<Order>) -> Result<(), Failed> {
    let offered = |snapshot: &Snapshot| snapshot.offers.iter().any(|offer| offer.order.id == order);
    let snapshot = stage.see("the offer reaches Wati", &cast.provider, offered).await?;
    if let Some(offer) = snapshot.offers.iter().find(|offer| offer.order.id == order) {
        stage.line(format_args!("{:.2} km away", offer.distance_km));
    }
    stage.step("it is on her screen", cast.provider.perform(Intent::Seen(order))).await?;
    stage.step("Wati accepts", cast.provider.perform(Intent::Accept(order))).await?;
    stage.see("Ayu knows who comes", &cast.client, |snapshot| is(snapshot, order, Status::Accepted)).await?;
    Ok(())
}

async fn travel(stage: &Stage, cast: &Cast, order: Id<Order>, trip: &Trip) -> Result<(), Failed> {
    stage.step("Wati sets off", cast.provider.perform(Intent::Depart(order))).await?;
    stage.see("Ayu knows that she is on the way", &cast.client, |snapshot| is(snapshot, order, Status::OnTheWay)).await?;
    travel::ride(stage, cast, order, trip).await?;
    stage.step("Wati is at the door", cast.provider.perform(Intent::Arrive(order))).await?;
    stage.see("Ayu knows it", &cast.client, |snapshot| is(snapshot, order, Status::Arrived)).await?;
    Ok(())
}

async fn work(stage: &Stage, cast: &Cast, order: Id<Order>) -> Result<(), Failed> {
    let moves = [
        ("Wati begins: MULAI", Intent::StartWork(order), SessionStatus::Started),
        ("she rests: JEDA", Intent::PauseWork(order), SessionStatus::Paused),
        ("she goes on: LANJUT", Intent::ResumeWork(order), SessionStatus::Started),
        ("she is done: SELESAI", Intent::StopWork(order), SessionStatus::Completed),
    ];
    for (name, intent, status) in moves {
        stage.step(name, cast.provider.perform(intent)).await?;
        stage.see("Ayu's clock shows it", &cast.client, |snapshot| works(snapshot, order, status)).await?;
        if status != SessionStatus::Completed {
            stage.pass(WORK).await;
        }
    }
    stage
        .see("the bill is there", &cast.client, |snapshot| {
            stands(snapshot, order, PayStage::AwaitingPayment) && detail(snapshot, order).is_some_and(|detail| detail.payment.is_some())
        })
        .await?;
    Ok(())
}

async fn pay(stage: &Stage, cast: &Cast, order: Id<Order>, method: PaymentMethod) -> Result<(), Failed> {
    if method == PaymentMethod::Wallet {
        fill_wallet(stage, cast).await?;
    }
    let request = PayRequest { payment_method: method, payment_proof: None };
    stage.step(&format!("Ayu pays ({})", method.as_str()), cast.client.perform(Intent::Pay { order, request })).await?;
    if method == PaymentMethod::Cash {
        stage.step("Wati has the cash in hand", cast.provider.perform(Intent::ConfirmCash(order))).await?;
    }
    stage.see("Ayu is asked to rate", &cast.client, |snapshot| stands(snapshot, order, PayStage::AwaitingRating)).await?;
    stage.see("Wati sees that it is paid", &cast.provider, |snapshot| stands(snapshot, order, PayStage::AwaitingRating)).await?;
    Ok(())
}

async fn fill_wallet(stage: &Stage, cast: &Cast) -> Result<(), Failed> {
    let before = stage.step("Ayu opens her wallet", cast.client.api().wallet()).await?;
    stage.line(format_args!("balance {}", before.balance));
    let request = TopUpRequest { amount: TOP_UP, payment_method: PaymentMethod::BankTransfer };
    let asked = stage.step("she tops it up by bank transfer", cast.client.perform(Intent::TopUp(request))).await?;
    let top_up = stage.step("the bank has the order", async { serde_json::from_value::<TopUpResponse>(asked) }).await?;
    stage.step("the money is there", settled(stage, cast, top_up)).await?;
    Ok(())
}

/// Asks whenever money has moved, and now and then in any case.
async fn settled(stage: &Stage, cast: &Cast, mut top_up: TopUpResponse) -> Result<(), EngineError> {
    let mut snapshots = cast.client.snapshots();
    while !top_up.status.is(&PaymentStatus::Completed) {
        if top_up.status.is(&PaymentStatus::Failed) {
            return Err(EngineError::Unreadable("the top-up failed".into()));
        }
        tokio::select! {
            changed = snapshots.changed() => changed.map_err(|_| EngineError::Closed)?,
            () = stage.pass(Duration::from_secs(1)) => {}
        }
        top_up = cast.client.api().top_up(top_up.id).await?;
    }
    Ok(())
}

async fn rate(stage: &Stage, cast: &Cast, order: Id<Order>) -> Result<(), Failed> {
    let rating_details = [("cleanliness".to_owned(), 5), ("punctuality".to_owned(), 5)].into();
    let request = RatingRequest { rating: 5, review: Some("Cepat dan bersih!".into()), rating_details: Some(rating_details) };
    stage.step("Ayu gives five stars", cast.client.perform(Intent::Rate { order, request })).await?;
    stage.see("the order is completed for Ayu", &cast.client, |snapshot| is(snapshot, order, Status::Completed)).await?;
    stage.see("and for Wati", &cast.provider, |snapshot| is(snapshot, order, Status::Completed)).await?;
    Ok(())
}

fn detail(snapshot: &Snapshot, order: Id<Order>) -> Option<&OrderDetail> {
    snapshot.orders.get(&order)
}

fn is(snapshot: &Snapshot, order: Id<Order>, status: Status) -> bool {
    detail(snapshot, order).is_some_and(|detail| detail.order.status.is(&status))
}

fn stands(snapshot: &Snapshot, order: Id<Order>, stage: PayStage) -> bool {
    detail(snapshot, order).and_then(|detail| detail.order.stage.as_ref()).is_some_and(|known| known.is(&stage))
}

fn works(snapshot: &Snapshot, order: Id<Order>, status: SessionStatus) -> bool {
    detail(snapshot, order).and_then(|detail| detail.work_session.as_ref()).is_some_and(|work| work.status.is(&status))
}
