//! Days in Western Indonesian Time, which numbers are counted in wherever people work.

use std::time::Duration;

use chrono::{NaiveDate, NaiveTime};
use rapi_core::Timestamp;
use rapi_core::orders::Zone;
use sea_orm::ColumnTrait;
use sea_orm::sea_query::{Expr, ExprTrait};

use super::{ApiError, ApiResult};

/// So many days at most.
const MOST: i64 = 366;
const AHEAD: Duration = Duration::from_secs(Zone::Western.utc_offset_minutes().unsigned_abs() as u64 * 60);
const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// Some days, one after the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Days {
    /// The first of them.
    pub first: NaiveDate,
    /// The last of them.
    pub last: NaiveDate,
}

impl Days {
    /// The days asked for: up to today, and `usual` of them, where nothing is said.
    ///
    /// # Errors
    /// 422 for a time that makes no sense.
    pub fn try_new(now: Timestamp, from: Option<NaiveDate>, to: Option<NaiveDate>, usual: u64) -> ApiResult<Self> {
        let last = to.unwrap_or_else(|| day_of(now));
        let first = from.or_else(|| last.checked_sub_days(chrono::Days::new(usual - 1))).unwrap_or(last);
        if first > last || (last - first).num_days() >= MOST {
            return Err(ApiError::invalid_field("from", "out_of_range", format!("must be at most {} days before `to`", MOST - 1)));
        }
        Ok(Self { first, last })
    }

    /// As many days just before these.
    ///
    /// # Errors
    /// 422 where time begins.
    pub fn before(self) -> ApiResult<Self> {
        let back = |day: NaiveDate, by: i64| day.checked_sub_days(chrono::Days::new(by.unsigned_abs()));
        let length = (self.last - self.first).num_days() + 1;
        match (back(self.first, length), back(self.first, 1)) {
            (Some(first), Some(last)) => Ok(Self { first, last }),
            _ => Err(ApiError::invalid_field("from", "out_of_range", "must not be where time begins")),
        }
    }

    /// When they begin.
    #[must_use]
    pub fn start(self) -> Timestamp {
        start_of(self.first)
    }

    /// When they are over.
    #[must_use]
    pub fn end(self) -> Timestamp {
        end_of(self.last)
    }

    /// Each of them.
    pub fn each(self) -> impl Iterator<Item = NaiveDate> {
        self.first.iter_days().take_while(move |day| *day <= self.last)
    }
}

/// The day in which something happened.
#[must_use]
pub fn day_of(at: Timestamp) -> NaiveDate {
    (at + AHEAD).to_utc().date_naive()
}

/// When a day begins.
#[must_use]
pub fn start_of(day: NaiveDate) -> Timestamp {
    Timestamp::from(day.and_time(NaiveTime::MIN).and_utc()) - AHEAD
}

/// When a day is over.
#[must_use]
pub fn end_of(day: NaiveDate) -> Timestamp {
    start_of(day) + DAY
}

/// In a query: the number of the day in which a time lies, for [`day_numbered`].
#[must_use]
pub fn day_number(column: impl ColumnTrait) -> Expr {
    column.into_expr().add(micros(AHEAD)).div(micros(DAY))
}

/// The day of this number.
#[must_use]
pub fn day_numbered(number: i64) -> NaiveDate {
    let days = chrono::Days::new(number.unsigned_abs());
    NaiveDate::default().checked_add_days(days).unwrap_or(NaiveDate::MAX)
}

fn micros(duration: Duration) -> i64 {
    i64::try_from(duration.as_micros()).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_day_begins_at_midnight_in_jakarta() {
        assert_eq!(start_of(date("2026-11-22")), "2026-11-21T17:00:00Z".parse().unwrap());
        assert_eq!(day_of("2026-11-21T16:59:59.999999Z".parse().unwrap()), date("2026-11-21"));
        assert_eq!(day_of("2026-11-21T17:00:00Z".parse().unwrap()), date("2026-11-22"));
    }

    #[test]
    fn days_have_numbers() {
        let at = start_of(date("2026-11-22"));
        assert_eq!(day_numbered((at.micros() + micros(AHEAD)) / micros(DAY)), date("2026-11-22"));
    }

    #[test]
    fn the_days_before_are_as_many() {
        let now = "2026-11-22T17:30:00Z".parse().unwrap();
        let usual = Days::try_new(now, None, None, 14).unwrap();
        assert_eq!((usual.first, usual.last, usual.each().count()), (date("2026-11-10"), date("2026-11-23"), 14));
        let before = usual.before().unwrap();
        assert_eq!((before.first, before.last, before.end()), (date("2026-10-27"), date("2026-11-09"), usual.start()));
        assert!(Days::try_new(now, Some(date("2025-11-23")), None, 14).is_ok());
        assert!(Days::try_new(now, Some(date("2025-11-22")), None, 14).is_err());
        assert!(Days::try_new(now, Some(date("2026-11-24")), None, 14).is_err());
    }
}
