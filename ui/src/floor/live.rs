//! What goes on now, on a map.

use rapi_core::orders::Status;
use rapi_core::values::{Order, User};
use rapi_core::wire::admin::{MapOrder, MapProvider, MapResponse};
use rapi_core::{Id, LatLng, Timestamp};

use crate::map::{MapView, Marker, MarkerKind};
use crate::oversight::order_status;
use crate::text::{Text, Word};

/// How long a place is believed, in minutes.
const BELIEVED: u64 = 30;

/// What a marker's id begins with, by what it stands for.
const ORDER: &str = "order-";
const PERSON: &str = "provider-";

/// What a marker of the live map stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OnMap {
    /// An order.
    Order(Id<Order>),
    /// A provider.
    Person(Id<User>),
}

impl OnMap {
    /// Of the marker with this id.
    #[must_use]
    pub fn of(marker: &str) -> Option<Self> {
        let order = marker.strip_prefix(ORDER).and_then(|id| id.parse().ok()).map(Self::Order);
        order.or_else(|| marker.strip_prefix(PERSON)?.parse().ok().map(Self::Person))
    }
}

/// Running orders, those who travel to them, and providers who wait.
#[must_use]
pub fn live_map(now: &MapResponse, text: Text) -> MapView {
    let orders = now.orders.iter().filter_map(|order| order_marker(order, text));
    let travelling = now.orders.iter().filter(|order| order.status.is(&Status::OnTheWay)).filter_map(|order| order.provider.as_ref());
    let travelling = travelling.filter_map(|provider| provider_marker(provider, MarkerKind::Traveller, now.at, text));
    let waiting = now.providers.iter().filter_map(|provider| provider_marker(provider, MarkerKind::Provider, now.at, text));
    MapView { markers: orders.chain(travelling).chain(waiting).collect(), zoom: 11, ..MapView::default() }
}

fn order_marker(order: &MapOrder, text: Text) -> Option<Marker> {
    let place = LatLng::try_new(order.service_latitude, order.service_longitude).ok()?;
    let kind = if order.status.is(&Status::Pending) { MarkerKind::Waiting } else { MarkerKind::Home };
    let status = order_status(&order.status, order.stage.as_ref()).1.say(text);
    let label = format!("{} · {status} · {}", order.order_number, order.service_address);
    Some(Marker::new(format!("{ORDER}{}", order.id), kind, place, label).to_choose())
}

/// Nothing for somebody of whom nobody knows where she is by now.
fn provider_marker(provider: &MapProvider, kind: MarkerKind, now: Timestamp, text: Text) -> Option<Marker> {
    let position = provider.position.as_ref()?;
    let place = LatLng::try_new(position.latitude, position.longitude).ok()?;
    let minutes = now.since(position.at).as_secs() / 60;
    let ago = text.fill(Word::AdminMinutesAgo, [("minutes", i64::try_from(minutes).unwrap_or(i64::MAX))]);
    let label = format!("{} · {ago}", provider.full_name);
    (minutes <= BELIEVED).then(|| Marker::new(format!("{PERSON}{}", provider.id), kind, place, label).to_choose())
}

/// The same for those who cannot see the map.
#[must_use]
pub fn live_words(now: &MapResponse, text: Text) -> String {
    let count = |number: usize| i64::try_from(number).unwrap_or(i64::MAX);
    text.fill(Word::AdminMapLabel, [("orders", count(now.orders.len())), ("providers", count(now.providers.len()))])
}

#[cfg(test)]
mod tests {
    use dioxus::prelude::*;
    use rapi_core::wire::admin::MapPosition;

    use super::*;
    use crate::drawn::drawn;
    use crate::text::{Language, text};

    fn now() -> MapResponse {
        let at: Timestamp = "2026-11-22T05:04:00Z".parse().expect("a time");
        let provider = |number: u128, seen: &str| MapProvider {
            id: Id::new(uuid(number)),
            full_name: "Wati Lestari".into(),
            position: Some(MapPosition { latitude: -6.26, longitude: 106.81, at: seen.parse().expect("a time") }),
        };
        let order = |number: u128, status: Status| MapOrder {
            id: Id::new(uuid(number)),
            order_number: "RP-20418".into(),
            status: status.into(),
            stage: None,
            service_category_slug: None,
            custom_category_name: None,
            service_latitude: -6.2,
            service_longitude: 106.8,
            service_address: "Jl. Kemang Raya 12".into(),
            provider: (status == Status::OnTheWay).then(|| provider(number + 10, "2026-11-22T05:03:30Z")),
        };
        let orders = vec![order(1, Status::Pending), order(2, Status::OnTheWay)];
        MapResponse { at, orders, providers: vec![provider(3, "2026-11-22T05:00:00Z"), provider(4, "2026-11-22T03:00:00Z")] }
    }

    fn uuid(number: u128) -> uuid::Uuid {
        uuid::Uuid::from_u128(number)
    }

    #[test]
    fn the_map_shows_orders_those_who_travel_and_those_who_wait_but_no_old_places() {
        let html = drawn(Language::Indonesian, || {
            let kinds: Vec<_> = live_map(&now(), text()).markers.into_iter().map(|marker| marker.kind).collect();
            let chosen: Vec<_> = live_map(&now(), text()).markers.iter().map(|marker| OnMap::of(&marker.id)).collect();
            let person = |number| Some(OnMap::Person(Id::new(uuid(number))));
            let order = |number| Some(OnMap::Order(Id::new(uuid(number))));
            assert_eq!((chosen, OnMap::of("home")), (vec![order(1), order(2), person(12), person(3)], None));
            assert_eq!(kinds, [MarkerKind::Waiting, MarkerKind::Home, MarkerKind::Traveller, MarkerKind::Provider]);
            let label = live_words(&now(), text());
            rsx! { "{label}" }
        });
        assert!(html.contains("2 pesanan berjalan"), "{html}");
    }
}
