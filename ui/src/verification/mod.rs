//! The identity check of a provider.

mod form;
mod screen;
#[cfg(test)]
mod tests;

pub use form::{BANKS, Papers, VerificationFaults, VerificationForm};
pub use screen::{PhotoFields, VerificationScreen, VerificationScreenProps};
