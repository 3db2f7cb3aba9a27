//! What the map of an order shows.

use rapi_core::LatLng;
use rapi_core::orders::Status;
use rapi_core::wire::location::TrackingResponse;
use rapi_core::wire::orders::OrderItem;

use crate::map::{MapView, Marker, MarkerKind};

/// The place of the work, and whoever travels there with the way that is left.
#[must_use]
pub fn map_of(order: &OrderItem, tracking: Option<&TrackingResponse>) -> MapView {
    let Ok(home) = LatLng::try_new(order.service_latitude, order.service_longitude) else { return MapView::default() };
    let map = MapView { zoom: 15, ..MapView::around(home) }.with(Marker::new("home", MarkerKind::Home, home, &order.service_address));
    let travels = matches!(order.status.known(), Some(Status::Accepted | Status::OnTheWay));
    let her = tracking.filter(|_| travels).and_then(position);
    match (her, &order.provider) {
        (Some(her), Some(provider)) => {
            let marker = Marker::new("provider", MarkerKind::Traveller, her, &provider.full_name);
            let accuracy = tracking.and_then(|tracking| tracking.accuracy_meters);
            map.with(Marker { accuracy_meters: accuracy, ..marker }).with_way(her, home)
        }
        _ => map,
    }
}

fn position(tracking: &TrackingResponse) -> Option<LatLng> {
    LatLng::try_new(tracking.latitude?, tracking.longitude?).ok()
}
