//! Orders that wait or are over: scheduled, nobody found, done, cancelled.

use dioxus::prelude::*;
use rapi_core::Timestamp;

use super::coming::PendingNote;
use super::details::DetailsCards;
use super::rating::{ASPECTS, PaidHead};
use super::view::ClientOrderView;
use super::wish::{Rated, Wish};
use crate::controls::{Button, ButtonKind, Card, Empty, Glyph, Icon, ListLine};
use crate::formats::Zoned;
use crate::orders::{BillLines, BillView, Side, TimelineStep};
use crate::text::{Word, text};

/// It waits for its time.
#[component]
pub(super) fn ScheduledPart(view: ClientOrderView, search_at: Timestamp, on_cancel: EventHandler, on_details: EventHandler) -> Element {
    let (text, zone) = (text(), view.order.time_zone.clone());
    let when = Zoned::of(view.order.requested_time, &zone).when(view.now, text);
    let from = Zoned::of(search_at, &zone).when(view.now, text);
    let busy = view.awaits("cancel");
    rsx! {
        div { class: "screen-body",
            div { class: "paid-head", role: "status",
                span { class: "paid-mark", Glyph { icon: Icon::CalendarClock, size: 30 } }
                h2 { "{when}" }
                p { class: "mute", {text.fill(Word::ScheduledAdvice, [("when", from)])} }
            }
            div { class: "lines",
                ListLine { title: text.say(Word::OrderDetails), detail: view.order.service_address.clone(), icon: Icon::FileText, on_open: on_details }
            }
            PendingNote { view: view.clone() }
        }
        if view.may_cancel {
            div { class: "screen-foot", Button { kind: ButtonKind::Line, busy, label: text.say(Word::CancelOrder), on_press: on_cancel } }
        }
    }
}

/// Nobody took it: the same once more, or later.
#[component]
pub(super) fn NoProviderPart(view: ClientOrderView, timeline: Option<Vec<TimelineStep>>, on_wish: EventHandler<Wish>) -> Element {
    let text = text();
    let busy = view.awaits("create_order");
    rsx! {
        div { class: "screen-body",
            Empty { icon: Icon::SearchX, title: text.say(Word::NoProviderTitle), advice: text.say(Word::NoProviderAdvice) }
            DetailsCards { view, timeline }
        }
        div { class: "screen-foot",
            Button { kind: ButtonKind::Primary, busy, icon: Icon::RefreshCw, label: text.say(Word::SearchAgain), on_press: move |()| on_wish.call(Wish::SearchAgain) }
            Button { kind: ButtonKind::Line, icon: Icon::CalendarClock, label: text.say(Word::ScheduleInstead), on_press: move |()| on_wish.call(Wish::Schedule) }
        }
    }
}

/// Done: the receipt, what was said of it, and once more.
#[component]
pub(super) fn CompletedPart(
    view: ClientOrderView,
    bill: Option<BillView>,
    rated: Option<Rated>,
    timeline: Option<Vec<TimelineStep>>,
    on_wish: EventHandler<Wish>,
) -> Element {
    let text = text();
    let person = view.person.clone();
    rsx! {
        div { class: "screen-body",
            PaidHead { view: view.clone(), bill: bill.clone() }
            if let Some(bill) = bill {
                section { class: "card", BillLines { bill, side: Side::Client } }
            }
            if let Some(person) = person {
                section { class: "card", super::coming::PersonRow { person, on_wish } }
            }
            if let Some(rated) = rated {
                Given { rated }
            }
            DetailsCards { view, timeline }
        }
        div { class: "screen-foot",
            Button { kind: ButtonKind::Primary, icon: Icon::RefreshCw, label: text.say(Word::OrderAgain), on_press: move |()| on_wish.call(Wish::OrderAgain) }
        }
    }
}

/// The stars that were given.
#[component]
fn Given(rated: Rated) -> Element {
    let text = text();
    let aspects = ASPECTS.into_iter().filter_map(|(aspect, word)| rated.aspects.get(aspect).map(|stars| (word, *stars)));
    let aspects: Vec<(Word, i32)> = aspects.collect();
    rsx! {
        Card { heading: text.say(Word::RateGiven),
            div { class: "given-stars", role: "img", aria_label: text.fill(Word::StarsOf, [("stars", rated.stars)]),
                for star in 1..=5 {
                    span { key: "{star}", class: if star <= rated.stars { "star-on" } else { "star-off" }, Glyph { icon: Icon::Star, size: 22 } }
                }
            }
            if !aspects.is_empty() {
                div { class: "small mute given-aspects",
                    for (word, stars) in aspects {
                        span { key: "{word.key()}", {format!("{} {stars}", text.say(word))} }
                    }
                }
            }
            if !rated.review.is_empty() {
                p { class: "break", "{rated.review}" }
            }
        }
    }
}

/// It was ended before it was done.
#[component]
pub(super) fn CancelledPart(
    view: ClientOrderView,
    by_me: bool,
    reason: Option<String>,
    timeline: Option<Vec<TimelineStep>>,
    on_wish: EventHandler<Wish>,
) -> Element {
    let text = text();
    let busy = view.awaits("create_order");
    let (title, advice) =
        if by_me { (Word::CancelledByMe, Word::CancelledFree) } else { (Word::CancelledByOther, Word::CancelledSearchAdvice) };
    rsx! {
        div { class: "screen-body",
            Empty { icon: Icon::CircleX, title: text.say(title), advice: text.say(advice) }
            if let Some(reason) = reason {
                Card { heading: text.say(Word::CancelledReason), p { class: "break", "{reason}" } }
            }
            DetailsCards { view, timeline }
        }
        div { class: "screen-foot",
            if by_me {
                Button { kind: ButtonKind::Primary, icon: Icon::RefreshCw, label: text.say(Word::OrderAgain), on_press: move |()| on_wish.call(Wish::OrderAgain) }
            } else {
                Button { kind: ButtonKind::Primary, busy, icon: Icon::RefreshCw, label: text.say(Word::SearchAgain), on_press: move |()| on_wish.call(Wish::SearchAgain) }
                Button { kind: ButtonKind::Line, icon: Icon::CalendarClock, label: text.say(Word::ScheduleInstead), on_press: move |()| on_wish.call(Wish::Schedule) }
            }
        }
    }
}
