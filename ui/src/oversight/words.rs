//! States as words and tones.

use rapi_core::orders::{NO_PROVIDER, PayStage, Status};
use rapi_core::wire::OrUnknown;
use rapi_core::wire::payments::{PaymentMethod, PaymentStatus};

use crate::controls::TagTone;
use crate::text::{Text, Word};

/// A word of ours, or one that people or a newer backend wrote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kept {
    /// Ours.
    Word(Word),
    /// As it came.
    Text(String),
}

impl Kept {
    /// In the language that was chosen.
    #[must_use]
    pub fn say(&self, text: Text) -> String {
        match self {
            Self::Word(word) => text.say(*word),
            Self::Text(said) => said.clone(),
        }
    }
}

/// Ours where the word is known, else as it came.
fn kept<T>(word: &OrUnknown<T>, ours: impl Fn(&T) -> Word) -> Kept {
    match word {
        OrUnknown::Known(known) => Kept::Word(ours(known)),
        OrUnknown::Unknown(other) => Kept::Text(other.clone()),
    }
}

/// Where an order is in its life.
#[must_use]
pub fn order_status(status: &OrUnknown<Status>, stage: Option<&OrUnknown<PayStage>>) -> (TagTone, Kept) {
    let stage = stage.and_then(OrUnknown::known);
    let tone = match status.known() {
        Some(Status::Pending) => TagTone::Warn,
        Some(Status::Accepted | Status::OnTheWay | Status::Arrived) => TagTone::Info,
        Some(Status::InProgress) if stage == Some(&PayStage::AwaitingPayment) => TagTone::Warn,
        Some(Status::InProgress) => TagTone::Accent,
        Some(Status::Completed) => TagTone::Good,
        Some(Status::Cancelled) | None => TagTone::Quiet,
    };
    let word = kept(status, |status| match (status, stage) {
        (Status::Pending, _) => Word::AdminStatusPending,
        (Status::Accepted, _) => Word::AdminStatusAccepted,
        (Status::OnTheWay, _) => Word::AdminStatusOnTheWay,
        (Status::Arrived, _) => Word::AdminStatusArrived,
        (Status::InProgress, Some(PayStage::AwaitingPayment)) => Word::AdminStageAwaitingPayment,
        (Status::InProgress, Some(PayStage::AwaitingRating)) => Word::AdminStageAwaitingRating,
        (Status::InProgress, _) => Word::AdminStatusInProgress,
        (Status::Completed, _) => Word::AdminStatusCompleted,
        (Status::Cancelled, _) => Word::AdminStatusCancelled,
    });
    (tone, word)
}

/// Why an order was cancelled: ours where nobody took it, else in the words of whoever did it.
#[must_use]
pub fn cancelled_because(reason: &str) -> Kept {
    if reason == NO_PROVIDER { Kept::Word(Word::AdminNoProvider) } else { Kept::Text(reason.to_owned()) }
}

/// Who did a step.
#[must_use]
pub fn actor(actor: &str) -> Kept {
    match actor {
        "CLIENT" => Kept::Word(Word::RoleClient),
        "SERVICE_PROVIDER" => Kept::Word(Word::RoleProvider),
        "ADMIN" => Kept::Word(Word::RoleAdmin),
        "SYSTEM" => Kept::Word(Word::AdminActorSystem),
        other => Kept::Text(other.to_owned()),
    }
}

/// How something is paid.
#[must_use]
pub fn payment_method(method: &OrUnknown<PaymentMethod>) -> Kept {
    kept(method, |method| match method {
        PaymentMethod::Cash => Word::AdminMethodCash,
        PaymentMethod::Wallet => Word::AdminMethodWallet,
        PaymentMethod::BankTransfer => Word::AdminMethodTransfer,
        PaymentMethod::EWallet => Word::AdminMethodEWallet,
    })
}

/// How far a payment has come.
#[must_use]
pub fn payment_status(status: &OrUnknown<PaymentStatus>) -> (TagTone, Kept) {
    let tone = match status.known() {
        Some(PaymentStatus::Completed) => TagTone::Good,
        Some(PaymentStatus::Pending) => TagTone::Warn,
        Some(PaymentStatus::Processing) => TagTone::Info,
        Some(PaymentStatus::Failed) => TagTone::Bad,
        Some(PaymentStatus::Refunded) | None => TagTone::Quiet,
    };
    let word = kept(status, |status| match status {
        PaymentStatus::Pending => Word::AdminPaymentPending,
        PaymentStatus::Processing => Word::AdminPaymentProcessing,
        PaymentStatus::Completed => Word::AdminPaymentCompleted,
        PaymentStatus::Failed => Word::AdminPaymentFailed,
        PaymentStatus::Refunded => Word::AdminPaymentRefunded,
    });
    (tone, word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_place_in_the_life_of_an_order_has_its_own_word() {
        let mut words: Vec<Kept> = Vec::new();
        for status in Status::ALL {
            words.push(order_status(&status.into(), None).1);
        }
        for stage in [PayStage::AwaitingPayment, PayStage::AwaitingRating] {
            words.push(order_status(&Status::InProgress.into(), Some(&stage.into())).1);
        }
        for (at, word) in words.iter().enumerate() {
            assert!(!words[..at].contains(word), "{word:?}");
        }
    }

    #[test]
    fn a_word_from_the_future_is_shown_as_it_came() {
        let (tone, word) = order_status(&OrUnknown::Unknown("TELEPORTING".into()), None);
        assert_eq!((tone, word), (TagTone::Quiet, Kept::Text("TELEPORTING".into())));
        assert_eq!(actor("COURIER"), Kept::Text("COURIER".into()));
    }

    #[test]
    fn an_order_that_nobody_took_says_so_and_another_why_it_was_called_off() {
        assert_eq!(cancelled_because("no_provider"), Kept::Word(Word::AdminNoProvider));
        assert_eq!(cancelled_because("hujan deras"), Kept::Text("hujan deras".into()));
    }
}
