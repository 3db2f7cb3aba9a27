//! Tables for people, made of the numbers that were measured.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use anyhow::{Context as _, Result};

use crate::report::{Bar, Comparison, Outcome, Report, Run};
use crate::stats::Spread;

/// The workloads, in the order they are shown.
const ORDER: [&str; 9] = ["get-order", "journey", "gps", "nearest", "accept", "memory", "growth", "apps", "lists"];

const BEGIN: &str = "<!-- benchmarks -->";
const END: &str = "<!-- /benchmarks -->";

/// The table of one workload.
pub fn table(outcome: &Outcome) -> String {
    let mut text = String::from("| | Rapi | peer | Rapi ÷ peer (least … most) | promised | kept |\n|---|---|---|---|---|---|\n");
    for one in &outcome.comparisons {
        let peer = one.peer.as_ref().map_or_else(String::new, |peer| format!("{} ({})", value(peer.value.median, &one.unit), peer.name));
        let ratio = one.peer.as_ref().map_or_else(String::new, |peer| spread(&peer.ratio));
        let ours = value(one.ours.median, &one.unit);
        _ = writeln!(text, "| {} | {ours} | {peer} | {ratio} | {} | {} |", one.what, promised(one), kept(one));
    }
    text
}

/// The whole page.
pub fn page(report: &Report) -> String {
    let mut text = String::from(
        "# Benchmarks\n\nWritten by `cargo xtask bench`; no number here was typed by hand. Each workload measures Rapi and a peer in turn \
         on one machine, every other round the other way round. Values are medians of rounds; a ratio is the median of the rounds' \
         own ratios, with the least and the most. Processor time is that of the server's processes, user and system, divided by what \
         they completed. The load generator runs on the same cores.\n",
    );
    for name in ORDER {
        let Some(outcome) = report.outcomes.get(name) else { continue };
        _ = write!(text, "\n## {name}\n\n{}\n\n{}\nWhat limits it now: {}\n", outcome.how, table(outcome), outcome.limit);
        for note in &outcome.notes {
            _ = write!(text, "\n{note}\n");
        }
        if let Some(run) = &outcome.run {
            _ = write!(text, "\n{}\n", measured(run));
        }
    }
    text
}

fn measured(run: &Run) -> String {
    let Run { at, commit, command, rounds, machine, seconds } = run;
    format!(
        "Measured on {} at version `{commit}` by `{command}`, {rounds} rounds of each, {seconds} s in all, on {} ({} cores, {:.0} GiB, Linux \
         {}, 4 KiB on the disk in {:.2} ms).",
        at.get(..10).unwrap_or(at),
        machine.cpu,
        machine.cores,
        machine.memory_gib,
        machine.kernel,
        machine.fsync_ms
    )
}

/// `text` with the claims between its markers.
///
/// # Errors
/// When it has no markers.
pub fn with_claims(text: &str, report: &Report) -> Result<String> {
    let (before, rest) = text.split_once(BEGIN).with_context(|| format!("no {BEGIN}"))?;
    let (_, after) = rest.split_once(END).with_context(|| format!("no {END}"))?;
    Ok(format!("{before}{BEGIN}\n{}{END}{after}", claims(report)))
}

fn claims(report: &Report) -> String {
    let mut text = String::from("| workload | | Rapi | peer | Rapi ÷ peer | promised | kept |\n|---|---|---|---|---|---|---|\n");
    for name in ORDER {
        let promises = report.outcomes.get(name).into_iter().flat_map(|outcome| &outcome.comparisons).filter(|one| one.bar != Bar::None);
        for one in promises {
            let peer =
                one.peer.as_ref().map_or_else(String::new, |peer| format!("{} ({})", value(peer.value.median, &one.unit), peer.name));
            let ratio = one.peer.as_ref().map_or_else(String::new, |peer| format!("{} ×", number(peer.ratio.median)));
            let ours = value(one.ours.median, &one.unit);
            _ = writeln!(text, "| {name} | {} | {ours} | {peer} | {ratio} | {} | {} |", one.what, promised(one), kept(one));
        }
    }
    let runs = report.outcomes.values().filter_map(|outcome| outcome.run.as_ref());
    // Workloads may have been measured on different ones.
    let machines: BTreeSet<String> = runs.map(|run| format!("{} ({} cores)", run.machine.cpu, run.machine.cores)).collect();
    if !machines.is_empty() {
        let machines = machines.into_iter().collect::<Vec<_>>().join(" or ");
        _ = writeln!(text, "\nOn {machines}; how, and all numbers: [docs/benchmarks.md](docs/benchmarks.md).");
    }
    text
}

fn promised(one: &Comparison) -> String {
    match one.bar {
        Bar::None => String::new(),
        Bar::AtLeast(least) => format!("≥ {} ×", number(least)),
        Bar::AtMost(most) => format!("≤ {} ×", number(most)),
        Bar::Within(most) => format!("≤ {}", value(most, &one.unit)),
    }
}

fn kept(one: &Comparison) -> &'static str {
    match one.bar.is_met(one.judged()) {
        None => "",
        Some(true) => "yes",
        Some(false) => "**no**",
    }
}

fn spread(spread: &Spread) -> String {
    format!("**{} ×** ({} … {})", number(spread.median), number(spread.min), number(spread.max))
}

fn value(value: f64, unit: &str) -> String {
    format!("{} {unit}", number(value))
}

/// Three digits that matter, and commas between thousands.
fn number(value: f64) -> String {
    let places = match value.abs() {
        0.0 => 0,
        small if small < 0.1 => 3,
        small if small < 10.0 => 2,
        middle if middle < 100.0 => 1,
        _ => 0,
    };
    let text = format!("{value:.places$}");
    let (whole, rest) = text.split_once('.').map_or((text.as_str(), ""), |(whole, rest)| (whole, rest));
    let rest = rest.trim_end_matches('0');
    let mut grouped = String::new();
    for (place, digit) in whole.chars().enumerate() {
        if place > 0 && (whole.len() - place) % 3 == 0 && !grouped.ends_with('-') {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    if rest.is_empty() { grouped } else { format!("{grouped}.{rest}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_short_and_grouped() {
        let written = [0.0, 0.0123, 0.5, 3.0, 12.34, 123.4, 12_345.6, 1_234_567.0].map(number);
        assert_eq!(written, ["0", "0.012", "0.5", "3", "12.3", "123", "12,346", "1,234,567"]);
    }

    #[test]
    fn claims_stand_between_the_markers_and_nothing_else_changes() {
        let comparisons = vec![
            Comparison::with("throughput", "requests/s", Bar::AtLeast(0.5), &[1_000.0], "hello", &[4_000.0]).unwrap(),
            Comparison::alone("p50", "ms", Bar::None, &[1.0]).unwrap(),
        ];
        let outcome = Outcome { how: String::new(), limit: String::new(), comparisons, notes: Vec::new(), run: None };
        let report = Report { outcomes: [("get-order".to_owned(), outcome)].into() };
        let text = with_claims("a\n<!-- benchmarks -->\nold\n<!-- /benchmarks -->\nb\n", &report).unwrap();
        assert!(text.starts_with("a\n<!-- benchmarks -->\n|") && text.ends_with("|\n<!-- /benchmarks -->\nb\n"), "{text}");
        assert!(
            text.contains("| get-order | throughput | 1,000 requests/s | 4,000 requests/s (hello) | 0.25 × | ≥ 0.5 × | **no** |"),
            "{text}"
        );
        assert!(!text.contains("p50") && !text.contains("old"));
        assert!(with_claims("no markers", &report).is_err());
    }
}
