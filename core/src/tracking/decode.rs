//! Reading a batch that anybody may have sent; the layout is described in `codec.rs`.

use super::codec::{DATE_LINE, Point, Prediction, SOUTH_POLE, TIME_END, TIME_UNIT_MICROS, UNITS_PER_DEGREE};
use super::fix::heading;
use super::nibbles::Reader;
use super::scale::{accuracy_of, speed_of};
use super::{Batch, FORMAT_VERSION, Fix, MAX_BYTES, MAX_FIXES};
use crate::values::{LatLng, Timestamp};

/// Why bytes are not a batch.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum DecodeError {
    /// Written by a version that this one does not know.
    #[error("unknown version {0}")]
    UnknownVersion(u8),
    /// More than [`MAX_FIXES`] fixes or [`MAX_BYTES`] bytes, or no fix at all.
    #[error("the batch is empty or too long")]
    BadLength,
    /// The bytes end too early, go on after the end, or hold a number that does not fit.
    #[error("the batch is damaged")]
    Damaged,
    /// A time or position that does not exist.
    #[error("a fix of no time or place")]
    OutOfRange,
}

/// Reads a batch. Never panics, and never needs more memory than [`MAX_FIXES`] fixes.
///
/// # Errors
/// [`DecodeError`] when the bytes are not a batch of this version.
pub fn decode(bytes: &[u8]) -> Result<Batch, DecodeError> {
    if bytes.len() > MAX_BYTES {
        return Err(DecodeError::BadLength);
    }
    let mut reader = Reader::new(bytes);
    let version = *bytes.first().ok_or(DecodeError::Damaged)?;
    if version != FORMAT_VERSION {
        return Err(DecodeError::UnknownVersion(version));
    }
    reader.fixed(2).ok_or(DecodeError::Damaged)?;
    let sequence = reader.unsigned().ok_or(DecodeError::Damaged)?;
    let mocked = read_mocked(&mut reader)?;
    let mut fixes = read_fixes(&mut reader, &mocked)?;
    if !reader.is_at_end() {
        return Err(DecodeError::Damaged);
    }
    derive_headings(&mut fixes);
    Ok(Batch { sequence, fixes })
}

/// One flag for each fix to come.
fn read_mocked(reader: &mut Reader<'_>) -> Result<Vec<bool>, DecodeError> {
    let counts = reader.unsigned().ok_or(DecodeError::Damaged)?;
    let count = usize::try_from(counts / 2).unwrap_or(usize::MAX);
    if !(1..=MAX_FIXES).contains(&count) {
        return Err(DecodeError::BadLength);
    }
    let mut mocked = vec![false; count];
    if counts % 2 == 1 {
        for four in mocked.chunks_mut(4) {
            let flags = reader.nibble().ok_or(DecodeError::Damaged)?;
            for (index, flag) in four.iter_mut().enumerate() {
                *flag = flags >> (3 - index) & 1 == 1;
            }
        }
    }
    Ok(mocked)
}

fn read_fixes(reader: &mut Reader<'_>, mocked: &[bool]) -> Result<Vec<Fix>, DecodeError> {
    let mut fixes = Vec::with_capacity(mocked.len());
    let mut prediction: Option<Prediction> = None;
    for is_mock in mocked {
        let point = match &prediction {
            None => read_first(reader),
            Some(prediction) => read_next(reader, &prediction.expected()),
        }
        .ok_or(DecodeError::Damaged)?;
        fixes.push(read_fix(reader, point, *is_mock)?);
        match &mut prediction {
            None => prediction = Some(Prediction::after(point)),
            Some(prediction) => prediction.learn(point),
        }
    }
    Ok(fixes)
}

fn read_first(reader: &mut Reader<'_>) -> Option<Point> {
    Some(Point {
        time: reader.fixed(10)?.cast_signed(),
        latitude: reader.fixed(7)?.cast_signed() - SOUTH_POLE,
        longitude: reader.fixed(7)?.cast_signed() - DATE_LINE,
    })
}

fn read_next(reader: &mut Reader<'_>, expected: &Point) -> Option<Point> {
    Some(Point {
        time: expected.time.checked_add(reader.signed()?)?,
        latitude: expected.latitude.checked_add(reader.signed()?)?,
        longitude: expected.longitude.checked_add(reader.signed()?)?,
    })
}

/// The fix at a point, whose range is checked here: so predictions stay small and cannot overflow.
fn read_fix(reader: &mut Reader<'_>, point: Point, is_mock: bool) -> Result<Fix, DecodeError> {
    let mut code = || reader.nibble().ok_or(DecodeError::Damaged);
    let (speed, accuracy) = (code()?, code()?);
    #[expect(clippy::cast_precision_loss, reason = "a position that a float cannot hold is not on the earth")]
    let degrees = |units: i64| units as f64 / UNITS_PER_DEGREE;
    let position = LatLng::try_new(degrees(point.latitude), degrees(point.longitude));
    if !(0..TIME_END).contains(&point.time) {
        return Err(DecodeError::OutOfRange);
    }
    Ok(Fix {
        at: Timestamp::from_micros(point.time * TIME_UNIT_MICROS),
        position: position.map_err(|_| DecodeError::OutOfRange)?,
        accuracy_meters: accuracy_of(accuracy),
        speed_kmh: speed_of(speed),
        heading_degrees: None,
        is_mock,
    })
}

fn derive_headings(fixes: &mut [Fix]) {
    let legs = fixes.windows(2).map(|leg| heading(leg[0].position, leg[1].position)).collect::<Vec<_>>();
    let mut current = legs.iter().find_map(|heading| *heading);
    for (fix, leg) in fixes.iter_mut().zip(std::iter::once(None).chain(legs)) {
        current = leg.or(current);
        fix.heading_degrees = current;
    }
}
