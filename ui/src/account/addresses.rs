//! Saved addresses.

use dioxus::prelude::*;
use rapi_core::LatLng;
use rapi_core::wire::people::{LocationItem, LocationRequest};

use crate::controls::{
    Button, ButtonKind, Empty, Failed, FieldKind, Icon, ListLine, Shape, Sheet, Skeleton, Tag, TagTone, TextArea, TextField, TopBar, typed,
};
use crate::map::{FoundPlace, MapBox, MapView, PlaceSearch};
use crate::text::{Word, text};

/// The saved addresses, the primary one first.
#[component]
pub fn AddressesScreen(
    addresses: Option<Vec<LocationItem>>,
    fault: Option<String>,
    on_new: EventHandler,
    on_open: EventHandler<LocationItem>,
    on_retry: EventHandler,
    on_back: EventHandler,
) -> Element {
    let text = text();
    let sorted = addresses.map(|mut addresses| {
        addresses.sort_by_key(|address| !address.is_primary);
        addresses
    });
    rsx! {
        main { class: "screen",
            div { class: "screen-head", TopBar { title: text.say(Word::Addresses), on_back } }
            div { class: "screen-body",
                match (sorted, fault) {
                    (Some(addresses), _) if addresses.is_empty() => rsx! {
                        Empty { icon: Icon::MapPin, title: text.say(Word::AddressesEmpty), advice: text.say(Word::AddressesEmptyAdvice) }
                    },
                    (Some(addresses), _) => rsx! {
                        div { class: "lines",
                            for address in addresses {
                                ListLine {
                                    key: "{address.id}",
                                    icon: Icon::MapPin,
                                    title: address.label.clone().unwrap_or_else(|| text.say(Word::Address)),
                                    detail: address.address.clone(),
                                    end: address.is_primary.then(|| rsx! { Tag { tone: TagTone::Accent, label: text.say(Word::AddressPrimary) } }),
                                    on_open: move |()| on_open.call(address.clone()),
                                }
                            }
                        }
                    },
                    (None, Some(code)) => rsx! { Failed { code, on_retry } },
                    (None, None) => rsx! { Skeleton { lines: 3, shape: Shape::Lines } },
                }
            }
            div { class: "screen-foot",
                Button { kind: ButtonKind::Primary, icon: Icon::Plus, label: text.say(Word::AddressNew), on_press: on_new }
            }
        }
    }
}

/// What was filled in about an address.
#[derive(Debug, Clone, PartialEq)]
pub struct AddressForm {
    /// Home, Office, …
    pub label: Option<String>,
    /// In words.
    pub address: String,
    /// Where the pin stood.
    pub place: LatLng,
    /// Offered first?
    pub is_primary: bool,
}

impl From<AddressForm> for LocationRequest {
    fn from(form: AddressForm) -> Self {
        let (latitude, longitude) = (form.place.latitude(), form.place.longitude());
        let is_primary = form.is_primary.then_some(true);
        Self { label: form.label, latitude, longitude, address: form.address, city: None, province: None, postal_code: None, is_primary }
    }
}

/// Asks for an address, or changes `known`.
#[component]
pub fn AddressSheet(
    known: Option<LocationItem>,
    place: LatLng,
    busy: bool,
    on_save: EventHandler<AddressForm>,
    on_delete: Option<EventHandler>,
    on_close: EventHandler,
) -> Element {
    let text = text();
    let mut pin = use_signal(|| place);
    let mut view = use_signal(|| MapView::around(place));
    // What was found fills the field anew.
    let mut written = use_signal(|| None::<String>);
    let found = move |found: FoundPlace| {
        pin.set(found.place);
        view.set(MapView::around(found.place));
        written.set(Some(found.address));
    };
    let mut is_missing = use_signal(|| false);
    let mut is_primary = use_signal(|| known.as_ref().is_some_and(|known| known.is_primary));
    let was_primary = known.as_ref().is_some_and(|known| known.is_primary);
    let save = move |event: FormEvent| {
        event.prevent_default();
        let field = |name| typed(&event, name).trim().to_owned();
        let form = AddressForm {
            label: Some(field("label")).filter(|label| !label.is_empty()),
            address: field("address"),
            place: pin(),
            is_primary: is_primary(),
        };
        is_missing.set(form.address.is_empty());
        if !form.address.is_empty() && !busy {
            on_save.call(form);
        }
    };
    let (label, address) = known.map(|known| (known.label.unwrap_or_default(), known.address)).unwrap_or_default();
    rsx! {
        Sheet { title: text.say(Word::Address), on_close,
            PlaceSearch { near: place, on_found: found }
            MapBox { view, class: "address-map", label: text.say(Word::MapPin), on_pick: move |place| pin.set(place) }
            p { class: "mute small", {text.say(Word::MapPinAdvice)} }
            form { class: "column", novalidate: true, onsubmit: save,
                TextField { kind: FieldKind::Text, name: "label", label: text.say(Word::AddressLabel), initial_value: label }
                TextArea {
                    name: "address",
                    label: text.say(Word::AddressWords),
                    key: "{written:?}",
                    initial_value: written().unwrap_or(address),
                    rows: 2,
                    fault: is_missing().then(|| text.say(Word::AddressMissing)),
                }
                if !was_primary {
                    crate::controls::Switch { label: text.say(Word::AddressMakePrimary), on: is_primary(), on_switch: move |on| is_primary.set(on) }
                }
                Button { kind: ButtonKind::Submit, busy, label: text.say(Word::Save) }
            }
            if let Some(on_delete) = on_delete {
                Button { kind: ButtonKind::Danger, icon: Icon::Trash2, label: text.say(Word::AddressDelete), on_press: on_delete }
            }
        }
    }
}
