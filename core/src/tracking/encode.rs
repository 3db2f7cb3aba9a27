//! Writing a batch; the layout is described in `codec.rs`.

use super::codec::{DATE_LINE, Point, Prediction, SOUTH_POLE, TIME_END, TIME_UNIT_MICROS, UNITS_PER_DEGREE};
use super::nibbles::Writer;
use super::scale::{accuracy_code, speed_code};
use super::{Batch, FORMAT_VERSION, Fix, MAX_BYTES, MAX_FIXES};

/// Why a batch cannot be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum EncodeError {
    /// There is nothing to write.
    #[error("a batch without fixes")]
    Empty,
    /// More than [`MAX_FIXES`] fixes or [`MAX_BYTES`] bytes.
    #[error("the batch is too long")]
    TooLong,
    /// A time before 1970, or beyond 40 bits of 100 ms.
    #[error("a fix of no time that can be written")]
    NoSuchTime,
}

/// Writes a batch.
///
/// # Errors
/// [`EncodeError`] when it cannot be written; splitting a long batch helps.
pub fn encode(batch: &Batch) -> Result<Vec<u8>, EncodeError> {
    let first = batch.fixes.first().ok_or(EncodeError::Empty)?;
    if batch.fixes.len() > MAX_FIXES {
        return Err(EncodeError::TooLong);
    }
    let mut writer = Writer::default();
    write_header(&mut writer, batch);
    let mut prediction = Prediction::after(write_first(&mut writer, first)?);
    for fix in &batch.fixes[1..] {
        let (point, expected) = (point_of(fix)?, prediction.expected());
        writer.signed(point.time - expected.time);
        writer.signed(point.latitude - expected.latitude);
        writer.signed(point.longitude - expected.longitude);
        write_scales(&mut writer, fix);
        prediction.learn(point);
    }
    let bytes = writer.into_bytes();
    if bytes.len() > MAX_BYTES { Err(EncodeError::TooLong) } else { Ok(bytes) }
}

fn write_header(writer: &mut Writer, batch: &Batch) {
    let mocked = batch.fixes.iter().any(|fix| fix.is_mock);
    writer.fixed(FORMAT_VERSION.into(), 2);
    writer.unsigned(batch.sequence);
    writer.unsigned(batch.fixes.len() as u64 * 2 + u64::from(mocked));
    if mocked {
        for four in batch.fixes.chunks(4) {
            let flags = four.iter().enumerate().map(|(index, fix)| u8::from(fix.is_mock) << (3 - index));
            writer.nibble(flags.sum());
        }
    }
}

fn write_first(writer: &mut Writer, fix: &Fix) -> Result<Point, EncodeError> {
    let point = point_of(fix)?;
    writer.fixed(point.time.cast_unsigned(), 10);
    writer.fixed((point.latitude + SOUTH_POLE).cast_unsigned(), 7);
    writer.fixed((point.longitude + DATE_LINE).cast_unsigned(), 7);
    write_scales(writer, fix);
    Ok(point)
}

fn write_scales(writer: &mut Writer, fix: &Fix) {
    writer.nibble(speed_code(fix.speed_kmh));
    writer.nibble(accuracy_code(fix.accuracy_meters));
}

fn point_of(fix: &Fix) -> Result<Point, EncodeError> {
    let time = (fix.at.micros() + TIME_UNIT_MICROS / 2).div_euclid(TIME_UNIT_MICROS);
    if !(0..TIME_END).contains(&time) {
        return Err(EncodeError::NoSuchTime);
    }
    #[expect(clippy::cast_possible_truncation, reason = "degrees × 10⁵ are at most 18 million")]
    let units = |degrees: f64| (degrees * UNITS_PER_DEGREE).round() as i64;
    Ok(Point { time, latitude: units(fix.position.latitude()), longitude: units(fix.position.longitude()) })
}
