//! A job after its work: the bill, the payment, and what the client said; or how it was called off.

use dioxus::prelude::*;
use rapi_core::wire::payments::{PaymentMethod, PaymentStatus};

use super::{BillView, CancelledBy, CancelledView, JobStep, JobView, RatingView};
use crate::controls::{Glyph, Icon, Notice, Tag, Tone, ValueLine};
use crate::orders::method_word;
use crate::text::{Text, Word, text};

/// How it ended.
#[component]
pub fn Outcome(view: JobView) -> Element {
    let text = text();
    if let Some(cancelled) = view.cancelled {
        return rsx! { CalledOff { cancelled } };
    }
    let Some(bill) = view.bill else {
        return rsx! { Tag { tone: view.step.tone(), label: text.say(view.step.word()) } };
    };
    let is_paid = matches!(view.step, JobStep::AwaitingRating | JobStep::Completed);
    rsx! {
        section { class: "job-outcome", aria_label: text.say(Word::JobBill),
            if is_paid {
                span { class: "job-done", Glyph { icon: Icon::Check, size: 32 } }
                h2 { class: "title-large", {text.fill(Word::JobPaidTitle, [("total", bill.total.to_string())])} }
                p { class: "mute", {text.fill(Word::JobPaidNet, [("net", bill.earned.net.to_string())])} }
            } else {
                Tag { tone: view.step.tone(), label: text.say(view.step.word()) }
                p { class: "small mute", {text.say(due_word(bill, view.method))} }
                p { class: "counter", "data-testid": "due", "{bill.total}" }
            }
        }
        if !is_paid {
            PayAdvice { bill, method: view.method }
        }
        BillCard { bill, method: view.method }
        if is_paid {
            RatingCard { rating: view.rating.clone(), awaited: view.step == JobStep::AwaitingRating }
        }
    }
}

/// What the amount is: hers to collect only when it is paid in cash.
const fn due_word(bill: BillView, method: Option<PaymentMethod>) -> Word {
    match (bill.status, method) {
        (None, _) => Word::JobBillEstimate,
        (Some(_), Some(PaymentMethod::Cash)) => Word::JobBillDue,
        (Some(_), _) => Word::JobBill,
    }
}

/// What has to happen for it to be paid.
#[component]
fn PayAdvice(bill: BillView, method: Option<PaymentMethod>) -> Element {
    let (tone, said) = pay_advice(bill, method, text());
    rsx! { Notice { tone, text: said } }
}

fn pay_advice(bill: BillView, method: Option<PaymentMethod>, text: Text) -> (Tone, String) {
    match (bill.status, method) {
        (None, _) => (Tone::Info, text.say(Word::JobPayUnsent)),
        (Some(PaymentStatus::Failed), _) => (Tone::Warn, text.say(Word::JobPayFailed)),
        (_, Some(PaymentMethod::Cash)) => (Tone::Info, text.say(Word::JobPayCashAdvice)),
        (Some(PaymentStatus::Processing), _) => (Tone::Info, text.say(Word::JobPayProcessing)),
        (_, method) => (Tone::Info, text.fill(Word::JobPayOtherAdvice, [("method", method_words(method, text))])),
    }
}

/// A way to pay, in words.
fn method_words(method: Option<PaymentMethod>, text: Text) -> String {
    text.say(method.map_or(Word::MethodOther, method_word))
}

/// The lines of the bill, down to what stays hers.
#[component]
fn BillCard(bill: BillView, method: Option<PaymentMethod>) -> Element {
    let text = text();
    let earned = bill.earned;
    rsx! {
        section { class: "card job-bill", aria_label: text.say(Word::JobBill),
            ValueLine { name: text.fill(Word::JobBillWork, [("minutes", earned.minutes)]), value: earned.gross.to_string() }
            ValueLine { name: text.say(Word::JobBillFee), value: (-earned.fee).to_string() }
            ValueLine { name: text.say(Word::JobBillMethod), value: method_words(method, text) }
            ValueLine { name: text.say(Word::JobBillNet), value: earned.net.to_string(), strong: true }
        }
    }
}

/// What the client said of it.
#[component]
fn RatingCard(rating: Option<RatingView>, awaited: bool) -> Element {
    let text = text();
    let none = if awaited { Word::JobRatingWait } else { Word::JobRatingNone };
    rsx! {
        section { class: "card", aria_label: text.say(Word::JobRatingTitle),
            h3 { {text.say(Word::JobRatingTitle)} }
            match rating {
                Some(rating) => rsx! {
                    div { class: "job-stars", role: "img", aria_label: text.fill(Word::StarsOf, [("stars", rating.stars)]),
                        for star in 1..=5 {
                            span { key: "{star}", class: if star <= rating.stars { "job-star job-star-on" } else { "job-star" },
                                Glyph { icon: Icon::Star, size: 26 }
                            }
                        }
                    }
                    if let Some(review) = rating.review {
                        p { class: "break", "“{review}”" }
                    }
                },
                None => rsx! { p { class: "mute", {text.say(none)} } },
            }
        }
    }
}

/// Who called it off, and why.
#[component]
fn CalledOff(cancelled: CancelledView) -> Element {
    let text = text();
    let word = match cancelled.by {
        CancelledBy::Provider => Word::JobCancelledByYou,
        CancelledBy::Client => Word::JobCancelledByClient,
        CancelledBy::Rapi => Word::JobCancelledByRapi,
    };
    rsx! {
        section { class: "job-outcome",
            span { class: "job-done job-off", Glyph { icon: Icon::X, size: 32 } }
            h2 { class: "title-large", {text.say(word)} }
            if let Some(reason) = cancelled.reason {
                p { class: "mute break", "“{reason}”" }
            }
        }
    }
}
