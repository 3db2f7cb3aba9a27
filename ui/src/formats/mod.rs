//! How numbers, money, times, distances and phone numbers are written, in either language.
//!
//! An amount writes itself, the same in both: `Rp12.000`.

mod amounts;
mod devices;
mod numbers;
mod times;

pub use amounts::read_rupiah;
pub use devices::device;
pub use numbers::{decimal, distance, percent, phone, rupiah_short, whole};
pub use times::{Zoned, clock_of, date, duration_words, hours_minutes_seconds, minutes_seconds, short_date};
