//! `cargo xtask …`: the chores of Rapi, for a machine that has only Rust and a Debian package manager.
//!
//! Uses the programs of the system (`apt-get`, `cargo`, `initdb`, `sh`) and knows nothing of the product beyond the
//! command lines of the binaries it starts.
#![expect(clippy::print_stdout, reason = "telling people what happens is the job of a chore")]

mod apps;
mod assets;
mod bench;
mod cargo;
mod demo;
mod folder;
mod fuzz;
mod guard;
mod icons;
mod nonsense;
mod package;
mod packages;
mod postgres;
mod python;
mod steps;
mod test;
mod wait;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// The chores of Rapi.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Cli {
    #[command(subcommand)]
    chore: Chore,
}

#[derive(Subcommand)]
enum Chore {
    /// Puts type, icons and map of the apps in place, with npm, as ui/assets/package-lock.json says.
    Assets,
    /// Draws the icons of the apps as pixels; to be run after one of the drawings was changed.
    Icons,
    /// Builds the admin app as a Debian package, into target/packages, and looks at it.
    Package,
    Test(test::TestArgs),
    Demo(demo::DemoArgs),
    Bench(bench::BenchArgs),
    Fuzz(fuzz::FuzzArgs),
    Nonsense(nonsense::NonsenseArgs),
}

fn main() -> ExitCode {
    let outcome = match Cli::parse().chore {
        Chore::Assets => assets::ensure(),
        Chore::Icons => icons::run(),
        Chore::Package => package::run(),
        Chore::Test(args) => test::run(&args),
        Chore::Demo(args) => demo::run(&args),
        Chore::Bench(args) => bench::run(&args),
        Chore::Fuzz(args) => fuzz::run(&args),
        Chore::Nonsense(args) => nonsense::run(&args),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_command_line_is_well_formed() {
        Cli::command().debug_assert();
    }

    #[test]
    fn what_follows_two_dashes_goes_to_the_test_runner() {
        let cli = Cli::parse_from(["cargo xtask", "test", "--lint", "--", "name", "--nocapture"]);
        let Chore::Test(args) = cli.chore else { panic!("not the test chore") };
        assert!(args.lint);
        assert_eq!(args.runner, ["name", "--nocapture"]);
    }
}
