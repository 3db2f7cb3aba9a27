//! Proving who one is: how often one may try, one-time codes, passwords, and the tokens of a signed-in phone.
//!
//! Knows nothing of hashes, keys or tables: it is told whether something matched, and says what follows.

mod lockout;
mod machine;
mod otp;
mod password;
mod tokens;

#[cfg(test)]
mod machine_tests;

pub use lockout::{LOCK_FOR, Locked, Lockout, MAX_FAILURES};
pub use machine::{Checkpoint, Effect, Failure, Input, SessionMachine, SignedOutReason};
pub use otp::{Matches, OTP_COOL_DOWN, OTP_DIGITS, OTP_LIFETIME, OTP_TRIES, OtpRefused, OtpState, TooSoon, is_otp_code, otp_code};
pub use password::{MAX_PASSWORD_CHARS, MIN_PASSWORD_CHARS, WeakPassword, check_password};
pub use tokens::TokenSet;
