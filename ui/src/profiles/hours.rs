//! Working hours while they are being changed.

use chrono::Weekday;
use rapi_core::dispatch::{Interval, WorkingHours};

/// The days as they are shown.
pub const DAYS: [Weekday; 7] = [Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri, Weekday::Sat, Weekday::Sun];

/// The end of a day, in minutes.
const MIDNIGHT: u16 = 24 * 60;

/// A part of a day, as it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    /// Tells it from the others, and names its fields.
    pub id: u32,
    /// `08:00`.
    pub from: String,
    /// `17:00`; `00:00` is the end of the day.
    pub to: String,
}

/// The hours of a week.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HoursDraft {
    /// Day and night.
    pub always: bool,
    /// The parts of each day, Monday first; a day without any is free.
    pub days: [Vec<Span>; 7],
    next: u32,
}

/// The first day whose hours make no sense: they end before they begin, or two of them share a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HoursFault {
    /// 0 is Monday.
    pub day: usize,
}

impl HoursDraft {
    /// Of `hours`; nothing set means always. Whoever begins to set them finds a usual week.
    #[must_use]
    pub fn of(hours: Option<&WorkingHours>) -> Self {
        let whole = |day: Weekday| hours.is_none_or(|hours| hours.on(day) == all_day().as_slice());
        let always = DAYS.into_iter().all(whole);
        let mut draft = Self { always, days: Default::default(), next: 0 };
        for (at, day) in DAYS.into_iter().enumerate() {
            match hours.filter(|_| !always) {
                Some(hours) => hours.on(day).iter().for_each(|open| draft.push(at, &written(open.from()), &written(open.to()))),
                None if at < 6 => draft.push(at, "08:00", "17:00"),
                None => {}
            }
        }
        draft
    }

    fn push(&mut self, day: usize, from: &str, to: &str) {
        self.days[day].push(Span { id: self.next, from: from.to_owned(), to: to.to_owned() });
        self.next += 1;
    }

    /// Makes a free day a working one, and back.
    pub fn toggle(&mut self, day: usize) {
        if self.days[day].is_empty() { self.push(day, "08:00", "17:00") } else { self.days[day].clear() }
    }

    /// One part more.
    pub fn add(&mut self, day: usize) {
        self.push(day, "18:00", "21:00");
    }

    /// One part less.
    pub fn remove(&mut self, day: usize, id: u32) {
        self.days[day].retain(|span| span.id != id);
    }

    /// The hours, with what `typed` says stands in the fields of each part now; nothing for always.
    ///
    /// # Errors
    /// The first day that makes no sense.
    pub fn check(&self, typed: impl Fn(&Span) -> (String, String)) -> Result<Option<WorkingHours>, HoursFault> {
        if self.always {
            return Ok(None);
        }
        let mut days: [Vec<Interval>; 7] = Default::default();
        for (day, spans) in self.days.iter().enumerate() {
            let parts: Option<Vec<Interval>> = spans.iter().map(|span| part(typed(span))).collect();
            days[day] = parts.ok_or(HoursFault { day })?;
            let mut alone: [Vec<Interval>; 7] = Default::default();
            alone[day].clone_from(&days[day]);
            WorkingHours::try_new(alone).map_err(|_| HoursFault { day })?;
        }
        WorkingHours::try_new(days).map(Some).map_err(|_| HoursFault { day: 0 })
    }
}

/// From the first minute to the last.
fn all_day() -> Vec<Interval> {
    Interval::try_new(0, MIDNIGHT).into_iter().collect()
}

fn part((from, to): (String, String)) -> Option<Interval> {
    let (from, to) = (minutes(&from)?, minutes(&to)?);
    Interval::try_new(from, if to == 0 { MIDNIGHT } else { to }).ok()
}

