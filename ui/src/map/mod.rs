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

/// The folder in which the page looks for the parts of the map.
pub const PARTS: &str = "map";

/// A part of the map by its name, with its media type. The page asks for them with its first map, for most of what people open has
/// none.
#[must_use]
pub fn part(name: &str) -> Option<(&'static str, &'static str)> {
    match name {
        "leaflet.js" => Some(("text/javascript", MAP_SCRIPT)),
        "leaflet.css" => Some(("text/css", MAP_SHEET)),
        _ => None,
    }
}
