//! Why somebody was not asked.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// Why a candidate gets no offer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum PassedOver {
    /// Her identity is not approved.
    NotApproved,
    /// Her account is suspended.
    Suspended,
    /// She is not online.
    Offline,
    /// It is outside of her working hours at the place of the work.
    OutsideWorkingHours,
    /// She does not offer this category.
    DifferentService,
    /// She is on a job.
    OnAJob,
    /// Nobody knows where she is by now.
    PositionTooOld,
    /// She owes too much commission for another cash job.
    CashDebt,
    /// She has been asked before.
    AlreadyAsked,
    /// She is too far away for this wave.
    OutsideRadius,
    /// Somebody else is preferred, and asked alone for now.
    NotPreferred,
}

/// Text that names no reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a reason to pass somebody over")]
pub struct UnknownReason;

impl PassedOver {
    /// Every reason.
    pub const ALL: [Self; 11] = [
        Self::NotApproved,
        Self::Suspended,
        Self::Offline,
        Self::OutsideWorkingHours,
        Self::DifferentService,
        Self::OnAJob,
        Self::PositionTooOld,
        Self::CashDebt,
        Self::AlreadyAsked,
        Self::OutsideRadius,
        Self::NotPreferred,
    ];

    /// The word on the wire and in tables.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::NotApproved => "not_approved",
            Self::Suspended => "suspended",
            Self::Offline => "offline",
            Self::OutsideWorkingHours => "outside_working_hours",
            Self::DifferentService => "different_service",
            Self::OnAJob => "on_a_job",
            Self::PositionTooOld => "position_too_old",
            Self::CashDebt => "cash_debt",
            Self::AlreadyAsked => "already_asked",
            Self::OutsideRadius => "outside_radius",
            Self::NotPreferred => "not_preferred",
        }
    }
}

impl fmt::Display for PassedOver {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for PassedOver {
    type Err = UnknownReason;
    fn from_str(text: &str) -> Result<Self, UnknownReason> {
        Self::ALL.into_iter().find(|reason| reason.as_str() == text).ok_or(UnknownReason)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reason_reads_back_and_is_the_word_on_the_wire() {
        for reason in PassedOver::ALL {
            assert_eq!(reason.as_str().parse(), Ok(reason));
            assert_eq!(serde_json::to_value(reason).unwrap(), reason.as_str());
        }
        assert_eq!("busy".parse::<PassedOver>(), Err(UnknownReason));
    }
}
