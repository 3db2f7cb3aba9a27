//! What is measured: each workload against a peer that does the same or the least of it.

mod accept;
mod get_order;
mod gps;
mod growth;
mod journey;
mod memory;
mod nearest;

use std::path::PathBuf;
use std::time::Duration;

use anyhow::{Context as _, Result, bail};

use crate::RunArgs;
use crate::backend::Place;
use crate::peers::fresh_database;
use crate::report::Outcome;

/// The names, in the order they run and are shown.
pub const NAMES: [&str; 7] = ["get-order", "journey", "gps", "nearest", "accept", "memory", "growth"];

/// What a workload is given.
pub struct Bench<'a> {
    /// What was asked for.
    pub args: &'a RunArgs,
    /// A folder of its own on the disk that is measured, gone afterwards.
    pub folder: PathBuf,
}

impl Bench<'_> {
    /// Room for a backend on SQLite.
    pub fn place(&self) -> Place {
        Place { folder: self.folder.clone(), database: None }
    }

    /// Room for a backend on the PostgreSQL server.
    ///
    /// # Errors
    /// When there is no server.
    pub async fn place_on_postgres(&self) -> Result<Place> {
        let folder = self.folder.join("on-postgres");
        std::fs::create_dir(&folder)?;
        Ok(Place { folder, database: Some(fresh_database(self.postgres()?.0, "rapi").await?) })
    }

    /// The PostgreSQL server: its URL and its root process.
    ///
    /// # Errors
    /// When none was given.
    pub fn postgres(&self) -> Result<(&str, u32)> {
        let url = self.args.postgres.as_deref().context("this needs --postgres")?;
        Ok((url, self.args.postgres_process.context("this needs --postgres-process")?))
    }

    /// How long one side is measured in one round.
    pub fn stretch(&self, seconds: f64) -> Duration {
        Duration::from_secs_f64(seconds * self.args.stretch)
    }

    /// Rounds of each side.
    pub const fn rounds(&self) -> usize {
        self.args.rounds
    }
}

/// Runs the workload of this name.
///
/// # Errors
/// When something does not do what it should: a wrong answer is no measure.
pub async fn run(name: &str, bench: &Bench<'_>) -> Result<Outcome> {
    match name {
        "get-order" => Box::pin(get_order::run(bench)).await,
        "journey" => Box::pin(journey::run(bench)).await,
        "gps" => Box::pin(gps::run(bench)).await,
        "nearest" => Box::pin(nearest::run(bench)).await,
        "accept" => Box::pin(accept::run(bench)).await,
        "memory" => Box::pin(memory::run(bench)).await,
        "growth" => Box::pin(growth::run(bench)).await,
        _ => bail!("there is no workload {name}; there are {}", NAMES.join(", ")),
    }
}

/// Measures `sides` in turn, `rounds` times, every other round the other way round, so that what changes on the machine
/// meanwhile meets them alike. The answer holds the rounds of each side.
///
/// # Errors
/// When a measure fails.
async fn in_turn<M, const N: usize>(rounds: usize, mut measure: impl AsyncFnMut(usize) -> Result<M>) -> Result<[Vec<M>; N]> {
    let mut found = [const { Vec::new() }; N];
    for round in 0..rounds {
        for place in 0..N {
            let side = if round % 2 == 0 { place } else { N - 1 - place };
            found[side].push(measure(side).await?);
        }
    }
    Ok(found)
}

/// One number of each round.
fn each<M>(rounds: &[M], number: impl Fn(&M) -> f64) -> Vec<f64> {
    rounds.iter().map(number).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn every_other_round_goes_the_other_way_round() {
        let mut order = Vec::new();
        let found = in_turn::<_, 2>(3, async |side| {
            order.push(side);
            Ok(order.len())
        })
        .await
        .unwrap();
        assert_eq!(found, [vec![1, 4, 5], vec![2, 3, 6]]);
        assert_eq!(order, [0, 1, 1, 0, 0, 1]);
    }
}
