//! Nothing acknowledged is lost: not when the process dies at any of its fail points or at any other instant, not when its disk is
//! full or read-only, not when its database goes away, not when one of two processes dies with work in its hands.
//!
//! `RAPI_ROUNDS` (1 by default) multiplies the journeys, `RAPI_SEED` repeats the deaths of an earlier run.

pub mod books;
mod disks;
mod errands;
mod leases;
mod lives;
mod mounts;
mod outages;
mod phones;
mod proofs;
mod riders;
mod storms;
mod strays;
mod wire;

/// A number of the environment, or a default.
fn number(name: &str, default: u64) -> u64 {
    std::env::var(name).map_or(default, |text| text.parse().unwrap_or_else(|_| panic!("{name} is no number: {text}")))
}
