//! What the screen draws.

use dioxus::prelude::*;
use rapi_core::people::NotANik;
use rapi_core::wire::people::{VerificationResponse, VerificationStatus};

use super::*;
use crate::drawn::drawn;
use crate::text::Language;

fn screen(status: Option<VerificationStatus>, faults: VerificationFaults) -> String {
    filled_in(status, faults, VerificationForm::default())
}

fn filled_in(status: Option<VerificationStatus>, faults: VerificationFaults, start: VerificationForm) -> String {
    drawn(Language::Indonesian, move || {
        let form = use_signal(|| start.clone());
        let check = status.map(|status| VerificationResponse {
            status: status.into(),
            rejection_reason: (status == VerificationStatus::Rejected).then(|| "Foto KTP buram".into()),
            submitted_at: None,
            verified_at: None,
            id_card_number_masked: Some("************0001".into()),
            bank_account_number_masked: None,
            bank_name: Some("BCA".into()),
            bank_account_name: None,
        });
        let part = |name: &str| rsx! { p { "photo-of-{name}" } };
        let photos = PhotoFields { id_card: part("card"), selfie: part("face"), certificates: part("skills"), portfolio: part("work") };
        rsx! {
            VerificationScreen { check, fault: None, photos, form, faults, on_send: |_| {}, on_retry: |_| {}, on_home: |_| {}, on_back: |_| {} }
        }
    })
}

#[test]
fn the_form_is_there_until_it_was_sent_and_again_after_a_rejection() {
    let has_form = |status| screen(Some(status), VerificationFaults::default()).contains("<form");
    use VerificationStatus::{Approved, None, Pending, Rejected};
    assert_eq!([None, Pending, Rejected, Approved].map(has_form), [true, false, true, false]);
    assert!(screen(Some(Rejected), VerificationFaults::default()).contains("Foto KTP buram"));
    assert!(screen(Some(Pending), VerificationFaults::default()).contains("************0001"));
}

#[test]
fn what_is_wrong_stands_at_its_field() {
    let faults = VerificationFaults { nik: Some(NotANik::NoSuchDate), ..VerificationFaults::default() };
    let html = screen(Some(VerificationStatus::None), faults);
    assert!(html.contains("tanggal lahir") && html.contains("aria-invalid"), "{html}");
}

#[test]
fn before_anything_is_known_nothing_is_asked() {
    let html = screen(None, VerificationFaults::default());
    assert!(html.contains("aria-busy") && !html.contains("<form"), "{html}");
}

#[test]
fn what_was_filled_in_earlier_stands_in_the_form() {
    let start = |bank: &str| VerificationForm { nik: "3171015708900001".into(), bank_name: bank.into(), ..VerificationForm::default() };
    let html = |bank| filled_in(Some(VerificationStatus::None), VerificationFaults::default(), start(bank));
    let named = html("BCA");
    assert!(named.contains(r#"value="3171015708900001""#) && named.contains(r#"aria-pressed="true""#), "{named}");
    assert!(!named.contains("field-bank-name") && html("Bank Jago").contains(r#"value="Bank Jago""#));
}
