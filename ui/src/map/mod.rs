//! The map: Leaflet behind a few words. Markers, the way, the ring of uncertainty and the pin work without tiles.

mod component;
mod search;
mod view;

pub use component::{MapBox, MapBoxProps};
pub use search::{Finding, FoundPlace, PlaceFinder, PlaceSearch, PlaceSearchProps};
pub use view::{JAKARTA, MapView, Marker, MarkerKind};

use crate::vendored::{MAP_SCRIPT, MAP_SHEET};

/// The few lines that speak with Leaflet.
pub(crate) const SCRIPT: &str = include_str!("map.js");

/// Leaflet and its rules, as text of the page: they come to life with the first map, for most of what people open has none.
pub(crate) fn leaflet() -> String {
    let text = |id, text| format!("<script type=\"text/plain\" id=\"{id}\">{text}</script>");
    text("leaflet", MAP_SCRIPT) + &text("leaflet-rules", MAP_SHEET)
}
