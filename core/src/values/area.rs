//! Roughly where somebody is.

use super::LatLng;

/// The side of an area, metres.
const SIDE_METERS: f64 = 500.0;
/// Metres of a degree of a great circle.
const METERS_OF_DEGREE: f64 = 111_195.0;

impl LatLng {
    /// Everywhere within an area is at most so far from its middle, metres.
    pub const AREA_RADIUS_METERS: f64 = 355.0;

    /// The middle of the area, some 500 m by 500 m, that this position lies in.
    ///
    /// The areas lie still: whoever stays within one is given the same answer, however often and from wherever it is asked for, so
    /// that nothing more can be learnt by asking again.
    #[must_use]
    pub fn area(self) -> Self {
        let step = SIDE_METERS / METERS_OF_DEGREE;
        let latitude = middle(self.latitude(), step).clamp(-90.0, 90.0);
        // Of one row all areas are equally wide; around a pole there is one.
        let width = (step / latitude.to_radians().cos().max(step / 360.0)).min(360.0);
        let longitude = middle(self.longitude(), width).clamp(-180.0, 180.0);
        Self::try_new(latitude, longitude).unwrap_or(self)
    }
}

/// The middle of the stretch of this length that holds `degrees`.
fn middle(degrees: f64, step: f64) -> f64 {
    ((degrees / step).floor() + 0.5) * step
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn at(latitude: f64, longitude: f64) -> LatLng {
        LatLng::try_new(latitude, longitude).unwrap()
    }

    #[test]
    fn neighbours_share_an_area_and_nothing_tells_them_apart() {
        let (home, next_door) = (at(-6.2607, 106.8137), at(-6.2609, 106.8139));
        assert_eq!(home.area(), next_door.area());
        assert!(home.area() != home);
    }

    #[test]
    fn at_a_pole_there_is_an_area_too() {
        assert!(at(90.0, 12.0).area().latitude() > 89.9);
    }

    proptest! {
        #[test]
        fn an_area_is_near_and_its_middle_lies_in_it((latitude, longitude) in (-60.0f64..60.0, -179.0f64..179.0)) {
            let place = at(latitude, longitude);
            let area = place.area();
            prop_assert!(place.meters_to(area) <= LatLng::AREA_RADIUS_METERS, "{} m", place.meters_to(area));
            prop_assert!(area.area().meters_to(area) < 1.0);
        }
    }
}
