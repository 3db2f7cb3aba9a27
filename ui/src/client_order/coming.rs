//! Somebody was found and comes.

use dioxus::prelude::*;

use super::view::{ClientOrderView, Person, WayView};
use super::wish::Wish;
use crate::controls::{Average, Button, ButtonKind, Face, Icon, IconButton, Notice, Stages, Tag, TagTone, Tone, VerifiedBadge};
use crate::formats::distance;
use crate::map::{MapBox, MapView};
use crate::orders::Standing;
use crate::text::{Text, Word, text};

/// A map with a panel below it.
#[component]
pub(super) fn MapStage(
    view: ClientOrderView,
    map: ReadSignal<MapView>,
    #[props(default)] is_searching: bool,
    on_back: EventHandler,
    on_details: EventHandler,
    children: Element,
) -> Element {
    let text = text();
    rsx! {
        main { class: "screen life",
            div { class: "life-map",
                MapBox { view: map, label: text.fill(Word::OrderMapLabel, [("address", view.order.service_address.clone())]) }
                if is_searching {
                    span { class: "radar", aria_hidden: "true", i {} i {} i {} }
                }
                div { class: "life-over",
                    IconButton { icon: Icon::ArrowLeft, label: text.say(Word::Back), on_press: on_back }
                    span { class: "life-name", span { class: "clip", {view.service.say(text)} } }
                    IconButton { icon: Icon::FileText, label: text.say(Word::OrderDetails), on_press: on_details }
                }
            }
            section { class: "life-panel", aria_label: text.say(view.standing.word()),
                {children}
                PendingNote { view: view.clone() }
            }
        }
    }
}

/// Says that what was asked for waits for the network.
#[component]
pub(super) fn PendingNote(view: ClientOrderView) -> Element {
    if view.pending.is_none() || view.is_online {
        return rsx! {};
    }
    rsx! { Notice { tone: Tone::Info, text: text().say(Word::OrderWaitsForNetwork) } }
}

/// Who comes: face, name, badge and rating; opens her page.
#[component]
pub(super) fn PersonRow(person: Person, on_wish: EventHandler<Wish>) -> Element {
    let text = text();
    let id = person.id;
    rsx! {
        button {
            class: "person-row",
            r#type: "button",
            aria_label: text.fill(Word::OrderOpenProvider, [("name", person.name.clone())]),
            onclick: move |_| on_wish.call(Wish::OpenProvider(id)),
            Face { name: person.name.clone(), url: person.photo.clone() }
            span { class: "line-words",
                span { class: "person-name", span { class: "clip", "{person.name}" } VerifiedBadge {} }
                span { class: "line-detail", Average { rating: person.rating } }
            }
            span { class: "line-arrow", crate::controls::Glyph { icon: Icon::ChevronRight, size: 18 } }
        }
    }
}

/// How far she is.
#[component]
pub(super) fn ComingPart(
    view: ClientOrderView,
    way: WayView,
    map: ReadSignal<MapView>,
    on_wish: EventHandler<Wish>,
    on_cancel: EventHandler,
    on_details: EventHandler,
) -> Element {
    let text = text();
    let (headline, under) = words(&view, &way, text);
    let done = match view.standing {
        Standing::Accepted => 1,
        Standing::OnTheWay => 2,
        _ => 3,
    };
    let (may_cancel, busy) = (view.may_cancel, view.awaits("cancel"));
    let person = view.person.clone();
    let standing = text.say(view.standing.word());
    rsx! {
        MapStage { view, map, on_back: move |()| on_wish.call(Wish::Back), on_details,
            div { class: "between",
                div { class: "life-headline", role: "status",
                    h1 { "{headline}" }
                    p { class: "mute", "{under}" }
                }
                if way.is_live {
                    Tag { tone: TagTone::Good, label: text.say(Word::WayLive) }
                } else if way.is_silent {
                    Tag { tone: TagTone::Warn, label: text.say(Word::WaySilent) }
                }
            }
            Stages { label: standing, done, all: 5 }
            if let Some(person) = person {
                PersonRow { person, on_wish }
            }
            if may_cancel {
                Button { kind: ButtonKind::Line, busy, label: text.say(Word::CancelOrder), on_press: on_cancel }
            }
        }
    }
}

/// What is said in large letters, and below.
fn words(view: &ClientOrderView, way: &WayView, text: Text) -> (String, String) {
    let name = view.person.as_ref().map_or("", Person::first_name).to_owned();
    let named = |word| text.fill(word, [("name", name.clone())]);
    match (view.standing, way.minutes) {
        (Standing::Accepted, _) => (named(Word::WayFound), named(Word::WayPreparing)),
        (Standing::Arrived, _) => (named(Word::WayArrived), text.say(Word::WayArrivedAdvice)),
        (_, Some(minutes)) => {
            let far = way.distance_km.map(|km| distance(km, text.language()));
            let under = [Some(named(Word::WayComing)), far].into_iter().flatten().collect::<Vec<_>>().join(" · ");
            (text.fill(Word::WayMinutes, [("minutes", minutes)]), under)
        }
        (_, None) => (named(Word::WayComing), text.say(Word::WayFirstPosition)),
    }
}
