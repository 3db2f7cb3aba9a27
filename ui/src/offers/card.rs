//! The card of one offer.

use dioxus::prelude::*;
use rapi_core::{LatLng, Timestamp};

use super::OfferView;
use crate::controls::{Button, ButtonKind, Glyph, Icon};
use crate::formats::{Zoned, distance, minutes_seconds};
use crate::jobs::{ESTIMATED_MINUTES, PLATFORM_PERCENT};
use crate::map::{MapBox, MapView, Marker, MarkerKind};
use crate::orders::method_word;
use crate::text::{Text, Word, text};

/// Shows where an offer is, what it brings and how long it can be taken; and takes the answer.
#[component]
pub fn OfferCard(
    offer: OfferView,
    now: ReadSignal<Timestamp>,
    here: Option<LatLng>,
    /// Awaits the backend's word on the answer.
    #[props(default)]
    busy: bool,
    on_accept: EventHandler,
    on_decline: EventHandler,
) -> Element {
    let text = text();
    rsx! {
        div { class: "offer-map-box",
            MapBox { view: map_of(&offer, here, text), label: text.say(Word::OfferMap), class: "offer-map" }
        }
        section { class: "offer-sheet", aria_label: offer.service.say(text), "data-testid": "offer",
            span { class: "offer-grab", aria_hidden: "true" }
            OfferHead { offer: offer.clone(), now }
            div {
                p { class: "offer-pay", {text.fill(Word::OfferPay, [("amount", offer.estimate.gross.to_string())])} }
                p { class: "small mute", {pay_words(&offer, text)} }
            }
            OfferFacts { offer: offer.clone() }
            div { class: "offer-answer",
                Button { kind: ButtonKind::Line, label: text.say(Word::OfferDecline), test_id: "decline", on_press: on_decline }
                Button { kind: ButtonKind::Primary, label: text.say(Word::OfferAccept), busy, test_id: "accept", on_press: on_accept }
            }
        }
    }
}

/// What it is, and how long it is open.
#[component]
fn OfferHead(offer: OfferView, now: ReadSignal<Timestamp>) -> Element {
    let (text, now) = (text(), now());
    let left = minutes_seconds(offer.left(now));
    let what = match offer.later {
        Some(at) => text.fill(Word::OfferScheduled, [("time", Zoned::of(at, &offer.zone).when(now, text))]),
        None => text.say(Word::OfferNew),
    };
    rsx! {
        div { class: "between",
            span { class: "tag tag-accent offer-tag", "{what}" }
            span { class: "offer-left", role: "timer", aria_label: text.fill(Word::OfferLeft, [("time", left.clone())]),
                Glyph { icon: Icon::Timer, size: 18 }
                "{left}"
            }
        }
    }
}

/// Where, what, for whom and how it is paid.
#[component]
fn OfferFacts(offer: OfferView) -> Element {
    let text = text();
    let method = [("method", text.say(offer.method.map_or(Word::MethodOther, method_word))), ("percent", PLATFORM_PERCENT.to_string())];
    let task = offer.description.clone().unwrap_or_else(|| text.say(Word::OfferNoDescription));
    rsx! {
        ul { class: "offer-facts",
            li {
                Glyph { icon: Icon::MapPin, size: 18 }
                p { class: "grow break offer-address",
                    strong { {distance(offer.way().km, text.language())} }
                    " · {offer.address}"
                }
                span { class: "small mute offer-minutes", {text.fill(Word::OfferWay, [("minutes", offer.way().minutes)])} }
            }
            li {
                Glyph { icon: offer.service.icon(), size: 18 }
                p { class: "grow break offer-task",
                    strong { {offer.service.say(text)} }
                    " · {task}"
                }
            }
            if offer.photos > 0 {
                li {
                    Glyph { icon: Icon::Camera, size: 18 }
                    p { {text.fill(Word::OfferPhotos, [("count", offer.photos)])} }
                }
            }
            li {
                Glyph { icon: Icon::User, size: 18 }
                p { class: "break", {text.fill(Word::OfferFrom, [("name", offer.client.clone())])} }
            }
            li {
                Glyph { icon: Icon::Banknote, size: 18 }
                p { class: "grow", {text.fill(Word::OfferMethod, method)} }
                span { class: "small mute offer-minutes", {text.fill(Word::OfferRate, [("rate", offer.rate.to_string())])} }
            }
        }
    }
}

fn pay_words(offer: &OfferView, text: Text) -> String {
    let word = if offer.limit.is_some() { Word::OfferPayCapped } else { Word::OfferPayExplained };
    let limit = offer.limit.unwrap_or_default().to_string();
    let hours = (ESTIMATED_MINUTES / 60).to_string();
    text.fill(word, [("hours", hours), ("net", offer.estimate.net.to_string()), ("limit", limit)])
}

/// The place, and the provider.
fn map_of(offer: &OfferView, here: Option<LatLng>, text: Text) -> MapView {
    let Some(place) = offer.place else { return MapView::default() };
    let map = MapView::around(place).with(Marker::new("place", MarkerKind::Home, place, text.say(Word::JobPlace)));
    match here {
        Some(here) => map.with(Marker::new("me", MarkerKind::Traveller, here, text.say(Word::JobYou))).with_way(here, place).under(72, 24),
        None => map,
    }
}
