//! `rapi-bench`: measures the released backend against programs everybody knows, side by side on one machine.
//!
//! `cargo xtask bench` builds what is measured, starts the PostgreSQL and calls this. It must not know how the backend does
//! what it does: it fills tables, then talks HTTP and MQTT.
#![expect(clippy::print_stdout, reason = "telling people what is measured is the job")]

mod backend;
mod hello;
mod http;
mod kept;
mod load;
mod mqtt;
mod orders;
mod peers;
mod people;
mod rows;
mod server;
mod time;
mod workloads;

use std::fs;
use std::path::PathBuf;

use anyhow::{Context as _, Result, bail};
use clap::{Args, Parser};
use rapi_backend::platform::{Clock as _, SystemClock};
use rapi_measures::{machine, page, process, report, stats};

use crate::machine::Machine;
use crate::report::{Report, Run};
use crate::workloads::Bench;

/// Measures the backend of Rapi.
#[derive(Parser)]
#[command(version, about)]
enum Cli {
    /// Runs workloads and writes down what they came to.
    Run(Box<RunArgs>),
    /// Serves `hello`, the peer of reading.
    Hello,
    /// Lets a city loose on one backend, and draws what happens.
    Load(load::LoadArgs),
}

/// What is measured, with what, and where it is written down.
#[derive(Args)]
struct RunArgs {
    /// The workloads; all when none is named.
    names: Vec<String>,
    /// Rounds of each side.
    #[arg(long, default_value_t = 5)]
    rounds: usize,
    /// Each measured stretch lasts so many times its usual length.
    #[arg(long, default_value_t = 1.0)]
    stretch: f64,
    /// The released backend.
    #[arg(long)]
    backend: PathBuf,
    /// A folder on the disk that is measured.
    #[arg(long)]
    folder: PathBuf,
    /// A PostgreSQL server that waits for its disk.
    #[arg(long)]
    postgres: Option<String>,
    /// The process below which that server is.
    #[arg(long)]
    postgres_process: Option<u32>,
    /// pgbench.
    #[arg(long, default_value = "pgbench")]
    pgbench: PathBuf,
    /// Mosquitto.
    #[arg(long, default_value = "mosquitto")]
    mosquitto: PathBuf,
    /// redis-server.
    #[arg(long, default_value = "redis-server")]
    redis: PathBuf,
    /// How often 32 providers accept one order at once.
    #[arg(long, default_value_t = 10_000)]
    rounds_accept: usize,
    /// Searches among at most so many providers.
    #[arg(long, default_value_t = 1_000_000)]
    providers: usize,
    /// Orders in the larger of the two books whose growth is measured.
    #[arg(long, default_value_t = 1_000_000)]
    orders: usize,
    /// Where numbers are kept between runs; nothing is written down without.
    #[arg(long)]
    results: Option<PathBuf>,
    /// The page made of them.
    #[arg(long)]
    page: Option<PathBuf>,
    /// The README whose claims are made of them.
    #[arg(long)]
    readme: Option<PathBuf>,
    /// The version that is measured.
    #[arg(long, default_value = "unknown")]
    commit: String,
    /// What was typed.
    #[arg(long, default_value = "rapi-bench run")]
    command: String,
}

fn main() -> Result<()> {
    let mut runtime = tokio::runtime::Builder::new_multi_thread();
    match Cli::parse() {
        Cli::Hello => runtime.enable_all().build()?.block_on(hello::serve()),
        Cli::Load(args) => runtime.worker_threads(2).enable_all().build()?.block_on(load::run(&args)),
        Cli::Run(args) => runtime.worker_threads(2).enable_all().build()?.block_on(run(&args)),
    }
}

async fn run(args: &RunArgs) -> Result<()> {
    let names = match args.names.as_slice() {
        [] => workloads::NAMES.map(str::to_owned).to_vec(),
        names => names.to_vec(),
    };
    if let Some(unknown) = names.iter().find(|name| !workloads::NAMES.contains(&name.as_str())) {
        bail!("there is no workload {unknown}; there are {}", workloads::NAMES.join(", "));
    }
    let mut report = args.results.as_deref().map(Report::read).transpose()?.unwrap_or_default();
    for name in &names {
        println!("==> {name}");
        let begin = time::now();
        let at = SystemClock.now().to_string();
        let folder = args.folder.join(name);
        _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder)?;
        let machine = Machine::look(&folder)?;
        let bench = Bench { args, folder: folder.clone() };
        let outcome = workloads::run(name, &bench).await.with_context(|| format!("{name} cannot be measured"));
        _ = fs::remove_dir_all(&folder);
        let mut outcome = outcome?;
        let seconds = (time::now() - begin).as_secs();
        let (commit, command, rounds) = (args.commit.clone(), args.command.clone(), args.rounds);
        outcome.run = Some(Run { at, commit, command, rounds, machine, seconds });
        println!("{}", page::table(&outcome));
        report.outcomes.insert(name.clone(), outcome);
        write_down(args, &report)?;
    }
    Ok(())
}

fn write_down(args: &RunArgs, report: &Report) -> Result<()> {
    if let Some(file) = &args.results {
        report.write(file)?;
    }
    if let Some(file) = &args.page {
        fs::write(file, page::page(report))?;
    }
    if let Some(file) = &args.readme {
        let text = fs::read_to_string(file)?;
        fs::write(file, page::with_claims(&text, report)?)?;
    }
    Ok(())
}
