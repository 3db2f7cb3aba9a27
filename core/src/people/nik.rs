//! The Indonesian identity number.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A NIK: `PP KK CC DDMMYY SSSS`: province, regency or city, district of the first registration, date of birth (women:
/// day + 40), serial. It has no check digit: a well-formed one may still be nobody's.
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(value_type = String, example = "3171015708900001"))]
pub struct Nik(String);

/// Why text cannot be a NIK.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotANik {
    /// Not 16 digits.
    #[error("a NIK has 16 digits")]
    NotSixteenDigits,
    /// No regency, city or district has that code (Permendagri 58/2021).
    #[error("no such region")]
    NoSuchRegion,
    /// No day of either century.
    #[error("no such date of birth")]
    NoSuchDate,
    /// Serials begin at 0001.
    #[error("no such serial")]
    NoSuchSerial,
}

impl NotANik {
    /// The stable code for clients.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::NotSixteenDigits => "nik_not_16_digits",
            Self::NoSuchRegion => "nik_no_such_region",
            Self::NoSuchDate => "nik_no_such_date",
            Self::NoSuchSerial => "nik_no_such_serial",
        }
    }
}

impl Nik {
    /// The 16 digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Nik {
    type Err = NotANik;
    fn from_str(text: &str) -> Result<Self, NotANik> {
        let digits: String = text.chars().filter(|c| !c.is_whitespace() && *c != '.').collect();
        if digits.len() != 16 || !digits.bytes().all(|digit| digit.is_ascii_digit()) {
            return Err(NotANik::NotSixteenDigits);
        }
        let part = |from: usize| digits.as_bytes()[from..from + 2].iter().fold(0, |n, d| n * 10 + u32::from(d - b'0'));
        let (regency, district) = (part(2), part(4));
        if matches!(regency, 0 | 70) || district == 0 {
            return Err(NotANik::NoSuchRegion);
        }
        if !is_date(part(6), part(8), part(10)) {
            return Err(NotANik::NoSuchDate);
        }
        if digits.ends_with("0000") {
            return Err(NotANik::NoSuchSerial);
        }
        Ok(Self(digits))
    }
}

/// Did the day exist in 19YY or 20YY?
fn is_date(day: u32, month: u32, year: u32) -> bool {
    let day = if day > 40 { day - 40 } else { day };
    [1900, 2000]
        .into_iter()
        .any(|century| i32::try_from(century + year).is_ok_and(|year| chrono::NaiveDate::from_ymd_opt(year, month, day).is_some()))
}

impl TryFrom<String> for Nik {
    type Error = NotANik;
    fn try_from(text: String) -> Result<Self, NotANik> {
        text.parse()
    }
}

impl From<Nik> for String {
    fn from(nik: Nik) -> Self {
        nik.0
    }
}

impl fmt::Debug for Nik {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Nik(…)")
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn well_formed_numbers_are_taken() {
        for text in ["3171010101900001", "3171015708900001", "3171 0171 1290 0001", "3171012902000001", "3201997112999999"] {
            assert!(text.parse::<Nik>().is_ok(), "{text}");
        }
    }

    #[test]
    fn each_hard_rule_refuses() {
        for (text, why) in [
            ("317101010190000", NotANik::NotSixteenDigits),
            ("317101010190000a", NotANik::NotSixteenDigits),
            ("3100010101900001", NotANik::NoSuchRegion),
            ("3170010101900001", NotANik::NoSuchRegion),
            ("3171000101900001", NotANik::NoSuchRegion),
            ("3171010001900001", NotANik::NoSuchDate),
            ("3171013201900001", NotANik::NoSuchDate),
            ("3171014001900001", NotANik::NoSuchDate),
            ("3171017201900001", NotANik::NoSuchDate),
            ("3171010113900001", NotANik::NoSuchDate),
            ("3171012902010001", NotANik::NoSuchDate),
            ("3171013104900001", NotANik::NoSuchDate),
            ("3171010101900000", NotANik::NoSuchSerial),
        ] {
            assert_eq!(text.parse::<Nik>(), Err(why), "{text}");
        }
    }

    proptest! {
        #[test]
        fn garbage_does_not_panic(text in "[0-9]{14,18}|.*") {
            let _ = text.parse::<Nik>();
        }
    }
}
