//! `cargo xtask test`: everything that must hold.

use anyhow::Result;
use clap::Args;

use crate::assets;
use crate::cargo;
use crate::fuzz::{self, FuzzArgs};
use crate::nonsense::{self, NonsenseArgs};
use crate::packages::{self, Purpose};
use crate::postgres::{Disk, Postgres};
use crate::steps::{Outcome, Steps};

/// How long each fuzz target is tried.
const FUZZ_SECONDS: u32 = 15;

/// Everything that must hold: installs missing system packages, starts a throw-away PostgreSQL, runs all tests.
///
/// Steps: system packages, type, icons and map of the apps (`cargo xtask assets`), `cargo fmt --check` (where rustfmt is installed), PostgreSQL (its address reaches the tests
/// as RAPI_TEST_POSTGRES), the tests (`cargo nextest run` where nextest is installed, else `cargo test`), the examples in
/// the documentation, nonsense (a few fixed tries of `cargo xtask nonsense`) and a short fuzzing (`cargo xtask fuzz`).
/// Clippy builds every dependency a second time, so it runs only with --lint.
#[derive(Args)]
pub struct TestArgs {
    /// Also run clippy on everything; a warning is a failure.
    #[arg(long)]
    pub lint: bool,
    /// Passed to the test runner, for example part of a test's name. The examples in the documentation, nonsense and
    /// fuzzing are then left out.
    #[arg(last = true)]
    pub runner: Vec<String>,
}

/// Runs every step, the later ones also when an earlier one failed, unless they cannot do without it.
///
/// # Errors
/// When anything did not hold.
pub fn run(args: &TestArgs) -> Result<()> {
    let mut steps = Steps::default();
    if steps.run("system packages", || packages::ensure(Purpose::Test)) == Outcome::Failed {
        return steps.finish();
    }
    // The apps build without, but then they are not what people get.
    steps.run("type, icons and map of the apps", assets::ensure);
    if cargo::has("fmt") {
        steps.run("format", || cargo::run(cargo::command().args(["fmt", "--all", "--check"])));
    } else {
        println!("==> format: left out, rustfmt is not installed");
    }
    if let Some(postgres) = steps.try_run("a PostgreSQL to test with", || Postgres::start(Disk::Forgets)) {
        test(&mut steps, &args.runner, &postgres);
        steps.run("stop that PostgreSQL", || postgres.stop());
    }
    // Whoever names a test wants that test.
    if args.runner.is_empty() {
        nonsense::drive(&mut steps, &NonsenseArgs::default());
        fuzz::drive(&mut steps, &FuzzArgs { seconds: FUZZ_SECONDS, target: None, keep: false });
    }
    if args.lint {
        let clippy = ["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"];
        steps.run("clippy", || cargo::run(cargo::command().args(clippy)));
    }
    steps.finish()
}

fn test(steps: &mut Steps, runner: &[String], postgres: &Postgres) {
    let nextest = cargo::has("nextest");
    steps.run("tests", || {
        let mut command = cargo::command();
        command.args(arguments(nextest)).args(runner).env("RAPI_TEST_POSTGRES", postgres.url());
        cargo::run(&mut command)
    });
    // `cargo test` has already run the examples; nextest does not know them.
    if nextest && runner.is_empty() {
        steps
            .run("examples in the documentation", || cargo::run(cargo::command().args(["test", "--workspace", "--doc", "--no-fail-fast"])));
    }
}

/// One broken test must not hide another.
fn arguments(nextest: bool) -> &'static [&'static str] {
    if nextest { &["nextest", "run", "--workspace", "--no-fail-fast"] } else { &["test", "--workspace", "--no-fail-fast"] }
}
