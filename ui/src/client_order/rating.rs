//! It is paid: how was it?

use dioxus::prelude::*;

use super::coming::PendingNote;
use super::view::{ClientOrderView, Person};
use super::wish::{Rated, Wish};
use crate::controls::Glyph;
use crate::controls::{Button, ButtonKind, Icon, ListLine, StarsInput, TextArea};
use crate::formats::Zoned;
use crate::orders::{BillLines, BillView, Side, method_word};
use crate::text::{Word, text};

/// What can be rated beside the whole, by the name on the wire.
pub(super) const ASPECTS: [(&str, Word); 3] =
    [("cleanliness", Word::RateCleanliness), ("punctuality", Word::RatePunctuality), ("professionalism", Word::RateProfessionalism)];

/// That it is paid, in large letters; then when and how.
#[component]
pub(super) fn PaidHead(view: ClientOrderView, bill: Option<BillView>) -> Element {
    let text = text();
    let method = bill.as_ref().and_then(|bill| bill.method).map(|method| text.say(method_word(method)));
    let paid_at = bill.as_ref().and_then(|bill| bill.paid_at);
    let at = paid_at.or(view.order.completed_time).unwrap_or(view.order.updated_at);
    let zoned = Zoned::of(at, &view.order.time_zone);
    let when = format!("{}, {}", zoned.day(text), zoned.clock_with_zone(text.language()));
    let under = [method, Some(when)].into_iter().flatten().collect::<Vec<_>>().join(" · ");
    rsx! {
        div { class: "paid-head",
            span { class: "paid-mark", Glyph { icon: Icon::Check, size: 32 } }
            match bill {
                Some(bill) => rsx! { h2 { {text.fill(Word::PaidTitle, [("amount", bill.total.to_string())])} } },
                None => rsx! { h2 { {text.say(Word::PaymentCompleted)} } },
            }
            p { class: "mute small", "{under}" }
        }
    }
}

/// The receipt, and the stars.
#[component]
pub(super) fn RatingPart(view: ClientOrderView, bill: Option<BillView>, on_wish: EventHandler<Wish>, on_details: EventHandler) -> Element {
    let text = text();
    let rated = use_signal(Rated::default);
    let mut is_missing = use_signal(|| false);
    let busy = view.awaits("rate");
    let send = move |()| {
        is_missing.set(rated.peek().stars == 0);
        if rated.peek().stars > 0 {
            on_wish.call(Wish::Rate(rated.peek().clone()));
        }
    };
    rsx! {
        div { class: "screen-body",
            PaidHead { view: view.clone(), bill: bill.clone() }
            if let Some(bill) = bill {
                section { class: "card", BillLines { bill, side: Side::Client } }
            }
            RateCard { person: view.person.clone(), rated, is_missing: is_missing() && rated.read().stars == 0 }
            div { class: "lines",
                ListLine { title: text.say(Word::OrderDetails), detail: view.order.service_address.clone(), icon: Icon::FileText, on_open: on_details }
            }
            PendingNote { view }
        }
        div { class: "screen-foot",
            Button { kind: ButtonKind::Primary, busy, label: text.say(Word::RateSend), on_press: send }
        }
    }
}

/// Stars for the whole, stars by aspect behind chips, and words.
#[component]
fn RateCard(person: Option<Person>, rated: Signal<Rated>, is_missing: bool) -> Element {
    let text = text();
    let mut open = use_signal(|| None::<usize>);
    let name = person.as_ref().map_or("", Person::first_name).to_owned();
    let question = text.fill(Word::RateQuestion, [("name", name)]);
    rsx! {
        section { class: "card rate-card",
            h2 { "{question}" }
            StarsInput { label: question.clone(), stars: rated.read().stars, on_choose: move |stars| rated.write().stars = stars }
            if is_missing {
                p { class: "field-fault", role: "alert", {text.say(Word::RateMissing)} }
            }
            if rated.read().stars > 0 {
                div { class: "chips", role: "group", aria_label: text.say(Word::RateAspects),
                    for (at, (aspect, word)) in ASPECTS.into_iter().enumerate() {
                        button {
                            key: "{aspect}",
                            class: "chip",
                            r#type: "button",
                            aria_pressed: if rated.read().aspects.contains_key(aspect) { "true" } else { "false" },
                            "aria-expanded": if open() == Some(at) { "true" } else { "false" },
                            onclick: move |_| open.set(if open() == Some(at) { None } else { Some(at) }),
                            {text.say(word)}
                            if let Some(stars) = rated.read().aspects.get(aspect) {
                                span { class: "chip-stars", "{stars}" Glyph { icon: Icon::Star, size: 14 } }
                            }
                        }
                    }
                }
                if let Some((aspect, word)) = open().map(|at| ASPECTS[at]) {
                    StarsInput {
                        key: "{aspect}",
                        label: text.say(word),
                        stars: rated.read().aspects.get(aspect).copied().unwrap_or_default(),
                        on_choose: move |stars| {
                            rated.write().aspects.insert(aspect.to_owned(), stars);
                            open.set(None);
                        },
                    }
                }
                TextArea { name: "review", label: text.say(Word::RateReview), on_typed: move |words| rated.write().review = words }
            }
        }
    }
}
