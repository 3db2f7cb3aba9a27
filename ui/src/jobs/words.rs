//! The words for where a job stands.

use super::{JobStep, Move};
use crate::controls::TagTone;
use crate::text::Word;

impl JobStep {
    /// In words.
    #[must_use]
    pub const fn word(self) -> Word {
        match self {
            Self::Accepted => Word::JobStepAccepted,
            Self::OnTheWay => Word::JobStepOnTheWay,
            Self::Arrived => Word::JobStepArrived,
            Self::Working => Word::JobStepWorking,
            Self::Paused => Word::JobStepPaused,
            Self::AwaitingPayment => Word::JobStepAwaitingPayment,
            Self::AwaitingRating => Word::JobStepAwaitingRating,
            Self::Completed => Word::JobStepCompleted,
            Self::Cancelled => Word::JobStepCancelled,
            Self::Other => Word::JobStepOther,
        }
    }

    /// How it is meant.
    #[must_use]
    pub const fn tone(self) -> TagTone {
        match self {
            Self::Accepted | Self::OnTheWay | Self::Arrived | Self::Working => TagTone::Accent,
            Self::Paused | Self::AwaitingPayment => TagTone::Warn,
            Self::AwaitingRating | Self::Completed => TagTone::Good,
            Self::Cancelled => TagTone::Bad,
            Self::Other => TagTone::Quiet,
        }
    }
}

impl Move {
    /// What stands on its button.
    #[must_use]
    pub const fn word(self) -> Word {
        match self {
            Self::Depart => Word::JobDepart,
            Self::Arrive => Word::JobArrive,
            Self::Start => Word::JobStart,
            Self::Pause => Word::JobPause,
            Self::Resume => Word::JobResume,
            Self::Stop => Word::JobStop,
            Self::ConfirmCash => Word::JobCashReceived,
            Self::Cancel => Word::JobCancel,
        }
    }
}
