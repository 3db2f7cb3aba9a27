//! What is said of providers.

use dioxus::prelude::*;
use rapi_core::values::User;
use rapi_core::wire::people::{ProviderDetail, ProviderItem, ProviderSort, Reputation};
use rapi_core::{Id, Rupiah};

use super::*;
use crate::controls::ListState;
use crate::drawn::drawn;
use crate::orders::samples::at;
use crate::text::{Language, text};

fn item(jobs: i64, distance_km: Option<f64>) -> ProviderItem {
    ProviderItem {
        id: Id::new(Default::default()),
        full_name: "Rina Sari".into(),
        profile_photo: None,
        hourly_rate: Some(Rupiah::new(30_000)),
        service_types: vec!["cleaning".into()],
        is_available: true,
        is_verified_provider: true,
        distance_km,
        area: None,
        reputation: Reputation { total_orders: jobs, total_completed_orders: jobs, average_rating: Some(4.9), total_ratings: 2 },
    }
}

fn under(jobs: i64, distance_km: Option<f64>) -> String {
    drawn(Language::Indonesian, move || rsx! { {ProviderRow::of(&item(jobs, distance_km)).under(text())} })
}

#[test]
fn a_line_says_what_is_known_and_no_more() {
    assert_eq!(under(312, Some(1.2)), "312 pekerjaan · 1,2 km");
    assert_eq!(under(0, Some(0.85)), "850 m");
    assert_eq!(under(0, None), "");
}

#[test]
fn nobody_found_says_what_to_do() {
    let html = drawn(Language::English, || {
        let view = ProvidersView {
            rows: Some(Vec::new()),
            state: ListState::Whole,
            categories: Vec::new(),
            category: String::new(),
            sort: ProviderSort::Distance,
            has_place: true,
            place: None,
        };
        rsx! {
            ProvidersScreen {
                view,
                on_back: |()| {},
                on_search: |_| {},
                on_category: |_| {},
                on_sort: |_| {},
                on_more: |()| {},
                on_retry: |()| {},
                on_open: |_: Id<User>| {},
                on_book: |_: Id<User>| {},
            }
        }
    });
    assert!(html.contains("No matching provider") && html.contains("Try another service"), "{html}");
}

#[test]
fn her_page_shows_hours_and_says_that_her_rate_is_indicative() {
    let html = drawn(Language::Indonesian, || {
        let hours = serde_json::from_str(r#"{"mon":[{"from":"08:00","to":"12:00"},{"from":"13:00","to":"17:00"}]}"#);
        let detail = ProviderDetail {
            provider: item(312, None),
            bio: Some("Teliti dan ramah.".into()),
            certifications: Vec::new(),
            working_hours: hours.expect("these are hours"),
            service_areas: Vec::new(),
            portfolio_urls: Vec::new(),
            member_since: at("00:00:00"),
            categories: Vec::new(),
        };
        let view = ProviderView { row: ProviderRow::of(&detail.provider), detail, ratings: Some(Vec::new()), state: ListState::Whole };
        rsx! { ProviderScreen { view, on_back: |()| {}, on_book: |()| {}, on_more: |()| {}, on_retry: |()| {} } }
    });
    for part in ["08.00–12.00, 13.00–17.00", "Libur", "± Rp30.000 / jam", "Tarif indikatif", "Belum ada ulasan", "Terverifikasi"] {
        assert!(html.contains(part), "{part} in {html}");
    }
}