/// As people write it: `08:30`, `8.30`, `0830`, and `8` for the full hour.
fn minutes(text: &str) -> Option<u16> {
    let text = text.trim();
    let (hours, minutes) = match (text.split_once([':', '.']), text.len()) {
        (Some(parts), _) => parts,
        (None, 3 | 4) => text.split_at_checked(text.len() - 2)?,
        (None, _) => (text, "00"),
    };
    let is_number = |digits: &str| digits.len() <= 2 && digits.bytes().all(|digit| digit.is_ascii_digit());
    let number = |digits: &str| digits.parse::<u16>().ok().filter(|_| is_number(digits));
    let (hours, minutes) = (number(hours)?, number(minutes).filter(|_| minutes.len() == 2)?);
    (hours < 24 && minutes < 60).then_some(hours * 60 + minutes)
}

fn written(minutes: u16) -> String {
    format!("{:02}:{:02}", minutes / 60 % 24, minutes % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn as_written(span: &Span) -> (String, String) {
        (span.from.clone(), span.to.clone())
    }

    #[test]
    fn nothing_set_means_always_and_so_does_every_minute_of_the_week() {
        let draft = HoursDraft::of(None);
        assert!(draft.always);
        assert_eq!(draft.check(|_| (String::new(), String::new())), Ok(None), "what stands in fields that are not shown is no matter");
        let whole = WorkingHours::try_new(std::array::from_fn(|_| all_day())).unwrap();
        assert!(HoursDraft::of(Some(&whole)).always);
    }

    #[test]
    fn whoever_worked_by_hours_can_go_back_to_always() {
        let mut draft = HoursDraft::of(None);
        draft.always = false;
        let mut again = HoursDraft::of(draft.check(as_written).unwrap().as_ref());
        again.always = true;
        assert_eq!(again.check(as_written), Ok(None));
    }

    #[test]
    fn a_time_is_read_however_people_write_it() {
        for written in ["08:30", "8:30", "08.30", "8.30", "0830", "830", " 08:30 "] {
            assert_eq!(minutes(written), Some(510), "{written}");
        }
        assert_eq!((minutes("8"), minutes("00:00"), minutes("23.59")), (Some(480), Some(0), Some(1_439)));
        for nonsense in ["", ":", "24:00", "08:60", "8:3", "08:300", "+8:30", "é30", "08127", "pagi"] {
            assert_eq!(minutes(nonsense), None, "{nonsense}");
        }
    }

    #[test]
    fn hours_come_back_as_they_were() {
        let mut draft = HoursDraft::of(None);
        draft.always = false;
        draft.add(0);
        let hours = draft.check(as_written).unwrap().unwrap();
        assert_eq!((hours.on(Weekday::Mon).len(), hours.on(Weekday::Sun).len()), (2, 0));
        let again = HoursDraft::of(Some(&hours));
        assert_eq!((again.days[0][1].from.as_str(), again.always), ("18:00", false));
        assert_eq!(again.check(as_written).unwrap(), Some(hours));
    }

    #[test]
    fn a_day_that_ends_before_it_begins_or_overlaps_is_named() {
        let mut draft = HoursDraft::of(None);
        draft.always = false;
        let backwards = |span: &Span| if span.id == 2 { ("17:00".into(), "08:00".into()) } else { as_written(span) };
        assert_eq!(draft.check(backwards), Err(HoursFault { day: 2 }));
        draft.add(4);
        assert_eq!(
            draft.check(|span| if span.id > 5 { ("09:00".into(), "10:00".into()) } else { as_written(span) }),
            Err(HoursFault { day: 4 })
        );
        assert_eq!(draft.check(|_| ("x".into(), String::new())), Err(HoursFault { day: 0 }));
    }

    #[test]
    fn midnight_ends_a_day() {
        let mut draft = HoursDraft::of(None);
        draft.always = false;
        let hours = draft.check(|_| ("20.00".into(), "00:00".into())).unwrap().unwrap();
        assert_eq!(hours.on(Weekday::Mon)[0].to(), MIDNIGHT);
        assert_eq!(HoursDraft::of(Some(&hours)).days[0][0].to, "00:00");
    }
}
