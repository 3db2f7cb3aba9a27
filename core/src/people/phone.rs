//! Indonesian mobile numbers.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// An Indonesian mobile number in E.164, `+628…`.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(value_type = String, example = "+6281234567890"))]
pub struct Phone(String);

/// Text that is no Indonesian mobile number; fixed lines cannot be sent a code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not an Indonesian mobile number")]
pub struct NotAMobile;

impl Phone {
    /// `+628…`.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// As Indonesians write it: `0812-3456-7890`.
    #[must_use]
    pub fn shown(&self) -> String {
        let local = format!("0{}", self.0.trim_start_matches("+62"));
        let (head, rest) = local.split_at(4);
        let (middle, tail) = rest.split_at(4);
        format!("{head}-{middle}-{tail}")
    }
}

/// Takes `08…`, `8…`, `628…`, `+628…`, `00628…` and the mistaken `+6208…`, with spaces, `-`, `.` and brackets between.
/// The national number is `8`, then 1–3 or 5–9, then 7–10 digits (Indonesian numbering plan; libphonenumber agrees).
impl FromStr for Phone {
    type Err = NotAMobile;
    fn from_str(text: &str) -> Result<Self, NotAMobile> {
        let compact: String = text.chars().filter(|c| !c.is_whitespace() && !"-.()".contains(*c)).collect();
        let abroad = compact.strip_prefix('+').or_else(|| compact.strip_prefix("00"));
        let national = match abroad {
            Some(number) => number.strip_prefix("62").ok_or(NotAMobile)?,
            None => compact.strip_prefix("62").unwrap_or(&compact),
        };
        let national = national.strip_prefix('0').unwrap_or(national);
        if is_mobile(national.as_bytes()) { Ok(Self(format!("+62{national}"))) } else { Err(NotAMobile) }
    }
}

fn is_mobile(national: &[u8]) -> bool {
    (9..=12).contains(&national.len())
        && national.iter().all(u8::is_ascii_digit)
        && national[0] == b'8'
        && !matches!(national[1], b'0' | b'4')
}

impl TryFrom<String> for Phone {
    type Error = NotAMobile;
    fn try_from(text: String) -> Result<Self, NotAMobile> {
        text.parse()
    }
}

impl From<Phone> for String {
    fn from(phone: Phone) -> Self {
        phone.0
    }
}

impl fmt::Debug for Phone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Phone(…)")
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn every_way_to_write_a_number_is_one_number() {
        for text in [
            "081234567890",
            "0812-3456-7890",
            "(0812) 3456.7890",
            "81234567890",
            "6281234567890",
            "+62 812 3456 7890",
            "+6208 1234 567890",
            "006281234567890",
            "62081234567890",
        ] {
            assert_eq!(text.parse::<Phone>().unwrap().as_str(), "+6281234567890", "{text}");
        }
    }

    #[test]
    fn short_and_long_numbers_have_their_limits() {
        assert_eq!("0812345678".parse::<Phone>().unwrap().as_str(), "+62812345678");
        assert!("0812345678901".parse::<Phone>().is_ok());
        for text in ["081234567", "08123456789012", "081234567890123"] {
            assert_eq!(text.parse::<Phone>(), Err(NotAMobile), "{text}");
        }
    }

    #[test]
    fn other_numbers_are_refused() {
        for text in ["", "0801234567890", "0841234567890", "0215551234", "+6581234567", "0812a4567890", "++6281234567890"] {
            assert_eq!(text.parse::<Phone>(), Err(NotAMobile), "{text}");
        }
    }

    #[test]
    fn a_number_is_shown_in_groups_and_hidden_from_logs() {
        let phone: Phone = "+6281234567890".parse().unwrap();
        assert_eq!(phone.shown(), "0812-3456-7890");
        assert_eq!("0812345678".parse::<Phone>().unwrap().shown(), "0812-3456-78");
        assert_eq!(format!("{phone:?}"), "Phone(…)");
    }

    proptest! {
        #[test]
        fn what_was_accepted_is_accepted_again_unchanged(text in "[+]?(62|0|0062)?8[0-9 .()-]{6,16}") {
            if let Ok(phone) = text.parse::<Phone>() {
                prop_assert_eq!(phone.as_str().parse::<Phone>().unwrap(), phone.clone());
                prop_assert_eq!(phone.shown().parse::<Phone>().unwrap(), phone);
            }
        }

        #[test]
        fn garbage_does_not_panic(text in ".*") {
            let _ = text.parse::<Phone>();
        }
    }
}
