//! When a provider works, by the week.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, Datelike, TimeDelta, Timelike, Utc, Weekday};
use serde::{Deserialize, Serialize, Serializer};

use crate::values::Timestamp;

const DAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
const MINUTES_A_DAY: u16 = 24 * 60;

/// Part of a day, from one minute up to and without another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "RawInterval", into = "RawInterval")]
pub struct Interval {
    from: u16,
    to: u16,
}

#[derive(Serialize, Deserialize)]
struct RawInterval {
    from: String,
    to: String,
}

/// Why these are no working hours.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotWorkingHours {
    /// Not `HH:MM`, 00:00 to 24:00.
    #[error("a time of day is written HH:MM")]
    BadTime,
    /// An interval that ends when it starts, or before.
    #[error("an interval ends after it starts")]
    EndsTooEarly,
    /// Two intervals of a day share a minute.
    #[error("intervals of a day do not overlap")]
    Overlapping,
    /// A key that is none of mon, tue, wed, thu, fri, sat, sun.
    #[error("days are mon, tue, wed, thu, fri, sat and sun")]
    UnknownDay,
}

impl Interval {
    /// From and to minutes after midnight.
    ///
    /// # Errors
    /// [`NotWorkingHours`] unless `from < to ≤ 1440`.
    pub fn try_new(from: u16, to: u16) -> Result<Self, NotWorkingHours> {
        if to > MINUTES_A_DAY {
            Err(NotWorkingHours::BadTime)
        } else if from >= to {
            Err(NotWorkingHours::EndsTooEarly)
        } else {
            Ok(Self { from, to })
        }
    }

    /// Minutes after midnight when it starts.
    #[must_use]
    pub const fn from(self) -> u16 {
        self.from
    }

    /// Minutes after midnight when it is over; 1440 is the end of the day.
    #[must_use]
    pub const fn to(self) -> u16 {
        self.to
    }
}

/// The intervals of each day of the week, in local time; as JSON `{"mon":[{"from":"08:00","to":"17:00"}],…}`, where a
/// day left out is free, and `{}` never works. Somebody who has set nothing has no `WorkingHours` and works always.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(try_from = "BTreeMap<String, Vec<Interval>>")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(value_type = Object))]
pub struct WorkingHours([Vec<Interval>; 7]);

impl WorkingHours {
    /// The intervals of Monday to Sunday, in any order within a day.
    ///
    /// # Errors
    /// [`NotWorkingHours::Overlapping`] when two of a day share a minute; they may touch.
    pub fn try_new(mut days: [Vec<Interval>; 7]) -> Result<Self, NotWorkingHours> {
        for day in &mut days {
            day.sort_unstable();
            if day.windows(2).any(|pair| pair[0].to > pair[1].from) {
                return Err(NotWorkingHours::Overlapping);
            }
        }
        Ok(Self(days))
    }

    /// The intervals of a day, earliest first.
    #[must_use]
    pub fn on(&self, day: Weekday) -> &[Interval] {
        // Seven days, and the number of a weekday is 0…6.
        &self.0[day.num_days_from_monday() as usize]
    }

    /// Does she work at `now`, where local time is this many minutes ahead of UTC?
    #[must_use]
    pub fn open_at(&self, now: Timestamp, utc_offset_minutes: i32) -> bool {
        let local = local_time(now, utc_offset_minutes);
        let minute = local.hour() * 60 + local.minute();
        self.on(local.weekday()).iter().any(|open| (u32::from(open.from)..u32::from(open.to)).contains(&minute))
    }
}

/// The calendar's edges have no offset; there local time is UTC.
fn local_time(now: Timestamp, utc_offset_minutes: i32) -> DateTime<Utc> {
    let utc = now.to_utc();
    utc.checked_add_signed(TimeDelta::minutes(i64::from(utc_offset_minutes))).unwrap_or(utc)
}

impl TryFrom<BTreeMap<String, Vec<Interval>>> for WorkingHours {
    type Error = NotWorkingHours;
    fn try_from(named: BTreeMap<String, Vec<Interval>>) -> Result<Self, NotWorkingHours> {
        let mut days: [Vec<Interval>; 7] = Default::default();
        for (name, intervals) in named {
            let day = DAYS.iter().position(|day| *day == name).ok_or(NotWorkingHours::UnknownDay)?;
            days[day] = intervals;
        }
        Self::try_new(days)
    }
}

impl Serialize for WorkingHours {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(DAYS.iter().zip(&self.0).filter(|(_, intervals)| !intervals.is_empty()))
    }
}

impl TryFrom<RawInterval> for Interval {
    type Error = NotWorkingHours;
    fn try_from(raw: RawInterval) -> Result<Self, NotWorkingHours> {
        Self::try_new(minute_of(&raw.from)?, minute_of(&raw.to)?)
    }
}

impl From<Interval> for RawInterval {
    fn from(interval: Interval) -> Self {
        let write = |minute: u16| format!("{:02}:{:02}", minute / 60, minute % 60);
        Self { from: write(interval.from), to: write(interval.to) }
    }
}

