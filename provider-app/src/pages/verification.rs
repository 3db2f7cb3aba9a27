//! The identity check.

use dioxus::prelude::*;
use rapi_app_shell::hooks::{PhotoField, use_acting, use_fetched, use_known, use_uploading};
use rapi_app_shell::pages::back;
use rapi_core::wire::people::MediaPurpose;
use rapi_engine::Intent;
use rapi_ui::controls::Icon;
use rapi_ui::text::{Word, text};
use rapi_ui::verification::{Papers, PhotoFields, VerificationFaults, VerificationForm, VerificationScreen};

use crate::route::Route;

/// How many certificates are taken.
const CERTIFICATES: usize = 10;
/// How many pictures of work are taken with the papers.
const PICTURES: usize = 10;

/// Asks how the check stands, takes the papers in and sends them.
#[component]
pub fn Verification() -> Element {
    let (known, text, acting, navigator) = (use_known(), text(), use_acting(), navigator());
    let changes = use_memo(move || known.read().verification_changes);
    let mut check = use_fetched(move |api| {
        let _ = changes.read();
        async move { api.verification().await }
    });
    let id_card = use_uploading(MediaPurpose::IdCard);
    let selfie = use_uploading(MediaPurpose::Selfie);
    let certificates = use_uploading(MediaPurpose::Certificate);
    let portfolio = use_uploading(MediaPurpose::Portfolio);
    let mut faults = use_signal(VerificationFaults::default);
    let papers = move || Papers {
        id_card: id_card.urls().pop(),
        selfie: selfie.urls().pop(),
        certificates: certificates.urls(),
        portfolio: portfolio.urls(),
        settled: [id_card, selfie, certificates, portfolio].iter().all(|field| field.is_settled()),
    };
    let send = move |form: VerificationForm| match form.check(&papers()) {
        Ok(request) => {
            faults.set(VerificationFaults::default());
            acting.perform(Intent::SubmitVerification(request), move |_| check.again());
        }
        Err(found) => faults.set(found),
    };
    let say = |word: Option<Word>| word.map(|word| text.say(word));
    let found = faults();
    // What is there by now is missing no more.
    let missing_card = found.id_card.filter(|_| id_card.photos().is_empty());
    let missing_selfie = found.selfie.filter(|_| selfie.photos().is_empty());
    let photos = PhotoFields {
        id_card: rsx! {
            PhotoField { uploading: id_card, label: text.say(Word::VerifyIdCard), hint: text.say(Word::VerifyIdCardHint), fault: say(missing_card), most: 1, icon: Icon::IdCard, test_id: "id-card" }
        },
        selfie: rsx! {
            PhotoField { uploading: selfie, label: text.say(Word::VerifySelfie), hint: text.say(Word::VerifySelfieHint), fault: say(missing_selfie), most: 1, test_id: "selfie" }
        },
        certificates: rsx! {
            PhotoField { uploading: certificates, label: text.say(Word::VerifyCertificates), hint: text.say(Word::VerifyCertificatesHint), most: CERTIFICATES, icon: Icon::FileText, test_id: "certificates" }
        },
        portfolio: rsx! {
            PhotoField { uploading: portfolio, label: text.say(Word::VerifyPortfolio), hint: text.say(Word::VerifyPortfolioHint), most: PICTURES, icon: Icon::Image, test_id: "portfolio" }
        },
    };
    rsx! {
        VerificationScreen {
            check: check.ready(),
            fault: check.fault(),
            photos,
            faults: found,
            busy: acting.busy(),
            on_send: send,
            on_retry: move |()| check.again(),
            on_home: move |()| { navigator.replace(Route::Home {}); },
            on_back: |()| back(),
        }
    }
}
