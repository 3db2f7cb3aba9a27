//! When waves go out and how far they reach.

use super::{DispatchRules, Job};
use crate::values::Timestamp;

/// One round of offers.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Wave {
    /// Counted from 0.
    pub number: u32,
    /// How far it reaches, in kilometres.
    pub radius_km: f64,
    /// Only the preferred provider is asked.
    pub preferred_only: bool,
}

/// The wave of this number when it goes out at `now`. Each reaches one step further than the one before; while a preferred
/// provider is asked alone it reaches as far as any wave does, for the client chose her and not the distance.
#[must_use]
pub fn wave_at(number: u32, job: &Job, rules: &DispatchRules, now: Timestamp) -> Wave {
    let preferred_only = job.is_preferred_only(rules, now);
    let last = rules.radii_km.len().saturating_sub(1);
    let step = if preferred_only { last } else { usize::try_from(number).unwrap_or(last).min(last) };
    Wave { number, radius_km: rules.radii_km.get(step).copied().unwrap_or(0.0), preferred_only }
}

/// When an order asked for at `requested_time` is first offered: now, or some time before it when that is later.
#[must_use]
pub fn broadcast_due(requested_time: Timestamp, now: Timestamp, rules: &DispatchRules) -> Timestamp {
    now.max(requested_time - rules.scheduled_lead)
}
