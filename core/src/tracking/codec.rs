//! The compact binary form of a batch of fixes, as published on `u/{uid}/location`.
//!
//! A fix is wanted every few seconds over a metered connection, so a batch costs about six bytes a fix: what can be
//! foreseen is not sent. Each position is expected where constant velocity leads (`2 × last − the one before`), each
//! interval as long as the last, and only the difference is written. The unit is the nibble (half a byte, high half
//! first); `number` and `signed` are of variable length, three bits a nibble (see `nibbles.rs`).
//!
//! | nibbles | field | notes |
//! |---|---|---|
//! | 2 | version | `0x01` |
//! | number | sequence | strictly growing per device |
//! | number | 2 × count + mocked | count 1…512; mocked 1: the next field follows |
//! | ⌈count ÷ 4⌉ | mock flags | only if mocked: one bit a fix, the first fix in the highest bit |
//! | **first fix** | | |
//! | 10 | time | 100 ms since 1970-01-01T00:00:00Z, 40 bits |
//! | 7 | latitude + 90° | 10⁻⁵ °, 28 bits |
//! | 7 | longitude + 180° | 10⁻⁵ °, 28 bits |
//! | 2 | speed, accuracy | steps of `scale.rs`, 0 unknown |
//! | **every other fix** | | |
//! | signed | interval − the last interval | 100 ms; the interval before the first is 5 s |
//! | signed | latitude − expected | 10⁻⁵ ° |
//! | signed | longitude − expected | 10⁻⁵ °; the second fix expects the position of the first |
//! | 2 | speed, accuracy | |
//! | **end** | | |
//! | 0 or 1 | filling | zero, to a whole byte |
//!
//! What comes back: times within 50 ms, positions within ½ × 10⁻⁵ ° (0.6 m), speed and accuracy as the steps of their
//! scales. Headings are not sent but derived from one position to the next; a fix too close to the one before keeps
//! the heading so far, and the fixes before the first movement take that one's.

use serde::{Deserialize, Serialize};

use super::Fix;

/// The first byte.
pub const FORMAT_VERSION: u8 = 1;

/// A batch holds at most this many fixes.
pub const MAX_FIXES: usize = 512;

/// An encoded batch is at most this long.
pub const MAX_BYTES: usize = 8 * 1024;

pub(super) const TIME_UNIT_MICROS: i64 = 100_000;
pub(super) const TIME_END: i64 = 1 << 40;
const FIRST_INTERVAL: i64 = 50;
pub(super) const UNITS_PER_DEGREE: f64 = 1e5;

/// 90° and 180° in units, which make every coordinate positive.
pub(super) const SOUTH_POLE: i64 = 9_000_000;
pub(super) const DATE_LINE: i64 = 18_000_000;

/// Fixes that travel together.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Batch {
    /// Number of the batch: strictly growing per device, so that one sent twice is counted once.
    pub sequence: u64,
    /// The fixes, oldest first.
    pub fixes: Vec<Fix>,
}

/// A fix in the units of the wire.
#[derive(Clone, Copy)]
pub(super) struct Point {
    pub(super) time: i64,
    pub(super) latitude: i64,
    pub(super) longitude: i64,
}

/// What the next fix is expected to be.
pub(super) struct Prediction {
    last: Point,
    interval: i64,
    north: i64,
    east: i64,
}

impl Prediction {
    pub(super) const fn after(first: Point) -> Self {
        Self { last: first, interval: FIRST_INTERVAL, north: 0, east: 0 }
    }

    pub(super) const fn expected(&self) -> Point {
        Point {
            time: self.last.time + self.interval,
            latitude: self.last.latitude + self.north,
            longitude: self.last.longitude + self.east,
        }
    }

    pub(super) const fn learn(&mut self, next: Point) {
        self.interval = next.time - self.last.time;
        self.north = next.latitude - self.last.latitude;
        self.east = next.longitude - self.last.longitude;
        self.last = next;
    }
}
