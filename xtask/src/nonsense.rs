//! `cargo xtask nonsense`: Schemathesis tries every operation of the OpenAPI document with good and bad input, alone and in
//! chains, as a client, a provider and an admin, against a real backend with people and orders in every stage.
//!
//! How it tries, and what is left out for which reason, is in `backend/tests/schemathesis`.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context as _, Result, bail};
use clap::Args;

use crate::backend::{Backend, Keep, make_admin, password};
use crate::packages::{self, Purpose};
use crate::python::Python;
use crate::steps::Steps;
use crate::{cargo, folder};

const ROLES: [&str; 3] = ["client", "provider", "admin"];
const SEED: u64 = 20_261_122;
const ADMIN: &str = "admin@rapi.test";

/// Many calls come from one address, sessions outlive the run, and an order that nobody takes stays.
const SETTINGS: &[(&str, &str)] = &[
    ("RAPI_AUTH__CALLS_BURST", "1000000"),
    ("RAPI_AUTH__CALLS_PER_SECOND", "1000000"),
    ("RAPI_AUTH__ACCESS_TOKEN_SECONDS", "86400"),
    ("RAPI_DISPATCH__WAVE_SIZE", "50"),
    ("RAPI_DISPATCH__GIVE_UP_AFTER_SECONDS", "86400"),
];

/// Tries the whole API with nonsense, and with sense, and looks whether anything breaks, lies or is told to a log.
#[derive(Args)]
pub struct NonsenseArgs {
    /// Go on for so long with ever new input, a third for each role; without it a few fixed tries.
    #[arg(long)]
    pub minutes: Option<u32>,
    /// Where the input begins; the same seed tries the same.
    #[arg(long, default_value_t = SEED)]
    pub seed: u64,
    /// Try this program instead of building one.
    #[arg(long)]
    pub program: Option<PathBuf>,
}

impl Default for NonsenseArgs {
    fn default() -> Self {
        Self { minutes: None, seed: SEED, program: None }
    }
}

/// Builds the backend and tries it.
///
/// # Errors
/// When anything was found.
pub fn run(args: &NonsenseArgs) -> Result<()> {
    let mut steps = Steps::default();
    if steps.try_run("system packages", || packages::ensure(Purpose::Test)).is_some() {
        drive(&mut steps, args);
    }
    steps.finish()
}

/// As steps of a longer chore. Each needs the one before; `None` ends it.
pub fn drive(steps: &mut Steps, args: &NonsenseArgs) -> Option<()> {
    let python = steps.try_run("a Python with Schemathesis", Python::ensure)?;
    let program = match &args.program {
        Some(program) => steps.try_run("find the backend", || Ok(fs::canonicalize(program)?))?,
        None => steps.try_run("build the backend", build)?,
    };
    let base = std::env::temp_dir();
    let notes = steps.try_run("a folder for notes", || Ok(folder::fresh(&base, "rapi-nonsense")?))?;
    let backend = steps.try_run("start a backend to try", || {
        let data = folder::fresh(&base, "rapi-nonsense-data")?;
        Backend::start(&program, data, Keep::Nothing, SETTINGS)
    });
    if let Some(backend) = backend {
        let town = Town { python, backend, notes: notes.clone() };
        if steps.try_run("people, and orders in every stage", || town.fill()).is_some() {
            for role in ROLES {
                steps.run(&format!("nonsense from the {role}"), || town.try_as(role, args));
            }
            steps.run("no secret is in the log", || town.log_keeps_secrets());
        }
        steps.run("stop that backend", || town.backend.stop());
    }
    steps.try_run("throw the notes away", || Ok(fs::remove_dir_all(&notes)?))
}

/// Built as the tests build it: then it is there already when they have run.
fn build() -> Result<PathBuf> {
    cargo::run(cargo::command().args(["test", "--workspace", "--test", "it", "--no-run"]))?;
    Ok(cargo::target_directory()?.join("debug/rapi-backend"))
}

