//! Providers on a map: roughly where each is, and the one that was chosen.

use std::collections::HashMap;

use dioxus::prelude::*;
use rapi_core::values::User;
use rapi_core::{Id, LatLng};

use super::list::ProvidersView;
use super::row::{ProviderLine, ProviderRow};
use crate::controls::{Button, ButtonKind, Empty, Failed, Icon, ListState, initials};
use crate::map::{MapBox, MapView, Marker, MarkerKind};
use crate::text::{Text, Word, text};

/// Who shares an area stands in a ring around its middle, so many degrees (some 120 m) from it.
const ASIDE: f64 = 0.001_1;

/// The place that is measured from, and around it those who can be asked now.
#[must_use]
pub fn nearby_map(rows: &[ProviderRow], place: Option<LatLng>, chosen: Option<Id<User>>, text: Text) -> MapView {
    let home = place.map(|place| Marker::new("home", MarkerKind::Home, place, text.say(Word::ProvidersPlace)));
    let mut sharing: HashMap<(u64, u64), Vec<&ProviderRow>> = HashMap::new();
    for (row, area) in rows.iter().filter_map(|row| Some((row, row.area.as_ref()?))) {
        sharing.entry((area.latitude.to_bits(), area.longitude.to_bits())).or_default().push(row);
    }
    let markers = rows.iter().filter_map(|row| {
        let area = row.area.as_ref()?;
        let there = sharing.get(&(area.latitude.to_bits(), area.longitude.to_bits()))?;
        let turn = there.iter().position(|other| other.id == row.id)?;
        let middle = LatLng::try_new(area.latitude, area.longitude).ok()?;
        let stands = if there.len() > 1 { aside(middle, turn, there.len()) } else { middle };
        let is_chosen = chosen == Some(row.id);
        let ring = is_chosen.then(|| area.radius_meters + middle.meters_to(stands));
        let marker = Marker::new(row.id.to_string(), MarkerKind::Provider, stands, label(row, text));
        Some(Marker { letters: Some(initials(&row.name)), accuracy_meters: ring, is_chosen, ..marker.to_choose() })
    });
    MapView { markers: home.into_iter().chain(markers).collect(), zoom: 14, ..MapView::default() }.under(0, FOOT)
}

/// So many pixels at the foot are the switch's and the chosen one's.
const FOOT: u16 = 200;

fn aside(middle: LatLng, turn: usize, of: usize) -> LatLng {
    #[expect(clippy::cast_precision_loss, reason = "a list is short")]
    let angle = std::f64::consts::TAU * turn as f64 / of as f64;
    LatLng::try_new(middle.latitude() + ASIDE * angle.cos(), middle.longitude() + ASIDE * angle.sin()).unwrap_or(middle)
}

fn label(row: &ProviderRow, text: Text) -> String {
    let under = row.under(text);
    if under.is_empty() { row.name.clone() } else { format!("{} · {under}", row.name) }
}

/// Draws them; whoever is chosen shows her line, which leads to her page.
#[component]
pub(super) fn Nearby(
    view: ProvidersView,
    on_more: EventHandler,
    on_retry: EventHandler,
    on_open: EventHandler<Id<User>>,
    on_book: EventHandler<Id<User>>,
) -> Element {
    let text = text();
    let mut chosen = use_signal(|| None::<Id<User>>);
    if let ListState::Failed(code) = view.state {
        return rsx! { div { class: "screen-body", Failed { code, on_retry } } };
    }
    let rows = view.rows.clone().unwrap_or_default();
    let row = rows.iter().find(|row| Some(row.id) == chosen()).cloned();
    let is_empty = view.rows.is_some() && rows.iter().all(|row| row.area.is_none());
    rsx! {
        div { class: "nearby", "aria-busy": view.rows.is_none().then_some("true"),
            MapBox {
                view: nearby_map(&rows, view.place, chosen(), text),
                label: text.say(Word::ProvidersMap),
                on_choose: move |id: String| chosen.set(id.parse().ok()),
            }
            if is_empty {
                div { class: "nearby-note card",
                    Empty { icon: Icon::UserSearch, title: text.say(Word::ProvidersMapNone), advice: text.say(Word::ProvidersMapNoneAdvice) }
                }
            }
            if view.state.has_more() {
                div { class: "nearby-more",
                    Button { kind: ButtonKind::Line, small: true, label: text.say(Word::LoadMore), on_press: on_more }
                }
            }
            if let Some(row) = row {
                section { class: "nearby-chosen", role: "status",
                    ProviderLine { key: "{row.id}", row: row.clone(), on_open,
                        Button { kind: ButtonKind::Soft, small: true, label: text.say(Word::ProviderBook), on_press: move |()| on_book.call(row.id) }
                    }
                    p { class: "mute tiny", {text.say(Word::ProvidersRoughly)} }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use rapi_core::wire::people::ProviderArea;
    use uuid::Uuid;

    use super::*;
    use crate::drawn::drawn;
    use crate::text::Language;

    fn row(number: u128, latitude: Option<f64>) -> ProviderRow {
        let area = latitude.map(|latitude| ProviderArea { latitude, longitude: 106.8, radius_meters: 355.0 });
        let (id, name) = (Id::new(Uuid::from_u128(number)), "Rina Sari".to_owned());
        ProviderRow { id, name, photo: None, rating: None, jobs: 3, distance_km: Some(1.2), area, is_online: true }
    }

    fn markers(rows: Vec<ProviderRow>, chosen: Option<Id<User>>) -> Vec<Marker> {
        let (send, markers) = std::sync::mpsc::channel();
        drawn(Language::English, move || {
            send.send(nearby_map(&rows, LatLng::try_new(-6.2, 106.8).ok(), chosen, text()).markers).expect("it is awaited");
            rsx! {}
        });
        markers.recv().expect("a map")
    }

    #[test]
    fn who_has_an_area_can_be_chosen_and_who_has_none_is_not_there() {
        let markers = markers(vec![row(1, Some(-6.21)), row(2, None)], None);
        assert_eq!(markers.len(), 2, "the place and one provider");
        assert!(!markers[0].can_be_chosen && markers[1].can_be_chosen);
        assert_eq!(markers[1].label, "Rina Sari · 3 jobs · 1.2 km");
        assert_eq!(markers[1].letters.as_deref(), Some("RS"));
    }

    #[test]
    fn who_shares_an_area_stands_beside_the_others() {
        let markers = markers(vec![row(1, Some(-6.21)), row(2, Some(-6.21)), row(3, Some(-6.22))], None);
        let places: Vec<_> = markers.iter().skip(1).map(|marker| (marker.latitude, marker.longitude)).collect();
        assert!(places[0] != places[1] && places[2] == (-6.22, 106.8), "{places:?}");
    }

    #[test]
    fn the_ring_of_whoever_is_chosen_holds_her_area_wherever_she_stands() {
        let rows = vec![row(1, Some(-6.21)), row(2, Some(-6.21))];
        let markers = markers(rows.clone(), Some(rows[1].id));
        assert!(markers[1].accuracy_meters.is_none() && markers[2].is_chosen);
        assert!(markers[2].accuracy_meters.is_some_and(|meters| meters > 355.0 + 100.0));
    }
}
