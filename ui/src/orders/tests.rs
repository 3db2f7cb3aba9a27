//! What is said of orders.

use std::time::Duration;

use dioxus::prelude::*;
use rapi_core::orders::{PayStage, Status};
use rapi_core::pricing::CapState;
use rapi_core::wire::OrUnknown;
use rapi_core::wire::orders::TimelineItem;
use rapi_core::wire::payments::{PaymentMethod, PaymentStatus};
use rapi_core::work::{PauseSpan, SessionStatus};
use rapi_core::{Id, Rupiah};

use super::samples::{at, billed, order, session};
use super::*;
use crate::controls::Icon;
use crate::drawn::drawn;
use crate::text::{Language, Word};

#[test]
fn an_order_for_later_is_scheduled_until_somebody_is_asked() {
    let mut later = order(Status::Pending);
    later.broadcast_time = None;
    assert_eq!(Standing::of(&later), Standing::Searching, "one for now is only not broadcast yet");
    later.requested_time = at("06:00:00");
    assert_eq!(Standing::of(&later), Standing::Scheduled);
    later.broadcast_time = Some(at("05:15:00"));
    assert_eq!(Standing::of(&later), Standing::Searching);
}

#[test]
fn an_order_nobody_took_was_not_cancelled_by_anybody() {
    let mut ended = order(Status::Cancelled);
    ended.cancellation_reason = Some("no_provider".into());
    assert_eq!(Standing::of(&ended), Standing::NoProvider);
    ended.cancellation_reason = Some("Berubah rencana".into());
    assert_eq!(Standing::of(&ended), Standing::Cancelled);
    assert!(!Standing::Cancelled.is_running() && Standing::AwaitingRating.is_running());
}

#[test]
fn a_status_of_the_future_is_shown_as_under_way() {
    let mut strange = order(Status::Accepted);
    strange.status = OrUnknown::Unknown("LEVITATING".into());
    assert_eq!(Standing::of(&strange), Standing::Unknown);
}

#[test]
fn the_clock_goes_on_from_where_the_backend_read_it() {
    let order = order(Status::InProgress);
    let running = WorkClock::of(&session(SessionStatus::Started, 3_600), &order, at("04:12:46"));
    assert_eq!((running.worked, running.minutes), (Duration::from_secs(4_366), 73));
    assert_eq!((running.cost, running.cap_state), (Rupiah::new(14_600), CapState::Below));
    let paused = WorkClock::of(&session(SessionStatus::Paused, 3_600), &order, at("04:12:46"));
    assert_eq!((paused.worked, paused.state), (Duration::from_secs(3_600), ClockState::Paused));
    let behind = WorkClock::of(&session(SessionStatus::Started, -5), &order, at("03:59:00"));
    assert_eq!(behind.worked, Duration::ZERO, "a clock never shows less than nothing");
}

#[test]
fn the_cap_warns_from_four_fifths_on_and_stops_the_cost() {
    let order = order(Status::InProgress);
    let clock = |minutes: i64| WorkClock::of(&session(SessionStatus::Paused, minutes * 60), &order, at("04:00:00"));
    assert!(!clock(159).warns());
    assert!(clock(160).warns());
    assert_eq!(clock(160).cap_part(), Some(0.8));
    assert_eq!((clock(300).cost, clock(300).cap_state), (Rupiah::new(40_000), CapState::Reached));
}

#[test]
fn pauses_are_added_up() {
    let mut session = session(SessionStatus::Paused, 600);
    let pause = |from, to: Option<&str>| PauseSpan { paused_at: at(from), resumed_at: to.map(at) };
    session.pause_times = vec![pause("03:10:00", Some("03:14:00")), pause("03:50:00", None)];
    let clock = WorkClock::of(&session, &order(Status::InProgress), at("03:52:00"));
    assert_eq!(clock.rested, Duration::from_secs(6 * 60));
}

#[test]
fn a_bill_shows_what_the_cap_took_off() {
    let mut detail = billed(PayStage::AwaitingPayment, PaymentMethod::Cash, PaymentStatus::Pending);
    let payment = detail.payment.clone().unwrap();
    let bill = BillView::of(&detail.order, &payment);
    assert_eq!((bill.worked, bill.over_cap, bill.total), (Rupiah::new(24_600), Rupiah::ZERO, Rupiah::new(24_600)));
    detail.order.duration_minutes = 150;
    let bill = BillView::of(&detail.order, &payment);
    assert_eq!((bill.worked, bill.over_cap, bill.total), (Rupiah::new(30_000), Rupiah::new(5_400), Rupiah::new(24_600)));
}

#[test]
fn each_side_sees_its_own_bill() {
    let lines = |side| {
        drawn(Language::Indonesian, move || {
            let detail = billed(PayStage::AwaitingPayment, PaymentMethod::Cash, PaymentStatus::Pending);
            let bill = detail.payment.as_ref().map(|payment| BillView::of(&detail.order, payment));
            rsx! { BillLines { bill: bill.unwrap(), side } }
        })
    };
    let (client, provider) = (lines(Side::Client), lines(Side::Provider));
    assert!(client.contains("123 × Rp1.000 ÷ 5") && client.contains("Rp24.600") && !client.contains("Rp2.460"), "{client}");
    assert!(provider.contains("Rp2.460") && provider.contains("Rp22.140"), "{provider}");
}

#[test]
fn the_timeline_tells_the_stages_of_the_work_apart() {
    let item = |to: Status, stage: Option<PayStage>, actor: &str, clock: &str| TimelineItem {
        from: None,
        to: to.into(),
        stage: stage.map(Into::into),
        actor: actor.into(),
        actor_id: None,
        at: at(clock),
    };
    let steps = timeline(&[
        item(Status::InProgress, Some(PayStage::AwaitingPayment), "SERVICE_PROVIDER", "05:00:00"),
        item(Status::Pending, None, "CLIENT", "02:00:00"),
        item(Status::InProgress, Some(PayStage::Working), "SERVICE_PROVIDER", "03:00:00"),
        item(Status::Cancelled, None, "ADMIN", "06:00:00"),
    ]);
    let words: Vec<Word> = steps.iter().map(|step| step.word).collect();
    assert_eq!(words, [Word::StepOrdered, Word::StepStarted, Word::StepFinished, Word::StepCancelledByAdmin]);
    assert!(steps[3].is_end);
}

#[test]
fn a_card_names_the_other_one() {
    let order = order(Status::OnTheWay);
    assert_eq!(OrderCardView::of(&order, Side::Client).person.as_deref(), Some("Wati Lestari"));
    assert_eq!(OrderCardView::of(&order, Side::Provider).person.as_deref(), Some("Siti Ayu"));
    let html = drawn(Language::English, move || {
        let view = OrderCardView::of(&order, Side::Client);
        rsx! { OrderCard { view, now: at("02:30:00"), on_open: |_: Id<_>| {} } }
    });
    assert!(html.contains("House cleaning") && html.contains("Wati Lestari · Today 09:00 WIB") && html.contains("On the way"), "{html}");
}

#[test]
fn a_service_we_do_not_know_keeps_a_readable_name() {
    let html = drawn(Language::English, || {
        let say = |name: ServiceName| name.say(crate::text::text());
        let names = [ServiceName::Category("pool-care".into()), ServiceName::Custom("Menata buku".into())].map(say);
        rsx! { {names.join("|")} }
    });
    assert!(html.contains("Pool care|Menata buku"), "{html}");
    assert_eq!([icon_of_slug("ac-service"), icon_of_slug("pool-care")], [Icon::AirVent, Icon::Sparkles]);
}
