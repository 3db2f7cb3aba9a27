//! Ways of paying and how a payment stands, in words.

use rapi_core::wire::payments::{PaymentMethod, PaymentStatus};

use crate::controls::{Icon, TagTone};
use crate::text::Word;

/// What a way of paying is called.
#[must_use]
pub const fn method_word(method: PaymentMethod) -> Word {
    match method {
        PaymentMethod::Cash => Word::MethodCash,
        PaymentMethod::Wallet => Word::MethodWallet,
        PaymentMethod::BankTransfer => Word::MethodBankTransfer,
        PaymentMethod::EWallet => Word::MethodEWallet,
    }
}

/// Its drawing.
#[must_use]
pub const fn method_icon(method: PaymentMethod) -> Icon {
    match method {
        PaymentMethod::Cash => Icon::Banknote,
        PaymentMethod::Wallet => Icon::Wallet,
        PaymentMethod::BankTransfer => Icon::Landmark,
        PaymentMethod::EWallet => Icon::Smartphone,
    }
}

/// How a payment stands.
#[must_use]
pub const fn payment_word(status: PaymentStatus) -> Word {
    match status {
        PaymentStatus::Pending => Word::PaymentPending,
        PaymentStatus::Processing => Word::PaymentProcessing,
        PaymentStatus::Completed => Word::PaymentCompleted,
        PaymentStatus::Failed => Word::PaymentFailed,
        PaymentStatus::Refunded => Word::PaymentRefunded,
    }
}

/// How good or bad that is.
#[must_use]
pub const fn payment_tone(status: PaymentStatus) -> TagTone {
    match status {
        PaymentStatus::Pending => TagTone::Quiet,
        PaymentStatus::Processing => TagTone::Accent,
        PaymentStatus::Completed => TagTone::Good,
        PaymentStatus::Failed => TagTone::Bad,
        PaymentStatus::Refunded => TagTone::Info,
    }
}
