//! The map: Leaflet behind a few words. Markers, the way, the ring of uncertainty and the pin work without tiles.

mod component;
mod view;

pub use component::{MapBox, MapBoxProps};
pub use view::{MapView, Marker, MarkerKind};

/// What the page needs for maps: Leaflet and the few lines that speak with it.
pub(crate) const SCRIPTS: [&str; 2] = [crate::vendored::MAP_SCRIPT, include_str!("map.js")];
