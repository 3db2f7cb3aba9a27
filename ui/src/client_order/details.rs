//! What was ordered, and what happened since.

use dioxus::prelude::*;

use super::view::{ClientOrderView, Person};
use crate::controls::{Card, Glyph, Icon, Picture, Sheet, Skeleton};
use crate::formats::Zoned;
use crate::orders::{NotesCard, Timeline, TimelineStep, method_icon, method_word};
use crate::text::{Word, text};

/// Over the screen.
#[component]
pub(super) fn DetailsSheet(view: ClientOrderView, timeline: Option<Vec<TimelineStep>>, on_close: EventHandler) -> Element {
    let text = text();
    let time_zone = view.order.time_zone.clone();
    rsx! {
        Sheet { title: text.say(Word::OrderDetails), on_close,
            Facts { view: view.clone() }
            Notes { view }
            h3 { {text.say(Word::OrderHistory)} }
            History { timeline, time_zone }
        }
    }
}

/// Within the screen, for orders that are over.
#[component]
pub(super) fn DetailsCards(view: ClientOrderView, timeline: Option<Vec<TimelineStep>>) -> Element {
    let text = text();
    let time_zone = view.order.time_zone.clone();
    rsx! {
        Notes { view: view.clone() }
        Card { heading: text.say(Word::OrderDetails), Facts { view } }
        Card { heading: text.say(Word::OrderHistory), History { timeline, time_zone } }
    }
}

/// What was written about the work, to be read.
#[component]
fn Notes(view: ClientOrderView) -> Element {
    let other = view.person.as_ref().map_or("", Person::first_name).to_owned();
    rsx! { NotesCard { notes: view.notes, other } }
}

#[component]
fn History(timeline: Option<Vec<TimelineStep>>, time_zone: String) -> Element {
    match timeline {
        Some(steps) => rsx! { Timeline { steps, time_zone } },
        None => rsx! { Skeleton {} },
    }
}

/// Where, when, what, and how it is paid.
#[component]
fn Facts(view: ClientOrderView) -> Element {
    let (text, order) = (text(), &view.order);
    let when = Zoned::of(order.requested_time, &order.time_zone).when(view.now, text);
    let method = order.payment_method.known().copied();
    let rate = text.fill(Word::OrderRate, [("rate", order.rate_per_5_minutes.to_string())]);
    let cap = order.max_amount.map(|cap| text.fill(Word::OrderCap, [("cap", cap.to_string())]));
    let price = [Some(rate), cap].into_iter().flatten().collect::<Vec<_>>().join(" · ");
    let photos = order.photo_urls.clone();
    rsx! {
        div { class: "facts",
            Fact { icon: Icon::Receipt, words: view.number.clone() }
            Fact { icon: Icon::MapPin, words: order.service_address.clone() }
            Fact { icon: Icon::CalendarClock, words: when }
            if let Some(description) = order.description.clone().filter(|words| !words.is_empty()) {
                Fact { icon: Icon::ClipboardList, words: description }
            }
            if let Some(method) = method {
                Fact { icon: method_icon(method), words: text.say(method_word(method)) }
            }
            Fact { icon: Icon::ShieldCheck, words: price }
            if !photos.is_empty() {
                div { class: "thumbs",
                    for (at, url) in photos.into_iter().enumerate() {
                        Picture { key: "{url}", url: Some(url), alt: text.fill(Word::PhotoNumber, [("number", at + 1)]) }
                    }
                }
            }
        }
    }
}

#[component]
fn Fact(icon: Icon, words: String) -> Element {
    rsx! {
        p { class: "fact", Glyph { icon, size: 18 } span { class: "break", "{words}" } }
    }
}
