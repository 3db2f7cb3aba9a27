//! Where the app begins.

use std::time::Duration;

use dioxus::prelude::*;
use dioxus::router::Navigator;
use rapi_app_shell::Receiver;
use rapi_app_shell::hooks::{use_acting, use_fetched, use_known, use_now, use_user};
use rapi_core::Timestamp;
use rapi_core::wire::orders::{OrderDetail, OrderItem};
use rapi_core::wire::people::{AvailabilityRequest, VerificationStatus};
use rapi_engine::{Connection, Intent, Snapshot};
use rapi_ui::earnings::{DashboardScreen, DashboardView, JobLine, Lead, Period, minutes_today, today};
use rapi_ui::formats::Zoned;
use rapi_ui::jobs::{Forecast, JobStep};
use rapi_ui::orders::ServiceName;
use rapi_ui::text::{Text, text};

use super::OfferDesk;
use super::job::waiting;
use crate::route::Route;

/// The dashboard.
#[component]
pub fn Home() -> Element {
    let (known, text, acting, navigator) = (use_known(), text(), use_acting(), navigator());
    let (receiver, desk) = (use_context::<Receiver>(), use_context::<OfferDesk>());
    let now = use_now(Duration::from_secs(60));
    let day = use_memo(move || today(now()));
    // Money moves with bills, numbers with orders too.
    let money = use_memo(move || known.read().payment_changes);
    let moves = use_memo(move || known.read().orders.values().map(|detail| detail.order.updated_at).max());
    let mut week = use_fetched(move |api| {
        let query = Period::Week.query(day());
        let _ = (money.read(), moves.read());
        async move { api.stats(query).await }
    });
    let mut wallet = use_fetched(move |api| {
        let _ = (money.read(), moves.read());
        async move { api.wallet().await }
    });
    let mut profile = use_fetched(move |api| {
        let _ = moves.read();
        async move { api.provider_profile().await }
    });
    // A switch that was refused falls back to what is so.
    use_effect(move || {
        if acting.fault().is_some() {
            profile.again();
        }
    });
    let user = use_user();
    let place = receiver.place();
    let known = known.read();
    let view = DashboardView {
        name: user.as_ref().map(|user| user.full_name.clone()).unwrap_or_default(),
        verification: user.and_then(|user| user.verification_status.known().copied()).unwrap_or(VerificationStatus::None),
        online: profile.ready().map(|profile| profile.is_available),
        is_reached: known.connection != Connection::Offline,
        has_services: profile.ready().map(|profile| !profile.service_types.is_empty()),
        has_place: place.is_some(),
        week: week.ready(),
        fault: week.fault().or(profile.fault()),
        minutes_today: minutes_today(known.orders.values(), now()),
        rating: profile.ready().and_then(|profile| profile.reputation.average_rating),
        wallet: wallet.ready(),
        jobs: lines(&known, now(), text),
        offers: known.offers.iter().filter(|offer| !desk.is_answered(offer.order.id)).count(),
        unread: known.unread_notifications,
    };
    let switch = move |online| {
        if let Some(known) = profile.ready() {
            profile.set(rapi_core::wire::people::ProviderProfileResponse { is_available: online, ..known });
        }
        let (latitude, longitude) = (place.map(|place| place.latitude()), place.map(|place| place.longitude()));
        let request = AvailabilityRequest { is_available: online, latitude, longitude };
        acting.perform(Intent::SetAvailability(request), move |_| profile.again());
    };
    rsx! {
        DashboardScreen {
            view,
            switching: acting.busy(),
            on_online: switch,
            on_open: move |lead| open(lead, navigator, desk),
            on_retry: move |()| {
                week.again();
                wallet.again();
                profile.again();
            },
        }
    }
}

/// Goes where something on the dashboard leads.
fn open(lead: Lead, navigator: Navigator, desk: OfferDesk) {
    match lead {
        Lead::Job(id) => drop(navigator.push(Route::Job { id })),
        Lead::Offers => desk.reopen(),
        Lead::Verification => drop(navigator.push(Route::Verification {})),
        Lead::Stats => drop(navigator.push(Route::Stats {})),
        Lead::Wallet => drop(navigator.push(Route::WalletPage {})),
        Lead::Notices => drop(navigator.push(Route::NoticesPage {})),
        Lead::Profile => drop(navigator.push(Route::ProviderProfile {})),
    }
}

/// The jobs that are known, newest first, ahead of what the backend knows.
pub fn lines(known: &Snapshot, now: Timestamp, text: Text) -> Vec<JobLine> {
    let jobs = known.orders.values().rev().map(|detail| line(known, detail, now, text));
    jobs.filter(|job| job.step != JobStep::Other).collect()
}

fn line(known: &Snapshot, detail: &OrderDetail, now: Timestamp, text: Text) -> JobLine {
    let step = Forecast::of(detail, &waiting(known, detail.order.id)).step;
    let net = detail.payment.as_ref().map(|payment| payment.provider_earnings);
    JobLine { net, ..item_line(&detail.order, step, now, text) }
}

/// A job in a line, as lists of the backend have it.
pub fn item_line(order: &OrderItem, step: JobStep, now: Timestamp, text: Text) -> JobLine {
    JobLine {
        id: order.id,
        service: ServiceName::of(order),
        client: order.client.full_name.clone(),
        address: order.service_address.clone(),
        when: Zoned::of(order.requested_time, &order.time_zone).when(now, text),
        step,
        net: None,
    }
}
