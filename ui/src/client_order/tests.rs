//! What a client sees of her order.

use std::time::Duration;

use dioxus::prelude::*;
use rapi_core::orders::{Action, PayStage, Status};
use rapi_core::tracking::TrackingStatus;
use rapi_core::wire::location::TrackingResponse;
use rapi_core::wire::orders::OrderDetail;
use rapi_core::wire::payments::{PaymentMethod, PaymentStatus};
use rapi_core::work::SessionStatus;
use rapi_core::{Id, Rupiah, Timestamp};

use super::*;
use crate::drawn::drawn;
use crate::map::{MapView, MarkerKind};
use crate::orders::samples::{at, billed, detail, order, session};
use crate::text::Language;
use crate::wallet::PayWith;

fn outlook(now: Timestamp) -> Outlook<'static> {
    Outlook { tracking: None, pending: None, notes: None, is_online: true, balance: None, now }
}

fn view(detail: &OrderDetail, now: &str) -> ClientOrderView {
    ClientOrderView::of(detail, &outlook(at(now)))
}

fn html(language: Language, detail: OrderDetail, outlook: Outlook<'static>) -> String {
    drawn(language, move || {
        let view = ClientOrderView::of(&detail, &outlook);
        rsx! { ClientOrderScreen { view, map: MapView::default(), timeline: None, fault: None, on_wish: |_| {}, on_top_up: None } }
    })
}

fn search(now: &str, preferred: bool) -> SearchView {
    let mut detail = detail(Status::Pending);
    detail.order.preferred_provider_id = preferred.then(|| Id::new(Default::default()));
    let Life::Searching(search) = view(&detail, now).life else { panic!("it is searched") };
    search
}

#[test]
fn the_search_widens_with_each_wave_and_ends_after_two_minutes() {
    let radii = ["02:00:00", "02:00:12", "02:00:25", "02:01:50"].map(|now| search(now, false).radius_km);
    assert_eq!(radii, [3.0, 5.0, 8.0, 12.0]);
    let half = search("02:01:00", false);
    assert_eq!((half.part, half.left), (0.5, Duration::from_secs(60)));
    let late = search("02:03:00", false);
    assert_eq!((late.part, late.left), (1.0, Duration::ZERO));
}

#[test]
fn a_chosen_provider_is_asked_alone_for_half_a_minute() {
    assert!(search("02:00:29", true).preferred_alone);
    assert!(!search("02:00:30", true).preferred_alone);
    assert!(!search("02:00:29", false).preferred_alone);
}

#[test]
fn an_order_is_called_off_only_where_the_backend_offers_it() {
    let mut pending = detail(Status::Pending);
    assert!(!view(&pending, "02:00:00").may_cancel);
    pending.actions = vec![Action::Cancel.into()];
    assert!(view(&pending, "02:00:00").may_cancel);
    let working = html(Language::Indonesian, detail(Status::InProgress), outlook(at("04:00:00")));
    assert!(!working.contains("Batalkan"), "{working}");
}

#[test]
fn nobody_found_offers_to_search_again_or_later() {
    let mut ended = detail(Status::Cancelled);
    ended.order.cancellation_reason = Some("no_provider".into());
    let html = html(Language::Indonesian, ended, outlook(at("02:05:00")));
    assert!(html.contains("Cari lagi") && html.contains("Jadwalkan untuk nanti") && !html.contains("no_provider"), "{html}");
}

#[test]
fn the_same_order_again_is_for_everybody_and_now() {
    let mut before = order(Status::Cancelled);
    before.preferred_provider_id = Some(Id::new(Default::default()));
    let request = again(&before, at("02:05:00"));
    assert_eq!((request.requested_time, request.preferred_provider_id), (at("02:05:00"), None));
    assert_eq!((request.service_category_id, request.max_amount), (before.service_category_id, before.max_amount));
    assert_eq!(request.service_address, before.service_address);
}

fn position(status: TrackingStatus) -> TrackingResponse {
    TrackingResponse {
        order_id: Id::new(Default::default()),
        service_provider_id: Id::new(Default::default()),
        latitude: Some(-6.27),
        longitude: Some(106.82),
        accuracy_meters: Some(12.0),
        heading_degrees: None,
        speed_kmh: None,
        distance_km: Some(2.1),
        estimated_arrival_minutes: Some(8),
        tracking_status: status.into(),
        recorded_at: None,
    }
}

#[test]
fn the_way_is_told_in_minutes_and_kilometres() {
    let tracking: &'static TrackingResponse = Box::leak(Box::new(position(TrackingStatus::Active)));
    let told = Outlook { tracking: Some(tracking), ..outlook(at("02:30:00")) };
    let html = html(Language::Indonesian, detail(Status::OnTheWay), told);
    assert!(html.contains("8 menit") && html.contains("Wati dalam perjalanan · 2,1 km") && html.contains("Langsung"), "{html}");
}

