//! What the first screen says.

use dioxus::prelude::*;
use rapi_core::orders::{PayStage, Status};
use rapi_core::wire::payments::{PaymentMethod, PaymentStatus};
use rapi_core::work::SessionStatus;
use rapi_core::{LatLng, Rupiah};

use super::*;
use crate::drawn::drawn;
use crate::orders::Standing;
use crate::orders::samples::{at, billed, detail, session};
use crate::text::{Language, text};

#[test]
fn one_is_greeted_by_the_clocks_of_home() {
    let jakarta = LatLng::try_new(-6.26, 106.81).ok();
    let jayapura = LatLng::try_new(-2.53, 140.71).ok();
    assert_eq!(Greeting::at(at("00:30:00"), jakarta), Greeting::Morning);
    assert_eq!(Greeting::at(at("05:00:00"), jakarta), Greeting::Noon);
    assert_eq!(Greeting::at(at("09:00:00"), jakarta), Greeting::Afternoon);
    assert_eq!(Greeting::at(at("12:00:00"), jakarta), Greeting::Evening);
    assert_eq!(Greeting::at(at("09:00:00"), jayapura), Greeting::Evening);
}

#[test]
fn only_what_is_under_way_is_pinned_and_later_ones_come_last() {
    let mut later = detail(Status::Pending);
    later.order.broadcast_time = None;
    later.order.requested_time = at("09:00:00");
    let details = [later, detail(Status::Completed), detail(Status::OnTheWay)];
    let standings: Vec<Standing> = HomeView::pinned(&details, |_| None, at("02:30:00")).iter().map(|pinned| pinned.standing).collect();
    assert_eq!(standings, [Standing::OnTheWay, Standing::Scheduled]);
}

fn told(detail: rapi_core::wire::orders::OrderDetail) -> String {
    drawn(Language::Indonesian, move || {
        let now = at("04:12:46");
        let pinned = HomeView::pinned([&detail], |_| None, now);
        rsx! { {pinned[0].sentence(text())} "|" {pinned[0].under(now, text())} }
    })
}

#[test]
fn the_pinned_order_says_what_matters_now() {
    let mut working = detail(Status::InProgress);
    working.work_session = Some(session(SessionStatus::Started, 3_600));
    assert!(told(working).contains("Wati sedang bekerja|Rp14.600 sejauh ini · Bersih rumah"));
    let bill = billed(PayStage::AwaitingPayment, PaymentMethod::Cash, PaymentStatus::Pending);
    assert_eq!(bill.order.total_amount, Rupiah::new(24_600));
    assert!(told(bill).contains("Bayar Rp24.600"));
}
