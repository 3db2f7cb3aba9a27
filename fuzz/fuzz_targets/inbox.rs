//! What becomes of anything that is published to the broker.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| rapi_fuzz::inbox::run(bytes));
