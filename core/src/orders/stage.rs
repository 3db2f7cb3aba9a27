//! Where an order is in its life, with what is known there and nothing else.

use super::{PayStage, Status};
use crate::values::{self, Id, Timestamp, User};

/// The life of an order. Each stage carries exactly what is true in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stage {
    /// Nobody has taken it.
    Pending,
    /// Taken; she has not set off.
    Accepted {
        /// Who took it.
        provider: Id<User>,
    },
    /// She travels.
    OnTheWay {
        /// Who took it.
        provider: Id<User>,
    },
    /// She is at the door.
    Arrived {
        /// Who took it.
        provider: Id<User>,
    },
    /// She works.
    Working {
        /// Who took it.
        provider: Id<User>,
    },
    /// The work is done, the bill open.
    AwaitingPayment {
        /// Who did it.
        provider: Id<User>,
    },
    /// Paid, not rated.
    AwaitingRating {
        /// Who did it.
        provider: Id<User>,
        /// When the payment settled.
        paid_at: Timestamp,
    },
    /// Closed, well done.
    Completed {
        /// Who did it.
        provider: Id<User>,
    },
    /// Ended before it was done.
    Cancelled {
        /// Who ended it; `None` when nobody took it.
        by: Option<Id<User>>,
        /// Why.
        reason: String,
    },
}

impl Stage {
    /// The status that the outside sees.
    #[must_use]
    pub const fn status(&self) -> Status {
        match self {
            Self::Pending => Status::Pending,
            Self::Accepted { .. } => Status::Accepted,
            Self::OnTheWay { .. } => Status::OnTheWay,
            Self::Arrived { .. } => Status::Arrived,
            Self::Working { .. } | Self::AwaitingPayment { .. } | Self::AwaitingRating { .. } => Status::InProgress,
            Self::Completed { .. } => Status::Completed,
            Self::Cancelled { .. } => Status::Cancelled,
        }
    }

    /// How far work in progress has come; `None` in every other status.
    #[must_use]
    pub const fn pay_stage(&self) -> Option<PayStage> {
        match self {
            Self::Working { .. } => Some(PayStage::Working),
            Self::AwaitingPayment { .. } => Some(PayStage::AwaitingPayment),
            Self::AwaitingRating { .. } => Some(PayStage::AwaitingRating),
            _ => None,
        }
    }

    /// Who has the order; nobody before it is accepted, nor once it is cancelled.
    #[must_use]
    pub const fn provider(&self) -> Option<Id<User>> {
        match self {
            Self::Pending | Self::Cancelled { .. } => None,
            Self::Accepted { provider }
            | Self::OnTheWay { provider }
            | Self::Arrived { provider }
            | Self::Working { provider }
            | Self::AwaitingPayment { provider }
            | Self::AwaitingRating { provider, .. }
            | Self::Completed { provider } => Some(*provider),
        }
    }

    /// Is its provider on a job? From accepting until the work stops: an unpaid or unrated order blocks nobody.
    #[must_use]
    pub const fn occupies_provider(&self) -> bool {
        matches!(self, Self::Accepted { .. } | Self::OnTheWay { .. } | Self::Arrived { .. } | Self::Working { .. })
    }

    /// Nothing can happen any more?
    #[must_use]
    pub const fn is_over(&self) -> bool {
        matches!(self, Self::Completed { .. } | Self::Cancelled { .. })
    }
}

/// What the rules need to know of an order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Order {
    /// Which one.
    pub id: Id<values::Order>,
    /// Who asked for the work.
    pub client: Id<User>,
    /// Where it is in its life.
    pub stage: Stage,
}
