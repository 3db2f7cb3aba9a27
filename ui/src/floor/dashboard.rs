//! The dashboard: how it goes, what goes on now, and who waits.

use dioxus::prelude::*;
use rapi_core::wire::admin::{AdminDayStats, AdminStatsResponse};

use super::{Kpi, Period, kpis};
use crate::controls::{Awaited, Chart, ChartKind, ChartPoint, Chips, Choice, Empty, Failed, Glyph, Icon, Shape, Skeleton};
use crate::desk::{Cell, Column, Head, Row};
use crate::formats::{date, rupiah_short, short_date, whole};
use crate::map::{MapBox, MapView};
use crate::text::{Text, Word, text};
use crate::vetting::{QueueLine, waited};

/// The columns of the file: a day a line.
#[must_use]
pub fn day_columns(text: Text) -> Vec<Column> {
    let names = [
        Word::AdminDay,
        Word::AdminDayCreated,
        Word::AdminStatusCompleted,
        Word::AdminStatusCancelled,
        Word::AdminKpiNobody,
        Word::AdminKpiValue,
        Word::AdminKpiRevenue,
        Word::AdminDayRatings,
        Word::AdminStars,
    ];
    names.map(|word| Column::new(text.say(word), "1fr")).to_vec()
}

/// A line of the file.
#[must_use]
pub fn day_row(day: &AdminDayStats) -> Row {
    let totals = &day.totals;
    let count = |number: i64| Cell::words(number.to_string());
    let cells = vec![
        Cell::words(day.date.to_string()),
        count(totals.created),
        count(totals.completed),
        count(totals.cancelled),
        count(totals.no_provider),
        count(totals.gross_value.get()),
        count(totals.platform_revenue.get()),
        count(totals.ratings),
        Cell::words(totals.average_rating.map(|stars| format!("{stars:.2}")).unwrap_or_default()),
    ];
    Row { key: day.date.to_string(), cells }
}

/// Everything at once.
#[component]
pub fn Dashboard(
    stats: Awaited<AdminStatsResponse>,
    period: Period,
    map: ReadSignal<MapView>,
    /// What the map shows, in words.
    map_label: String,
    /// How many orders run, once that is known.
    running: Option<i64>,
    /// Those who wait longest.
    queue: Awaited<Vec<QueueLine>>,
    #[props(default)] saving: bool,
    on_period: EventHandler<Period>,
    on_csv: EventHandler,
    /// Hands up the id of a marker that was chosen.
    on_marker: EventHandler<String>,
    on_review: EventHandler<Option<String>>,
    on_orders: EventHandler,
    on_retry: EventHandler,
) -> Element {
    let text = text();
    let choices = Period::ALL.map(|period| Choice::new(period, text.say(period.name()))).to_vec();
    let chosen = rsx! { Chips { label: text.say(Word::AdminPeriod), choices, chosen: Some(period), on_choose: on_period } };
    rsx! {
        main { class: "desk dashboard",
            Head { title: text.say(Word::AdminDashboard), on_csv, saving, before: chosen }
            match stats {
                Awaited::Here(stats) => rsx! { Numbers { stats } },
                Awaited::Loading => rsx! {
                    div { class: "kpis-awaited", Skeleton { lines: 7, shape: Shape::Cards } }
                    div { class: "dashboard-charts",
                        section { class: "card", Skeleton { lines: 6 } }
                        section { class: "card", Skeleton { lines: 6 } }
                    }
                },
                Awaited::Failed(code) => rsx! { div { class: "card", Failed { code, on_retry } } },
            }
            div { class: "dashboard-now",
                section { class: "card dashboard-map", aria_label: text.say(Word::AdminLive),
                    MapBox { view: map, label: map_label, on_choose: on_marker }
                    if let Some(running) = running {
                        button { class: "dashboard-running", r#type: "button", onclick: move |_| on_orders.call(()),
                            Glyph { icon: Icon::Radio, size: 16 }
                            {text.fill(Word::AdminRunning, [("count", running)])}
                        }
                    }
                    Legend {}
                }
                Waiting { queue, on_review, on_retry }
            }
        }
    }
}

