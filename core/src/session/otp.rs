//! One-time codes: six digits, five minutes, five tries, a minute between two of them.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::values::Timestamp;

/// Length of a code.
pub const OTP_DIGITS: usize = 6;

/// How long a code is good for.
pub const OTP_LIFETIME: Duration = Duration::from_secs(5 * 60);

/// How many wrong codes are let pass.
pub const OTP_TRIES: u32 = 5;

/// How long until another code may be asked for.
pub const OTP_COOL_DOWN: Duration = Duration::from_secs(60);

/// A code that was sent; the code itself is known to whoever keeps its hash.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct OtpState {
    /// Wrong codes so far.
    pub tries: u32,
    /// Good until then.
    pub expires_at: Timestamp,
    /// When it was sent.
    pub sent_at: Timestamp,
}

/// Does the code entered match the one sent? Compared in constant time by whoever knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Matches {
    /// It does.
    Yes,
    /// It does not.
    No,
}

/// Why a code does not count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum OtpRefused {
    /// It is another.
    #[error("wrong code, {left} tries left")]
    WrongCode {
        /// Tries left.
        left: u32,
    },
    /// It came too late.
    #[error("the code has expired")]
    Expired,
    /// Too many wrong ones before it; only a new code helps.
    #[error("too many wrong codes")]
    TooManyTries,
}

impl OtpRefused {
    /// The stable code for clients.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::WrongCode { .. } => "otp_wrong",
            Self::Expired => "otp_expired",
            Self::TooManyTries => "otp_too_many_tries",
        }
    }
}

/// Another code was asked for within the cool-down.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("no other code before {until}")]
pub struct TooSoon {
    /// When one may ask.
    pub until: Timestamp,
}

impl OtpState {
    /// A code sent just now.
    #[must_use]
    pub fn sent(now: Timestamp) -> Self {
        Self { tries: 0, expires_at: now + OTP_LIFETIME, sent_at: now }
    }

    /// May another code be sent?
    ///
    /// # Errors
    /// [`TooSoon`] within a minute of this one.
    pub fn may_resend(&self, now: Timestamp) -> Result<(), TooSoon> {
        let until = self.sent_at + OTP_COOL_DOWN;
        if now < until { Err(TooSoon { until }) } else { Ok(()) }
    }

    /// Counts an attempt. Keep the state whatever comes of it; after a success delete it, a code counts once.
    ///
    /// # Errors
    /// [`OtpRefused`]; after the fifth wrong code even the right one is.
    pub fn verify(&mut self, matches: Matches, now: Timestamp) -> Result<(), OtpRefused> {
        if now >= self.expires_at {
            return Err(OtpRefused::Expired);
        }
        if self.tries >= OTP_TRIES {
            return Err(OtpRefused::TooManyTries);
        }
        match matches {
            Matches::Yes => Ok(()),
            Matches::No => {
                self.tries += 1;
                Err(OtpRefused::WrongCode { left: OTP_TRIES - self.tries })
            }
        }
    }
}

/// The code for a random number. A number drawn from the whole of `u32` favours some codes by 1 in 4 000, which helps
/// nobody with five tries.
#[must_use]
pub fn otp_code(random: u32) -> String {
    format!("{:06}", random % 1_000_000)
}

/// Could this be a code at all?
#[must_use]
pub fn is_otp_code(text: &str) -> bool {
    text.len() == OTP_DIGITS && text.bytes().all(|c| c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp::from_micros(1_800_000_000_000_000);

    #[test]
    fn five_wrong_codes_are_the_end() {
        let mut otp = OtpState::sent(NOW);
        for left in [4, 3, 2, 1, 0] {
            assert_eq!(otp.verify(Matches::No, NOW), Err(OtpRefused::WrongCode { left }));
        }
        assert_eq!(otp.verify(Matches::Yes, NOW), Err(OtpRefused::TooManyTries));
    }

    #[test]
    fn the_right_code_counts_until_it_expires() {
        let mut otp = OtpState::sent(NOW);
        otp.verify(Matches::No, NOW).unwrap_err();
        let end = NOW + Duration::from_secs(300);
        assert_eq!(otp.verify(Matches::Yes, end - Duration::from_micros(1)), Ok(()));
        assert_eq!(otp.verify(Matches::Yes, end), Err(OtpRefused::Expired));
    }

    #[test]
    fn another_code_may_be_asked_for_after_a_minute() {
        let otp = OtpState::sent(NOW);
        let until = NOW + Duration::from_secs(60);
        assert_eq!(otp.may_resend(until - Duration::from_micros(1)), Err(TooSoon { until }));
        assert_eq!(otp.may_resend(until), Ok(()));
    }

    #[test]
    fn codes_have_six_digits() {
        assert_eq!((otp_code(7), otp_code(u32::MAX)), ("000007".to_owned(), "967295".to_owned()));
        assert!(is_otp_code("012345"));
        assert!(!is_otp_code("12345") && !is_otp_code("1234567") && !is_otp_code("12345a"));
    }
}
