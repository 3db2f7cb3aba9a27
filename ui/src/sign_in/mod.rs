//! Signing in: the form, what may go wrong, and who is signed in.

mod complaint;
mod form;
mod model;
mod screen;
mod signed_in;

pub use complaint::{Complaint, WRONG_ROLE};
pub use form::{Fault, SignInForm};
pub use model::{Reach, SignInState, SignInView, SignedInView};
pub use screen::{SignInScreen, SignInScreenProps};
pub use signed_in::{SignedIn, SignedInProps};

#[cfg(test)]
mod tests;