/// `08:00–17:00`.
impl fmt::Display for Interval {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let RawInterval { from, to } = (*self).into();
        write!(f, "{from}–{to}")
    }
}

fn minute_of(text: &str) -> Result<u16, NotWorkingHours> {
    let two_digits = |part: &str| {
        let digits = part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_digit());
        if digits { u16::from_str(part).ok() } else { None }
    };
    let (hours, minutes) = text.split_once(':').ok_or(NotWorkingHours::BadTime)?;
    match (two_digits(hours), two_digits(minutes)) {
        (Some(hours @ 0..=23), Some(minutes @ 0..=59)) => Ok(hours * 60 + minutes),
        (Some(24), Some(0)) => Ok(MINUTES_A_DAY),
        _ => Err(NotWorkingHours::BadTime),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const JAKARTA: i32 = 7 * 60;

    fn read(json: &str) -> Result<WorkingHours, String> {
        serde_json::from_str(json).map_err(|error| error.to_string())
    }

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn working_hours_are_local() {
        // 2026-11-23 is a Monday.
        let hours = read(r#"{"mon":[{"from":"08:00","to":"12:00"},{"from":"13:00","to":"24:00"}]}"#).unwrap();
        for (utc, open) in [
            ("2026-11-23T00:59:59Z", false),
            ("2026-11-23T01:00:00Z", true),
            ("2026-11-23T04:59:59Z", true),
            ("2026-11-23T05:00:00Z", false),
            ("2026-11-23T06:00:00Z", true),
            ("2026-11-23T16:59:59Z", true),
            ("2026-11-23T17:00:00Z", false),
            ("2026-11-24T02:00:00Z", false),
        ] {
            assert_eq!(hours.open_at(at(utc), JAKARTA), open, "{utc}");
        }
        assert!(hours.open_at(at("2026-11-23T00:00:00Z"), JAKARTA + 60), "Makassar is an hour ahead");
    }

    #[test]
    fn the_week_is_written_as_it_was_read() {
        let json = r#"{"mon":[{"from":"08:00","to":"12:00"},{"from":"12:00","to":"17:30"}],"sun":[{"from":"00:00","to":"24:00"}]}"#;
        assert_eq!(serde_json::to_string(&read(json).unwrap()).unwrap(), json);
    }

    #[test]
    fn intervals_are_sorted_and_can_be_shown() {
        let hours = read(r#"{"tue":[{"from":"13:00","to":"17:00"},{"from":"08:00","to":"12:00"}]}"#).unwrap();
        let shown: Vec<_> = hours.on(Weekday::Tue).iter().map(ToString::to_string).collect();
        assert_eq!(shown, ["08:00–12:00", "13:00–17:00"]);
        assert!(hours.on(Weekday::Mon).is_empty());
    }

    #[test]
    fn an_empty_week_is_never_open() {
        for json in ["{}", r#"{"mon":[]}"#] {
            assert!(!read(json).unwrap().open_at(at("2026-11-23T01:00:00Z"), JAKARTA));
        }
    }

    #[test]
    fn what_are_no_hours_is_refused() {
        for (json, why) in [
            (r#"{"monday":[]}"#, NotWorkingHours::UnknownDay),
            (r#"{"mon":[{"from":"8:00","to":"17:00"}]}"#, NotWorkingHours::BadTime),
            (r#"{"mon":[{"from":"08:00","to":"24:01"}]}"#, NotWorkingHours::BadTime),
            (r#"{"mon":[{"from":"08:00","to":"+9:00"}]}"#, NotWorkingHours::BadTime),
            (r#"{"mon":[{"from":"08:60","to":"09:00"}]}"#, NotWorkingHours::BadTime),
            (r#"{"mon":[{"from":"0800","to":"0900"}]}"#, NotWorkingHours::BadTime),
            (r#"{"mon":[{"from":"09:00","to":"09:00"}]}"#, NotWorkingHours::EndsTooEarly),
            (r#"{"mon":[{"from":"22:00","to":"02:00"}]}"#, NotWorkingHours::EndsTooEarly),
            (r#"{"mon":[{"from":"08:00","to":"12:00"},{"from":"11:59","to":"13:00"}]}"#, NotWorkingHours::Overlapping),
        ] {
            let error = read(json).unwrap_err();
            assert!(error.starts_with(&why.to_string()), "{json}: {error}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in ".*", from in ".{0,6}", to in "[0-9:]{0,6}") {
            let _ = read(&text);
            let json = serde_json::json!({ "mon": [{ "from": from, "to": to }] });
            let _ = read(&json.to_string());
        }

        #[test]
        fn any_time_and_offset_has_an_answer(micros: i64, offset: i32) {
            let hours = read(r#"{"mon":[{"from":"08:00","to":"12:00"}]}"#).unwrap();
            let _ = hours.open_at(Timestamp::from_micros(micros), offset);
        }
    }
}
