//! Reading amounts of money.

use rapi_core::Rupiah;

use crate::text::Word;

/// The amount that was typed: `50000`, `50.000`, `Rp50.000` or `Rp 50.000`.
///
/// # Errors
/// The word that says how amounts are written, for anything else: whoever wrote `50,5` or `5.00` did not mean what its digits say.
pub fn read_rupiah(typed: &str) -> Result<Rupiah, Word> {
    let typed = typed.trim();
    let number = match typed.get(..2) {
        Some(sign) if sign.eq_ignore_ascii_case("rp") => typed.get(2..).unwrap_or_default().trim_start(),
        _ => typed,
    };
    let is_written_well = number.split('.').enumerate().all(|(at, group)| {
        let fits = if at == 0 { !group.is_empty() && (group.len() <= 3 || group.len() == number.len()) } else { group.len() == 3 };
        fits && group.bytes().all(|digit| digit.is_ascii_digit())
    });
    let amount = number.replace('.', "").parse().ok().filter(|_| is_written_well);
    amount.map(Rupiah::new).ok_or(Word::AmountUnclear)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_read_as_people_write_them() {
        for typed in ["50000", "50.000", "Rp50.000", "Rp 50.000", " rp 50000 "] {
            assert_eq!(read_rupiah(typed), Ok(Rupiah::new(50_000)), "{typed}");
        }
        assert_eq!(read_rupiah("1.250.000"), Ok(Rupiah::new(1_250_000)));
        assert_eq!(read_rupiah("0"), Ok(Rupiah::ZERO));
    }

    #[test]
    fn anything_else_is_refused_with_a_word() {
        let unclear = [
            "",
            "Rp",
            "lima",
            "5e4",
            "-5000",
            "+5000",
            "50,000",
            "50.000,00",
            "5.00",
            "5.0000",
            "5000.000",
            ".500",
            "500.",
            "5 000",
            "R50",
            "é5",
            "99999999999999999999",
        ];
        for typed in unclear {
            assert_eq!(read_rupiah(typed), Err(Word::AmountUnclear), "{typed}");
        }
    }

    #[test]
    fn what_is_printed_is_read() {
        for amount in [0, 7, 999, 1_000, 12_345, 999_999, 1_000_000, i64::MAX] {
            assert_eq!(read_rupiah(&Rupiah::new(amount).to_string()), Ok(Rupiah::new(amount)));
        }
    }
}
