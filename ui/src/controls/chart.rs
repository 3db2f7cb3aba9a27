//! Charts: bars and a line. Whoever cannot see them, or would rather read, has the same as a table.

use dioxus::prelude::*;

use super::{Icon, IconButton};
use crate::text::{Word, text};

/// So many names fit under a chart on a phone.
const NAMES: usize = 7;
/// The part of the height that the tallest value takes.
const TALLEST: f64 = 88.0;

/// One value of a chart.
#[derive(Debug, Clone, PartialEq)]
pub struct ChartPoint {
    /// What stands under it; short.
    pub name: String,
    /// The same in full, for the table.
    pub full: String,
    /// How high it is; nothing where there is no value.
    pub value: Option<f64>,
    /// The value as it is written.
    pub said: String,
}

/// How a chart is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChartKind {
    /// A bar for each value; the last one stands out.
    Bars,
    /// A line through the values there are.
    Line,
}

/// A chart named `label`, of `points` that `what` names; with `reads` people can have the table instead.
#[component]
pub fn Chart(
    kind: ChartKind,
    label: String,
    what: String,
    points: Vec<ChartPoint>,
    /// What the chart ends at; the highest value by itself.
    top: Option<f64>,
    /// How the end is written.
    top_said: Option<String>,
    #[props(default)] reads: bool,
) -> Element {
    let mut as_table = use_signal(|| false);
    let text = text();
    let (icon, word) = if as_table() { (Icon::ChartColumn, Word::ChartAsChart) } else { (Icon::Table2, Word::ChartAsTable) };
    let highest = points.iter().filter_map(|point| point.value).fold(0.0, f64::max);
    let top = top.unwrap_or(highest).max(f64::MIN_POSITIVE);
    rsx! {
        figure { class: "chart", aria_label: "{label}",
            if reads {
                figcaption { class: "chart-head",
                    h2 { "{label}" }
                    IconButton { icon, label: text.say(word), on_press: move |()| as_table.toggle() }
                }
            }
            if !as_table() {
                div { class: "chart-field", aria_hidden: "true",
                    if let Some(said) = top_said {
                        span { class: "chart-top", "{said}" }
                    }
                    match kind {
                        ChartKind::Bars => rsx! { Bars { points: points.clone(), top } },
                        ChartKind::Line => rsx! { Line { points: points.clone(), top } },
                    }
                }
                Names { points: points.clone() }
            }
            ChartTable { label: label.clone(), what, points, seen: as_table() }
        }
    }
}

/// Where the middle of a value stands, in percent of the width.
#[expect(clippy::cast_precision_loss, reason = "a chart has few values")]
fn middle(at: usize, of: usize) -> f64 {
    (at as f64 + 0.5) * 100.0 / of.max(1) as f64
}

/// How high a value stands, in percent.
fn height(value: f64, top: f64) -> f64 {
    (value / top * TALLEST).clamp(0.0, 100.0)
}

#[component]
fn Bars(points: Vec<ChartPoint>, top: f64) -> Element {
    let count = points.len();
    #[expect(clippy::cast_precision_loss, reason = "a chart has few values")]
    let width = (100.0 / count.max(1) as f64 * 0.62).min(14.0);
    let bars: Vec<_> = (0..).zip(&points).map(|(at, point)| (at, height(point.value.unwrap_or(0.0), top).max(3.0))).collect();
    rsx! {
        svg { width: "100%", height: "100%",
            for (at , tall) in bars {
                rect {
                    key: "{at}",
                    class: if at + 1 == count { "chart-bar chart-bar-last" } else { "chart-bar" },
                    x: "{middle(at, count) - width / 2.0:.2}%",
                    y: "{100.0 - tall:.2}%",
                    width: "{width:.2}%",
                    height: "{tall:.2}%",
                    rx: if count > 14 { "3" } else { "7" },
                }
            }
        }
    }
}

