//! The identity check of a provider.

mod form;
mod screen;
#[cfg(test)]
mod tests;

pub use form::{BANKS, Papers, VerificationDraft, VerificationFaults, VerificationForm};
pub use screen::{PhotoFields, VerificationScreen, VerificationScreenProps};
