use std::time::Duration;

use proptest::prelude::*;

use super::*;
use crate::values::{LatLng, Timestamp};

/// A metre in degrees of latitude.
const METER: f64 = 1.0 / 111_195.0;

const DAWN: Timestamp = Timestamp::from_micros(1_790_000_000_000_000);

fn fix(at: Timestamp, latitude: f64, longitude: f64) -> Fix {
    Fix {
        at,
        position: LatLng::try_new(latitude, longitude).unwrap(),
        accuracy_meters: Some(10.0),
        speed_kmh: Some(40.0),
        heading_degrees: None,
        is_mock: false,
    }
}

/// One stretch of a ride: a straight street, then a turn, perhaps a red light.
#[derive(Debug, Clone)]
struct Street {
    meters: f64,
    turn_degrees: f64,
    kmh: f64,
    halt_seconds: f64,
}

prop_compose! {
    fn street()(
        meters in 80.0..600.0f64,
        turn_degrees in prop_oneof![Just(90.0), Just(-90.0), -20.0..20.0f64],
        kmh in 20.0..60.0f64,
        halt_seconds in prop_oneof![Just(0.0), 5.0..60.0f64],
    ) -> Street {
        Street { meters, turn_degrees, kmh, halt_seconds }
    }
}

/// Where a rider is, second by second, metres east and north of the start.
fn ride(streets: &[Street], bearing: f64) -> Vec<(f64, f64, f64)> {
    let (mut bearing, mut east, mut north) = (bearing, 0.0, 0.0);
    let mut seconds = Vec::new();
    for street in streets {
        let step = street.kmh / 3.6;
        for _ in 0..(street.meters / step).ceil() as usize {
            east += step * bearing.to_radians().sin();
            north += step * bearing.to_radians().cos();
            seconds.push((east, north, street.kmh));
        }
        seconds.extend((0..street.halt_seconds as usize).map(|_| (east, north, 0.0)));
        bearing += street.turn_degrees;
    }
    seconds
}

prop_compose! {
    /// Ten batches of a ride through a town, sampled every 5 s (give or take 0.2 s), 5 m off in any direction.
    fn town_ride()(
        streets in prop::collection::vec(street(), 40),
        bearing in 0.0..360.0f64,
        (latitude, longitude) in (-8.0..6.0f64, 95.0..141.0f64),
        noise in prop::collection::vec((-5.0..5.0f64, -5.0..5.0f64, -200i64..200), 120),
        start in 0u64..400_000_000,
    ) -> Vec<Fix> {
        let seconds = ride(&streets, bearing);
        seconds.iter().step_by(5).zip(&noise).enumerate().map(|(index, ((east, north, kmh), (x, y, jitter)))| {
            let at = DAWN + Duration::from_secs(start + 5 * index as u64);
            let at = Timestamp::from_micros(at.micros() + jitter * 1_000);
            let degrees = (latitude + (north + y) * METER, longitude + (east + x) * METER / latitude.to_radians().cos());
            Fix { speed_kmh: Some(*kmh as f32), ..fix(at, degrees.0, degrees.1) }
        }).collect()
    }
}

prop_compose! {
    fn any_fix()(
        micros in 0i64..4_000_000_000_000_000,
        latitude in -90.0..=90.0f64,
        longitude in -180.0..=180.0f64,
        accuracy_meters in prop::option::of(any::<f32>()),
        speed_kmh in prop::option::of(any::<f32>()),
        is_mock: bool,
    ) -> Fix {
        Fix { accuracy_meters, speed_kmh, is_mock, ..fix(Timestamp::from_micros(micros), latitude, longitude) }
    }
}

fn any_batch() -> impl Strategy<Value = Batch> {
    (any::<u64>(), prop::collection::vec(any_fix(), 1..40)).prop_map(|(sequence, fixes)| Batch { sequence, fixes })
}

