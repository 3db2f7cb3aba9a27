//! Where the work is: a pin on the map, a saved address, or one that is typed.

use dioxus::prelude::*;
use rapi_core::LatLng;
use rapi_core::wire::people::LocationItem;

use super::draft::{Draft, Faults};
use crate::controls::{Empty, FieldKind, Glyph, Icon, ListLine, Sheet, Switch, TextField};
use crate::map::{FoundPlace, JAKARTA, MapBox, MapView, PlaceSearch};
use crate::text::{Word, text};

/// The map with its pin and the address below.
#[component]
pub(super) fn PlaceField(draft: Signal<Draft>, faults: Faults, saved: Vec<LocationItem>, here: Option<LatLng>) -> Element {
    let text = text();
    let mut chooses = use_signal(|| false);
    // Counts what was chosen: the field is filled anew, and the map moves even when the same address is chosen twice.
    let mut chosen = use_signal(|| 0u32);
    let start = use_signal(|| draft.peek().place.or(here));
    let map = use_memo(move || centred(*start.read(), chosen()));
    let place = move |place: LatLng| draft.write().place = Some(place);
    let mut start = start;
    let choose = move |location: LocationItem| {
        let moved = draft.peek().clone().at(&location);
        start.set(moved.place);
        draft.set(moved);
        chosen += 1;
        chooses.set(false);
    };
    let found = move |found: FoundPlace| {
        start.set(Some(found.place));
        draft.with_mut(|draft| (draft.place, draft.address) = (Some(found.place), found.address));
        chosen += 1;
    };
    rsx! {
        section { class: "card place-card", aria_label: text.say(Word::FormWhere),
            div { class: "place-map", MapBox { view: map, label: text.say(Word::FormMapLabel), on_pick: place } }
            div { class: "place-words",
                PlaceSearch { near: draft.peek().place.or(here), on_found: found }
                p { class: "between",
                    match faults.place {
                        Some(word) => rsx! { span { class: "field-fault", role: "alert", {text.say(word)} } },
                        None => rsx! { span { class: "mute small", {text.say(Word::FormPinAdvice)} } },
                    }
                    if !saved.is_empty() {
                        button { class: "link", r#type: "button", onclick: move |_| chooses.set(true), {text.say(Word::FormSavedPlaces)} }
                    }
                }
                TextField {
                    key: "{chosen}",
                    kind: FieldKind::Address,
                    name: "address",
                    label: text.say(Word::FormAddress),
                    initial_value: draft.peek().address.clone(),
                    fault: faults.address.map(|word| text.say(word)),
                    on_typed: move |address| draft.write().address = address,
                }
                if draft.read().is_elsewhere(&saved) {
                    Switch {
                        label: text.say(Word::FormKeepAddress),
                        on: draft.read().keeps,
                        on_switch: move |keeps| draft.write().keeps = keeps,
                    }
                }
            }
        }
        if chooses() {
            SavedPlaces { saved, on_choose: choose, on_close: move |()| chooses.set(false) }
        }
    }
}

fn centred(place: Option<LatLng>, times: u32) -> MapView {
    let Some(place) = place else { return MapView { centre: Some(JAKARTA), zoom: 12, ..MapView::default() } };
    let mut map = MapView::around(place);
    // A map moves only to a place that is new to it; this is nobody's distance.
    map.centre = Some((place.latitude() + f64::from(times) * 1e-9, place.longitude()));
    map
}

#[component]
fn SavedPlaces(saved: Vec<LocationItem>, on_choose: EventHandler<LocationItem>, on_close: EventHandler) -> Element {
    let text = text();
    rsx! {
        Sheet { title: text.say(Word::FormSavedPlaces), on_close,
            if saved.is_empty() {
                Empty { icon: Icon::MapPin, title: text.say(Word::FormNoSavedPlaces) }
            }
            div { class: "saved-places",
                for location in saved {
                    ListLine {
                        key: "{location.id}",
                        title: location.label.clone().unwrap_or_else(|| location.address.clone()),
                        detail: location.label.is_some().then(|| location.address.clone()),
                        icon: if location.is_primary { Icon::House } else { Icon::MapPin },
                        end: rsx! { Glyph { icon: Icon::ChevronRight, size: 18 } },
                        on_open: move |()| on_choose.call(location.clone()),
                    }
                }
            }
        }
    }
}
