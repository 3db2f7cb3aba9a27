//! `cargo xtask bench`: how fast, beside programs everybody knows.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result};
use clap::{Args, Subcommand};

use crate::packages::{self, Purpose};
use crate::postgres::{Disk, Postgres};
use crate::steps::{Outcome, Steps};
use crate::{apps, assets, cargo};

/// How fast: builds the release, measures it beside Redis, Mosquitto, PostgreSQL and a bare axum server, writes
/// docs/benchmarks.md and the claims in README.md.
///
/// Without names every workload runs: get-order, journey, gps, nearest, accept, memory, growth, and two of the apps: apps, which
/// measures them beside a bare window, and lists, which opens long lists beside short ones.
#[derive(Args)]
#[command(args_conflicts_with_subcommands = true)]
pub struct BenchArgs {
    #[command(subcommand)]
    what: Option<What>,
    /// The workloads to run.
    names: Vec<String>,
    /// Rounds of each side.
    #[arg(long)]
    rounds: Option<usize>,
    /// Each measured stretch lasts so many times its usual length.
    #[arg(long)]
    stretch: Option<f64>,
    /// How often 32 providers accept one order at once.
    #[arg(long)]
    rounds_accept: Option<usize>,
}

#[derive(Subcommand)]
enum What {
    Load(LoadArgs),
}

/// A city against one backend: orders, positions, watchers, cancellations; ends in a page of charts, target/load/index.html.
#[derive(Args)]
struct LoadArgs {
    /// Orders a minute.
    #[arg(long)]
    rate: Option<f64>,
    /// How long, minutes.
    #[arg(long)]
    minutes: Option<f64>,
    /// Providers who are online.
    #[arg(long)]
    providers: Option<usize>,
    /// Clients who order.
    #[arg(long)]
    clients: Option<usize>,
}

/// Runs it to its end.
///
/// # Errors
/// When anything cannot be measured.
pub fn run(args: &BenchArgs) -> Result<()> {
    let mut steps = Steps::default();
    drive(&mut steps, args);
    steps.finish()
}

/// The workloads of the apps.
const OF_APPS: [&str; 2] = ["apps", LISTS];
/// The one of them that needs a backend.
const LISTS: &str = "lists";

fn drive(steps: &mut Steps, args: &BenchArgs) -> Option<()> {
    let (with_backend, with_apps) = halves(args);
    if with_backend {
        of_backend(steps, args)?;
    }
    if with_apps {
        of_apps(steps, args)?;
    }
    Some(())
}

/// Is the backend to be measured, are the apps?
fn halves(args: &BenchArgs) -> (bool, bool) {
    let all = args.names.is_empty();
    let is_apps = |name: &String| is_of_apps(name);
    (all || !args.names.iter().all(is_apps), args.what.is_none() && (all || args.names.iter().any(is_apps)))
}

fn is_of_apps(name: &str) -> bool {
    OF_APPS.contains(&name)
}

fn of_apps(steps: &mut Steps, args: &BenchArgs) -> Option<()> {
    if steps.run("system packages of the apps", || packages::ensure(Purpose::Apps)) == Outcome::Failed {
        return None;
    }
    steps.try_run("type, icons and map of the apps", assets::ensure)?;
    if args.names.is_empty() || args.names.iter().any(|name| name == LISTS) {
        steps.try_run("build the release of the backend", build)?;
    }
    let programs = steps.try_run("build the release of the apps", apps::build)?;
    steps
        .try_run("build what measures them", || cargo::run(cargo::command().args(["build", "--release", "--package", "rapi-app-bench"])))?;
    steps.run("measure the apps", || {
        let mut command = Command::new(programs.join("rapi-app-bench"));
        command.args(args.names.iter().filter(|name| is_of_apps(name)));
        command.arg("--programs").arg(&programs).current_dir(cargo::root());
        command.args(args.rounds.map(|rounds| format!("--rounds={rounds}")));
        cargo::run(command.args(write_down(args)?))
    });
    Some(())
}

fn of_backend(steps: &mut Steps, args: &BenchArgs) -> Option<()> {
    if steps.run("system packages", || packages::ensure(Purpose::Bench)) == Outcome::Failed {
        return None;
    }
    let target = steps.try_run("build the release", build)?;
    if let Some(What::Load(load)) = &args.what {
        steps.run("a city", || cargo::run(bench(&target, "load").args(load_arguments(load, &target))));
        return Some(());
    }
    let postgres = steps.try_run("a PostgreSQL that waits for its disk", || Postgres::start(Disk::Waits))?;
    steps.run("measure", || cargo::run(&mut measure(args, &target, &postgres)?));
    steps.run("stop that PostgreSQL", || postgres.stop());
    Some(())
}

fn build() -> Result<PathBuf> {
    // The same packages as always: another set would build shared dependencies anew, with other features.
    let packages = ["-p", "rapi-core", "-p", "rapi-engine", "-p", "rapi-backend", "-p", "rapi-bench"];
    cargo::run(cargo::command().args(["build", "--release"]).args(packages))?;
    cargo::target_directory()
}