proptest! {
    #[test]
    fn a_ride_through_town_takes_six_bytes_a_fix(fixes in town_ride(), sequence in 0u64..1_000_000) {
        for (batch, twelve) in (sequence..).zip(fixes.chunks_exact(12)) {
            let bytes = encode(&Batch { sequence: batch, fixes: twelve.to_vec() }).unwrap();
            prop_assert!(bytes.len() <= 72, "{} bytes", bytes.len());
        }
    }

    #[test]
    fn the_fastest_straight_ride_takes_six_bytes_a_fix(bearing in 0.0..360.0f64, sequence in 0u64..1_000_000) {
        let street = Street { meters: 3_600.0, turn_degrees: 0.0, kmh: 198.0, halt_seconds: 0.0 };
        let fixes: Vec<Fix> = (0u64..).zip(ride(&[street], bearing).iter().step_by(5).take(12))
            .map(|(index, (east, north, _))| fix(DAWN + Duration::from_secs(5 * index), -6.2 + north * METER, 106.8 + east * METER))
            .collect();
        prop_assert_eq!(fixes.len(), 12);
        let bytes = encode(&Batch { sequence, fixes }).unwrap();
        prop_assert!(bytes.len() <= 72, "{} bytes", bytes.len());
    }

    #[test]
    fn what_is_read_is_what_was_written_within_the_units(batch in any_batch()) {
        let read = decode(&encode(&batch).unwrap()).unwrap();
        prop_assert_eq!((read.sequence, read.fixes.len()), (batch.sequence, batch.fixes.len()));
        for (read, written) in read.fixes.iter().zip(&batch.fixes) {
            prop_assert!((read.at.micros() - written.at.micros()).abs() <= 50_000);
            prop_assert!((read.position.latitude() - written.position.latitude()).abs() <= 0.500_001e-5);
            prop_assert!((read.position.longitude() - written.position.longitude()).abs() <= 0.500_001e-5);
            prop_assert_eq!(read.is_mock, written.is_mock);
            prop_assert_eq!(read.speed_kmh.is_some(), written.speed_kmh.is_some_and(|kmh| kmh >= 0.0));
            prop_assert_eq!(read.accuracy_meters.is_some(), written.accuracy_meters.is_some_and(|meters| meters >= 0.0));
        }
    }

    #[test]
    fn reading_and_writing_again_changes_nothing(batch in any_batch()) {
        let bytes = encode(&batch).unwrap();
        let read = decode(&bytes).unwrap();
        prop_assert_eq!(&encode(&read).unwrap(), &bytes);
        prop_assert_eq!(decode(&bytes).unwrap(), read);
    }

    #[test]
    fn arbitrary_bytes_do_not_panic(mut bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = decode(&bytes);
        if let Some(version) = bytes.first_mut() {
            *version = FORMAT_VERSION;
        }
        if let Ok(batch) = decode(&bytes) {
            let again = encode(&batch).unwrap();
            prop_assert_eq!(decode(&again).unwrap(), batch);
        }
    }

    #[test]
    fn damaged_batches_do_not_panic(batch in any_batch(), at: prop::sample::Index, bit in 0u8..8, keep: prop::sample::Index) {
        let mut bytes = encode(&batch).unwrap();
        let index = at.index(bytes.len());
        let kept = keep.index(bytes.len());
        prop_assert!(decode(&bytes[..kept]).is_err());
        bytes[index] ^= 1 << bit;
        let _ = decode(&bytes);
    }
}

#[test]
fn the_layout_does_not_change() {
    let mut fixes = vec![fix(DAWN, -6.2, 106.8), fix(DAWN + Duration::from_millis(5_100), -6.199_99, 106.8)];
    fixes[1].is_mock = true;
    let bytes = encode(&Batch { sequence: 9, fixes }).unwrap();
    // version 01 | 9: 9 1 | 2×2+1: 5 | flags 0100 | time | latitude | longitude | steps 9, 7 | +1: 2 | +1: 2 | 0 | 9, 7
    assert_eq!(hex(&bytes), "01 9 1 5 4 042AEC5300 07FDE60 1B59F40 97 2 2 0 97 0".replace(' ', ""));
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02X}")).collect()
}

#[test]
fn headings_come_from_the_positions() {
    let at = |seconds| DAWN + Duration::from_secs(seconds);
    let fixes = vec![
        fix(at(0), -6.2, 106.8),
        fix(at(5), -6.2, 106.8),
        fix(at(10), -6.199, 106.8),
        fix(at(15), -6.199, 106.801),
        fix(at(20), -6.199, 106.801_01),
    ];
    let read = decode(&encode(&Batch { sequence: 0, fixes }).unwrap()).unwrap();
    let headings: Vec<_> = read.fixes.iter().map(|fix| fix.heading_degrees).collect();
    assert_eq!(headings, [Some(0), Some(0), Some(0), Some(90), Some(90)]);
    assert_eq!(decode(&encode(&Batch { sequence: 0, fixes: read.fixes[..1].to_vec() }).unwrap()).unwrap().fixes[0].heading_degrees, None);
}

#[test]
fn what_cannot_be_written_is_refused() {
    let of = |fixes| encode(&Batch { sequence: 0, fixes });
    assert_eq!(of(vec![]), Err(EncodeError::Empty));
    assert_eq!(of(vec![fix(DAWN, 0.0, 0.0); MAX_FIXES + 1]), Err(EncodeError::TooLong));
    assert_eq!(of(vec![fix(Timestamp::from_micros(-60_000), 0.0, 0.0)]), Err(EncodeError::NoSuchTime));
    assert!(of(vec![fix(DAWN, 0.0, 0.0); MAX_FIXES]).is_ok());
}

#[test]
fn what_is_no_batch_says_why() {
    let good = encode(&Batch { sequence: 0, fixes: vec![fix(DAWN, 0.0, 0.0)] }).unwrap();
    let longer = [&good[..], &[0]].concat();
    assert_eq!(decode(&[]), Err(DecodeError::Damaged));
    assert_eq!(decode(&[2]), Err(DecodeError::UnknownVersion(2)));
    assert_eq!(decode(&[1, 0x00]), Err(DecodeError::BadLength));
    assert_eq!(decode(&longer), Err(DecodeError::Damaged));
    assert_eq!(decode(&vec![1; MAX_BYTES + 1]), Err(DecodeError::BadLength));
}
