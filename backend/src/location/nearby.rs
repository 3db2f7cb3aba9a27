//! Who is near: the last position of everybody in memory, in an R*-tree, rebuilt from the table at start.
//!
//! Positions are kept as points of the unit sphere in space, where there is no date line and no pole: the nearer on the ground,
//! the nearer through it.

use std::collections::HashMap;
use std::sync::{PoisonError, RwLock};

use rapi_core::values::EARTH_RADIUS_METERS;
use rapi_core::{Id, LatLng, values};
use rstar::{PointDistance, RTree, RTreeObject};

use super::service::Near;
use super::store::Last;

type User = Id<values::User>;

/// Distances that differ by less are equal, metres: it is finer than any receiver measures.
const EQUAL_METERS: f64 = 0.001;

/// Where everybody was last. One lock is enough: it is held for microseconds.
#[derive(Default)]
pub struct Nearby {
    people: RwLock<People>,
}

#[derive(Default)]
struct People {
    /// Nobody leaves: a seat in this list is somebody's for good.
    last: Vec<Last>,
    seats: HashMap<User, u32>,
    tree: RTree<Spot>,
}

/// Somebody's point on the unit sphere.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Spot {
    point: [f64; 3],
    /// In the list.
    seat: u32,
}

impl RTreeObject for Spot {
    type Envelope = rstar::AABB<[f64; 3]>;

    fn envelope(&self) -> Self::Envelope {
        rstar::AABB::from_point(self.point)
    }
}

impl PointDistance for Spot {
    fn distance_2(&self, point: &[f64; 3]) -> f64 {
        self.point.iter().zip(point).map(|(a, b)| (a - b) * (a - b)).sum()
    }
}

impl Nearby {
    /// Notes a position, unless a later one is known.
    pub(super) fn note(&self, last: Last) {
        self.people.write().unwrap_or_else(PoisonError::into_inner).note(last);
    }

    /// Notes many at once, when there are none yet; the tree is better for it, and neighbours get seats beside each other: whoever
    /// looks for the nearest then looks at one part of memory.
    pub(super) fn fill(&self, mut all: Vec<Last>) {
        all.sort_by_cached_key(|last| along(last.position));
        let mut people = self.people.write().unwrap_or_else(PoisonError::into_inner);
        if !people.last.is_empty() {
            return all.into_iter().for_each(|last| people.note(last));
        }
        people.seats = (0..).zip(&all).map(|(seat, last)| (last.provider, seat)).collect();
        people.tree = RTree::bulk_load((0..).zip(&all).map(|(seat, last)| spot(seat, last)).collect());
        people.last = all;
    }

    /// Her number among those whose position was ever known: small, and hers for good.
    #[must_use]
    pub fn seat(&self, user: User) -> Option<usize> {
        let people = self.people.read().unwrap_or_else(PoisonError::into_inner);
        people.seats.get(&user).map(|seat| *seat as usize)
    }

    /// Somebody, however far she is from `place`.
    pub(super) fn wherever(&self, user: User, place: LatLng) -> Option<Near> {
        let people = self.people.read().unwrap_or_else(PoisonError::into_inner);
        let seat = people.seats.get(&user)?;
        let last = &people.last[*seat as usize];
        Some(near(*seat, last, place.meters_to(last.position)))
    }

    /// The last known position.
    pub(super) fn last(&self, user: User) -> Option<Last> {
        let people = self.people.read().unwrap_or_else(PoisonError::into_inner);
        people.seats.get(&user).map(|seat| people.last[*seat as usize])
    }

    /// People within `radius_meters`, nearest first, as long as `visit` says to go on. Of two equally near the older account
    /// comes first.
    pub(crate) fn outward(&self, place: LatLng, radius_meters: f64, mut visit: impl FnMut(Near) -> bool) {
        let people = self.people.read().unwrap_or_else(PoisonError::into_inner);
        let mut equals: Vec<Near> = Vec::new();
        for (spot, square) in people.tree.nearest_neighbor_iter_with_distance_2(point(place)) {
            let meters = on_the_ground(square);
            if meters > radius_meters + EQUAL_METERS {
                break;
            }
            let last = &people.last[spot.seat as usize];
            if equals.first().is_some_and(|first| meters - first.meters > EQUAL_METERS) && !told(&mut equals, radius_meters, &mut visit) {
                return;
            }
            equals.push(near(spot.seat, last, meters));
        }
        told(&mut equals, radius_meters, &mut visit);
    }

    /// At most `limit` people within `radius_meters`, nearest first.
    pub(super) fn nearest(&self, place: LatLng, radius_meters: f64, limit: usize) -> Vec<Near> {
        let mut found = Vec::with_capacity(limit.min(64));
        if limit > 0 {
            self.outward(place, radius_meters, |near| {
                found.push(near);
                found.len() < limit
            });
        }
        found
    }
}

fn near(seat: u32, last: &Last, meters: f64) -> Near {
    let Last { provider, position, at, .. } = *last;
    Near { provider, position, at, meters, seat: seat as usize }
}

/// Visits those who are equally near, older accounts first; `false` when it is enough.
fn told(equals: &mut Vec<Near>, radius_meters: f64, visit: &mut impl FnMut(Near) -> bool) -> bool {
    equals.sort_by_key(|near| near.provider);
    equals.drain(..).filter(|near| near.meters <= radius_meters).all(&mut *visit)
}

