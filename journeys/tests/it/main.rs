//! Whole journeys in the real apps, against the real backend.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on says so by stopping")]

mod crowded;
mod doors;
mod newcomers;
mod order_life;
mod stage;
mod states;
mod tour;
mod typing;
