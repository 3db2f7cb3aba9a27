//! The identity check.

use std::time::Duration;

use dioxus::prelude::*;
use rapi_app_shell::hooks::{PhotoField, Uploading, use_acting, use_engine, use_fetched, use_known, use_uploading};
use rapi_app_shell::pages::back;
use rapi_core::wire::people::{MediaPurpose, VerificationStatus};
use rapi_engine::{Draft, Intent};
use rapi_ui::controls::Icon;
use rapi_ui::text::{Text, Word, text};
use rapi_ui::verification::{Papers, PhotoFields, VerificationDraft, VerificationFaults, VerificationForm, VerificationScreen};

use crate::route::Route;

/// How many certificates are taken.
const CERTIFICATES: usize = 10;
/// How many pictures of work are taken with the papers.
const PICTURES: usize = 10;

/// Whoever types no key for so long rests.
const REST: Duration = Duration::from_millis(400);

/// Asks how the check stands, takes the papers in and sends them.
#[component]
pub fn Verification() -> Element {
    let (known, text, acting, navigator) = (use_known(), text(), use_acting(), navigator());
    let changes = use_memo(move || known.read().verification_changes);
    let mut check = use_fetched(move |api| {
        let _ = changes.read();
        async move { api.verification().await }
    });
    let [id_card, selfie, certificates, portfolio] =
        [MediaPurpose::IdCard, MediaPurpose::Selfie, MediaPurpose::Certificate, MediaPurpose::Portfolio].map(use_uploading);
    let mut form = use_signal(VerificationForm::default);
    let mut faults = use_signal(VerificationFaults::default);
    let is_restored = use_draft(form, [id_card, selfie, certificates, portfolio]);
    // Who is turned down mends what is wrong and finds the rest as it was; who is approved needs it no more.
    use_effect(move || {
        let is_approved = check.ready().is_some_and(|check| check.status.is(&VerificationStatus::Approved));
        if is_approved && is_restored() {
            form.set(VerificationForm::default());
            [id_card, selfie, certificates, portfolio].into_iter().for_each(Uploading::clear);
        }
    });
    let papers = move || Papers {
        id_card: id_card.urls().pop(),
        selfie: selfie.urls().pop(),
        certificates: certificates.urls(),
        portfolio: portfolio.urls(),
        settled: [id_card, selfie, certificates, portfolio].iter().all(|field| field.is_settled()),
    };
    let send = move |()| {
        let checked = form.peek().check(&papers());
        faults.set(checked.as_ref().err().copied().unwrap_or_default());
        if let Ok(request) = checked {
            acting.perform(Intent::SubmitVerification(request), move |_| check.again());
        }
    };
    let found = faults();
    let photos = photo_fields([id_card, selfie, certificates, portfolio], found, text);
    rsx! {
        VerificationScreen {
            check: check.ready().filter(|_| is_restored()),
            fault: check.fault(),
            photos,
            form,
            faults: found,
            busy: acting.busy(),
            on_send: send,
            on_retry: move |()| check.again(),
            on_home: move |()| { navigator.replace(Route::Home {}); },
            on_back: |()| back(),
        }
    }
}

/// The fields of the photos, with what is missing.
fn photo_fields([id_card, selfie, certificates, portfolio]: [Uploading; 4], found: VerificationFaults, text: Text) -> PhotoFields {
    let say = |word: Option<Word>| word.map(|word| text.say(word));
    // What is there by now is missing no more.
    let missing_card = found.id_card.filter(|_| id_card.photos().is_empty());
    let missing_selfie = found.selfie.filter(|_| selfie.photos().is_empty());
    PhotoFields {
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
    }
}

/// Shows what was filled in at an earlier time, and keeps what is filled in from now on: on leaving the page, and whenever her hands
/// rest. Tells whether the earlier state is there.
fn use_draft(form: Signal<VerificationForm>, fields: [Uploading; 4]) -> ReadSignal<bool> {
    let engine = use_engine();
    let (mut form, mut is_restored) = (form, use_signal(|| false));
    let read = engine.clone();
    use_future(move || {
        let engine = read.clone();
        async move {
            let kept = VerificationDraft::of(engine.draft(Draft::Verification).await.ok().flatten());
            form.set(kept.form);
            let urls = [kept.id_card, kept.selfie, kept.certificates, kept.portfolio];
            fields.into_iter().zip(urls).for_each(|(field, urls)| field.keep(&urls));
            is_restored.set(true);
        }
    });
    let draft = use_memo(move || {
        let [id_card, selfie, certificates, portfolio] = fields.map(|field| field.urls());
        is_restored().then(|| VerificationDraft { form: form(), id_card, selfie, certificates, portfolio })
    });
    let (resting, leaving) = (engine.clone(), engine);
    use_resource(move || {
        let (engine, draft) = (resting.clone(), draft());
        async move {
            tokio::time::sleep(REST).await;
            if let Some(draft) = draft {
                engine.keep_draft(Draft::Verification, draft.to_keep());
            }
        }
    });
    use_drop(move || {
        if let Some(draft) = draft.peek().as_ref() {
            leaving.keep_draft(Draft::Verification, draft.to_keep());
        }
    });
    is_restored.into()
}
