//! What the queue and a review show.

use std::time::Duration;

use chrono::NaiveDate;
use dioxus::prelude::Key;
use rapi_core::Timestamp;
use rapi_core::people::Nik;
use rapi_core::wire::OrUnknown;
use rapi_core::wire::admin::{VerificationDetail, VerificationItem};
use rapi_core::wire::people::VerificationStatus;

/// Somebody in the queue.
#[derive(Debug, Clone, PartialEq)]
pub struct QueueLine {
    /// Names the papers.
    pub key: String,
    /// Name.
    pub name: String,
    /// How far they have come.
    pub status: OrUnknown<VerificationStatus>,
    /// How long they have waited, or waited until they were decided on.
    pub waited: Duration,
}

impl QueueLine {
    /// `item`, at `now`.
    #[must_use]
    pub fn of(item: &VerificationItem, now: Timestamp) -> Self {
        Self {
            key: item.id.to_string(),
            name: item.user.full_name.clone(),
            status: item.status.clone(),
            waited: item.verified_at.unwrap_or(now).since(item.submitted_at),
        }
    }
}

/// Somebody's papers under review.
#[derive(Debug, Clone, PartialEq)]
pub struct ReviewView {
    /// Name of the account.
    pub name: String,
    /// E-mail address.
    pub email: String,
    /// Phone number in E.164.
    pub phone: Option<String>,
    /// How far they have come.
    pub status: OrUnknown<VerificationStatus>,
    /// When they were handed in.
    pub submitted_at: Timestamp,
    /// When they were decided on.
    pub verified_at: Option<Timestamp>,
    /// Why they were turned down.
    pub rejection_reason: Option<String>,
    /// The NIK in groups of four.
    pub nik: String,
    /// The birthday that the NIK tells; the century is the one that makes a grown person of her.
    pub born: Option<NaiveDate>,
    /// Does the NIK say that this is a woman?
    pub is_woman: Option<bool>,
    /// Whose bank account.
    pub bank_account_name: String,
    /// Which bank.
    pub bank_name: String,
    /// Its number in groups of four.
    pub bank_account_number: String,
    /// Is the bank account somebody else's by its name?
    pub is_other_account: bool,
}

impl ReviewView {
    /// `detail`, at `now`.
    #[must_use]
    pub fn of(detail: &VerificationDetail, now: Timestamp) -> Self {
        let item = &detail.verification;
        let born = born(&detail.id_card_number, now);
        Self {
            name: item.user.full_name.clone(),
            email: item.user.email.clone(),
            phone: item.user.phone.clone(),
            status: item.status.clone(),
            submitted_at: item.submitted_at,
            verified_at: item.verified_at,
            rejection_reason: item.rejection_reason.clone(),
            nik: in_fours(&detail.id_card_number),
            born: born.map(|(day, _)| day),
            is_woman: born.map(|(_, is_woman)| is_woman),
            bank_account_name: detail.bank_account_name.clone(),
            bank_name: detail.bank_name.clone(),
            bank_account_number: in_fours(&detail.bank_account_number),
            is_other_account: words(&detail.bank_account_name) != words(&item.user.full_name),
        }
    }

    /// Does it wait for a decision?
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.status.is(&VerificationStatus::Pending)
    }
}

/// Digits 7 to 12 of a NIK are day, month and year of birth; 40 is added to the day of women.
fn born(nik: &str, now: Timestamp) -> Option<(NaiveDate, bool)> {
    nik.parse::<Nik>().ok()?;
    let number = |from: usize| nik.get(from..from + 2)?.parse::<u32>().ok();
    let (day, month, year) = (number(6)?, number(8)?, i32::try_from(number(10)?).ok()?);
    let (day, is_woman) = if day > 40 { (day - 40, true) } else { (day, false) };
    let today = now.to_utc().date_naive();
    let grown = |century: i32| {
        NaiveDate::from_ymd_opt(century + year, month, day).filter(|born| today.years_since(*born).is_some_and(|age| age >= 17))
    };
    Some((grown(2000).or_else(|| grown(1900))?, is_woman))
}

fn in_fours(digits: &str) -> String {
    let digits: Vec<char> = digits.chars().collect();
    digits.chunks(4).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join(" ")
}

