//! What admins see of people, and what they do about them: shut and open accounts, unlock them, sign people out, and say what
//! other admins may do.

mod change;
mod detail;
mod list;

pub(super) use change::{change, sign_out};
pub(super) use detail::detail;
pub(super) use list::{items, list};
