//! What somebody outside wants.

use super::{Page, RegisterForm, ResetForm, SignInForm};

/// Handed up to whoever can do it. Has no `Debug`: it holds addresses, passwords and codes.
#[derive(Clone, PartialEq, Eq)]
pub enum Wish {
    /// To see another page.
    See(Page),
    /// To come in.
    SignIn(SignInForm),
    /// To have an account.
    Register(RegisterForm),
    /// To prove this address by the code that went there.
    Confirm {
        /// The address.
        email: String,
        /// The six digits.
        code: String,
    },
    /// To get another code at this address.
    Resend {
        /// The address.
        email: String,
    },
    /// To get a code for a new password.
    Forgot {
        /// The account's address.
        email: String,
    },
    /// To have a new password.
    Reset(ResetForm),
}
