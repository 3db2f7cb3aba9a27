//! `cargo xtask demo`: one whole order on this machine, through the real backend and the real engines.
//!
//! Starts and stops the programs; what the order looks like is the driver's affair.

pub mod backend;

use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result};
use clap::Args;

use self::backend::Backend;
use crate::packages::{self, Purpose};
use crate::steps::Steps;
use crate::{assets, cargo, folder};

/// The first admin of the demo.
const ADMIN: &str = "admin@rapi.test";

/// Builds and starts the backend on embedded stores and drives one whole order, printing each step and the receipt.
///
/// The books are checked at the end. The driver learns the admin's sign-in from RAPI_DEMO_ADMIN_EMAIL and
/// RAPI_DEMO_ADMIN_PASSWORD; the password is new each time.
#[derive(Args)]
pub struct DemoArgs {
    /// Keep the backend's data here; without it they are in a temporary folder that is removed at the end.
    #[arg(long)]
    pub data_dir: Option<PathBuf>,
}

/// Runs the demo to its end.
///
/// # Errors
/// When any step failed.
pub fn run(args: &DemoArgs) -> Result<()> {
    let mut steps = Steps::default();
    drive(&mut steps, args);
    steps.finish()
}

/// Each step needs the one before; `None` ends the demo. A backend that was started is stopped in any case.
fn drive(steps: &mut Steps, args: &DemoArgs) -> Option<()> {
    steps.try_run("system packages", || packages::ensure(Purpose::Build))?;
    steps.try_run("type, icons and map of the apps", assets::ensure)?;
    let programs = steps.try_run("build", build)?;
    let backend = steps.try_run("start the backend", || start(&programs.backend, args))?;
    let outcome = use_backend(steps, &programs, &backend);
    if outcome.is_none() {
        println!("The end of the backend's log:\n{}", backend.log_tail());
    }
    steps.try_run("stop the backend", || backend.stop())?;
    outcome
}

fn use_backend(steps: &mut Steps, programs: &Programs, backend: &Backend) -> Option<()> {
    let password = steps.try_run("make the first admin", || {
        let password = password()?;
        make_admin(backend, ADMIN, &password)?;
        Ok(password)
    })?;
    steps.try_run("one whole order", || {
        let mut driver = Command::new(&programs.driver);
        driver.args(["--http", &backend.ready.http, "--mqtt", &backend.ready.mqtt]);
        driver.arg("--data-dir").arg(&backend.data).arg("--backend").arg(&programs.backend);
        driver.env("RAPI_DEMO_ADMIN_EMAIL", ADMIN).env("RAPI_DEMO_ADMIN_PASSWORD", &password);
        cargo::run(&mut driver)
    })?;
    steps.try_run("check the books", || cargo::run(Command::new(&programs.backend).args(["check-ledger", "--data-dir"]).arg(&backend.data)))
}

struct Programs {
    backend: PathBuf,
    driver: PathBuf,
}

fn build() -> Result<Programs> {
    let what = ["--package", "rapi-backend", "--bin", "rapi-backend", "--package", "rapi-engine", "--example", "demo"];
    cargo::run(cargo::command().arg("build").args(what))?;
    let target = cargo::target_directory()?.join("debug");
    Ok(Programs { backend: target.join("rapi-backend"), driver: target.join("examples/demo") })
}

fn start(program: &Path, args: &DemoArgs) -> Result<Backend> {
    match &args.data_dir {
        Some(data) => {
            fs::create_dir_all(data).with_context(|| format!("cannot make {}", data.display()))?;
            let data = fs::canonicalize(data)?;
            println!("    data: {} (kept)", data.display());
            Backend::start(program, data, backend::Keep::Data)
        }
        None => {
            let data = folder::fresh(&std::env::temp_dir(), "rapi-demo")?;
            Backend::start(program, data, backend::Keep::Nothing)
        }
    }
}

/// Makes the admin; in a folder that was kept from an earlier time there is one already, and this fails.
pub fn make_admin(backend: &Backend, email: &str, password: &str) -> Result<()> {
    backend.run_with_input(&["admin", "create", "--email", email, "--password-stdin"], password)
}

/// 128 bits from the system, in hexadecimal.
pub fn password() -> Result<String> {
    let mut bytes = [0_u8; 16];
    fs::File::open("/dev/urandom")?.read_exact(&mut bytes)?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passwords_are_long_and_differ() {
        let (one, two) = (password().unwrap(), password().unwrap());
        assert_eq!(one.len(), 32);
        assert_ne!(one, two);
    }
}
