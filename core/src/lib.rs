//! The rules of Rapi.
//!
//! Everything here is pure: no I/O, no clock, no randomness. What needs the time takes `now`, what needs
//! an id is given one. The backend runs these rules as the authority, the phones run the same rules as a forecast.

pub mod dispatch;
pub mod ledger;
pub mod orders;
pub mod outbox;
pub mod people;
pub mod pricing;
pub mod session;
pub mod tracking;
pub mod values;
pub mod wire;
pub mod work;

pub use values::{Id, LatLng, Moment, Rupiah, Timestamp};
