//! A job before its work begins: the way there.

use dioxus::prelude::*;
use rapi_core::LatLng;

use super::{JobStep, JobView, WayAhead};
use crate::controls::{Glyph, Icon, Stages, Tag};
use crate::formats::distance;
use crate::map::{MapBox, MapView, Marker, MarkerKind};
use crate::text::{Text, Word, text};

/// The map with the way to the job, and what is to be done now.
#[component]
pub fn OnTheWay(view: JobView, here: Option<LatLng>) -> Element {
    let text = text();
    let advice = match view.step {
        JobStep::Accepted => Word::JobAdviceAccepted,
        JobStep::OnTheWay => Word::JobAdviceOnTheWay,
        _ => Word::JobAdviceArrived,
    };
    let place = view.place;
    rsx! {
        div { class: "job-map-card",
            if let Some(place) = place {
                MapBox { view: map_of(place, here, view.step, text), label: text.say(Word::JobMapLabel), class: "job-map" }
            }
            div { class: "job-way",
                div { class: "between",
                    Tag { tone: view.step.tone(), label: text.say(view.step.word()) }
                    if let Some(place) = place {
                        a { class: "link job-directions", href: directions(place),
                            Glyph { icon: Icon::Navigation, size: 18 }
                            {text.say(Word::JobDirections)}
                        }
                    }
                }
                if view.step != JobStep::Arrived {
                    p { class: "job-distance", {way_words(place, here, text)} }
                }
                Stages {
                    label: text.fill(Word::JobProgress, [("done", view.stages_done()), ("all", JobView::STAGES)]),
                    done: view.stages_done(),
                    all: JobView::STAGES,
                }
                p { class: "small mute", {text.say(advice)} }
            }
        }
    }
}

/// The place, and the provider until she is there.
fn map_of(place: LatLng, here: Option<LatLng>, step: JobStep, text: Text) -> MapView {
    let map = MapView::around(place).with(Marker::new("place", MarkerKind::Home, place, text.say(Word::JobPlace)));
    match here.filter(|_| step != JobStep::Arrived) {
        Some(here) => map.with(Marker::new("me", MarkerKind::Traveller, here, text.say(Word::JobYou))).with_way(here, place),
        None => map,
    }
}

fn way_words(place: Option<LatLng>, here: Option<LatLng>, text: Text) -> String {
    let (Some(place), Some(here)) = (place, here) else { return text.say(Word::JobWayUnknown) };
    let way = WayAhead::between(here, place);
    text.fill(Word::JobWayAhead, [("distance", distance(way.km, text.language())), ("minutes", way.minutes.to_string())])
}

/// Opens the device's own maps, which know the streets.
fn directions(place: LatLng) -> String {
    format!("https://www.google.com/maps/dir/?api=1&destination={},{}", place.latitude(), place.longitude())
}
