//! The engine for Kotlin and Swift.
//!
//! Thin on purpose: plain records in and out, one listener, one small error. Everything else is the engine's.

mod engine;
mod error;
mod records;

pub use engine::{RapiEngine, SnapshotListener};
pub use error::RapiError;
pub use records::{EngineSettings, Person, Platform, Reach, SessionSnapshot};

uniffi::setup_scaffolding!();

#[cfg(test)]
mod tests;