impl People {
    fn note(&mut self, last: Last) {
        let Some(seat) = self.seats.get(&last.provider).copied() else {
            // Fewer than four thousand million people are on earth with a phone of ours.
            let Ok(seat) = u32::try_from(self.last.len()) else { return };
            self.seats.insert(last.provider, seat);
            self.tree.insert(spot(seat, &last));
            return self.last.push(last);
        };
        let before = self.last[seat as usize];
        if before.at > last.at {
            return;
        }
        self.last[seat as usize] = last;
        if before.position != last.position {
            self.tree.remove(&spot(seat, &before));
            self.tree.insert(spot(seat, &last));
        }
    }
}

fn spot(seat: u32, last: &Last) -> Spot {
    Spot { point: point(last.position), seat }
}

/// Metres on the ground between two points of the unit sphere, from the square of their distance through it.
fn on_the_ground(square: f64) -> f64 {
    2.0 * EARTH_RADIUS_METERS * (square.sqrt() / 2.0).min(1.0).asin()
}

/// Where a place stands on a line that passes through all places, neighbours mostly one after the other (Morton's order).
fn along(position: LatLng) -> u64 {
    // Each axis in steps of some centimetres; casts of floats saturate.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a place on an axis")]
    let step = |share: f64| (share * f64::from(u32::MAX)) as u32;
    let apart = |axis: u32| (0..32).fold(0, |line, bit| line | u64::from(axis >> bit & 1) << (2 * bit));
    apart(step((position.latitude() + 90.0) / 180.0)) << 1 | apart(step((position.longitude() + 180.0) / 360.0))
}

fn point(position: LatLng) -> [f64; 3] {
    let (latitude, longitude) = (position.latitude().to_radians(), position.longitude().to_radians());
    [latitude.cos() * longitude.cos(), latitude.cos() * longitude.sin(), latitude.sin()]
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use uuid::Uuid;

    use rapi_core::Timestamp;

    use super::*;

    fn at(latitude: f64, longitude: f64) -> LatLng {
        LatLng::try_new(latitude, longitude).unwrap()
    }

    fn user(number: usize) -> User {
        Id::new(Uuid::from_u128(number as u128))
    }

    fn last(number: usize, position: LatLng, micros: i64) -> Last {
        Last {
            provider: user(number),
            position,
            accuracy_meters: None,
            speed_kmh: None,
            heading_degrees: None,
            at: Timestamp::from_micros(micros),
            is_fix: true,
        }
    }

    fn brute(people: &[LatLng], place: LatLng, radius: f64, limit: usize) -> Vec<(User, f64)> {
        let all = people.iter().enumerate().map(|(number, there)| (user(number), place.meters_to(*there)));
        let mut all: Vec<_> = all.filter(|(_, meters)| *meters <= radius).collect();
        // Equally near is whoever is so to the millimetre.
        all.sort_by(|a, b| if (a.1 - b.1).abs() < EQUAL_METERS { a.0.cmp(&b.0) } else { a.1.total_cmp(&b.1) });
        all.truncate(limit);
        all
    }

    /// The same people, as far away to the millimetre.
    fn same(found: &[(User, f64)], expected: &[(User, f64)]) -> bool {
        let is_same = |(one, other): (&(User, f64), &(User, f64))| one.0 == other.0 && (one.1 - other.1).abs() < EQUAL_METERS;
        found.len() == expected.len() && found.iter().zip(expected).all(is_same)
    }

    /// Some at once, the others one after the other.
    fn filled(people: &[LatLng]) -> Nearby {
        let nearby = Nearby::default();
        let all: Vec<Last> = people.iter().enumerate().map(|(number, position)| last(number, *position, 1)).collect();
        let (first, others) = all.split_at(all.len() / 2);
        nearby.fill(first.to_vec());
        others.iter().for_each(|last| nearby.note(*last));
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
            prop_assert!(same(&found, &brute(&people, place, radius, limit)));
        }

        #[test]
        fn who_moved_is_found_where_she_is((place, people) in city(), moves in prop::collection::vec((0usize..40, 0usize..120), 0..60)) {
            prop_assume!(people.len() >= 40);
            let nearby = filled(&people);
            let mut now = people.clone();
            for (step, (who, whereto)) in moves.into_iter().enumerate() {
                now[who] = people[whereto % people.len()];
                nearby.note(last(who, now[who], 2 + i64::try_from(step).unwrap()));
            }
            let found: Vec<_> = nearby.nearest(place, 12_000.0, 10).into_iter().map(|near| (near.provider, near.meters)).collect();
            prop_assert!(same(&found, &brute(&now, place, 12_000.0, 10)));
        }
    }

    #[test]
    fn an_older_position_does_not_replace_a_later_one() {
        let nearby = Nearby::default();
        let (here, there) = (at(-6.2, 106.8), at(-6.3, 106.9));
        nearby.note(last(1, here, 2));
        nearby.note(last(1, there, 1));
        assert_eq!(nearby.last(user(1)).map(|last| last.position), Some(here));
        assert_eq!(nearby.last(user(2)), None);
    }
}
