//! Who is near: positions in memory, sorted into the hexagons of H3 (<https://h3geo.org>), rebuilt from the table at start.

use std::collections::HashMap;
use std::sync::{PoisonError, RwLock};

use h3o::{CellIndex, Resolution};
use rapi_core::{Id, LatLng, Timestamp, values};

use super::service::Near;

/// Hexagons about 2.4 km apart: a disk of 3 km is a dozen of them, one of 12 km a few hundred.
const RESOLUTION: Resolution = Resolution::Seven;
/// The least distance between the centres of neighbours anywhere on earth, metres, with a good margin: the smallest
/// hexagons of this resolution have 3 km² (1.9 km apart), and near the twelve pentagons they are askew.
const SPACING_METERS: f64 = 1_300.0;
/// Beyond this many rings looking at everybody is quicker.
const MOST_RINGS: u32 = 24;

type User = Id<values::User>;

/// Where everybody was last. One lock is enough: it is held for microseconds.
#[derive(Default)]
pub struct Nearby {
    people: RwLock<People>,
}

#[derive(Default)]
struct People {
    places: HashMap<User, Place>,
    cells: HashMap<CellIndex, Vec<User>>,
}

#[derive(Clone, Copy)]
struct Place {
    cell: CellIndex,
    position: LatLng,
    at: Timestamp,
}

impl Nearby {
    /// Notes a position, unless a later one is known.
    pub(super) fn note(&self, user: User, position: LatLng, at: Timestamp) {
        let place = Place { cell: cell(position), position, at };
        self.people.write().unwrap_or_else(PoisonError::into_inner).note(user, place);
    }

    /// The last known position.
    pub(super) fn position_of(&self, user: User) -> Option<(LatLng, Timestamp)> {
        let people = self.people.read().unwrap_or_else(PoisonError::into_inner);
        people.places.get(&user).map(|place| (place.position, place.at))
    }

    /// At most `limit` people within `radius_meters`, nearest first; of two equally near the older account first.
    pub(super) fn nearest(&self, place: LatLng, radius_meters: f64, limit: usize) -> Vec<Near> {
        let people = self.people.read().unwrap_or_else(PoisonError::into_inner);
        let mut found = match rings_for(radius_meters) {
            Some(rings) => people.ring_by_ring(place, radius_meters, limit, rings),
            None => people.places.iter().filter_map(|(user, there)| near(*user, there, place, radius_meters)).collect(),
        };
        drop(people);
        found.sort_by(|a, b| a.meters.total_cmp(&b.meters).then(a.provider.cmp(&b.provider)));
        found.truncate(limit);
        found
    }
}

impl People {
    fn note(&mut self, user: User, place: Place) {
        let before = self.places.get(&user).copied();
        if before.is_some_and(|before| before.at > place.at) {
            return;
        }
        self.places.insert(user, place);
        if before.is_some_and(|before| before.cell == place.cell) {
            return;
        }
        if let Some(before) = before {
            self.leave(user, before.cell);
        }
        self.cells.entry(place.cell).or_default().push(user);
    }

    fn leave(&mut self, user: User, cell: CellIndex) {
        if let Some(there) = self.cells.get_mut(&cell) {
            there.retain(|other| *other != user);
            if there.is_empty() {
                self.cells.remove(&cell);
            }
        }
    }

    /// Looks at ring after ring of hexagons around `place`, until those found nearer than anybody beyond can be are enough.
    fn ring_by_ring(&self, place: LatLng, radius_meters: f64, limit: usize, rings: u32) -> Vec<Near> {
        let mut disk: Vec<(CellIndex, u32)> = cell(place).grid_disk_distances(rings);
        disk.sort_by_key(|(_, ring)| *ring);
        let mut found = Vec::new();
        for cells in disk.chunk_by(|a, b| a.1 == b.1) {
            for user in cells.iter().filter_map(|(cell, _)| self.cells.get(cell)).flatten() {
                found.extend(self.places.get(user).and_then(|there| near(*user, there, place, radius_meters)));
            }
            let safe = cells.first().map_or(0.0, |(_, ring)| covered_meters(*ring));
            if found.iter().filter(|near: &&Near| near.meters <= safe).count() >= limit {
                break;
            }
        }
        found
    }
}

fn near(provider: User, there: &Place, place: LatLng, radius_meters: f64) -> Option<Near> {
    let meters = place.meters_to(there.position);
    (meters <= radius_meters).then_some(Near { provider, position: there.position, at: there.at, meters })
}

fn cell(position: LatLng) -> CellIndex {
    // Only infinite numbers are refused, and a position has none.
    h3o::LatLng::new(position.latitude(), position.longitude()).unwrap_or_default().to_cell(RESOLUTION)
}

