//! Points on the earth.

use serde::{Deserialize, Serialize};

/// Mean earth radius in metres (IUGG 1980, R₁).
pub const EARTH_RADIUS_METERS: f64 = 6_371_008.8;

/// A WGS 84 position in degrees; always finite and on the earth.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "RawLatLng")]
pub struct LatLng {
    latitude: f64,
    longitude: f64,
}

#[derive(Deserialize)]
struct RawLatLng {
    latitude: f64,
    longitude: f64,
}

/// The numbers are not a latitude (−90…90) and a longitude (−180…180).
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("latitude must be within -90 and 90, longitude within -180 and 180")]
pub struct NotOnEarth;

impl LatLng {
    /// A position from degrees.
    ///
    /// # Errors
    /// [`NotOnEarth`] when out of range or not a number.
    pub fn try_new(latitude: f64, longitude: f64) -> Result<Self, NotOnEarth> {
        // NaN is in no range.
        if (-90.0..=90.0).contains(&latitude) && (-180.0..=180.0).contains(&longitude) {
            Ok(Self { latitude, longitude })
        } else {
            Err(NotOnEarth)
        }
    }

    /// Degrees north.
    #[must_use]
    pub const fn latitude(self) -> f64 {
        self.latitude
    }

    /// Degrees east.
    #[must_use]
    pub const fn longitude(self) -> f64 {
        self.longitude
    }

    /// Great-circle distance in metres by the haversine formula (R. W. Sinnott, Sky & Telescope 68, 1984).
    #[must_use]
    pub fn meters_to(self, other: Self) -> f64 {
        let (phi1, phi2) = (self.latitude.to_radians(), other.latitude.to_radians());
        let half_dphi = (phi2 - phi1) / 2.0;
        let half_dlambda = (other.longitude - self.longitude).to_radians() / 2.0;
        let h = half_dphi.sin().powi(2) + phi1.cos() * phi2.cos() * half_dlambda.sin().powi(2);
        2.0 * EARTH_RADIUS_METERS * h.clamp(0.0, 1.0).sqrt().asin()
    }

    /// Initial bearing towards `other` in whole degrees clockwise from north, 0…359.
    #[must_use]
    pub fn heading_to(self, other: Self) -> u16 {
        let (phi1, phi2) = (self.latitude.to_radians(), other.latitude.to_radians());
        let dlambda = (other.longitude - self.longitude).to_radians();
        let y = dlambda.sin() * phi2.cos();
        let x = phi1.cos() * phi2.sin() - phi1.sin() * phi2.cos() * dlambda.cos();
        let degrees = y.atan2(x).to_degrees().rem_euclid(360.0).round();
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "rem_euclid(360) is within 0…360")]
        let whole = degrees as u16;
        whole % 360
    }

    /// The point `fraction` (0…1) of the straight way to `other`; good enough over a city.
    #[must_use]
    pub fn towards(self, other: Self, fraction: f64) -> Self {
        let mix = |from: f64, to: f64| from + (to - from) * fraction.clamp(0.0, 1.0);
        Self { latitude: mix(self.latitude, other.latitude), longitude: mix(self.longitude, other.longitude) }
    }
}

impl TryFrom<RawLatLng> for LatLng {
    type Error = NotOnEarth;
    fn try_from(raw: RawLatLng) -> Result<Self, NotOnEarth> {
        Self::try_new(raw.latitude, raw.longitude)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn anywhere() -> impl Strategy<Value = LatLng> {
        (-90.0..=90.0f64, -180.0..=180.0f64).prop_map(|(lat, lng)| LatLng::try_new(lat, lng).unwrap())
    }

    #[test]
    fn jakarta_to_bandung_is_about_116_km() {
        let monas = LatLng::try_new(-6.175_39, 106.827_15).unwrap();
        let gedung_sate = LatLng::try_new(-6.902_48, 107.618_81).unwrap();
        let km = monas.meters_to(gedung_sate) / 1000.0;
        assert!((118.0..119.5).contains(&km), "{km}");
        assert_eq!(monas.heading_to(gedung_sate), 133);
    }

    #[test]
    fn nonsense_is_not_on_earth() {
        for (lat, lng) in [(90.1, 0.0), (0.0, -180.1), (f64::NAN, 0.0), (0.0, f64::INFINITY)] {
            assert_eq!(LatLng::try_new(lat, lng), Err(NotOnEarth));
        }
    }

    proptest! {
        #[test]
        fn distance_is_a_metric(a in anywhere(), b in anywhere()) {
            prop_assert!(a.meters_to(a) < 1e-3);
            prop_assert!((a.meters_to(b) - b.meters_to(a)).abs() < 1e-3);
            prop_assert!(a.meters_to(b) <= std::f64::consts::PI * EARTH_RADIUS_METERS + 1.0);
            prop_assert!(a.heading_to(b) < 360);
        }
    }
}
