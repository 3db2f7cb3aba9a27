//! Which of Indonesia's three time zones a place is in.

use crate::values::LatLng;

/// A time zone of Indonesia; none of them knows summer time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Zone {
    /// WIB: Sumatra, Java, West and Central Kalimantan.
    Western,
    /// WITA: Bali, Nusa Tenggara, South, East and North Kalimantan, Sulawesi.
    Central,
    /// WIT: Maluku and Papua.
    Eastern,
}

impl Zone {
    /// The zone of a place, by the provinces of Keputusan Presiden 41/1987 drawn as straight lines: right for every city, and
    /// within some 30 km of the inland borders of Kalimantan it may be an hour off. A place abroad gets the nearest zone.
    #[must_use]
    pub fn of(place: LatLng) -> Self {
        let (latitude, longitude) = (place.latitude(), place.longitude());
        if longitude >= east_of_sulawesi(latitude) {
            Self::Eastern
        } else if longitude >= east_of_java(latitude) {
            Self::Central
        } else {
            Self::Western
        }
    }

    /// Its name in the IANA database.
    #[must_use]
    pub const fn iana(self) -> &'static str {
        match self {
            Self::Western => "Asia/Jakarta",
            Self::Central => "Asia/Makassar",
            Self::Eastern => "Asia/Jayapura",
        }
    }

    /// How far its time is ahead of UTC, in minutes.
    #[must_use]
    pub const fn utc_offset_minutes(self) -> i32 {
        match self {
            Self::Western => 7 * 60,
            Self::Central => 8 * 60,
            Self::Eastern => 9 * 60,
        }
    }
}

/// Where WIT begins, in degrees east.
fn east_of_sulawesi(latitude: f64) -> f64 {
    match latitude {
        // Sangihe and Talaud belong to North Sulawesi.
        north if north >= 3.0 => 127.5,
        // The Molucca Sea.
        middle if middle >= -1.5 => 125.9,
        // Taliabu and Sula belong to North Maluku, Banggai to Central Sulawesi.
        sula if sula >= -2.7 => 124.2,
        // The Banda Sea; further south Timor and Alor end before Wetar.
        _ => 125.5,
    }
}

/// Where WITA begins, in degrees east.
fn east_of_java(latitude: f64) -> f64 {
    match latitude {
        // North and East Kalimantan border on West Kalimantan.
        north if north >= 0.8 => 114.2,
        // East Kalimantan borders on Central Kalimantan.
        equator if equator >= -0.2 => 114.9,
        barito if barito >= -2.3 => 115.3,
        // South Kalimantan lies between the Kapuas and the sea.
        banjar if banjar >= -5.0 => 114.42,
        // Masalembu and Kangean belong to East Java.
        islands if islands >= -7.6 => 116.6,
        // Alas Purwo reaches below Bali.
        south if south < -8.48 => 114.7,
        // The strait of Bali.
        _ => 114.43,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn cities_keep_the_time_of_their_province() {
        let cities = [
            ("Banda Aceh", 5.55, 95.32, Zone::Western),
            ("Medan", 3.59, 98.67, Zone::Western),
            ("Batam", 1.13, 104.03, Zone::Western),
            ("Jakarta", -6.2, 106.85, Zone::Western),
            ("Surabaya", -7.25, 112.75, Zone::Western),
            ("Banyuwangi", -8.22, 114.37, Zone::Western),
            ("Kangean", -6.9, 115.3, Zone::Western),
            ("Pontianak", -0.03, 109.34, Zone::Western),
            ("Putussibau", 0.86, 112.93, Zone::Western),
            ("Palangka Raya", -2.21, 113.92, Zone::Western),
            ("Muara Teweh", -0.95, 114.89, Zone::Western),
            ("Kuala Kapuas", -3.01, 114.39, Zone::Western),
            ("Gilimanuk", -8.16, 114.44, Zone::Central),
            ("Denpasar", -8.65, 115.22, Zone::Central),
            ("Mataram", -8.58, 116.12, Zone::Central),
            ("Kupang", -10.18, 123.6, Zone::Central),
            ("Kalabahi", -8.22, 124.52, Zone::Central),
            ("Banjarmasin", -3.32, 114.59, Zone::Central),
            ("Tanjung", -2.16, 115.38, Zone::Central),
            ("Balikpapan", -1.24, 116.85, Zone::Central),
            ("Tarakan", 3.3, 117.63, Zone::Central),
            ("Makassar", -5.14, 119.42, Zone::Central),
            ("Luwuk", -0.95, 122.79, Zone::Central),
            ("Bitung", 1.44, 125.19, Zone::Central),
            ("Melonguane", 4.0, 126.68, Zone::Central),
            ("Sanana", -2.06, 125.98, Zone::Eastern),
            ("Ternate", 0.79, 127.38, Zone::Eastern),
            ("Ambon", -3.7, 128.18, Zone::Eastern),
            ("Sorong", -0.88, 131.25, Zone::Eastern),
            ("Merauke", -8.5, 140.4, Zone::Eastern),
        ];
        for (city, latitude, longitude, zone) in cities {
            assert_eq!(Zone::of(LatLng::try_new(latitude, longitude).unwrap()), zone, "{city}");
        }
    }

    proptest! {
        #[test]
        fn every_place_on_earth_has_a_zone_and_time_never_runs_back_eastwards(
            latitude in -90.0..=90.0f64,
            west in -180.0..=180.0f64,
            further in 0.0..=180.0f64,
        ) {
            let at = |longitude: f64| Zone::of(LatLng::try_new(latitude, longitude).unwrap()).utc_offset_minutes();
            prop_assert!(at(west) <= at((west + further).min(180.0)));
        }
    }
}