struct Town {
    python: Python,
    backend: Backend,
    /// What people.py writes down.
    notes: PathBuf,
}

impl Town {
    fn fill(&self) -> Result<()> {
        let password = password()?;
        make_admin(&self.backend, ADMIN, &password)?;
        let mut people = self.python.program("python");
        people.arg(scripts().join("people.py")).arg(&self.backend.ready.http).arg(&self.backend.data).arg(ADMIN).arg(&self.notes);
        let mut people = people.stdin(Stdio::piped()).spawn().context("cannot start Python")?;
        let written = people.stdin.take().context("Python has no stdin")?.write_all(format!("{password}\n").as_bytes());
        let status = people.wait()?;
        if !status.success() {
            bail!("people.py: {status}");
        }
        Ok(written?)
    }

    fn try_as(&self, role: &str, args: &NonsenseArgs) -> Result<()> {
        let mut tool = self.python.program("schemathesis");
        tool.arg("--config-file").arg(scripts().join("schemathesis.toml")).arg("run");
        tool.arg(format!("{}/api/openapi.json", self.backend.ready.http)).arg("--no-color");
        match args.minutes {
            None => tool.args(["--max-examples", "4", "--generation-deterministic"]),
            Some(minutes) => tool.arg("--max-time").arg((minutes * 60 / 3).max(1).to_string()),
        };
        tool.arg("--seed").arg(args.seed.to_string());
        tool.env("SCHEMATHESIS_HOOKS", scripts().join("hooks.py"));
        tool.env("RAPI_TEST_PEOPLE", &self.notes).env("RAPI_TEST_ROLE", role);
        let log = self.notes.join(format!("{role}.log"));
        report(&mut tool, &log)
    }

    fn log_keeps_secrets(&self) -> Result<()> {
        let (log, secrets) = (self.backend.log()?, fs::read_to_string(self.notes.join("secrets.txt"))?);
        let told = told(&log, &secrets);
        if log.lines().count() < 1000 || secrets.lines().count() < 20 {
            bail!("a log of {} lines and {} secrets prove nothing", log.lines().count(), secrets.lines().count());
        }
        if !told.is_empty() {
            bail!("the log tells secrets:\n{}", told.join("\n"));
        }
        Ok(())
    }
}

/// The lines of `log` that hold one of `secrets`.
fn told<'a>(log: &'a str, secrets: &str) -> Vec<&'a str> {
    let secrets: Vec<&str> = secrets.lines().filter(|secret| !secret.is_empty()).collect();
    log.lines().filter(|line| secrets.iter().any(|secret| line.contains(secret))).collect()
}

fn scripts() -> PathBuf {
    cargo::root().join("backend/tests/schemathesis")
}

/// Runs the tool; shows its report when it found something, else how much it tried.
fn report(tool: &mut Command, log: &Path) -> Result<()> {
    let file = fs::File::create(log)?;
    let status = tool.stdin(Stdio::null()).stdout(file.try_clone()?).stderr(file).status().context("cannot start Schemathesis")?;
    let said = fs::read_to_string(log)?;
    if !status.success() {
        bail!("Schemathesis ended with {status}:\n{said}");
    }
    for line in said.lines().filter(|line| line.contains("generated") || line.contains("Scenarios:") || line.contains("Tested:")) {
        println!("    {}", line.trim());
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_told_secret_is_found() {
        let log = "answered 200\nsent to siti@contoh.id\n";
        assert_eq!(told(log, "081200000000\nsiti@contoh.id\n\n"), ["sent to siti@contoh.id"]);
        assert!(told(log, "wati@contoh.id\n").is_empty());
    }

    #[test]
    fn what_the_tool_is_given_is_there() {
        for name in ["people.py", "hooks.py", "schemathesis.toml"] {
            assert!(scripts().join(name).is_file(), "{name}");
        }
    }
}
