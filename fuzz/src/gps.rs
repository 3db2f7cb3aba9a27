//! Batches of positions. What is read can be written and read again; what is written comes back as exact as promised.

use rapi_core::tracking::{Batch, EncodeError, Fix, MAX_BYTES, MAX_FIXES, decode, encode};
use rapi_core::{LatLng, Timestamp};

use super::source::Source;

/// Reads `bytes` as a batch, and writes a batch made of them.
pub fn run(bytes: &[u8]) {
    read(bytes);
    write(&batch_of(bytes));
}

fn read(bytes: &[u8]) {
    let Ok(batch) = decode(bytes) else { return };
    assert!((1..=MAX_FIXES).contains(&batch.fixes.len()), "{} fixes", batch.fixes.len());
    let written = encode(&batch).expect("what was read can be written");
    assert!(written.len() <= bytes.len(), "it is written as short as can be");
    assert_eq!(decode(&written), Ok(batch), "what was read is read again");
}

fn write(batch: &Batch) {
    let written = match encode(batch) {
        Ok(written) => written,
        Err(EncodeError::Empty) => return assert!(batch.fixes.is_empty()),
        Err(EncodeError::TooLong) => return assert!(batch.fixes.len() > 64, "{} fixes fit into a batch", batch.fixes.len()),
        Err(EncodeError::NoSuchTime) => return assert!(batch.fixes.iter().any(|fix| !has_time(fix.at))),
    };
    assert!(written.len() <= MAX_BYTES);
    let read = decode(&written).expect("what was written can be read");
    assert_eq!((read.sequence, read.fixes.len()), (batch.sequence, batch.fixes.len()));
    for (before, after) in batch.fixes.iter().zip(&read.fixes) {
        assert!(before.at.micros().abs_diff(after.at.micros()) <= 50_000, "{} became {}", before.at, after.at);
        assert!(are_close(before.position, after.position), "{:?} became {:?}", before.position, after.position);
        assert_eq!(before.is_mock, after.is_mock);
        assert!(after.heading_degrees.is_none_or(|heading| heading < 360));
        let surer = before.accuracy_meters.zip(after.accuracy_meters).is_some_and(|(before, after)| after < before && before <= 250.0);
        assert!(!surer, "{before:?} became {after:?}");
    }
    assert_eq!(encode(&read), Ok(written), "there is one way to write it");
}

/// 40 bits of 100 ms, and half of one on either side.
fn has_time(time: Timestamp) -> bool {
    (-50_000..(1 << 40) * 100_000 - 50_000).contains(&time.micros())
}

fn are_close(before: LatLng, after: LatLng) -> bool {
    const HALF_A_UNIT: f64 = 0.5e-5 + 1e-12;
    (before.latitude() - after.latitude()).abs() <= HALF_A_UNIT && (before.longitude() - after.longitude()).abs() <= HALF_A_UNIT
}

/// A batch as strange as the bytes; each fix begins with a byte that says how it lies to the one before.
pub fn batch_of(bytes: &[u8]) -> Batch {
    let mut source = Source::new(bytes);
    let sequence = u64::from_le_bytes(source.bytes());
    let mut fixes = Vec::new();
    let mut last = fix_of(&mut source, None);
    while !source.is_empty() && fixes.len() <= MAX_FIXES {
        fixes.push(last);
        last = fix_of(&mut source, Some(last));
    }
    Batch { sequence, fixes }
}

fn fix_of(source: &mut Source<'_>, last: Option<Fix>) -> Fix {
    let kind = source.byte();
    let near = last.filter(|_| kind & 1 == 0);
    let (at, position) = match near {
        Some(last) => {
            let step = |source: &mut Source<'_>| (source.fraction() - 0.5) * 0.01;
            let north = (last.position.latitude() + step(source)).clamp(-90.0, 90.0);
            let east = (last.position.longitude() + step(source)).clamp(-180.0, 180.0);
            (last.at.micros().saturating_add(i64::from(i32::from_le_bytes(source.bytes()))), (north, east))
        }
        None => (i64::from_le_bytes(source.bytes()), (source.fraction() * 180.0 - 90.0, source.fraction() * 360.0 - 180.0)),
    };
    Fix {
        at: Timestamp::from_micros(at),
        position: LatLng::try_new(position.0, position.1).expect("it is on the earth"),
        accuracy_meters: (kind & 2 != 0).then(|| source.float()),
        speed_kmh: (kind & 4 != 0).then(|| source.float()),
        heading_degrees: (kind & 8 != 0).then(|| u16::from_le_bytes(source.bytes()) % 360),
        is_mock: kind & 16 != 0,
    }
}
