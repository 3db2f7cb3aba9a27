//! One whole order through the real engines: a client, a provider who really moves, an admin; paid in cash, then a second
//! one from the wallet. Prints every step; ends with a failure and the step's name when anything takes too long.
//!
//! ```text
//! demo --http http://127.0.0.1:8080 --data-dir DIR [--admin-email E --admin-password P]
//! ```
//! `DIR` is the backend's data folder, whose `outbox` holds the one-time codes. The admin may also be given as
//! `RAPI_DEMO_ADMIN_EMAIL` and `RAPI_DEMO_ADMIN_PASSWORD`.
#![expect(clippy::print_stdout, reason = "telling what happens is what the demo is for")]

mod args;
mod cast;
mod order;
mod papers;
mod receipt;
mod stage;
mod streets;
mod travel;

use std::process::ExitCode;

use rapi_engine::core::wire::payments::PaymentMethod;

use args::Args;
use cast::Cast;
use stage::{Failed, Stage};

#[tokio::main]
async fn main() -> ExitCode {
    let args = match Args::from_environment() {
        Ok(args) => args,
        Err(usage) => {
            println!("{usage}");
            return ExitCode::from(2);
        }
    };
    match play(&args).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(failed) => {
            println!("\n  ✗ {failed}");
            ExitCode::FAILURE
        }
    }
}

async fn play(args: &Args) -> Result<(), Failed> {
    let stage = Stage::new();
    println!("\n  Rapi: one order from asking to rating, at {}\n", args.http);
    let cast = Cast::gather(&stage, args).await?;
    stage.title("The first order, paid in cash");
    order::play(&stage, &cast, streets::first(), PaymentMethod::Cash).await?;
    stage.title("The second order, from the wallet");
    order::play(&stage, &cast, streets::second(), PaymentMethod::Wallet).await?;
    stage.title("Afterwards");
    receipt::summary(&stage, &cast).await?;
    cast.leave(&stage).await;
    println!("\n  Done in {:.1} s.\n", stage.elapsed().as_secs_f64());
    Ok(())
}