/// How far around a place everything lies within `rings` rings of hexagons around its own.
///
/// In a regular grid of spacing `s` the disk of `k` rings reaches at least `k × s × √3⁄2 + s ⁄ (2√3)` from the centre of its
/// middle, from which the place is at most `s ⁄ √3` away: together `s × (0.866 k − 0.289)`.
fn covered_meters(rings: u32) -> f64 {
    (SPACING_METERS * (0.866 * f64::from(rings) - 0.289)).max(0.0)
}

/// How many rings cover a radius; `None` when too many.
fn rings_for(radius_meters: f64) -> Option<u32> {
    (0..=MOST_RINGS).find(|rings| covered_meters(*rings) >= radius_meters)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;

    fn at(latitude: f64, longitude: f64) -> LatLng {
        LatLng::try_new(latitude, longitude).unwrap()
    }

    fn user(number: usize) -> User {
        Id::new(Uuid::from_u128(number as u128))
    }

    fn brute(people: &[LatLng], place: LatLng, radius: f64, limit: usize) -> Vec<(User, f64)> {
        let all = people.iter().enumerate().map(|(number, there)| (user(number), place.meters_to(*there)));
        let mut all: Vec<_> = all.filter(|(_, meters)| *meters <= radius).collect();
        all.sort_by(|a, b| a.1.total_cmp(&b.1).then(a.0.cmp(&b.0)));
        all.truncate(limit);
        all
    }

    fn filled(people: &[LatLng]) -> Nearby {
        let nearby = Nearby::default();
        for (number, position) in people.iter().enumerate() {
            nearby.note(user(number), *position, Timestamp::from_micros(1));
        }
        nearby
    }

    /// Somewhere, and people around it: in Jakarta, across the date line, in the far north, beside a pentagon.
    fn city() -> impl Strategy<Value = (LatLng, Vec<LatLng>)> {
        let centres = prop_oneof![
            (-6.5f64..-6.0, 106.5f64..107.1),
            (-20.0f64..20.0, 179.9f64..180.0),
            (69.0f64..84.0, -60.0f64..60.0),
            (58.0f64..59.0, 10.4f64..10.6),
            (-60.0f64..60.0, -180.0f64..180.0)
        ];
        let crowd = prop::collection::vec((-0.25f64..0.25, -0.25f64..0.25), 0..120);
        (centres, crowd).prop_map(|((latitude, longitude), crowd)| {
            let around = |(north, east): (f64, f64)| {
                let east = (longitude + east / latitude.to_radians().cos() + 540.0).rem_euclid(360.0) - 180.0;
                at((latitude + north).clamp(-90.0, 90.0), east)
            };
            (at(latitude, longitude), crowd.into_iter().map(around).collect())
        })
    }

    proptest! {
        #[test]
        fn the_nearest_are_those_a_look_at_everybody_finds((place, people) in city(), radius in 0.0f64..60_000.0, limit in 0usize..20) {
            let found = filled(&people).nearest(place, radius, limit);
            let found: Vec<_> = found.into_iter().map(|near| (near.provider, near.meters)).collect();
            prop_assert_eq!(found, brute(&people, place, radius, limit));
        }

        #[test]
        fn who_moved_is_found_where_she_is((place, people) in city(), moves in prop::collection::vec((0usize..40, 0usize..120), 0..60)) {
            prop_assume!(people.len() >= 40);
            let nearby = filled(&people);
            let mut now = people.clone();
            for (step, (who, whereto)) in moves.into_iter().enumerate() {
                now[who] = people[whereto % people.len()];
                nearby.note(user(who), now[who], Timestamp::from_micros(2 + i64::try_from(step).unwrap()));
            }
            let found: Vec<_> = nearby.nearest(place, 12_000.0, 10).into_iter().map(|near| (near.provider, near.meters)).collect();
            prop_assert_eq!(found, brute(&now, place, 12_000.0, 10));
        }
    }

    #[test]
    fn an_older_position_does_not_replace_a_later_one() {
        let nearby = Nearby::default();
        let (here, there) = (at(-6.2, 106.8), at(-6.3, 106.9));
        nearby.note(user(1), here, Timestamp::from_micros(2));
        nearby.note(user(1), there, Timestamp::from_micros(1));
        assert_eq!(nearby.position_of(user(1)), Some((here, Timestamp::from_micros(2))));
        assert_eq!(nearby.position_of(user(2)), None);
    }

    #[test]
    fn the_disks_of_dispatch_are_few_hexagons() {
        assert_eq!([3_000.0, 5_000.0, 8_000.0, 12_000.0].map(rings_for), [Some(3), Some(5), Some(8), Some(11)]);
        assert_eq!(rings_for(100_000.0), None);
    }
}
