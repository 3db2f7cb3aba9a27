//! What is embedded from elsewhere; empty where `cargo xtask assets` was never run.

include!(concat!(env!("OUT_DIR"), "/vendored.rs"));
