//! The words by which the outside knows where an order is.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// The seven statuses of an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Status {
    /// Offered, or waiting to be; nobody has taken it.
    Pending,
    /// A provider has taken it.
    Accepted,
    /// She travels.
    OnTheWay,
    /// She is at the door.
    Arrived,
    /// From the start of the work to its rating; see [`PayStage`].
    InProgress,
    /// Done, paid and closed.
    Completed,
    /// Ended before it was done.
    Cancelled,
}

/// Text that is none of the seven statuses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not an order status")]
pub struct UnknownStatus;

impl Status {
    /// Every status, in the order of an order's life.
    pub const ALL: [Self; 7] =
        [Self::Pending, Self::Accepted, Self::OnTheWay, Self::Arrived, Self::InProgress, Self::Completed, Self::Cancelled];

    /// The word on the wire and in tables.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Pending => "PENDING",
            Self::Accepted => "ACCEPTED",
            Self::OnTheWay => "ON_THE_WAY",
            Self::Arrived => "ARRIVED",
            Self::InProgress => "IN_PROGRESS",
            Self::Completed => "COMPLETED",
            Self::Cancelled => "CANCELLED",
        }
    }
}

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Status {
    type Err = UnknownStatus;
    fn from_str(text: &str) -> Result<Self, UnknownStatus> {
        Self::ALL.into_iter().find(|status| status.as_str() == text).ok_or(UnknownStatus)
    }
}

/// How far an order that is [`Status::InProgress`] has come; on the wire `stage`, absent in every other status.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum PayStage {
    /// The clock of the work runs, or is paused.
    Working,
    /// The work is done, the bill is open.
    AwaitingPayment,
    /// Paid; the client has yet to rate.
    AwaitingRating,
}

/// Text that names no stage of work in progress.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a stage of an order in progress")]
pub struct UnknownPayStage;

impl PayStage {
    /// Every stage, in the order of an order's life.
    pub const ALL: [Self; 3] = [Self::Working, Self::AwaitingPayment, Self::AwaitingRating];

    /// The word on the wire and in tables.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Working => "working",
            Self::AwaitingPayment => "awaiting_payment",
            Self::AwaitingRating => "awaiting_rating",
        }
    }
}

impl fmt::Display for PayStage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for PayStage {
    type Err = UnknownPayStage;
    fn from_str(text: &str) -> Result<Self, UnknownPayStage> {
        Self::ALL.into_iter().find(|stage| stage.as_str() == text).ok_or(UnknownPayStage)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_reads_back_and_is_the_word_on_the_wire() {
        for status in Status::ALL {
            assert_eq!(status.as_str().parse(), Ok(status));
            assert_eq!(serde_json::to_value(status).unwrap(), status.as_str());
        }
        for stage in PayStage::ALL {
            assert_eq!(stage.as_str().parse(), Ok(stage));
            assert_eq!(serde_json::to_value(stage).unwrap(), stage.as_str());
        }
    }

    #[test]
    fn other_words_are_refused() {
        assert_eq!("pending".parse::<Status>(), Err(UnknownStatus));
        assert_eq!("IN_PROGRESS".parse::<PayStage>(), Err(UnknownPayStage));
    }
}
