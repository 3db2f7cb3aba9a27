//! The names of all texts; made by `build.rs` from the catalogues, so that a text cannot be missing where it is used.

include!(concat!(env!("OUT_DIR"), "/words.rs"));
