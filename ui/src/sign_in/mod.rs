//! Signing in: the form, what may go wrong, and who is signed in.

mod complaint;
mod form;
mod model;
mod screen;

pub use complaint::{Complaint, WRONG_ROLE};
pub use form::{Fault, SignInForm};
pub use model::{SignInState, SignInView};
pub use screen::{SignInScreen, SignInScreenProps};

#[cfg(test)]
mod tests;
