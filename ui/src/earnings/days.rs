//! A provider's days.

use chrono::{Datelike as _, NaiveDate};
use rapi_core::Timestamp;
use rapi_core::orders::Zone;
use rapi_core::values::Rupiah;
use rapi_core::wire::orders::OrderDetail;
use rapi_core::wire::people::{DayStats, StatsResponse};

use crate::controls::ChartPoint;
use crate::formats::{Zoned, decimal, whole};
use crate::text::{Text, Word};

/// The day at `now` where the numbers are counted: in Jakarta.
#[must_use]
pub fn today(now: Timestamp) -> NaiveDate {
    Zoned::within(now, Zone::Western).date()
}

/// What of a day is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Measure {
    /// Net earnings.
    Earnings,
    /// Orders completed.
    Orders,
    /// The average rating of the day.
    Rating,
}

impl Measure {
    /// All of them, as they are shown.
    pub const ALL: [Self; 3] = [Self::Earnings, Self::Orders, Self::Rating];

    /// In words.
    #[must_use]
    pub const fn word(self) -> Word {
        match self {
            Self::Earnings => Word::StatsEarnings,
            Self::Orders => Word::StatsOrders,
            Self::Rating => Word::StatsRating,
        }
    }

    #[expect(clippy::cast_precision_loss, reason = "the height of a bar")]
    fn value(self, day: &DayStats) -> Option<f64> {
        match self {
            Self::Earnings => Some(day.earnings.get().max(0) as f64),
            Self::Orders => Some(day.completed as f64),
            Self::Rating => day.average_rating,
        }
    }

    fn said(self, day: &DayStats, text: Text) -> String {
        match self {
            Self::Earnings => day.earnings.to_string(),
            Self::Orders => whole(day.completed, text.language()),
            Self::Rating => day.average_rating.map_or_else(|| "–".to_owned(), |rating| decimal(rating, text.language())),
        }
    }
}

/// The days of `stats` as a chart shows them; of up to seven days the names are those of the week.
#[must_use]
pub fn points(stats: &StatsResponse, measure: Measure, text: Text) -> Vec<ChartPoint> {
    let is_week = stats.by_day.len() <= 7;
    let point = |day: &DayStats| ChartPoint {
        name: if is_week { weekday(day.date, text) } else { format!("{}/{}", day.date.day(), day.date.month()) },
        full: day_in_full(day.date, text),
        value: measure.value(day),
        said: measure.said(day, text),
    };
    stats.by_day.iter().map(point).collect()
}

fn weekday(day: NaiveDate, text: Text) -> String {
    nth(&text.say(Word::DaysShort), day.weekday().num_days_from_monday())
}

fn day_in_full(day: NaiveDate, text: Text) -> String {
    let month = nth(&text.say(Word::MonthsShort), day.month0());
    format!("{}, {} {month} {}", weekday(day, text), day.day(), day.year())
}

fn nth(words: &str, at: u32) -> String {
    words.split_whitespace().nth(at as usize).unwrap_or_default().to_owned()
}

/// What the last of these days brought.
#[must_use]
pub fn last_earnings(stats: &StatsResponse) -> Rupiah {
    stats.by_day.last().map(|day| day.earnings).unwrap_or_default()
}

/// Minutes billed on the day of `now`, of the orders at hand.
pub fn minutes_today<'a>(orders: impl IntoIterator<Item = &'a OrderDetail>, now: Timestamp) -> i64 {
    let today = today(now);
    let ended = |detail: &&OrderDetail| {
        let end = detail.work_session.as_ref().and_then(|session| session.end_time);
        end.is_some_and(|end| self::today(end) == today)
    };
    orders.into_iter().filter(ended).map(|detail| detail.order.duration_minutes).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::jobs::fixtures::{at, billed, changed, working};

    #[test]
    fn only_work_that_ended_today_counts_today() {
        let done = changed(&billed("awaiting_payment", "PENDING"), |order| order["duration_minutes"] = 123.into());
        let earlier = changed(&done, |order| order["work_session"]["end_time"] = "2026-01-01T00:00:00Z".into());
        assert_eq!(minutes_today([&done, &earlier, &working(60)], at(8_000)), 123);
    }

    #[test]
    fn a_day_begins_in_jakarta() {
        let evening: Timestamp = "2026-11-22T17:30:00Z".parse().unwrap();
        assert_eq!(today(evening), NaiveDate::from_ymd_opt(2026, 11, 23).unwrap());
    }
}
