//! `rapi-app-bench`: how long the released apps take to their first useful screen, and what memory they hold then, beside a
//! bare window of the same size; and how long their lists take to open when they are long.
//!
//! `cargo xtask bench apps` builds what is measured and calls this. It knows the apps as people do: it starts them, and looks.
#![expect(clippy::print_stdout, reason = "telling people what is measured is the job")]

mod lists;
mod program;
mod starts;

use std::fs;
use std::path::PathBuf;

use anyhow::Result;
use clap::{Parser, ValueEnum};
use rapi_journeys::Display;
use rapi_measures::machine::Machine;
use rapi_measures::report::{Report, Run};
use rapi_measures::{now, page};

/// Measures the apps of Rapi.
#[derive(Parser)]
#[command(version, about)]
struct Args {
    /// What is measured; all of it when nothing is named.
    workloads: Vec<Workload>,
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

/// What can be measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Workload {
    /// The first screens.
    Apps,
    /// Long lists.
    Lists,
}

impl Workload {
    const fn name(self) -> &'static str {
        match self {
            Self::Apps => "apps",
            Self::Lists => "lists",
        }
    }
}

fn main() -> Result<()> {
    let args = Args::parse();
    let folder = tempfile::tempdir()?;
    let display = Display::start()?;
    let mut report = Report::read(&args.results)?;
    for workload in Workload::value_variants().iter().filter(|one| args.workloads.is_empty() || args.workloads.contains(one)) {
        println!("==> {}", workload.name());
        let (begin, at, machine) = (now(), moment(), Machine::look(folder.path())?);
        let mut outcome = match workload {
            Workload::Apps => starts::run(&args.programs, &display, args.rounds)?,
            Workload::Lists => lists::run(&display, args.rounds)?,
        };
        let (commit, command, rounds) = (args.commit.clone(), args.command.clone(), args.rounds);
        outcome.run = Some(Run { at, commit, command, rounds, machine, seconds: (now() - begin).as_secs() });
        println!("{}", page::table(&outcome));
        report.outcomes.insert(workload.name().to_owned(), outcome);
    }
    report.write(&args.results)?;
    fs::write(&args.page, page::page(&report))?;
    let readme = fs::read_to_string(&args.readme)?;
    fs::write(&args.readme, page::with_claims(&readme, &report)?)?;
    Ok(())
}

/// Now, as a date.
#[expect(clippy::disallowed_methods, reason = "the day on which something was measured; no rule depends on it")]
fn moment() -> String {
    chrono::Utc::now().to_rfc3339_opts(chrono::SecondsFormat::Secs, true)
}
