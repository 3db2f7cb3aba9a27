//! What the screens draw.

use dioxus::prelude::*;

use super::*;
use crate::drawn::drawn;
use crate::jobs::fixtures::{at, value};
use crate::text::Language;

fn offer(number: u8, photos: usize) -> OfferView {
    let mut value = value("PENDING");
    value["id"] = format!("01a2008d-7400-7000-8000-0000000000{number:02x}").into();
    value["photo_urls"] = vec!["/api/v1/media/1"; photos].into();
    value["distance_km"] = 1.8.into();
    value["offer_expires_at"] = serde_json::to_value(at(18)).unwrap_or_default();
    OfferView::of(&serde_json::from_value(value).unwrap(), at(0))
}

fn screen(language: Language, view: Ringing) -> String {
    drawn(language, move || {
        let now = use_signal(|| at(0));
        rsx! {
            OffersScreen { view: view.clone(), now, here: None, on_accept: |_| {}, on_decline: |_| {}, on_later: |()| {}, on_understood: |()| {} }
        }
    })
}

#[test]
fn an_offer_says_what_matters_before_it_is_answered() {
    let html = screen(Language::Indonesian, Ringing { offers: vec![offer(1, 3)], gone: None });
    for part in [
        "± Rp24.000",
        "bersih Rp21.600",
        "00:18",
        "2,5 km",
        "Jl. Kemang Raya 12",
        "3 foto",
        "Tunai",
        "10%",
        "Dari Siti Ayu",
        "Terima",
        "Tolak",
    ] {
        assert!(html.contains(part), "{part} in {html}");
    }
    assert!(html.contains("aria-modal=\"true\"") && html.contains("Matikan bunyi") && !html.contains("role=\"group\""), "{html}");
}

#[test]
fn several_offers_can_be_chosen_from() {
    let html = screen(Language::English, Ringing { offers: vec![offer(1, 0), offer(2, 0)], gone: None });
    assert!(html.contains("2 offers at once") && html.matches("aria-pressed=\"true\"").count() == 1, "{html}");
    assert!(!html.contains("photo"), "{html}");
}

#[test]
fn what_went_is_said_plainly() {
    let said = [
        (Gone::Taken, "diambil penyedia lain"),
        (Gone::Cancelled, "Klien membatalkan"),
        (Gone::Closed, "tidak tersedia lagi"),
        (Gone::Expired, "Waktu menjawab habis"),
    ];
    for (gone, words) in said {
        let html = screen(Language::Indonesian, Ringing { offers: vec![], gone: Some((offer(1, 0).id, gone)) });
        assert!(html.contains("alertdialog") && html.contains(words) && html.contains("Mengerti"), "{html}");
    }
    assert_eq!(screen(Language::Indonesian, Ringing::default()).matches("<main").count(), 0);
}
