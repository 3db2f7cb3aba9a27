//! A day and a time of day at the place of the order.

use std::time::Duration;

use chrono::{Datelike as _, NaiveDate, TimeDelta};
use rapi_core::Timestamp;
use rapi_core::orders::Zone;

use crate::formats::Zoned;
use crate::text::{Text, Word};

/// How many days ahead an order may be.
pub const MOST_DAYS: i64 = 60;
/// Minutes between the times that are offered.
const STEP: u16 = 30;
/// Sooner than this is now.
const SOONEST: Duration = Duration::from_secs(60 * 60);

/// Some days ahead, at a time of day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Later {
    /// 0 is today, by the clocks of the place.
    pub days: i64,
    /// Minutes after midnight there.
    pub minute: u16,
}

impl Later {
    /// Tomorrow at nine.
    #[must_use]
    pub const fn usual() -> Self {
        Self { days: 1, minute: 9 * 60 }
    }

    /// When that is.
    #[must_use]
    pub fn timestamp(self, now: Timestamp, zone: Zone) -> Timestamp {
        let day = day(now, zone, self.days);
        let local = day.and_hms_opt(u32::from(self.minute / 60), u32::from(self.minute % 60), 0);
        let utc = local.map(|local| local - TimeDelta::minutes(i64::from(zone.utc_offset_minutes())));
        utc.map_or(now, |utc| utc.and_utc().into())
    }

    /// What is wrong with it, if anything.
    #[must_use]
    pub fn fault(self, now: Timestamp, zone: Zone) -> Option<Word> {
        let at = self.timestamp(now, zone);
        if at <= now {
            Some(Word::FormTimePast)
        } else if at > now + Duration::from_secs(MOST_DAYS.unsigned_abs() * 86_400) {
            Some(Word::FormTimeTooLate)
        } else {
            None
        }
    }
}

fn day(now: Timestamp, zone: Zone, ahead: i64) -> NaiveDate {
    let today = Zoned::within(now, zone).date();
    today.checked_add_signed(TimeDelta::days(ahead)).unwrap_or(today)
}

/// The days that can be chosen, with their names.
#[must_use]
pub fn days(now: Timestamp, zone: Zone, text: Text) -> Vec<(i64, String)> {
    let months = text.say(Word::MonthsShort);
    let weekdays = text.say(Word::WeekdaysShort);
    let name = |ahead: i64| {
        let day = day(now, zone, ahead);
        let weekday = weekdays.split_whitespace().nth(day.weekday().num_days_from_monday() as usize).unwrap_or_default();
        let month = months.split_whitespace().nth(day.month0() as usize).unwrap_or_default();
        let date = format!("{weekday}, {} {month}", day.day());
        match ahead {
            0 => format!("{} · {date}", text.say(Word::Today)),
            1 => format!("{} · {date}", text.say(Word::Tomorrow)),
            _ => date,
        }
    };
    let first = i64::from(times(now, zone, 0).is_empty());
    (first..MOST_DAYS).map(|ahead| (ahead, name(ahead))).collect()
}

/// The times that can be chosen on a day, as minutes after midnight.
#[must_use]
pub fn times(now: Timestamp, zone: Zone, ahead: i64) -> Vec<u16> {
    let lies_ahead = |minute: &u16| Later { days: ahead, minute: *minute }.timestamp(now, zone) >= now + SOONEST;
    (0..24 * 60).step_by(usize::from(STEP)).filter(lies_ahead).collect()
}
