//! The map: Leaflet behind a few words. Markers, the way, the ring of uncertainty and the pin work without tiles.

mod component;
mod search;
mod view;

pub use component::{MapBox, MapBoxProps};
pub use search::{Finding, FoundPlace, PlaceFinder, PlaceSearch, PlaceSearchProps};
pub use view::{JAKARTA, MapView, Marker, MarkerKind};

/// The few lines that speak with Leaflet.
pub(crate) const SCRIPT: &str = include_str!("map.js");

/// Leaflet, as text of the page: it becomes a script with the first map, for most of what people open has none.
pub(crate) fn leaflet() -> String {
    format!("<script type=\"text/plain\" id=\"leaflet\">{}</script>", crate::vendored::MAP_SCRIPT)
}
