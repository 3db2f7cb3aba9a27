//! How an order stands, in words.

use std::time::Duration;

use rapi_core::orders::{NO_PROVIDER, PayStage, Status};
use rapi_core::wire::orders::OrderItem;

use crate::controls::TagTone;
use crate::text::Word;

/// An order wanted later than this is not offered at once.
const AT_ONCE: Duration = Duration::from_secs(45 * 60);

/// Where an order stands, as people think of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Providers are being asked.
    Searching,
    /// They will be, nearer to its time.
    Scheduled,
    /// A provider has taken it.
    Accepted,
    /// She travels.
    OnTheWay,
    /// She is at the door.
    Arrived,
    /// She works.
    Working,
    /// The work is done and not paid.
    AwaitingPayment,
    /// It is paid and not rated.
    AwaitingRating,
    /// Done.
    Completed,
    /// Nobody took it.
    NoProvider,
    /// Somebody ended it.
    Cancelled,
    /// Something that a newer backend says.
    Unknown,
}

impl Standing {
    /// Of an order.
    #[must_use]
    pub fn of(order: &OrderItem) -> Self {
        let Some(status) = order.status.known() else { return Self::Unknown };
        match status {
            Status::Pending if is_later(order) => Self::Scheduled,
            Status::Pending => Self::Searching,
            Status::Accepted => Self::Accepted,
            Status::OnTheWay => Self::OnTheWay,
            Status::Arrived => Self::Arrived,
            Status::InProgress => match order.stage.as_ref().and_then(|stage| stage.known()) {
                Some(PayStage::Working) => Self::Working,
                Some(PayStage::AwaitingPayment) => Self::AwaitingPayment,
                Some(PayStage::AwaitingRating) => Self::AwaitingRating,
                None => Self::Unknown,
            },
            Status::Completed => Self::Completed,
            Status::Cancelled if order.cancellation_reason.as_deref() == Some(NO_PROVIDER) => Self::NoProvider,
            Status::Cancelled => Self::Cancelled,
        }
    }

    /// In a word or two.
    #[must_use]
    pub const fn word(self) -> Word {
        match self {
            Self::Searching => Word::StandingSearching,
            Self::Scheduled => Word::StandingScheduled,
            Self::Accepted => Word::StandingAccepted,
            Self::OnTheWay => Word::StandingOnTheWay,
            Self::Arrived => Word::StandingArrived,
            Self::Working => Word::StandingWorking,
            Self::AwaitingPayment => Word::StandingAwaitingPayment,
            Self::AwaitingRating => Word::StandingAwaitingRating,
            Self::Completed => Word::StandingCompleted,
            Self::NoProvider => Word::StandingNoProvider,
            Self::Cancelled => Word::StandingCancelled,
            Self::Unknown => Word::StandingUnknown,
        }
    }

    /// How good or bad that is.
    #[must_use]
    pub const fn tone(self) -> TagTone {
        match self {
            Self::Searching | Self::Accepted | Self::OnTheWay | Self::Arrived | Self::Working => TagTone::Accent,
            Self::Scheduled => TagTone::Info,
            Self::AwaitingPayment | Self::AwaitingRating => TagTone::Warn,
            Self::Completed => TagTone::Good,
            Self::NoProvider => TagTone::Bad,
            Self::Cancelled | Self::Unknown => TagTone::Quiet,
        }
    }

    /// May something still happen to it?
    #[must_use]
    pub const fn is_running(self) -> bool {
        !matches!(self, Self::Completed | Self::NoProvider | Self::Cancelled)
    }
}

/// Is it wanted so late that nobody has been asked yet?
fn is_later(order: &OrderItem) -> bool {
    order.broadcast_time.is_none() && order.requested_time - AT_ONCE > order.created_at
}
