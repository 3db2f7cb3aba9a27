//! A chart of lines over time as SVG, and the same as a table.

use std::fmt::Write as _;

const WIDTH: f64 = 860.0;
const HEIGHT: f64 = 220.0;
const LEFT: f64 = 52.0;
const BOTTOM: f64 = 24.0;
const CLASSES: [&str; 3] = ["a", "b", "c"];

/// One line.
pub struct Line {
    /// Its name.
    pub name: &'static str,
    /// Its values, one for each time.
    pub values: Vec<f64>,
}

/// Lines over time.
pub struct Chart {
    /// What it shows.
    pub title: &'static str,
    /// In what.
    pub unit: &'static str,
    /// Seconds.
    pub times: Vec<f64>,
    /// At most three.
    pub lines: Vec<Line>,
}

impl Chart {
    /// The chart, its legend and its table.
    pub fn html(&self) -> String {
        let legend: String =
            self.lines.iter().zip(CLASSES).map(|(line, class)| format!("<span><i class=\"{class}\"></i>{}</span>", line.name)).collect();
        format!(
            "<h2>{}</h2>\n<div class=\"legend\">{legend}<span>{}</span></div>\n{}\n<details><summary>As a table</summary>\
             <div class=\"table\">{}</div></details>\n",
            self.title,
            self.unit,
            self.svg(),
            self.table()
        )
    }

    fn svg(&self) -> String {
        let highest = self.lines.iter().flat_map(|line| &line.values).copied().fold(0.0, f64::max);
        let step = step(highest);
        let top = (highest / step).ceil().max(1.0) * step;
        let end = self.times.last().copied().unwrap_or(1.0).max(1.0);
        let x = |time: f64| LEFT + (WIDTH - LEFT - 8.0) * time / end;
        let y = |value: f64| 8.0 + (HEIGHT - BOTTOM - 8.0) * (1.0 - value / top);
        let mut svg = format!("<svg viewBox=\"0 0 {WIDTH} {HEIGHT}\" role=\"img\" aria-label=\"{} over time\">", self.title);
        let mut level = 0.0;
        while level <= top * 1.001 {
            let place = y(level);
            _ = write!(svg, "<line class=\"grid\" x1=\"{LEFT}\" x2=\"{WIDTH}\" y1=\"{place:.1}\" y2=\"{place:.1}\"/>");
            _ = write!(svg, "<text x=\"{}\" y=\"{:.1}\" text-anchor=\"end\">{}</text>", LEFT - 8.0, place + 4.0, short(level));
            level += step;
        }
        let beat = self::step(end);
        let mut time = 0.0;
        while time <= end {
            _ = write!(svg, "<text x=\"{:.1}\" y=\"{}\" text-anchor=\"middle\">{} s</text>", x(time), HEIGHT - 4.0, short(time));
            time += beat;
        }
        for (line, class) in self.lines.iter().zip(CLASSES) {
            let points: Vec<String> =
                self.times.iter().zip(&line.values).map(|(time, value)| format!("{:.1},{:.1}", x(*time), y(*value))).collect();
            _ = write!(
                svg,
                "<polyline class=\"line {class}\" style=\"background:none\" points=\"{}\"><title>{}</title></polyline>",
                points.join(" "),
                line.name
            );
        }
        svg + "</svg>"
    }

    fn table(&self) -> String {
        let names: String = self.lines.iter().map(|line| format!("<th>{}</th>", line.name)).collect();
        let mut rows = String::new();
        for (row, time) in self.times.iter().enumerate() {
            let values: String =
                self.lines.iter().map(|line| format!("<td>{:.1}</td>", line.values.get(row).copied().unwrap_or_default())).collect();
            _ = write!(rows, "<tr><td>{time:.0} s</td>{values}</tr>");
        }
        format!("<table><thead><tr><th>time</th>{names}</tr></thead><tbody>{rows}</tbody></table>")
    }
}

/// 1, 2 or 5 times a power of ten, so that about four steps reach `highest`.
fn step(highest: f64) -> f64 {
    let rough = (highest / 4.0).max(0.01);
    let power = 10f64.powf(rough.log10().floor());
    let factor = [1.0, 2.0, 5.0].into_iter().find(|factor| factor * power >= rough).unwrap_or(10.0);
    factor * power
}

fn short(value: f64) -> String {
    let text = format!("{value:.2}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_are_round_numbers() {
        assert_eq!([3.0, 40.0, 41.0, 170.0, 1_000.0].map(step), [1.0, 10.0, 20.0, 50.0, 500.0]);
        assert_eq!([0.0, 0.5, 1_500.0].map(short), ["0", "0.5", "1500"]);
    }

    #[test]
    fn a_chart_shows_each_line_and_each_row() {
        let line = |name| Line { name, values: vec![1.0, 3.0] };
        let chart = Chart { title: "T", unit: "ms", times: vec![1.0, 2.0], lines: vec![line("p50"), line("p99")] };
        let html = chart.html();
        assert_eq!((html.matches("<polyline").count(), html.matches("<tr><td>").count()), (2, 2));
        assert!(html.contains("<td>3.0</td>") && !html.contains("<script"));
    }
}
