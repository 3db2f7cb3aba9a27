//! Numbers, money, distances and phone numbers.

use rapi_core::values::Rupiah;

use crate::text::Language;

/// `Rp41,6 jt` for room that is scarce; exact below Rp100.000.
#[must_use]
pub fn rupiah_short(amount: Rupiah, language: Language) -> String {
    let (thousand, million, billion) = match language {
        Language::Indonesian => ("rb", "jt", "M"),
        Language::English => ("k", "m", "bn"),
    };
    let (size, unit) = match amount.get().unsigned_abs() {
        0..100_000 => return amount.to_string(),
        100_000..1_000_000 => (1e3, thousand),
        1_000_000..1_000_000_000 => (1e6, million),
        _ => (1e9, billion),
    };
    #[expect(clippy::cast_precision_loss, reason = "three digits are shown")]
    let shown = amount.get() as f64 / size;
    format!("Rp{} {unit}", decimal(shown, language))
}

/// `1.284` in Indonesian, `1,284` in English.
#[must_use]
pub fn whole(number: i64, language: Language) -> String {
    let sign = if number < 0 { "-" } else { "" };
    format!("{sign}{}", grouped(number.unsigned_abs(), if language == Language::Indonesian { '.' } else { ',' }))
}

/// One digit behind the comma: `4,8` in Indonesian, `4.8` in English.
#[must_use]
pub fn decimal(number: f64, language: Language) -> String {
    let text = format!("{number:.1}");
    if language == Language::Indonesian { text.replace('.', ",") } else { text }
}

/// A share of 1 as `3,1%`.
#[must_use]
pub fn percent(part: f64, language: Language) -> String {
    format!("{}%", decimal(part * 100.0, language))
}

/// `850 m` below a kilometre, `2,1 km` beyond it.
#[must_use]
pub fn distance(km: f64, language: Language) -> String {
    let tens = (km * 100.0).round();
    if tens < 100.0 { format!("{:.0} m", tens * 10.0) } else { format!("{} km", decimal(km, language)) }
}

/// `+62 812-3456-7890` of a number in E.164.
#[must_use]
pub fn phone(e164: &str) -> String {
    let Some(rest) = e164.strip_prefix("+62") else { return e164.to_owned() };
    let digits: Vec<char> = rest.chars().collect();
    let groups: Vec<String> = [&digits[..digits.len().min(3)]]
        .into_iter()
        .chain(digits[digits.len().min(3)..].chunks(4))
        .map(|group| group.iter().collect())
        .collect();
    format!("+62 {}", groups.join("-"))
}

fn grouped(number: u64, between: char) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(between);
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use Language::{English, Indonesian};

    #[test]
    fn where_room_is_scarce_money_is_rounded() {
        let short = |amount, language| rupiah_short(Rupiah::new(amount), language);
        assert_eq!([short(99_999, Indonesian), short(186_300, Indonesian)], ["Rp99.999", "Rp186,3 rb"]);
        assert_eq!([short(41_600_000, Indonesian), short(41_600_000, English)], ["Rp41,6 jt", "Rp41.6 m"]);
        assert_eq!(short(2_500_000_000, English), "Rp2.5 bn");
    }

    #[test]
    fn numbers_follow_the_language() {
        assert_eq!([whole(1_284, Indonesian), whole(1_284, English), whole(-7, English)], ["1.284", "1,284", "-7"]);
        assert_eq!([decimal(4.82, Indonesian), decimal(4.82, English)], ["4,8", "4.8"]);
        assert_eq!(percent(0.031, Indonesian), "3,1%");
    }

    #[test]
    fn short_ways_are_written_in_metres() {
        let written = [0.0, 0.123, 0.994, 0.996, 2.14, 12.0].map(|km| distance(km, Indonesian));
        assert_eq!(written, ["0 m", "120 m", "990 m", "1,0 km", "2,1 km", "12,0 km"]);
    }

    #[test]
    fn phone_numbers_are_read_in_groups() {
        assert_eq!(phone("+6281234567890"), "+62 812-3456-7890");
        assert_eq!([phone("+62812"), phone("+15551234")], ["+62 812", "+15551234"]);
    }
}