/// The words of a name, as banks write them.
fn words(name: &str) -> String {
    let plain: String = name.to_lowercase().chars().map(|letter| if letter.is_alphanumeric() { letter } else { ' ' }).collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What a key does in the review.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Turn {
    /// The papers after these.
    Next,
    /// The papers before these.
    Before,
    /// Begins to approve.
    Approve,
    /// Begins to turn down.
    Reject,
    /// Leaves what was begun.
    Leave,
}

/// What `key` does in the review, if anything.
#[must_use]
pub fn turn(key: &Key) -> Option<Turn> {
    match key {
        Key::ArrowDown => Some(Turn::Next),
        Key::ArrowUp => Some(Turn::Before),
        Key::Escape => Some(Turn::Leave),
        Key::Character(letter) => match letter.to_lowercase().as_str() {
            "j" => Some(Turn::Next),
            "k" => Some(Turn::Before),
            "a" => Some(Turn::Approve),
            "r" => Some(Turn::Reject),
            _ => None,
        },
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use rapi_core::wire::people::UserType;

    use super::*;
    use crate::drawn::siti;

    fn at(text: &str) -> Timestamp {
        text.parse().expect("a time")
    }

    fn detail(nik: &str, account: &str) -> VerificationDetail {
        VerificationDetail {
            verification: VerificationItem {
                id: Default::default(),
                user: siti(UserType::ServiceProvider),
                status: VerificationStatus::Pending.into(),
                submitted_at: at("2026-11-22T05:04:00Z"),
                verified_at: None,
                verified_by: None,
                rejection_reason: None,
            },
            id_card_number: nik.into(),
            id_card_photo_url: String::new(),
            selfie_with_id_url: String::new(),
            certificate_urls: Vec::new(),
            portfolio_urls: Vec::new(),
            bank_account_name: account.into(),
            bank_name: "BCA".into(),
            bank_account_number: "1234567890".into(),
        }
    }

    #[test]
    fn a_nik_tells_the_birthday_and_whether_it_is_a_woman() {
        let now = at("2026-11-22T05:04:00Z");
        let view = ReviewView::of(&detail("3171015708900001", "Siti Ayu"), now);
        assert_eq!((view.born, view.is_woman), (NaiveDate::from_ymd_opt(1990, 8, 17), Some(true)));
        let view = ReviewView::of(&detail("3171011708050001", "Siti Ayu"), now);
        assert_eq!((view.born, view.is_woman), (NaiveDate::from_ymd_opt(2005, 8, 17), Some(false)));
        assert_eq!(ReviewView::of(&detail("1234", "Siti Ayu"), now).born, None);
    }

    #[test]
    fn an_account_in_another_name_is_noticed_and_another_writing_of_it_is_not() {
        let is_other = |account: &str| ReviewView::of(&detail("3171015708900001", account), at("2026-11-22T05:04:00Z")).is_other_account;
        assert!(!is_other("SITI  AYU") && !is_other("Siti-Ayu"));
        assert!(is_other("Agus Pratama"));
    }

    #[test]
    fn long_numbers_are_read_in_fours() {
        let view = ReviewView::of(&detail("3171015708900001", "Siti Ayu"), at("2026-11-22T05:04:00Z"));
        assert_eq!([view.nik.as_str(), view.bank_account_number.as_str()], ["3171 0157 0890 0001", "1234 5678 90"]);
    }

    #[test]
    fn how_long_papers_waited_ends_with_the_decision() {
        let now = at("2026-11-22T08:04:00Z");
        let item = detail("3171015708900001", "Siti Ayu").verification;
        assert_eq!(QueueLine::of(&item, now).waited, Duration::from_secs(3 * 3_600));
        let decided = VerificationItem { verified_at: Some(at("2026-11-22T06:04:00Z")), ..item };
        assert_eq!(QueueLine::of(&decided, now).waited, Duration::from_secs(3_600));
    }

    #[test]
    fn a_review_is_driven_by_single_keys() {
        let letter = |letter: &str| turn(&Key::Character(letter.into()));
        assert_eq!(
            ["j", "k", "A", "r", "x"].map(letter),
            [Some(Turn::Next), Some(Turn::Before), Some(Turn::Approve), Some(Turn::Reject), None]
        );
        assert_eq!([turn(&Key::ArrowDown), turn(&Key::Escape), turn(&Key::Tab)], [Some(Turn::Next), Some(Turn::Leave), None]);
    }
}
