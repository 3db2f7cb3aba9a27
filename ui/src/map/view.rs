//! What a map shows.

use rapi_core::LatLng;
use serde::Serialize;

/// Where a map begins when no place is known: the middle of Jakarta.
pub const JAKARTA: (f64, f64) = (-6.2, 106.82);

/// What a marker stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum MarkerKind {
    /// Where the work is.
    Home,
    /// Somebody who travels; glides from place to place.
    Traveller,
    /// A provider who waits.
    Provider,
    /// An order that nobody has taken yet.
    Waiting,
}

/// A marker.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Marker {
    /// Tells it from the others; the same marker glides when it is moved.
    pub id: String,
    /// What it stands for.
    pub kind: MarkerKind,
    /// Degrees north.
    pub latitude: f64,
    /// Degrees east.
    pub longitude: f64,
    /// Its name, shown when it is pointed at and said by screen readers.
    pub label: String,
    /// Radius in metres within which it is.
    pub accuracy_meters: Option<f64>,
    /// How long it takes from the place before, in seconds; for those who travel.
    pub glide_seconds: f64,
    /// A few letters that are drawn on it.
    pub letters: Option<String>,
    /// Is it a button?
    pub can_be_chosen: bool,
    /// Was it chosen? Then it stands out.
    pub is_chosen: bool,
}

impl Marker {
    /// A marker at `place`.
    #[must_use]
    pub fn new(id: impl Into<String>, kind: MarkerKind, place: LatLng, label: impl Into<String>) -> Self {
        let glide_seconds = if kind == MarkerKind::Traveller { 4.0 } else { 0.0 };
        let (latitude, longitude) = (place.latitude(), place.longitude());
        Self {
            id: id.into(),
            kind,
            latitude,
            longitude,
            label: label.into(),
            accuracy_meters: None,
            glide_seconds,
            letters: None,
            can_be_chosen: false,
            is_chosen: false,
        }
    }

    /// A button, which tells its id when it is chosen.
    #[must_use]
    pub const fn to_choose(mut self) -> Self {
        self.can_be_chosen = true;
        self
    }
}

/// What a map shows. It is moved to show all markers when markers come and go, and otherwise left where people moved it.
#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct MapView {
    /// Shown when there are no markers; latitude and longitude.
    pub centre: Option<(f64, f64)>,
    /// From 3 (an archipelago) to 18 (a house); of the centre.
    pub zoom: u8,
    /// The markers.
    pub markers: Vec<Marker>,
    /// A line along these places: latitude and longitude.
    pub way: Vec<(f64, f64)>,
    /// So many pixels at the top and at the foot are covered by something else.
    pub covered: (u16, u16),
}

impl MapView {
    /// The surroundings of `place`.
    #[must_use]
    pub fn around(place: LatLng) -> Self {
        Self { centre: Some((place.latitude(), place.longitude())), zoom: 16, ..Self::default() }
    }

    /// With a marker more.
    #[must_use]
    pub fn with(mut self, marker: Marker) -> Self {
        self.markers.push(marker);
        self
    }

    /// Where so many pixels at the top and at the foot are covered by something else.
    #[must_use]
    pub const fn under(mut self, top: u16, foot: u16) -> Self {
        self.covered = (top, foot);
        self
    }

    /// With a straight line from `from` to `to`.
    #[must_use]
    pub fn with_way(mut self, from: LatLng, to: LatLng) -> Self {
        self.way = [from, to].map(|place| (place.latitude(), place.longitude())).to_vec();
        self
    }
}
