//! Times of day, days and durations.

use std::time::Duration;

use chrono::{DateTime, Datelike as _, FixedOffset, NaiveDate, Timelike as _};
use rapi_core::Timestamp;
use rapi_core::orders::Zone;

use crate::text::{Language, Text, Word};

/// A time as the clocks of a place show it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Zoned {
    local: DateTime<FixedOffset>,
    zone: Zone,
}

impl Zoned {
    /// `at` in the zone of this IANA name; WIB when it is none of Indonesia's.
    #[must_use]
    pub fn of(at: Timestamp, iana: &str) -> Self {
        let zones = [Zone::Western, Zone::Central, Zone::Eastern];
        Self::within(at, zones.into_iter().find(|zone| zone.iana() == iana).unwrap_or(Zone::Western))
    }

    /// `at` in `zone`.
    #[must_use]
    pub fn within(at: Timestamp, zone: Zone) -> Self {
        let offset = FixedOffset::east_opt(zone.utc_offset_minutes() * 60).unwrap_or_else(|| chrono::Offset::fix(&chrono::Utc));
        Self { local: at.to_utc().with_timezone(&offset), zone }
    }

    /// `12.04` in Indonesian, `12:04` in English.
    #[must_use]
    pub fn clock(self, language: Language) -> String {
        let dot = if language == Language::Indonesian { '.' } else { ':' };
        format!("{:02}{dot}{:02}", self.local.hour(), self.local.minute())
    }

    /// `12.04 WIB`.
    #[must_use]
    pub fn clock_with_zone(self, language: Language) -> String {
        let zone = match self.zone {
            Zone::Western => "WIB",
            Zone::Central => "WITA",
            Zone::Eastern => "WIT",
        };
        format!("{} {zone}", self.clock(language))
    }

    /// The day.
    #[must_use]
    pub fn date(self) -> NaiveDate {
        self.local.date_naive()
    }

    /// `22 Nov 2026`.
    #[must_use]
    pub fn day(self, text: Text) -> String {
        format!("{} {} {}", self.local.day(), month(self.local.date_naive(), text), self.local.year())
    }

    /// As short as it is clear beside `now`: the time today, `Besok 08.00`, else the day with the time.
    #[must_use]
    pub fn when(self, now: Timestamp, text: Text) -> String {
        let clock = self.clock_with_zone(text.language());
        match (self.date() - Self::within(now, self.zone).date()).num_days() {
            0 => format!("{} {clock}", text.say(Word::Today)),
            1 => format!("{} {clock}", text.say(Word::Tomorrow)),
            -1 => format!("{} {clock}", text.say(Word::Yesterday)),
            _ => format!("{}, {clock}", self.day(text)),
        }
    }

    /// Hour of the day, for greetings.
    #[must_use]
    pub fn hour(self) -> u32 {
        self.local.hour()
    }
}

/// `22 Nov 2026`.
#[must_use]
pub fn date(day: NaiveDate, text: Text) -> String {
    format!("{} {} {}", day.day(), month(day, text), day.year())
}

/// `22 Nov`.
#[must_use]
pub fn short_date(day: NaiveDate, text: Text) -> String {
    format!("{} {}", day.day(), month(day, text))
}

/// The short name of the month of a day.
fn month(day: NaiveDate, text: Text) -> String {
    text.say(Word::MonthsShort).split_whitespace().nth(day.month0() as usize).unwrap_or_default().to_owned()
}

/// A time of day as minutes after midnight: `08.00` in Indonesian, `08:00` in English.
#[must_use]
pub fn clock_of(minute: u16, language: Language) -> String {
    let between = if language == Language::Indonesian { '.' } else { ':' };
    format!("{:02}{between}{:02}", minute / 60, minute % 60)
}

/// `01:12:46`.
#[must_use]
pub fn hours_minutes_seconds(duration: Duration) -> String {
    let seconds = duration.as_secs();
    format!("{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60)
}

/// `00:18`.
#[must_use]
pub fn minutes_seconds(duration: Duration) -> String {
    let seconds = duration.as_secs();
    format!("{:02}:{:02}", seconds / 60, seconds % 60)
}

/// `5 j 12 m` in Indonesian, `5 h 12 m` in English; minutes alone below an hour.
#[must_use]
pub fn duration_words(minutes: i64, text: Text) -> String {
    match (minutes / 60, minutes % 60) {
        (0, minutes) => text.fill(Word::MinutesShort, [("minutes", minutes)]),
        (hours, 0) => text.fill(Word::HoursShort, [("hours", hours)]),
        (hours, minutes) => text.fill(Word::HoursMinutesShort, [("hours", hours), ("minutes", minutes)]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().expect("a time")
    }

    #[test]
    fn a_time_is_told_by_the_clocks_of_the_place() {
        let noon = at("2026-11-22T05:04:00Z");
        assert_eq!(Zoned::of(noon, "Asia/Jakarta").clock_with_zone(Language::Indonesian), "12.04 WIB");
        assert_eq!(Zoned::of(noon, "Asia/Makassar").clock_with_zone(Language::English), "13:04 WITA");
        assert_eq!(Zoned::of(noon, "Asia/Jayapura").clock_with_zone(Language::Indonesian), "14.04 WIT");
        assert_eq!(Zoned::of(noon, "Moon/Mare").clock(Language::English), "12:04");
    }

    #[test]
    fn a_day_ends_where_the_place_is() {
        assert_eq!(Zoned::of(at("2026-11-22T16:30:00Z"), "Asia/Makassar").date(), NaiveDate::from_ymd_opt(2026, 11, 23).unwrap());
    }

    #[test]
    fn durations_are_read_like_clocks() {
        assert_eq!(hours_minutes_seconds(Duration::from_secs(4_366)), "01:12:46");
        assert_eq!(hours_minutes_seconds(Duration::from_secs(360_000)), "100:00:00");
        assert_eq!(minutes_seconds(Duration::from_secs(18)), "00:18");
    }
}
