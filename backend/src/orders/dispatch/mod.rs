//! Offering an order: when it is first offered, to whom in each wave, and what is remembered of those who were not asked.
//!
//! `rapi_core::dispatch` plans; this looks candidates up, writes the plan down and tells the people in it.

mod candidates;
mod roster;
mod wave;

pub(super) use candidates::{Look, Register, around, standing_of};
pub use roster::{Around, Known, Roster};
pub(super) use wave::{begin, wave};
