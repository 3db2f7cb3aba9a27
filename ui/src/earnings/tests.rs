//! What the screens draw.

use dioxus::prelude::*;
use rapi_core::Id;
use rapi_core::values::Rupiah;
use rapi_core::wire::people::{DayStats, StatsResponse, VerificationStatus};

use super::*;
use crate::drawn::drawn;
use crate::jobs::JobStep;
use crate::orders::ServiceName;
use crate::text::Language;

fn week() -> StatsResponse {
    let day = |number: u32| DayStats {
        date: chrono::NaiveDate::from_ymd_opt(2026, 11, number).unwrap(),
        orders: 1,
        completed: 1,
        average_rating: (number == 22).then_some(4.8),
        earnings: Rupiah::new(i64::from(number) * 1_000),
    };
    StatsResponse {
        orders: 7,
        completed: 7,
        average_rating: Some(4.8),
        earnings: Rupiah::new(133_000),
        by_day: (16..=22).map(day).collect(),
    }
}

fn dashboard(change: impl Fn(&mut DashboardView) + 'static) -> String {
    drawn(Language::Indonesian, move || {
        let mut view = DashboardView {
            name: "Wati Lestari".into(),
            verification: VerificationStatus::Approved,
            online: Some(true),
            is_reached: true,
            has_services: Some(true),
            has_place: true,
            week: Some(week()),
            fault: None,
            minutes_today: 312,
            rating: Some(4.8),
            wallet: None,
            jobs: vec![],
            offers: 0,
            unread: 2,
        };
        change(&mut view);
        rsx! { DashboardScreen { view, on_online: |_| {}, on_open: |_| {}, on_retry: |()| {} } }
    })
}

fn job(step: JobStep) -> JobLine {
    JobLine {
        id: Id::new(Default::default()),
        service: ServiceName::Category("cleaning".into()),
        client: "Siti Ayu".into(),
        address: "Jl. Kemang Raya 12".into(),
        when: "Hari ini 12.04 WIB".into(),
        step,
        net: Some(Rupiah::new(21_600)),
    }
}

#[test]
fn the_day_is_told_in_money_jobs_hours_and_stars() {
    let html = dashboard(|_| {});
    for part in ["Rp22.000", "1 pekerjaan", "5 jam 12 mnt bekerja", "4,8", "Rp133.000", "Daring", "aria-checked=\"true\""] {
        assert!(html.contains(part), "{part} in {html}");
    }
}

#[test]
fn whoever_is_not_approved_is_led_to_the_check_and_has_no_switch() {
    for (status, said) in [
        (VerificationStatus::None, "Mulai verifikasi"),
        (VerificationStatus::Pending, "sedang diperiksa"),
        (VerificationStatus::Rejected, "perlu diperbaiki"),
    ] {
        let html = dashboard(move |view| view.verification = status);
        assert!(html.contains(said) && !html.contains("role=\"switch\""), "{html}");
    }
}

#[test]
fn the_job_she_is_on_is_pinned_and_unpaid_ones_are_listed() {
    let html = dashboard(|view| view.jobs = vec![job(JobStep::Working), job(JobStep::AwaitingPayment), job(JobStep::Completed)]);
    assert!(html.contains("data-testid=\"running\"") && html.contains("Sedang bekerja"), "{html}");
    assert!(html.contains("Rp21.600") && html.contains("Menunggu pembayaran") && !html.contains(">Selesai<"), "{html}");
}

#[test]
fn without_a_position_she_is_told_why_no_offers_come() {
    assert!(dashboard(|view| view.has_place = false).contains("belum diketahui"));
    assert!(!dashboard(|view| (view.has_place, view.online) = (false, Some(false))).contains("belum diketahui"));
}

#[test]
fn without_a_connection_nobody_is_promised_offers() {
    let html = dashboard(|view| view.is_reached = false);
    assert!(html.contains("begitu ponsel ini terhubung") && !html.contains("akan berbunyi"), "{html}");
}

#[test]
fn whoever_has_not_chosen_what_she_does_is_led_there() {
    assert!(dashboard(|view| view.has_services = Some(false)).contains("Pilih layanan"));
    assert!(!dashboard(|_| {}).contains("Pilih layanan"));
}

#[test]
fn numbers_come_with_a_chart_each_and_a_table_behind_it() {
    let html = drawn(Language::English, || {
        rsx! { StatsScreen { stats: week(), fault: None, period: Period::Week, on_period: |_| {}, on_retry: |_| {} } }
    });
    assert_eq!(html.matches("<figure").count(), 3);
    assert!(html.contains("Show as a table") && html.contains("Sun, 22 Nov 2026") && html.contains("aria-pressed=\"true\""), "{html}");
}

#[test]
fn a_period_ends_today_and_counts_it() {
    let today = chrono::NaiveDate::from_ymd_opt(2026, 11, 22).unwrap();
    let query = Period::Week.query(today);
    assert_eq!((query.from, query.to), (chrono::NaiveDate::from_ymd_opt(2026, 11, 16), Some(today)));
}
