//! `rapi-app-bench`: how long the released apps take to their first useful screen, and what memory they hold then, beside a
//! bare window of the same size.
//!
//! `cargo xtask bench apps` builds what is measured and calls this. It knows the apps as people do: it starts them, and looks.
#![expect(clippy::print_stdout, reason = "telling people what is measured is the job")]

mod program;

use std::fs;
use std::path::PathBuf;

use anyhow::{Context as _, Result};
use clap::Parser;
use rapi_journeys::Display;
use rapi_measures::machine::Machine;
use rapi_measures::report::{Bar, Comparison, Outcome, Report, Run};
use rapi_measures::{now, page};

use program::{Program, Seen};

const MEBI: f64 = 1024.0 * 1024.0;

/// At most so many times what the bare window takes.
const TIME: Bar = Bar::AtMost(1.15);
const MEMORY: Bar = Bar::AtMost(1.25);

/// Measures the apps of Rapi.
#[derive(Parser)]
#[command(version, about)]
struct Args {
    /// The folder of the released programs.
    #[arg(long)]
    programs: PathBuf,
    /// Rounds of each.
    #[arg(long, default_value_t = 7)]
    rounds: usize,
    /// Where numbers are kept between runs.
    #[arg(long)]
    results: PathBuf,
    /// The page made of them.
    #[arg(long)]
    page: PathBuf,
    /// The README whose claims are made of them.
    #[arg(long)]
    readme: PathBuf,
    /// The version that is measured.
    #[arg(long, default_value = "unknown")]
    commit: String,
    /// What was typed.
    #[arg(long, default_value = "rapi-app-bench")]
    command: String,
}

/// An app and the size of its window.
const APPS: [(&str, &str); 3] = [("client", "390x780"), ("provider", "390x780"), ("admin", "1280x800")];

fn main() -> Result<()> {
    let args = Args::parse();
    println!("==> apps");
    let (begin, at) = (now(), moment());
    let folder = tempfile::tempdir()?;
    let machine = Machine::look(folder.path())?;
    let display = Display::start()?;
    let mut comparisons = Vec::new();
    for (app, size) in APPS {
        let home = folder.path().join(app);
        let options = ["--api", "http://127.0.0.1:9", "--window", size, "--secrets", "file", "--data-dir"].map(Into::into);
        let ours = Program::new(&args.programs.join(format!("rapi-{app}-app")), options.into_iter().chain([home.into_os_string()]));
        let bare = Program::new(&args.programs.join("examples/bare"), [size.into()]);
        comparisons.extend(compare(app, [&ours, &bare], &display, args.rounds).with_context(|| format!("{app} cannot be measured"))?);
    }
    let (commit, command, rounds) = (args.commit.clone(), args.command.clone(), args.rounds);
    let run = Run { at, commit, command, rounds, machine, seconds: (now() - begin).as_secs() };
    let outcome = Outcome { how: HOW.to_owned(), limit: LIMIT.to_owned(), comparisons, notes: Vec::new(), run: Some(run) };
    println!("{}", page::table(&outcome));
    let mut report = Report::read(&args.results)?;
    report.outcomes.insert("apps".to_owned(), outcome);
    report.write(&args.results)?;
    fs::write(&args.page, page::page(&report))?;
    let readme = fs::read_to_string(&args.readme)?;
    fs::write(&args.readme, page::with_claims(&readme, &report)?)?;
    Ok(())
}

const HOW: &str = "The released apps, each started into a virtual display with its data folder as an earlier start left it and no \
    backend to reach, beside a window of the same size and the same libraries whose page is one button, every other round the other way \
    round. Time is from the start of the process until WebKit's remote inspector finds a button on the page, asked every few \
    milliseconds; processor time is what the process and all below it used until then; memory is their proportional set size 1.5 s later, \
    with the inspector gone. Pages of WebKit that other programs on the machine share count less, for both. Each was started once \
    before, unmeasured.";

const LIMIT: &str = "WebKit and its processes, which both have. Of ours, some tenth of a second of processors: a page whose head holds the \
    type and the rules of every screen, the engine's database opened before the window, and the round between page and process by which \
    Dioxus draws its first screen. Leaflet waits as text for the first map.";

/// Processor time, time and memory of the first beside the second.
fn compare(app: &str, sides: [&Program; 2], display: &Display, rounds: usize) -> Result<[Comparison; 3]> {
    for side in sides {
        side.start(display)?;
    }
    let mut seen: [Vec<Seen>; 2] = [Vec::new(), Vec::new()];
    for round in 0..rounds {
        for place in 0..2 {
            let side = if round % 2 == 0 { place } else { 1 - place };
            seen[side].push(sides[side].start(display)?);
        }
        let [ours, bare] = &seen;
        println!("    {app} {round}: {} beside {}", ours[round], bare[round]);
    }
    let of = |number: fn(&Seen) -> f64| seen.each_ref().map(|rounds| rounds.iter().map(number).collect::<Vec<f64>>());
    let [time, bare_time] = of(|seen| seen.took.as_secs_f64() * 1e3);
    #[expect(clippy::cast_precision_loss, reason = "nobody has so much memory")]
    let [memory, bare_memory] = of(|seen| seen.memory as f64 / MEBI);
    let [cpu, bare_cpu] = of(|seen| seen.cpu.as_secs_f64() * 1e3);
    Ok([
        Comparison::with(&format!("{app}, processor time to the first screen"), "ms", Bar::None, &cpu, "bare window", &bare_cpu)?,
        Comparison::with(&format!("{app}, to the first screen"), "ms", TIME, &time, "bare window", &bare_time)?,
        Comparison::with(&format!("{app}, memory"), "MiB", MEMORY, &memory, "bare window", &bare_memory)?,
    ])
}

/// Now, as a date.
#[expect(clippy::disallowed_methods, reason = "the day on which something was measured; no rule depends on it")]
fn moment() -> String {
    chrono::Utc::now().to_rfc3339_opts(chrono::SecondsFormat::Secs, true)
}
