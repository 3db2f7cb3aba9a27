//! The platform's numbers, against those of as many days before.

use chrono::{Datelike as _, Days, NaiveDate};
use rapi_core::values::Rupiah;
use rapi_core::wire::admin::{AdminStatsResponse, AdminTotals};

use crate::formats::{decimal, percent, rupiah_short, whole};
use crate::text::{FluentValue, Language, Text, Word};

/// Which days are looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Period {
    /// This day alone.
    Today,
    /// Seven days up to today.
    Week,
    /// Fourteen days up to today.
    Fortnight,
    /// Thirty days up to today.
    ThirtyDays,
    /// From the first of this month.
    Month,
}

impl Period {
    /// Every period, the shortest first.
    pub const ALL: [Self; 5] = [Self::Today, Self::Week, Self::Fortnight, Self::ThirtyDays, Self::Month];

    /// The first and the last day, when it is `today`.
    #[must_use]
    pub fn days(self, today: NaiveDate) -> (NaiveDate, NaiveDate) {
        let back = |days| today.checked_sub_days(Days::new(days)).unwrap_or(today);
        let first = match self {
            Self::Today => today,
            Self::Week => back(6),
            Self::Fortnight => back(13),
            Self::ThirtyDays => back(29),
            Self::Month => today.with_day(1).unwrap_or(today),
        };
        (first, today)
    }

    /// What it is called.
    #[must_use]
    pub const fn name(self) -> Word {
        match self {
            Self::Today => Word::Today,
            Self::Week => Word::AdminSevenDays,
            Self::Fortnight => Word::AdminFourteenDays,
            Self::ThirtyDays => Word::AdminThirtyDays,
            Self::Month => Word::AdminThisMonth,
        }
    }
}

/// A number, by its kind.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Figure {
    /// So many.
    Count(i64),
    /// So much money.
    Money(Rupiah),
    /// A part of 1.
    Share(f64),
    /// Stars.
    Stars(f64),
    /// There is none.
    Nothing,
}

impl Figure {
    /// As it is written where room is scarce.
    #[must_use]
    pub fn say(self, language: Language) -> String {
        match self {
            Self::Count(number) => whole(number, language),
            Self::Money(amount) => rupiah_short(amount, language),
            Self::Share(part) => percent(part, language),
            Self::Stars(stars) => two_digits(stars, language),
            Self::Nothing => "–".to_owned(),
        }
    }
}

fn two_digits(number: f64, language: Language) -> String {
    let text = format!("{number:.2}");
    if language == Language::Indonesian { text.replace('.', ",") } else { text }
}

/// What stands below a number.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Change {
    /// Rose or fell by this part of what it was before.
    Part {
        /// Of 1; negative when it fell.
        by: f64,
        /// Is that how one wants it?
        is_good: bool,
    },
    /// Rose or fell by so many points of a hundred.
    Points {
        /// Of 1; negative when it fell.
        by: f64,
        /// Is that how one wants it?
        is_good: bool,
    },
    /// As before.
    Same,
    /// Said beside a number.
    Note(Word, i64),
    /// There is nothing to hold it against.
    New,
}

impl Change {
    /// In words.
    #[must_use]
    pub fn say(self, text: Text) -> String {
        let language = text.language();
        match self {
            Self::Part { by, .. } => text.fill(direction(by, Word::AdminUp, Word::AdminDown), [("by", percent_round(by))]),
            Self::Points { by, .. } => {
                text.fill(direction(by, Word::AdminUpPoints, Word::AdminDownPoints), [("by", decimal(by.abs() * 100.0, language))])
            }
            Self::Same => text.say(Word::AdminSame),
            Self::Note(word, number) => {
                text.fill(word, [("count", FluentValue::from(number)), ("said", FluentValue::from(whole(number, language)))])
            }
            Self::New => text.say(Word::AdminNoBefore),
        }
    }

    /// Its class in the theme.
    #[must_use]
    pub const fn class(self) -> &'static str {
        match self {
            Self::Part { is_good: true, .. } | Self::Points { is_good: true, .. } => "kpi-change good",
            Self::Part { .. } | Self::Points { .. } => "kpi-change bad",
            Self::Same | Self::Note(..) | Self::New => "kpi-change mute",
        }
    }
}

fn direction(by: f64, up: Word, down: Word) -> Word {
    if by < 0.0 { down } else { up }
}

fn percent_round(by: f64) -> String {
    format!("{:.0}%", by.abs() * 100.0)
}

