//! Plain text: what is read from it is written in one way, and read again it is the same.

use std::fmt::Debug;
use std::str::FromStr;

use rapi_core::dispatch::PassedOver;
use rapi_core::orders::Status;
use rapi_core::people::{Email, Nik, Phone};
use rapi_core::wire::Secret;
use rapi_core::wire::payments::{PaymentMethod, PaymentStatus, WithdrawalStatus};
use rapi_core::wire::people::{DeviceType, Gender, Language, MediaPurpose, ProviderSort, UserType, VerificationStatus};
use rapi_core::{Id, Timestamp, values};

/// Reads `bytes` as everything that is read from text.
pub fn run(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let text = text.as_ref();
    same::<Timestamp>(text, Timestamp::to_string);
    same::<Id<values::Order>>(text, Id::to_string);
    same::<Email>(text, |email| email.as_str().to_owned());
    same::<Phone>(text, |phone| phone.as_str().to_owned());
    same::<Phone>(text, Phone::shown);
    same::<Nik>(text, |nik| nik.as_str().to_owned());
    word::<Status>(text, Status::as_str);
    word::<PassedOver>(text, PassedOver::as_str);
    word::<PaymentMethod>(text, PaymentMethod::as_str);
    word::<PaymentStatus>(text, PaymentStatus::as_str);
    word::<WithdrawalStatus>(text, WithdrawalStatus::as_str);
    word::<UserType>(text, UserType::as_str);
    word::<Gender>(text, Gender::as_str);
    word::<Language>(text, Language::as_str);
    word::<VerificationStatus>(text, VerificationStatus::as_str);
    word::<DeviceType>(text, DeviceType::as_str);
    word::<MediaPurpose>(text, MediaPurpose::as_str);
    word::<ProviderSort>(text, ProviderSort::as_str);
    hidden(text);
}

fn same<T: FromStr<Err: Debug> + PartialEq + Debug>(text: &str, write: impl Fn(&T) -> String) {
    if let Ok(read) = text.parse::<T>() {
        let written = write(&read);
        assert_eq!(written.parse::<T>().expect("what was written can be read"), read, "{written:?}");
    }
}

fn word<T: FromStr + Copy>(text: &str, write: impl Fn(T) -> &'static str) {
    if let Ok(word) = text.parse::<T>() {
        assert_eq!(write(word), text, "a word is written in one way");
    }
}

/// What must not be printed is not printed.
fn hidden(text: &str) {
    let shows = |printed: String| text.len() > 12 && printed.contains(text);
    assert!(!shows(format!("{:?}", Secret::new(text))));
    assert!(!text.parse::<Email>().is_ok_and(|email| shows(format!("{email:?}"))));
    assert!(!text.parse::<Phone>().is_ok_and(|phone| shows(format!("{phone:?}"))));
    assert!(!text.parse::<Nik>().is_ok_and(|nik| shows(format!("{nik:?}"))));
}
