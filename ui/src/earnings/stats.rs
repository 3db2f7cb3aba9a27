//! A provider's numbers over a time of her choice.

use chrono::{Days, NaiveDate};
use dioxus::prelude::*;
use rapi_core::wire::people::{StatsQuery, StatsResponse};

use super::days::{Measure, points};
use crate::controls::{Average, Chart, ChartKind, Chips, Choice, Empty, Failed, Icon, Shape, Skeleton};
use crate::formats::whole;
use crate::text::{Text, Word, text};

/// Which days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Period {
    /// Seven days, with today.
    Week,
    /// Thirty.
    Month,
    /// Ninety.
    Quarter,
}

impl Period {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Week, Self::Month, Self::Quarter];

    const fn days(self) -> u64 {
        match self {
            Self::Week => 7,
            Self::Month => 30,
            Self::Quarter => 90,
        }
    }

    /// Up to and with `today`.
    #[must_use]
    pub fn query(self, today: NaiveDate) -> StatsQuery {
        StatsQuery { from: today.checked_sub_days(Days::new(self.days() - 1)), to: Some(today) }
    }

    fn name(self, text: Text) -> String {
        text.fill(Word::StatsDays, [("days", self.days())])
    }
}

/// Draws the numbers of `period` once they are here.
#[component]
pub fn StatsScreen(
    stats: Option<StatsResponse>,
    /// The stable code of why they are not.
    fault: Option<String>,
    period: Period,
    on_period: EventHandler<Period>,
    on_retry: EventHandler,
) -> Element {
    let text = text();
    let choices = Period::ALL.map(|period| Choice::new(period, period.name(text))).to_vec();
    rsx! {
        main { class: "screen", "data-testid": "stats",
            div { class: "screen-head", h1 { {text.say(Word::PlaceStats)} } }
            div { class: "screen-body",
                Chips { label: text.say(Word::StatsPeriod), choices, chosen: Some(period), on_choose: on_period }
                match (stats, fault) {
                    (Some(stats), _) => rsx! { Numbers { stats } },
                    (None, Some(code)) => rsx! { Failed { code, on_retry } },
                    (None, None) => rsx! { Skeleton { lines: 4, shape: Shape::Cards } },
                }
            }
        }
    }
}

#[component]
fn Numbers(stats: StatsResponse) -> Element {
    let text = text();
    let is_empty = stats.orders == 0 && stats.completed == 0;
    let measures = Measure::ALL.into_iter().filter(|measure| *measure != Measure::Rating || stats.average_rating.is_some());
    rsx! {
        div { class: "stats-sums",
            Sum { name: text.say(Word::StatsEarnings), value: stats.earnings.to_string(), wide: true }
            Sum { name: text.say(Word::StatsTaken), value: whole(stats.orders, text.language()) }
            Sum { name: text.say(Word::StatsOrders), value: whole(stats.completed, text.language()) }
            section { class: "card stats-sum",
                h3 { {text.say(Word::StatsRating)} }
                p { class: "stats-value", Average { rating: stats.average_rating } }
            }
        }
        if is_empty {
            Empty { icon: Icon::ChartColumn, title: text.say(Word::StatsEmpty), advice: text.say(Word::StatsEmptyAdvice) }
        } else {
            for measure in measures {
                section { key: "{measure:?}", class: "card",
                    Chart {
                        kind: if measure == Measure::Rating { ChartKind::Line } else { ChartKind::Bars },
                        label: text.say(measure.word()),
                        what: text.say(measure.word()),
                        points: points(&stats, measure, text),
                        top: (measure == Measure::Rating).then_some(5.0),
                        top_said: highest(&stats, measure, text),
                        reads: true,
                    }
                }
            }
        }
    }
}

/// What the tallest bar says.
fn highest(stats: &StatsResponse, measure: Measure, text: Text) -> Option<String> {
    match measure {
        Measure::Earnings => stats.by_day.iter().map(|day| day.earnings).max().map(|most| most.to_string()),
        Measure::Orders => stats.by_day.iter().map(|day| day.completed).max().map(|most| whole(most, text.language())),
        Measure::Rating => Some("5".to_owned()),
    }
}

#[component]
fn Sum(name: String, value: String, #[props(default)] wide: bool) -> Element {
    rsx! {
        section { class: if wide { "card stats-sum stats-sum-wide" } else { "card stats-sum" },
            h3 { "{name}" }
            p { class: "stats-value break", "{value}" }
        }
    }
}
