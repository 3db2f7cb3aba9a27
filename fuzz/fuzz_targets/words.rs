//! Everything that is read from plain text: times, ids, phone numbers, addresses, words of closed sets.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| rapi_fuzz::words::run(bytes));
