//! `cargo xtask demo`: one whole order on this machine, in the real apps and through the real backend.
//!
//! Builds the programs and starts the player; what the order looks like is its affair.

use std::path::PathBuf;
use std::process::Command;

use anyhow::Result;
use clap::Args;

use crate::packages::{self, Purpose};
use crate::steps::Steps;
use crate::{assets, cargo};

/// Opens the three apps, signed in as demo people, and plays one whole order in them, printing each step and the receipt.
///
/// On this computer's display where there is one; else in a virtual one, and pictures of the screens are left in target/screens.
/// The books are checked at the end.
#[derive(Args)]
pub struct DemoArgs {
    /// Keep the data of backend and apps here; without it they are in a temporary folder that is removed at the end.
    #[arg(long)]
    pub data_dir: Option<PathBuf>,
    /// Use a virtual display even where there is another.
    #[arg(long)]
    pub unseen: bool,
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

/// Each step needs the one before; `None` ends the demo.
fn drive(steps: &mut Steps, args: &DemoArgs) -> Option<()> {
    steps.try_run("system packages", || packages::ensure(Purpose::Test))?;
    steps.try_run("type, icons and map of the apps", assets::ensure)?;
    let player = steps.try_run("build", build)?;
    steps.try_run("one whole order", || {
        let mut play = Command::new(&player);
        if let Some(data) = &args.data_dir {
            play.arg("--data-dir").arg(data);
        }
        if args.unseen {
            play.arg("--unseen");
        }
        cargo::run(&mut play)
    })
}

/// Builds backend, apps and player; where the player is.
fn build() -> Result<PathBuf> {
    let packages = ["rapi-backend", "rapi-client-app", "rapi-provider-app", "rapi-admin-app", "rapi-journeys"];
    let what = packages.iter().flat_map(|package| ["--package", package]);
    cargo::run(cargo::command().args(["build", "--bins"]).args(what))?;
    Ok(cargo::target_directory()?.join("debug/rapi-demo"))
}
