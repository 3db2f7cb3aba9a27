//! What a provider hands in, and what is wrong with it.

use rapi_core::people::{Nik, NotANik};
use rapi_core::wire::people::VerificationRequest;
use serde::{Deserialize, Serialize};

use crate::text::{Text, Word};

/// Banks that are named, the largest first; any other is written.
pub const BANKS: [&str; 6] = ["BCA", "BRI", "Mandiri", "BNI", "BSI", "CIMB Niaga"];

/// What is typed.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct VerificationForm {
    /// The number on the identity card.
    pub nik: String,
    /// Which bank.
    pub bank_name: String,
    /// Her account there.
    pub bank_number: String,
    /// Whose account it is.
    pub bank_holder: String,
}

/// A form as it is kept for later: what is typed, and the backend's names of the photos that got there.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct VerificationDraft {
    /// What is typed.
    pub form: VerificationForm,
    /// The identity card.
    pub id_card: Vec<String>,
    /// She with the card.
    pub selfie: Vec<String>,
    /// What she has learnt.
    pub certificates: Vec<String>,
    /// Her work.
    pub portfolio: Vec<String>,
}

impl VerificationDraft {
    /// What was kept earlier; what this version cannot read is begun anew.
    #[must_use]
    pub fn of(kept: Option<serde_json::Value>) -> Self {
        kept.and_then(|kept| serde_json::from_value(kept).ok()).unwrap_or_default()
    }

    /// What is to be kept; nothing while nothing is filled in.
    #[must_use]
    pub fn to_keep(&self) -> Option<serde_json::Value> {
        if *self == Self::default() { None } else { serde_json::to_value(self).ok() }
    }
}

/// The backend's names of what was photographed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Papers {
    /// The identity card.
    pub id_card: Option<String>,
    /// She with the card.
    pub selfie: Option<String>,
    /// What she has learnt.
    pub certificates: Vec<String>,
    /// Her work.
    pub portfolio: Vec<String>,
    /// Is nothing on its way, and nothing stuck?
    pub settled: bool,
}

/// What is wrong, by field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct VerificationFaults {
    /// Why it is no NIK.
    pub nik: Option<NotANik>,
    /// The card has to be photographed.
    pub id_card: Option<Word>,
    /// And she with it.
    pub selfie: Option<Word>,
    /// Photos are on their way or stuck.
    pub photos: Option<Word>,
    /// No bank.
    pub bank_name: Option<Word>,
    /// No account number.
    pub bank_number: Option<Word>,
    /// Nobody's account.
    pub bank_holder: Option<Word>,
}

impl VerificationFaults {
    /// Is anything wrong?
    #[must_use]
    pub fn any(&self) -> bool {
        *self != Self::default()
    }

    /// What is wrong with the NIK, in words.
    #[must_use]
    pub fn nik_words(&self, text: Text) -> Option<String> {
        self.nik.map(|fault| text.problem(fault.code()))
    }
}

impl VerificationForm {
    /// What is to be sent.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn check(&self, papers: &Papers) -> Result<VerificationRequest, VerificationFaults> {
        let nik = self.nik.parse::<Nik>();
        let [bank_name, bank_holder] = [&self.bank_name, &self.bank_holder].map(|words| words.trim().to_owned());
        let digits: String = self.bank_number.chars().filter(|letter| !letter.is_whitespace() && *letter != '-').collect();
        let is_account = (5..=34).contains(&digits.len()) && digits.bytes().all(|digit| digit.is_ascii_digit());
        let missing = |is_there: bool, word: Word| (!is_there).then_some(word);
        let faults = VerificationFaults {
            nik: nik.as_ref().err().copied(),
            id_card: missing(papers.id_card.is_some(), Word::VerifyIdCardMissing),
            selfie: missing(papers.selfie.is_some(), Word::VerifySelfieMissing),
            photos: missing(papers.settled, Word::VerifyPhotosUnsettled),
            bank_name: missing(!bank_name.is_empty(), Word::VerifyBankMissing),
            bank_number: missing(is_account, Word::VerifyNumberMissing),
            bank_holder: missing(!bank_holder.is_empty(), Word::VerifyHolderMissing),
        };
        match (nik, &papers.id_card, &papers.selfie) {
            (Ok(nik), Some(id_card), Some(selfie)) if !faults.any() => Ok(VerificationRequest {
                id_card_number: nik.as_str().into(),
                id_card_photo_url: id_card.clone(),
                selfie_with_id_url: selfie.clone(),
                certificate_urls: papers.certificates.clone(),
                portfolio_urls: papers.portfolio.clone(),
                bank_account_name: bank_holder,
                bank_name,
                bank_account_number: digits.as_str().into(),
            }),
            _ => Err(faults),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn papers() -> Papers {
        Papers { id_card: Some("/media/1".into()), selfie: Some("/media/2".into()), settled: true, ..Papers::default() }
    }

    fn form(nik: &str, number: &str) -> VerificationForm {
        VerificationForm { nik: nik.into(), bank_name: " BCA ".into(), bank_number: number.into(), bank_holder: "Wati Lestari".into() }
    }

    #[test]
    fn numbers_may_be_written_in_groups() {
        let request = form("3171 0157 0890 0001", "123-456 7890").check(&papers()).unwrap();
        assert_eq!((request.id_card_number.expose(), request.bank_account_number.expose()), ("3171015708900001", "1234567890"));
        assert_eq!(request.bank_name, "BCA");
    }

    #[test]
    fn everything_that_is_missing_is_said_at_once() {
        let faults = VerificationForm::default().check(&Papers { settled: true, ..Papers::default() }).unwrap_err();
        assert_eq!(faults.nik, Some(NotANik::NotSixteenDigits));
        let words = [faults.id_card, faults.selfie, faults.bank_name, faults.bank_number, faults.bank_holder];
        assert!(words.iter().all(Option::is_some) && faults.photos.is_none());
    }

    #[test]
    fn what_is_kept_comes_back_and_nothing_is_kept_of_an_empty_form() {
        let draft = VerificationDraft { form: form("3171", ""), selfie: vec!["/media/2".into()], ..VerificationDraft::default() };
        assert_eq!(VerificationDraft::of(draft.to_keep()), draft);
        assert_eq!(VerificationDraft::default().to_keep(), None);
        assert_eq!(VerificationDraft::of(Some(serde_json::json!({ "form": 7 }))), VerificationDraft::default());
    }

    #[test]
    fn nothing_is_sent_while_a_photo_is_on_its_way() {
        let faults = form("3171015708900001", "12345").check(&Papers { settled: false, ..papers() }).unwrap_err();
        assert_eq!(faults.photos, Some(Word::VerifyPhotosUnsettled));
        assert!(form("3171015708900001", "12345").check(&papers()).is_ok());
    }
}
