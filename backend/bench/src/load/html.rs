//! The page of a run: one file, no scripts, readable by day and by night.

use super::LoadArgs;
use super::chart::{Chart, Line};
use super::meter::{Meter, Sample};

const STYLE: &str = "
:root { color-scheme: light dark; --ink: #1d2430; --paper: #fbfaf7; --faint: #d9d6cc; --soft: #6b7280; --a: #0f766e; --b: #b45309; --c: #7c3aed; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e8e6e1; --paper: #15181d; --faint: #343a44; --soft: #9aa3b0; --a: #2dd4bf; --b: #fbbf24; --c: #c4b5fd; }
}
body { margin: 0 auto; max-width: 60rem; padding: 3rem 1.5rem 6rem; background: var(--paper); color: var(--ink); font: 1rem/1.6 system-ui, sans-serif; }
h1 { font-size: 1.9rem; line-height: 1.2; margin: 0 0 .5rem; letter-spacing: -.01em; }
h2 { font-size: 1.15rem; margin: 3rem 0 .25rem; }
p { max-width: 44rem; }
.soft, .legend { color: var(--soft); font-size: .9rem; }
.legend span { margin-right: 1.25rem; }
.legend i { display: inline-block; width: 1rem; height: .2rem; margin-right: .4rem; vertical-align: middle; }
svg { width: 100%; height: auto; display: block; }
svg text { fill: var(--soft); font: 12px system-ui, sans-serif; }
svg .grid { stroke: var(--faint); stroke-width: 1; }
svg .line { fill: none; stroke-width: 2; stroke-linejoin: round; }
.a { stroke: var(--a); background: var(--a); } .b { stroke: var(--b); background: var(--b); } .c { stroke: var(--c); background: var(--c); }
details { margin-top: .5rem; } summary { cursor: pointer; color: var(--soft); font-size: .9rem; }
.table { overflow-x: auto; max-height: 24rem; }
table { border-collapse: collapse; font-size: .85rem; font-variant-numeric: tabular-nums; }
th, td { text-align: right; padding: .15rem 1rem .15rem 0; border-bottom: 1px solid var(--faint); white-space: nowrap; }
";

/// The page.
pub fn page(args: &LoadArgs, samples: &[Sample], meter: &Meter) -> String {
    let charts: String = charts(samples).iter().map(Chart::html).collect();
    let summary: String = meter.summary().lines().map(|line| format!("<p>{}</p>", escape(line))).collect();
    format!(
        "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">\
         <title>Rapi under load</title><style>{STYLE}</style></head><body>\n<h1>A city on one backend</h1>\n\
         <p class=\"soft\">{} orders a minute for {} minutes, {} providers, {} clients; a way takes 20 s and work 10 s. One process, SQLite, \
         MQTT inside; the city ran on the same machine.</p>\n{summary}{charts}</body></html>\n",
        args.rate, args.minutes, args.providers, args.clients
    )
}

fn charts(samples: &[Sample]) -> Vec<Chart> {
    let times: Vec<f64> = samples.iter().map(|sample| sample.at).collect();
    let line = |name, of: fn(&Sample) -> f64| Line { name, values: samples.iter().map(of).collect() };
    let chart = |title, unit, lines| Chart { title, unit, times: times.clone(), lines };
    vec![
        chart("Latency of requests", "ms", vec![line("p50", |s| s.p50), line("p90", |s| s.p90), line("p99", |s| s.p99)]),
        chart("Requests", "a second", vec![line("answered", |s| s.requests)]),
        chart("Orders", "a second", vec![line("made", |s| s.ordered), line("ended", |s| s.ended)]),
        chart("Orders under way", "orders", vec![line("under way", |s| s.open)]),
        chart("MQTT", "a second", vec![line("positions taken", |s| s.published), line("messages to phones", |s| s.received)]),
        chart("Memory of the backend", "MiB", vec![line("proportional set size", |s| s.memory)]),
        chart("Processor of the backend", "% of one core", vec![line("user and system", |s| s.cpu)]),
        chart("Errors", "a second", vec![line("errors", |s| s.errors)]),
    ]
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
