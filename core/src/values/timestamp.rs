//! Points in time.

use std::fmt;
use std::ops::{Add, Sub};
use std::str::FromStr;
use std::time::Duration;

use chrono::{DateTime, Datelike, Timelike, Utc};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Microseconds since 1970-01-01T00:00:00Z, as both databases store it; on the wire RFC 3339 in UTC.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(value_type = String, format = DateTime, example = "2026-11-22T05:04:00.000000Z"))]
pub struct Timestamp(i64);

/// Text that is not an RFC 3339 time within the years 0–9999.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not an RFC 3339 time")]
pub struct NotATime;

/// 9999-12-31T23:59:59.999999Z and 0000-01-01T00:00:00Z: what RFC 3339 can write.
const LATEST: i64 = 253_402_300_799_999_999;
const EARLIEST: i64 = -62_167_219_200_000_000;

impl Timestamp {
    /// From microseconds since the epoch, held within the years RFC 3339 can write.
    #[must_use]
    pub const fn from_micros(micros: i64) -> Self {
        Self(if micros > LATEST {
            LATEST
        } else if micros < EARLIEST {
            EARLIEST
        } else {
            micros
        })
    }

    /// Microseconds since the epoch.
    #[must_use]
    pub const fn micros(self) -> i64 {
        self.0
    }

    /// How long after `earlier` this is; nothing when it is before it.
    #[must_use]
    pub fn since(self, earlier: Self) -> Duration {
        Duration::from_micros(u64::try_from(self.0.saturating_sub(earlier.0)).unwrap_or(0))
    }

    /// As a calendar time.
    #[must_use]
    pub fn to_utc(self) -> DateTime<Utc> {
        DateTime::from_timestamp_micros(self.0).unwrap_or_default()
    }

    /// As RFC 3339 writes it, in UTC and to the microsecond. Answers hold a dozen of them: this is what chrono writes, without
    /// its allocations.
    fn written(self) -> [u8; 27] {
        let (time, mut text) = (self.to_utc(), *b"0000-00-00T00:00:00.000000Z");
        // The years are held within four digits.
        let year = u32::try_from(time.year()).unwrap_or_default();
        put(&mut text[0..4], year);
        put(&mut text[5..7], time.month());
        put(&mut text[8..10], time.day());
        put(&mut text[11..13], time.hour());
        put(&mut text[14..16], time.minute());
        put(&mut text[17..19], time.second());
        put(&mut text[20..26], time.timestamp_subsec_micros());
        text
    }
}

/// Writes the last digits of `number`, as many as there is room for.
fn put(room: &mut [u8], mut number: u32) {
    for digit in room.iter_mut().rev() {
        // A digit is below ten.
        *digit = b'0' + (number % 10) as u8;
        number /= 10;
    }
}

/// What [`Timestamp::written`] wrote: ASCII.
fn text(written: &[u8]) -> &str {
    std::str::from_utf8(written).unwrap_or_default()
}

impl From<DateTime<Utc>> for Timestamp {
    fn from(time: DateTime<Utc>) -> Self {
        Self::from_micros(time.timestamp_micros())
    }
}

fn span(duration: Duration) -> i64 {
    i64::try_from(duration.as_micros()).unwrap_or(i64::MAX)
}

impl Add<Duration> for Timestamp {
    type Output = Self;
    fn add(self, duration: Duration) -> Self {
        Self::from_micros(self.0.saturating_add(span(duration)))
    }
}

impl Sub<Duration> for Timestamp {
    type Output = Self;
    fn sub(self, duration: Duration) -> Self {
        Self::from_micros(self.0.saturating_sub(span(duration)))
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(text(&self.written()))
    }
}

impl fmt::Debug for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for Timestamp {
    type Err = NotATime;
    fn from_str(text: &str) -> Result<Self, NotATime> {
        let time = DateTime::parse_from_rfc3339(text).map_err(|_| NotATime)?;
        Ok(Self::from(time.to_utc()))
    }
}

impl Serialize for Timestamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(text(&self.written()))
    }
}

impl<'de> Deserialize<'de> for Timestamp {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<str>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn what_is_written_can_be_read_again(micros in EARLIEST..=LATEST) {
            let time = Timestamp::from_micros(micros);
            prop_assert_eq!(time.to_string().parse::<Timestamp>().unwrap(), time);
        }

        #[test]
        fn it_is_written_as_chrono_writes_it(micros in EARLIEST..=LATEST) {
            let time = Timestamp::from_micros(micros);
            prop_assert_eq!(time.to_string(), time.to_utc().to_rfc3339_opts(chrono::SecondsFormat::Micros, true));
        }

        #[test]
        fn arithmetic_never_leaves_the_calendar(micros: i64, seconds: u64) {
            let time = Timestamp::from_micros(micros) + Duration::from_secs(seconds);
            prop_assert!(time.to_string().parse::<Timestamp>().is_ok());
            prop_assert!((time - Duration::from_secs(seconds)) <= time);
        }

        #[test]
        fn garbage_is_refused_without_panic(text in ".*") {
            let _ = text.parse::<Timestamp>();
        }
    }
}
