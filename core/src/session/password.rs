//! What may be a password: long rather than odd (NIST SP 800-63B § 5.1.1.2), and not what everybody tries first.

/// Shortest password, characters.
pub const MIN_PASSWORD_CHARS: usize = 8;

/// Longest password, characters: enough for any phrase, and no work for the hash to choke on.
pub const MAX_PASSWORD_CHARS: usize = 128;

/// What is tried first, here and elsewhere; only what is long enough to be a password otherwise.
const COMMON: [&str; 40] = [
    "00000000",
    "11111111",
    "12121212",
    "123123123",
    "12341234",
    "1234567890",
    "123456789",
    "12345678",
    "1q2w3e4r",
    "1q2w3e4r5t",
    "1qaz2wsx",
    "87654321",
    "88888888",
    "987654321",
    "99999999",
    "a1b2c3d4",
    "aa123456",
    "abc12345",
    "abcd1234",
    "abcdefgh",
    "admin123",
    "asdfghjk",
    "bismillah",
    "bismillah123",
    "changeme",
    "football",
    "iloveyou",
    "indonesia",
    "indonesia123",
    "jakarta123",
    "password",
    "password1",
    "password123",
    "passw0rd",
    "qwerty123",
    "qwertyui",
    "qwertyuiop",
    "rahasia123",
    "sayangku",
    "sayang123",
];

/// Why a password will not do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum WeakPassword {
    /// Fewer than [`MIN_PASSWORD_CHARS`] characters.
    #[error("at least 8 characters")]
    TooShort,
    /// More than [`MAX_PASSWORD_CHARS`] characters.
    #[error("at most 128 characters")]
    TooLong,
    /// Nothing but spaces.
    #[error("not only spaces")]
    Blank,
    /// Among the first that anybody tries.
    #[error("too many people use it")]
    Common,
    /// The person's own address.
    #[error("not the e-mail address")]
    SameAsEmail,
}

impl WeakPassword {
    /// The stable code for clients.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::TooShort => "password_too_short",
            Self::TooLong => "password_too_long",
            Self::Blank => "password_blank",
            Self::Common => "password_common",
            Self::SameAsEmail => "password_same_as_email",
        }
    }
}

/// Will `password` do for the person with this address?
///
/// # Errors
/// [`WeakPassword`] with the first reason found.
pub fn check_password(password: &str, email: &str) -> Result<(), WeakPassword> {
    let chars = password.chars().count();
    if chars > MAX_PASSWORD_CHARS {
        return Err(WeakPassword::TooLong);
    }
    if password.trim().is_empty() {
        return Err(WeakPassword::Blank);
    }
    if chars < MIN_PASSWORD_CHARS {
        return Err(WeakPassword::TooShort);
    }
    let plain = password.trim().to_lowercase();
    if plain == email.trim().to_lowercase() {
        return Err(WeakPassword::SameAsEmail);
    }
    if COMMON.contains(&plain.as_str()) { Err(WeakPassword::Common) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn length_is_counted_in_characters() {
        let of = |password: &str| check_password(password, "sari@example.com");
        assert_eq!(of("kopi-ña"), Err(WeakPassword::TooShort));
        assert_eq!(of("kopi-ñan"), Ok(()));
        assert_eq!(of(&"ñ".repeat(128)), Ok(()));
        assert_eq!(of(&"ñ".repeat(129)), Err(WeakPassword::TooLong));
    }

    #[test]
    fn what_anybody_would_try_is_refused() {
        let of = |password| check_password(password, "Sari@Example.com");
        assert_eq!(of("         "), Err(WeakPassword::Blank));
        assert_eq!(of(""), Err(WeakPassword::Blank));
        assert_eq!(of("Password123"), Err(WeakPassword::Common));
        assert_eq!(of("sari@example.COM"), Err(WeakPassword::SameAsEmail));
    }

    #[test]
    fn the_list_of_common_passwords_has_no_idle_entry() {
        for common in COMMON {
            assert_eq!(check_password(common, ""), Err(WeakPassword::Common), "{common}");
        }
    }
}