#[test]
fn a_silent_phone_is_not_called_live() {
    let silent = position(TrackingStatus::Paused);
    let told = Outlook { tracking: Some(&silent), ..outlook(at("02:30:00")) };
    let Life::Coming(way) = ClientOrderView::of(&detail(Status::OnTheWay), &told).life else { panic!("she comes") };
    assert!(way.is_silent && !way.is_live);
}

#[test]
fn the_map_shows_her_only_while_she_travels() {
    let tracking = position(TrackingStatus::Active);
    let kinds = |status| map_of(&order(status), Some(&tracking)).markers.iter().map(|marker| marker.kind).collect::<Vec<_>>();
    assert_eq!(kinds(Status::OnTheWay), [MarkerKind::Home, MarkerKind::Traveller]);
    assert_eq!(kinds(Status::Arrived), [MarkerKind::Home]);
    assert_eq!(map_of(&order(Status::OnTheWay), Some(&tracking)).way.len(), 2);
}

#[test]
fn the_clock_shows_cost_and_warns_near_the_cap() {
    let working = |minutes: i64| {
        let mut detail = detail(Status::InProgress);
        detail.work_session = Some(session(SessionStatus::Started, minutes * 60));
        html(Language::Indonesian, detail, outlook(at("04:00:00")))
    };
    let calm = working(73);
    assert!(calm.contains("01:13:00") && calm.contains("Rp14.600") && !calm.contains("80%"), "{calm}");
    assert!(working(170).contains("80%"));
    assert!(working(400).contains("Batas biaya tercapai"));
}

fn pay_state(method: PaymentMethod, status: PaymentStatus) -> PayState {
    let Life::Paying(pay) = view(&billed(PayStage::AwaitingPayment, method, status), "05:04:00").life else { panic!("it is to be paid") };
    pay.state
}

#[test]
fn each_way_of_paying_has_its_own_waiting() {
    assert_eq!(pay_state(PaymentMethod::Cash, PaymentStatus::Pending), PayState::Open);
    assert_eq!(pay_state(PaymentMethod::Cash, PaymentStatus::Processing), PayState::CashAwaited);
    let waits = pay_state(PaymentMethod::EWallet, PaymentStatus::Processing);
    assert!(matches!(waits, PayState::Processing(charge) if charge.with == PayWith::Nothing));
    assert_eq!(pay_state(PaymentMethod::BankTransfer, PaymentStatus::Failed), PayState::Failed);
}

#[test]
fn a_code_to_scan_stands_over_the_bill_as_long_as_it_is_good() {
    let mut detail = billed(PayStage::AwaitingPayment, PaymentMethod::EWallet, PaymentStatus::Processing);
    let payment = detail.payment.as_mut().expect("a bill");
    (payment.qr_string, payment.pay_until) = (Some("00020101".into()), Some(at("05:18:00")));
    let html = |now| html(Language::English, detail.clone(), outlook(at(now)));
    assert!(html("05:04:00").contains("class=\"qr\"") && html("05:04:00").contains("Valid until 12:18 WIB"));
    assert!(!html("05:18:00").contains("class=\"qr\""));
}

#[test]
fn a_wallet_that_holds_too_little_says_how_much_is_missing() {
    let detail = billed(PayStage::AwaitingPayment, PaymentMethod::Wallet, PaymentStatus::Pending);
    let told = Outlook { balance: Some(Rupiah::new(4_600)), ..outlook(at("05:04:00")) };
    let html = html(Language::Indonesian, detail, told);
    assert!(html.contains("Saldo kurang Rp20.000") && !html.contains("Bayar Rp24.600"), "{html}");
}

#[test]
fn what_was_paid_can_be_rated_and_nothing_is_sent_without_stars() {
    let paid = billed(PayStage::AwaitingRating, PaymentMethod::Cash, PaymentStatus::Completed);
    let html = html(Language::English, paid, outlook(at("05:05:00")));
    assert!(html.contains("Paid Rp24.600") && html.contains("Cash · 22 Nov 2026, 12:04 WIB") && html.contains("How was Wati"), "{html}");
    let rated = Rated { stars: 4, review: "  ".into(), ..Rated::default() };
    assert_eq!((rated.request().rating, rated.request().review, rated.request().rating_details), (4, None, None));
}

#[test]
fn what_waits_for_the_network_is_said() {
    let told = Outlook { pending: Some("cancel"), is_online: false, ..outlook(at("02:00:10")) };
    let html = html(Language::English, detail(Status::Pending), told);
    assert!(html.contains("No connection. Your request is sent"), "{html}");
}

#[test]
fn an_order_ended_by_somebody_else_can_be_searched_for_again() {
    let mut ended = detail(Status::Cancelled);
    ended.order.cancelled_by = Some(Id::new(Default::default()));
    ended.order.cancellation_reason = Some("Ban bocor".into());
    assert!(matches!(view(&ended, "02:05:00").life, Life::Cancelled { by_me: true, .. }), "the sample's client has the same id");
    ended.order.cancelled_by = None;
    let html = html(Language::Indonesian, ended, outlook(at("02:05:00")));
    assert!(html.contains("Ban bocor") && html.contains("Cari lagi"), "{html}");
}
