//! Batches of positions as they travel: reading what anybody may have sent, writing what a phone may have measured.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| rapi_fuzz::gps::run(bytes));
