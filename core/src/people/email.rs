//! E-mail addresses, as far as anybody can tell without writing to them.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// Longest address that mail can carry (RFC 5321 § 4.5.3.1.3, less the brackets), and longest part before the `@`.
const MAX_LENGTH: usize = 254;
const MAX_LOCAL: usize = 64;

/// An e-mail address in lower case. The standard lets mailboxes differ by case; no mail house does, and people type
/// their own address in either.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(value_type = String, example = "sari@example.com"))]
pub struct Email(String);

/// Text that cannot be an e-mail address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not an e-mail address")]
pub struct NotAnEmail;

impl Email {
    /// The address.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Email {
    type Err = NotAnEmail;
    fn from_str(text: &str) -> Result<Self, NotAnEmail> {
        let address = text.trim().to_ascii_lowercase();
        let (local, domain) = address.split_once('@').ok_or(NotAnEmail)?;
        let fits = address.len() <= MAX_LENGTH && is_local(local) && is_domain(domain);
        if fits { Ok(Self(address)) } else { Err(NotAnEmail) }
    }
}

/// Dot-separated atoms (RFC 5322 § 3.2.3); quoted names are not for people.
fn is_local(local: &str) -> bool {
    let is_atom = |c: u8| c.is_ascii_alphanumeric() || b"!#$%&'*+-/=?^_`{|}~".contains(&c);
    local.len() <= MAX_LOCAL && local.split('.').all(|atom| !atom.is_empty() && atom.bytes().all(is_atom))
}

/// At least two labels of letters, digits and inner hyphens (RFC 1123 § 2.1), the last not a number.
fn is_domain(domain: &str) -> bool {
    let is_label = |label: &str| {
        (1..=63).contains(&label.len())
            && label.bytes().all(|c| c.is_ascii_alphanumeric() || c == b'-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    let top = domain.rsplit_once('.').map(|(_, top)| top);
    domain.split('.').all(is_label) && top.is_some_and(|top| !top.bytes().all(|c| c.is_ascii_digit()))
}

impl TryFrom<String> for Email {
    type Error = NotAnEmail;
    fn try_from(text: String) -> Result<Self, NotAnEmail> {
        text.parse()
    }
}

impl From<Email> for String {
    fn from(email: Email) -> Self {
        email.0
    }
}

impl fmt::Debug for Email {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Email(…)")
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn spelling_does_not_make_two_people() {
        assert_eq!(" Sari.Dewi+rapi@Example.CO.ID ".parse::<Email>().unwrap().as_str(), "sari.dewi+rapi@example.co.id");
    }

    #[test]
    fn what_cannot_receive_mail_is_refused() {
        let long_local = format!("{}@example.com", "a".repeat(65));
        let long_domain = format!("a@{}com", "abcdefghi.".repeat(25));
        for text in [
            "",
            "sari",
            "@example.com",
            "sari@",
            "sari@localhost",
            "a@b@example.com",
            "sa ri@example.com",
            ".sari@example.com",
            "sari..d@example.com",
            "sari@-example.com",
            "sari@example..com",
            "sari@example.com.",
            "sari@10.0.0.1",
            "sari\n@example.com",
            &long_local,
            &long_domain,
        ] {
            assert_eq!(text.parse::<Email>(), Err(NotAnEmail), "{text}");
        }
    }

    proptest! {
        #[test]
        fn what_was_accepted_is_accepted_again_unchanged(text in "[A-Za-z.+]{1,8}@[A-Za-z.-]{1,12}") {
            if let Ok(email) = text.parse::<Email>() {
                prop_assert_eq!(email.as_str().parse::<Email>().unwrap(), email);
            }
        }

        #[test]
        fn garbage_does_not_panic(text in ".*") {
            let _ = text.parse::<Email>();
        }
    }
}