/// A number with its name and what became of it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Kpi {
    /// What it is.
    pub name: Word,
    /// How much.
    pub figure: Figure,
    /// Against before.
    pub change: Change,
}

/// The numbers above the dashboard.
#[must_use]
pub fn kpis(stats: &AdminStatsResponse) -> Vec<Kpi> {
    let (now, before) = (&stats.totals, &stats.before);
    let kpi = |name, figure, change| Kpi { name, figure, change };
    vec![
        kpi(Word::AdminKpiCompleted, Figure::Count(now.completed), part(now.completed, before.completed)),
        kpi(Word::AdminKpiValue, Figure::Money(now.gross_value), part(now.gross_value.get(), before.gross_value.get())),
        kpi(Word::AdminKpiRevenue, Figure::Money(now.platform_revenue), part(now.platform_revenue.get(), before.platform_revenue.get())),
        kpi(Word::AdminKpiOnline, Figure::Count(stats.now.providers_online), Change::Note(Word::AdminKpiOf, stats.now.providers_approved)),
        kpi(Word::AdminKpiConversion, share(now.conversion), points(now.conversion, before.conversion, true)),
        kpi(Word::AdminKpiNobody, share(nobody(now)), points(nobody(now), nobody(before), false)),
        kpi(
            Word::AdminKpiStars,
            now.average_rating.map_or(Figure::Nothing, Figure::Stars),
            Change::Note(Word::AdminKpiRatings, now.ratings),
        ),
    ]
}

/// Which part of the orders nobody took.
#[expect(clippy::cast_precision_loss, reason = "orders are fewer than 2^52")]
fn nobody(totals: &AdminTotals) -> Option<f64> {
    (totals.created > 0).then(|| totals.no_provider as f64 / totals.created as f64)
}

fn share(part: Option<f64>) -> Figure {
    part.map_or(Figure::Nothing, Figure::Share)
}

/// More is better.
#[expect(clippy::cast_precision_loss, reason = "three digits are shown")]
fn part(now: i64, before: i64) -> Change {
    match (now, before) {
        (now, before) if now == before => Change::Same,
        (_, 0) => Change::New,
        (now, before) => Change::Part { by: (now - before) as f64 / before as f64, is_good: now > before },
    }
}

fn points(now: Option<f64>, before: Option<f64>, more_is_better: bool) -> Change {
    match (now, before) {
        (Some(now), Some(before)) if (now - before).abs() < 0.0005 => Change::Same,
        (Some(now), Some(before)) => Change::Points { by: now - before, is_good: (now > before) == more_is_better },
        _ => Change::New,
    }
}

#[cfg(test)]
mod tests {
    use dioxus::prelude::*;

    use super::*;
    use crate::drawn::drawn;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a day")
    }

    #[test]
    fn a_period_ends_today_and_has_as_many_days_as_it_says() {
        let today = day("2026-11-22");
        let lengths = Period::ALL.map(|period| {
            let (first, last) = period.days(today);
            assert_eq!(last, today);
            (last - first).num_days() + 1
        });
        assert_eq!(lengths, [1, 7, 14, 30, 22]);
    }

    #[test]
    fn a_number_is_held_against_the_days_before() {
        assert_eq!(part(112, 100), Change::Part { by: 0.12, is_good: true });
        assert_eq!(part(50, 100), Change::Part { by: -0.5, is_good: false });
        assert_eq!([part(7, 7), part(0, 0), part(3, 0)], [Change::Same, Change::Same, Change::New]);
    }

    #[test]
    fn fewer_orders_that_nobody_took_are_good_news() {
        assert!(matches!(points(Some(0.031), Some(0.039), false), Change::Points { is_good: true, .. }));
        assert!(matches!(points(Some(0.5), Some(0.6), true), Change::Points { is_good: false, .. }));
        assert_eq!(points(None, Some(0.1), true), Change::New);
    }

    #[test]
    fn a_change_is_said_in_words() {
        let html = drawn(Language::Indonesian, || {
            let text = crate::text::text();
            let said = [
                Change::Part { by: 0.12, is_good: true },
                Change::Points { by: -0.008, is_good: true },
                Change::Note(Word::AdminKpiOf, 214),
            ];
            let said = said.map(|change| change.say(text)).join("|");
            rsx! { "{said}" }
        });
        assert_eq!(html, "naik 12%|turun 0,8 poin|dari 214 terverifikasi");
    }
}
