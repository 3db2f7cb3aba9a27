//! What people are known by: phone number, e-mail address, identity number. Checked and written one way when made,
//! so that two spellings are never two people. None of them shows in a `Debug` output.
//!
//! Knows nothing of accounts or of how a message reaches somebody.

mod email;
mod nik;
mod phone;

pub use email::{Email, NotAnEmail};
pub use nik::{Nik, NotANik};
pub use phone::{NotAMobile, Phone};
