//! How far, and how long, without a map.

use serde::{Deserialize, Serialize};

use crate::values::LatLng;

/// Streets are longer than the crow flies.
const DETOUR: f64 = 1.4;

/// A motorbike in a city, km/h.
const SPEED_KMH: f64 = 25.0;

/// What is left of the way.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Estimate {
    /// By road, kilometres.
    pub distance_km: f64,
    /// Until arrival, a minute begun counting as one.
    pub minutes: u32,
}

/// Great-circle distance (haversine) × 1.4, at 25 km/h, minutes rounded up.
#[must_use]
pub fn estimate(from: LatLng, to: LatLng) -> Estimate {
    let distance_km = from.meters_to(to) / 1000.0 * DETOUR;
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "half way round the earth is 67 000 min")]
    let minutes = (distance_km / SPEED_KMH * 60.0).ceil() as u32;
    Estimate { distance_km, minutes }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn north(degrees: f64) -> LatLng {
        LatLng::try_new(-6.2 + degrees, 106.8).unwrap()
    }

    #[test]
    fn there_is_no_way_left_at_the_door() {
        assert_eq!(estimate(north(0.0), north(0.0)), Estimate { distance_km: 0.0, minutes: 0 });
    }

    #[test]
    fn a_minute_begun_counts() {
        assert_eq!(estimate(north(0.0), north(0.000_1)).minutes, 1);
        // 0.1° are 11.12 km, 15.57 km by road, 37.4 min.
        let far = estimate(north(0.0), north(0.1));
        assert!((far.distance_km - 15.567).abs() < 0.001, "{far:?}");
        assert_eq!(far.minutes, 38);
    }
}
