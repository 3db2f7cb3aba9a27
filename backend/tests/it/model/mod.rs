//! A reference model of orders, work, money and feeds beside the real backend: random people do random things in random
//! order, twice, late, out of turn and with the clock leaping, and whatever anybody can see must be what the model says.
//!
//! The model is written from the rules of the business and uses none of the code that it proves. `RAPI_ROUNDS` multiplies
//! the cases. What once failed stays in `regressions.txt` and, told as a story, in `stories`.

mod calls;
mod cast;
mod commands;
mod corners;
mod dispatch;
mod due;
mod look;
mod money;
mod moves;
mod stories;
mod views;
mod work;
mod world;

use std::sync::Arc;

use proptest::test_runner::{Config, FileFailurePersistence, TestCaseError, TestRunner};
use rapi_backend::platform::ManualClock;
use rapi_core::Rupiah;
use tokio::runtime::Handle;

use crate::harness::{Backend, Engine, on_both};

/// So many cases on each database.
const CASES: u32 = 5;

fn rounds() -> u32 {
    std::env::var("RAPI_ROUNDS").ok().and_then(|rounds| rounds.parse().ok()).unwrap_or(1)
}

/// A backend with the settings the model knows, on a clock that stands still.
async fn backend(engine: Engine) -> Backend {
    let clock = Arc::new(ManualClock::at("2026-11-23T02:00:00Z".parse().unwrap()));
    Backend::start_with(engine, Some(clock), |settings| {
        settings.auth.access_token_seconds = 30 * 24 * 3600;
        settings.pricing.service_fee = Rupiah::new(world::SERVICE_FEE);
        settings.pricing.custom_rate_per_5_minutes = Rupiah::new(world::CUSTOM_RATE);
        settings.dispatch.wave_size = world::WAVE_SIZE;
        settings.dispatch.cash_debt_limit = Rupiah::new(world::CASH_DEBT_LIMIT);
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_people_do_in_whatever_order_they_see_what_the_model_says() {
    on_both(async |engine| {
        let backend = backend(engine).await;
        let config = Config {
            cases: CASES * rounds(),
            failure_persistence: Some(Box::new(FileFailurePersistence::Direct("tests/it/model/regressions.txt"))),
            ..Config::default()
        };
        let mut runner = TestRunner::new(config);
        let proof = tokio::task::block_in_place(|| {
            runner.run(&commands::commands(), |commands| {
                let played = async { cast::Cast::assemble(&backend).await.play(&commands).await };
                Handle::current().block_on(played).map_err(TestCaseError::fail)
            })
        });
        if let Err(failure) = proof {
            panic!("on {engine:?}: {failure}");
        }
        backend.stop().await;
    })
    .await;
}
