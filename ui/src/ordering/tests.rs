//! What can be ordered, and what is said of what cannot.

use dioxus::prelude::*;
use rapi_core::orders::{Status, Zone};
use rapi_core::wire::categories::CategoryItem;
use rapi_core::wire::orders::QuoteResponse;
use rapi_core::wire::payments::PaymentMethod;
use rapi_core::wire::people::LocationItem;
use rapi_core::{Id, LatLng, Rupiah};

use super::*;
use crate::drawn::drawn;
use crate::orders::samples::{at, order};
use crate::text::{Language, Word, text};

fn category(slug: &str) -> CategoryItem {
    CategoryItem {
        id: Id::new(Default::default()),
        name: "Bersih rumah".into(),
        slug: slug.into(),
        description: None,
        icon: Some("brush-cleaning".into()),
        base_rate_per_5_minutes: Rupiah::new(1_000),
        display_order: 1,
    }
}

fn saved(label: &str, latitude: f64, is_primary: bool) -> LocationItem {
    LocationItem {
        id: Default::default(),
        label: Some(label.into()),
        latitude,
        longitude: 106.8137,
        address: format!("Alamat {label}"),
        city: None,
        province: None,
        postal_code: None,
        is_primary,
        created_at: at("00:00:00"),
    }
}

fn complete() -> Draft {
    Draft::new("cleaning", &[category("cleaning")], &[saved("Rumah", -6.26, true)])
}

#[test]
fn the_form_begins_at_home_with_what_one_came_for() {
    let draft = Draft::new("cleaning", &[category("cleaning")], &[saved("Kantor", -6.2, false), saved("Rumah", -6.26, true)]);
    assert_eq!((draft.address.as_str(), draft.asked.is_some()), ("Alamat Rumah", true));
    assert_eq!(Draft::new("moon", &[category("cleaning")], &[]).asked, None);
    assert_eq!(Draft::new("other", &[], &[]).asked, Some(Asked::Custom));
}

#[test]
fn an_address_is_saved_once_for_whoever_asks_for_it_and_the_first_is_offered_first() {
    let home = [saved("Rumah", -6.26, true)];
    let typed = Draft { address: " Jl. Baru 7 ".into(), keeps: true, ..complete() };
    let kept = typed.kept(&[]).unwrap();
    assert_eq!((kept.address.as_str(), kept.latitude, kept.is_primary), ("Jl. Baru 7", -6.26, Some(true)));
    assert_eq!(typed.kept(&home).unwrap().is_primary, None);
    for draft in [Draft { keeps: false, ..typed.clone() }, Draft { place: None, ..typed }, Draft { keeps: true, ..complete() }] {
        assert_eq!(draft.kept(&home), None);
    }
}

#[test]
fn whoever_is_asked_first_is_asked_for_what_she_does() {
    let mut laundry = category("laundry-ironing");
    laundry.id = Id::new("00000000-0000-0000-0000-000000000002".parse().expect("an id"));
    let categories = [category("cleaning"), laundry.clone()];
    let rina = || Preferred { id: Id::new(Default::default()), name: "Rina".into(), photo: None, services: vec!["laundry-ironing".into()] };
    let draft = Draft::new("", &categories, &[]).asking(rina(), &categories);
    assert_eq!(draft.asked, Some(Asked::Category(laundry.id)));
    assert!(draft.offers(&laundry) && !draft.offers(&categories[0]));
    assert_eq!(Draft::new("cleaning", &categories, &[]).asking(rina(), &categories).asked, None);
}

#[test]
fn a_complete_form_becomes_an_order_for_now() {
    let request = complete().check(at("02:00:00"), vec!["/api/v1/media/1".into()]).expect("nothing is missing");
    assert_eq!((request.requested_time, request.payment_method), (at("02:00:00"), PaymentMethod::Cash));
    assert_eq!((request.custom_category_name, request.description, request.max_amount), (None, None, None));
    assert_eq!(request.photo_urls.len(), 1);
}

#[test]
fn every_field_says_what_it_lacks() {
    let faults =
        Draft { asked: Some(Asked::Custom), cap: "banyak".into(), ..Draft::default() }.check(at("02:00:00"), Vec::new()).unwrap_err();
    assert_eq!(faults.custom, Some(Word::FormCustomMissing));
    assert_eq!((faults.place, faults.address), (Some(Word::FormPlaceMissing), Some(Word::FormAddressMissing)));
    assert_eq!(faults.cap, Some(Word::AmountUnclear));
    assert_eq!(Draft::default().check(at("02:00:00"), Vec::new()).unwrap_err().asked, Some(Word::FormServiceMissing));
    let long = Draft { description: "a".repeat(2_001), ..complete() };
    assert_eq!(long.check(at("02:00:00"), Vec::new()).unwrap_err().description, Some(Word::FormTooLong));
}