/// Numbers and charts of the period.
#[component]
fn Numbers(stats: AdminStatsResponse) -> Element {
    let text = text();
    let language = text.language();
    #[expect(clippy::cast_precision_loss, reason = "a chart shows three digits")]
    let points = |value: fn(&AdminDayStats) -> i64, say: &dyn Fn(i64) -> String| -> Vec<ChartPoint> {
        let point = |day: &AdminDayStats| ChartPoint {
            name: short_date(day.date, text),
            full: date(day.date, text),
            value: Some(value(day) as f64),
            said: say(value(day)),
        };
        stats.by_day.iter().map(point).collect()
    };
    let orders = points(|day| day.totals.completed, &|number| whole(number, language));
    let money = points(|day| day.totals.gross_value.get(), &|amount| rapi_core::Rupiah::new(amount).to_string());
    let top = |value: fn(&AdminDayStats) -> i64| stats.by_day.iter().map(value).max().filter(|top| *top > 0);
    let top_orders = top(|day| day.totals.completed).map(|top| whole(top, language));
    let top_money = top(|day| day.totals.gross_value.get()).map(|top| rupiah_short(rapi_core::Rupiah::new(top), language));
    let kind = if orders.len() > 1 { ChartKind::Line } else { ChartKind::Bars };
    rsx! {
        div { class: "kpis",
            for kpi in kpis(&stats) {
                KpiCard { key: "{kpi.name.key()}", kpi }
            }
        }
        div { class: "dashboard-charts",
            section { class: "card",
                Chart { kind, label: text.say(Word::AdminChartOrders), what: text.say(Word::AdminKpiCompleted), points: orders, top_said: top_orders, reads: true }
            }
            section { class: "card",
                Chart { kind: ChartKind::Bars, label: text.say(Word::AdminChartValue), what: text.say(Word::AdminKpiValue), points: money, top_said: top_money, reads: true }
            }
        }
    }
}

#[component]
fn KpiCard(kpi: Kpi) -> Element {
    let text = text();
    rsx! {
        section { class: "kpi", aria_label: text.say(kpi.name),
            h2 { class: "kpi-name", {text.say(kpi.name)} }
            p { class: "kpi-figure", {kpi.figure.say(text.language())} }
            p { class: kpi.change.class(), {kpi.change.say(text)} }
        }
    }
}

/// What the marks on the map mean.
#[component]
fn Legend() -> Element {
    let text = text();
    let marks = [
        ("waiting", Word::AdminStatusPending),
        ("home", Word::AdminLegendRunning),
        ("traveller", Word::AdminStatusOnTheWay),
        ("provider", Word::AdminLegendWaiting),
    ];
    rsx! {
        ul { class: "dashboard-legend",
            for (mark, word) in marks {
                li { key: "{mark}",
                    span { class: "legend-dot legend-{mark}" }
                    {text.say(word)}
                }
            }
        }
    }
}

/// Papers that wait, the longest first.
#[component]
fn Waiting(queue: Awaited<Vec<QueueLine>>, on_review: EventHandler<Option<String>>, on_retry: EventHandler) -> Element {
    const SHOWN: usize = 6;
    let text = text();
    rsx! {
        section { class: "card dashboard-queue", aria_label: text.say(Word::AdminWaiting),
            div { class: "between",
                h2 { {text.say(Word::AdminWaiting)} }
                button { class: "link", r#type: "button", onclick: move |_| on_review.call(None), {text.say(Word::AdminReviewQueue)} }
            }
            match queue {
                Awaited::Loading => rsx! { Skeleton { lines: 3, shape: Shape::Lines } },
                Awaited::Failed(code) => rsx! { Failed { code, on_retry } },
                Awaited::Here(queue) if queue.is_empty() => rsx! {
                    Empty { icon: Icon::Inbox, title: text.say(Word::AdminVettingEmpty), advice: text.say(Word::AdminVettingEmptyAdvice) }
                },
                Awaited::Here(queue) => rsx! {
                    ul { class: "dashboard-lines",
                        for line in queue.into_iter().take(SHOWN) {
                            li { key: "{line.key}",
                                button {
                                    class: "dashboard-line",
                                    r#type: "button",
                                    onclick: {
                                        let key = line.key.clone();
                                        move |_| on_review.call(Some(key.clone()))
                                    },
                                    span { class: "strong clip grow", "{line.name}" }
                                    span { class: "mute small", {waited(line.waited.as_secs(), text)} }
                                    Glyph { icon: Icon::ChevronRight, size: 16 }
                                }
                            }
                        }
                    }
                },
            }
        }
    }
}