/// The program that measures, allowed as many open files as the system grants: it stands for thousands of phones.
fn bench(target: &Path, what: &str) -> Command {
    let mut command = Command::new("/bin/sh");
    command.args(["-c", r#"ulimit -n "$(ulimit -Hn)" && exec "$@""#, "bench"]);
    command.arg(target.join("release/rapi-bench")).arg(what).current_dir(cargo::root());
    command.arg("--backend").arg(target.join("release/rapi-backend"));
    command
}

fn measure(args: &BenchArgs, target: &Path, postgres: &Postgres) -> Result<Command> {
    let folder = target.join("bench");
    fs::create_dir_all(&folder)?;
    let mut command = bench(target, "run");
    command.args(args.names.iter().filter(|name| !is_of_apps(name))).arg("--folder").arg(folder);
    command.args(["--postgres", &postgres.url(), "--postgres-process", &postgres.process().to_string()]);
    for (option, program) in [("--pgbench", pgbench()?), ("--mosquitto", found("mosquitto")?), ("--redis", found("redis-server")?)] {
        command.arg(option).arg(program);
    }
    command.args(chosen(args)).args(write_down(args)?);
    Ok(command)
}

/// What was asked for beside names, as it was typed.
fn chosen(args: &BenchArgs) -> Vec<String> {
    let chosen = [
        ("--rounds", args.rounds.map(|count| count.to_string())),
        ("--stretch", args.stretch.map(|factor| factor.to_string())),
        ("--rounds-accept", args.rounds_accept.map(|count| count.to_string())),
    ];
    chosen.into_iter().filter_map(|(name, value)| Some([name.to_owned(), value?])).flatten().collect()
}

/// Where numbers go, and what is told with them.
fn write_down(args: &BenchArgs) -> Result<Vec<String>> {
    let typed: Vec<String> = ["cargo xtask bench".to_owned()].into_iter().chain(args.names.clone()).chain(chosen(args)).collect();
    let told = ["--results", "docs/benchmarks.json", "--page", "docs/benchmarks.md", "--readme", "README.md"].map(str::to_owned);
    let of_this_run = ["--commit".to_owned(), commit()?, "--command".to_owned(), typed.join(" ")];
    Ok(told.into_iter().chain(of_this_run).collect())
}

fn load_arguments(args: &LoadArgs, target: &Path) -> Vec<String> {
    let chosen = [
        ("--rate", args.rate.map(|rate| rate.to_string())),
        ("--minutes", args.minutes.map(|minutes| minutes.to_string())),
        ("--providers", args.providers.map(|count| count.to_string())),
        ("--clients", args.clients.map(|count| count.to_string())),
        ("--folder", Some(target.join("load").display().to_string())),
    ];
    chosen.into_iter().filter_map(|(name, value)| Some([name.to_owned(), value?])).flatten().collect()
}

/// pgbench lies beside the server's other programs where Debian puts it.
fn pgbench() -> Result<PathBuf> {
    let beside = packages::initdb().map(|initdb| initdb.with_file_name("pgbench")).filter(|file| file.is_file());
    beside.or_else(|| packages::program("pgbench")).context("no pgbench found")
}

fn found(program: &str) -> Result<PathBuf> {
    packages::program(program).with_context(|| format!("no {program} found"))
}

/// The version that is measured, marked when it was changed since.
fn commit() -> Result<String> {
    let git = |arguments: &[&str]| {
        let output = Command::new("git").args(["-c", "safe.directory=*"]).args(arguments).current_dir(cargo::root()).output();
        anyhow::Ok(String::from_utf8(output.context("cannot start git")?.stdout)?.trim().to_owned())
    };
    let changed = git(&["status", "--porcelain", "--", ".", ":!docs/benchmarks.*", ":!README.md"])?;
    Ok(git(&["rev-parse", "--short=10", "HEAD"])? + if changed.is_empty() { "" } else { ", changed" })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn args(names: &[&str]) -> BenchArgs {
        let names = names.iter().map(|name| (*name).to_owned()).collect();
        BenchArgs { what: None, names, rounds: Some(3), stretch: None, rounds_accept: None }
    }

    #[test]
    fn only_what_is_named_is_measured() {
        assert_eq!(halves(&args(&[])), (true, true));
        assert_eq!(halves(&args(&["apps"])), (false, true));
        assert_eq!(halves(&args(&["gps", "apps"])), (true, true));
        assert_eq!(halves(&args(&["apps", "lists"])), (false, true));
        assert_eq!(halves(&args(&["gps"])), (true, false));
    }

    #[test]
    fn what_was_typed_is_told_with_the_numbers() {
        let told = write_down(&args(&["apps"])).unwrap();
        assert_eq!(told.last().unwrap(), "cargo xtask bench apps --rounds 3");
    }
}
