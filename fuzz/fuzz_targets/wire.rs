//! Every type that travels as JSON: reading, writing, and what comes from the future.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| rapi_fuzz::wire::run(bytes));