#[test]
fn a_limit_is_read_as_all_amounts_are_and_has_its_bounds() {
    for typed in ["40000", "40.000", "Rp40.000", " Rp 40.000 "] {
        let request = Draft { cap: typed.into(), ..complete() }.check(at("02:00:00"), Vec::new()).expect(typed);
        assert_eq!(request.max_amount, Some(Rupiah::new(40_000)), "{typed}");
    }
    for (typed, word) in [("0", Word::FormCapUnclear), ("99999999999", Word::FormCapUnclear), ("40,5", Word::AmountUnclear)] {
        let faults = Draft { cap: typed.into(), ..complete() }.check(at("02:00:00"), Vec::new()).unwrap_err();
        assert_eq!(faults.cap, Some(word), "{typed}");
    }
}

#[test]
fn a_time_is_meant_by_the_clocks_of_the_place() {
    let tomorrow_at_nine = Later::usual();
    assert_eq!(tomorrow_at_nine.timestamp(at("02:00:00"), Zone::Western), "2026-11-23T02:00:00Z".parse().unwrap());
    assert_eq!(tomorrow_at_nine.timestamp(at("02:00:00"), Zone::Eastern), "2026-11-23T00:00:00Z".parse().unwrap());
    // Half past eleven in Jakarta is tomorrow in Jayapura already.
    assert_eq!(tomorrow_at_nine.timestamp(at("16:30:00"), Zone::Eastern), "2026-11-24T00:00:00Z".parse().unwrap());
    let jayapura = Draft { place: LatLng::try_new(-2.53, 140.71).ok(), later: Some(tomorrow_at_nine), ..complete() };
    assert_eq!(jayapura.check(at("02:00:00"), Vec::new()).unwrap().requested_time, "2026-11-23T00:00:00Z".parse().unwrap());
}

#[test]
fn times_that_passed_and_times_too_far_away_are_not_taken() {
    let fault = |days, minute| Later { days, minute }.fault(at("02:00:00"), Zone::Western);
    assert_eq!(fault(0, 8 * 60), Some(Word::FormTimePast));
    assert_eq!(fault(0, 10 * 60), None);
    assert_eq!(fault(61, 0), Some(Word::FormTimeTooLate));
    assert_eq!(times(at("02:00:00"), Zone::Western, 0).first(), Some(&(10 * 60)));
    assert_eq!(times(at("02:00:00"), Zone::Western, 1).len(), 48);
}

#[test]
fn a_day_without_time_left_is_not_offered() {
    let html = drawn(Language::Indonesian, || {
        let names = |clock: &str| days(at(clock), Zone::Western, text()).first().map(|(ahead, name)| format!("{ahead} {name}"));
        let late = names("16:59:00");
        let early = names("02:00:00");
        rsx! { {early} "|" {late} }
    });
    assert!(html.contains("0 Hari ini, 22 Nov|1 Besok, 23 Nov"), "{html}");
}

#[test]
fn the_form_of_an_order_that_was_is_filled_in_as_it_was() {
    let draft = Draft::again(&order(Status::Completed));
    assert_eq!((draft.cap.as_str(), draft.address.as_str()), ("40000", "Jl. Kemang Raya 12, RT 3/RW 5"));
    assert!(draft.later.is_none() && draft.preferred.is_none());
}

#[test]
fn the_form_shows_what_it_would_cost_and_names_every_field() {
    let html = drawn(Language::Indonesian, || {
        let draft = use_signal(|| Draft { cap: "20000".into(), ..complete() });
        let quote = QuoteResponse { base_amount: Rupiah::new(24_000), service_fee: Rupiah::ZERO, total_amount: Rupiah::new(24_000) };
        let view = OrderFormView {
            categories: vec![category("cleaning")],
            saved: Vec::new(),
            here: None,
            quote: Some(quote),
            balance: None,
            uploads: Vec::new(),
            faults: Faults::default(),
            busy: false,
            is_online: false,
            now: at("02:00:00"),
        };
        rsx! {
            OrderFormScreen { view, draft, on_back: |()| {}, on_send: |()| {}, on_pick: |_| {}, on_unreadable: |_| {}, on_remove: |_| {}, on_again: |_| {} }
        }
    });
    for part in [
        "Rp1.000 / 5 menit",
        "Rp20.000",
        r#"for="field-address""#,
        r#"for="field-cap""#,
        "Foto (opsional)",
        "Simpan alamat ini",
        "Cari penyedia",
        "Pesanan dikirim begitu",
    ] {
        assert!(html.contains(part), "{part} in {html}");
    }
}
