//! What must hold for any bytes whatsoever: each target is a function of bytes that panics where a promise is broken.
//!
//! `cargo xtask fuzz` lets libFuzzer look for such bytes. What it found worth keeping lies in `corpus/`, and every run of the
//! tests reads it again on plain Rust (`core/tests/corpus.rs` includes these files).

pub mod gps;
pub mod inbox;
mod source;
pub mod wire;
pub mod words;

/// A promise about bytes; panics when it is broken.
pub type Target = fn(&[u8]);

/// Every target by name.
pub const TARGETS: [(&str, Target); 4] = [("gps", gps::run), ("inbox", inbox::run), ("wire", wire::run), ("words", words::run)];
