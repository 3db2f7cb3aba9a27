//! The way to a job, as long as nobody has measured it.

use rapi_core::LatLng;

/// Streets are that much longer than the straight line.
const DETOUR: f64 = 1.4;
/// How fast a scooter gets through a town, in km/h.
const TOWN_KMH: f64 = 25.0;

/// A way ahead.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct WayAhead {
    /// How far.
    pub km: f64,
    /// How long, at least a minute.
    pub minutes: i64,
}

impl WayAhead {
    /// From `here` to `there` along streets.
    #[must_use]
    pub fn between(here: LatLng, there: LatLng) -> Self {
        Self::of_line(here.meters_to(there) / 1000.0)
    }

    /// Along streets, when the straight line has so many kilometres.
    #[must_use]
    pub fn of_line(line_km: f64) -> Self {
        let km = line_km * DETOUR;
        #[expect(clippy::cast_possible_truncation, reason = "minutes on earth")]
        let minutes = (km / TOWN_KMH * 60.0).ceil().max(1.0) as i64;
        Self { km, minutes }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_way_takes_as_long_as_a_scooter_in_town() {
        assert_eq!(WayAhead::of_line(1.0), WayAhead { km: 1.4, minutes: 4 });
        assert_eq!(WayAhead::of_line(0.0).minutes, 1);
    }
}
