//! What the screens draw.

use dioxus::prelude::*;
use rapi_core::LatLng;
use rapi_core::wire::orders::OrderDetail;

use super::fixtures::{at, billed, changed, job, made, working};
use super::*;
use crate::controls::ListState;
use crate::drawn::drawn;
use crate::text::Language;

fn screen(detail: OrderDetail, moves: Vec<MadeMove>) -> String {
    drawn(Language::Indonesian, move || {
        let moves = Moves::default().next(moves.clone(), &[], &detail);
        let view = JobView::of(&detail, &moves);
        let now = use_signal(|| at(4_366));
        let here = LatLng::try_new(-6.27, 106.82).ok();
        rsx! {
            JobScreen { view, now, here, on_move: |_| {}, on_cancel: |_| {}, on_notes: |_| {}, on_back: |()| {} }
        }
    })
}

#[test]
fn each_step_has_its_slide() {
    for (status, slide) in [("ACCEPTED", "Berangkat"), ("ON_THE_WAY", "Telah Sampai"), ("ARRIVED", "Mulai Bekerja")] {
        let html = screen(job(status), vec![]);
        assert!(html.contains(&format!("aria-label=\"{slide}\"")) && html.contains("Batalkan pekerjaan"), "{html}");
        assert!(html.contains("Siti Ayu") && html.contains("Jl. Kemang Raya 12") && html.contains("ada kucing"), "{html}");
    }
}

#[test]
fn the_running_clock_shows_time_and_net_earnings() {
    let html = screen(working(4_320), vec![]);
    assert!(html.contains("01:12:46") && html.contains("Rp13.140") && html.contains("Jeda"), "{html}");
    assert!(html.contains("aria-label=\"Selesai\"") && !html.contains("Batalkan"), "{html}");
}

#[test]
fn near_the_limit_of_the_client_she_is_warned() {
    let near = screen(changed(&working(4_320), |order| order["max_amount"] = 16_000.into()), vec![]);
    assert!(near.contains("Mendekati batas biaya klien Rp16.000") && near.contains("role=\"alert\""), "{near}");
    let reached = screen(changed(&working(4_320), |order| order["max_amount"] = 5_000.into()), vec![]);
    assert!(reached.contains("Rp5.000 tercapai") && reached.contains("Rp4.500"), "{reached}");
}

#[test]
fn without_network_the_job_goes_on_to_its_estimated_bill() {
    let html = screen(working(60), vec![made(Move::Stop, 3_600)]);
    assert!(html.contains("Perkiraan tagihan") && html.contains("Rp12.000") && html.contains("kembali terhubung"), "{html}");
    assert!(!html.contains("Tunai diterima"), "{html}");
}

#[test]
fn an_open_bill_in_cash_can_be_confirmed_and_a_paid_one_shows_what_stays() {
    let open = screen(billed("awaiting_payment", "PENDING"), vec![]);
    assert!(
        open.contains("Tunai diterima") && open.contains("Rp24.600") && open.contains("-Rp2.460") && open.contains("Rp22.140"),
        "{open}"
    );
    let paid = screen(billed("awaiting_rating", "COMPLETED"), vec![]);
    assert!(paid.contains("Lunas Rp24.600") && paid.contains("Menunggu penilaian") && !paid.contains("Tunai diterima"), "{paid}");
}

#[test]
fn the_lists_say_what_to_do_when_there_is_nothing() {
    let shelf = |shelf| {
        drawn(Language::Indonesian, move || {
            let history = HistoryView { jobs: Some(vec![]), state: ListState::Whole };
            rsx! {
                JobsScreen { shelf, offers: vec![], active: vec![], history, on_shelf: |_| {}, on_offers: |()| {}, on_job: |_| {}, on_more: |()| {}, on_retry: |()| {} }
            }
        })
    };
    assert!(shelf(Shelf::Nearby).contains("Belum ada tawaran"));
    assert!(shelf(Shelf::Active).contains("Tidak ada pekerjaan berjalan"));
    assert!(shelf(Shelf::History).contains("Belum ada riwayat"));
}