#[component]
fn Line(points: Vec<ChartPoint>, top: f64) -> Element {
    let count = points.len();
    let known = points.iter().enumerate().filter_map(|(at, point)| Some((middle(at, count), 100.0 - height(point.value?, top))));
    let known: Vec<(f64, f64)> = known.collect();
    let line: Vec<String> = known.iter().map(|(x, y)| format!("{x:.2},{y:.2}")).collect();
    let line = line.join(" ");
    let ends = known.first().zip(known.last()).map(|(first, last)| (first.0, last.0));
    rsx! {
        svg { width: "100%", height: "100%",
            for y in [12, 56, 99] {
                line { key: "{y}", class: "chart-grid", x1: "0", x2: "100%", y1: "{y}%", y2: "{y}%" }
            }
            svg { width: "100%", height: "100%", view_box: "0 0 100 100", preserve_aspect_ratio: "none",
                if let Some((first, last)) = ends {
                    polygon { class: "chart-area", points: "{first:.2},100 {line} {last:.2},100" }
                    polyline { class: "chart-line", points: "{line}" }
                }
            }
            if count <= 31 {
                for (at , (x , y)) in known.into_iter().enumerate() {
                    circle { key: "{at}", class: "chart-dot", cx: "{x:.2}%", cy: "{y:.2}%", r: "3.5" }
                }
            }
        }
    }
}

/// The names under a chart; of many values only some are named, the last one always.
#[component]
fn Names(points: Vec<ChartPoint>) -> Element {
    let count = points.len();
    rsx! {
        div { class: "chart-names", aria_hidden: "true",
            for (at , point) in points.into_iter().enumerate().filter(|(at, _)| is_named(*at, count)) {
                span { key: "{at}", style: "left: {middle(at, count):.2}%", class: if at + 1 == count { "chart-name-last" }, "{point.name}" }
            }
        }
    }
}

/// Is this one of the values that are named?
const fn is_named(at: usize, of: usize) -> bool {
    let every = of.div_ceil(NAMES);
    every <= 1 || (of - 1 - at).is_multiple_of(every)
}

/// The same as words and numbers.
#[component]
fn ChartTable(label: String, what: String, points: Vec<ChartPoint>, seen: bool) -> Element {
    rsx! {
        div { class: if seen { "chart-table" } else { "seen-not" },
            table {
                caption { class: "seen-not", "{label}" }
                thead {
                    tr {
                        th { scope: "col", {text().say(Word::ChartDay)} }
                        th { scope: "col", "{what}" }
                    }
                }
                tbody {
                    for (at , point) in points.into_iter().enumerate() {
                        tr { key: "{at}",
                            th { scope: "row", "{point.full}" }
                            td { "{point.said}" }
                        }
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::drawn::drawn;
    use crate::text::Language;

    fn points(values: &[Option<f64>]) -> Vec<ChartPoint> {
        let point = |(at, value): (usize, &Option<f64>)| ChartPoint {
            name: format!("n{at}"),
            full: format!("day {at}"),
            value: *value,
            said: value.map_or_else(|| "–".into(), |value| format!("Rp{value}")),
        };
        values.iter().enumerate().map(point).collect()
    }

    fn chart(kind: ChartKind, values: &'static [Option<f64>]) -> String {
        drawn(Language::Indonesian, move || rsx! { Chart { kind, label: "Tujuh hari", what: "Pendapatan", points: points(values) } })
    }

    #[test]
    fn whoever_cannot_see_a_chart_has_its_table() {
        let html = chart(ChartKind::Bars, &[Some(1.0), Some(4.0)]);
        assert!(html.contains("<figure") && html.contains("Tujuh hari") && html.contains("Rp4") && html.contains("day 1"), "{html}");
        assert_eq!(html.matches("<rect").count(), 2);
    }

    #[test]
    fn a_line_goes_through_the_values_there_are() {
        let html = chart(ChartKind::Line, &[Some(5.0), None, Some(4.0)]);
        assert_eq!((html.matches("<circle").count(), html.matches("–").count()), (2, 1), "{html}");
        assert!(!chart(ChartKind::Line, &[None, None]).contains("<polyline"));
    }

    #[test]
    fn nothing_earned_is_drawn_flat_and_not_divided_by() {
        assert_eq!(chart(ChartKind::Bars, &[Some(0.0), Some(0.0)]).matches("height=\"3.00%\"").count(), 2);
    }

    #[test]
    fn of_many_values_a_few_are_named_and_the_last_always() {
        for count in [1, 7, 8, 14, 30, 90] {
            let named = (0..count).filter(|at| is_named(*at, count)).count();
            assert!(is_named(count - 1, count) && (1..=NAMES).contains(&named), "{named} of {count}");
        }
    }
}
