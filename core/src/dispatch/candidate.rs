//! Who may be asked to do a job.

use std::fmt;

use super::{DispatchRules, PassedOver, Wave, WorkingHours};
use crate::values::{Id, LatLng, Rupiah, Timestamp, User};

/// A provider as dispatch sees her at one moment.
#[derive(Clone, PartialEq)]
pub struct Candidate {
    /// Who.
    pub provider: Id<User>,
    /// Where she was last heard of.
    pub position: LatLng,
    /// When that was.
    pub position_at: Timestamp,
    /// Is her identity approved?
    pub is_approved: bool,
    /// Is her account in good standing, not suspended?
    pub is_active: bool,
    /// Has she said that she is available?
    pub is_online: bool,
    /// When she works; `None`: always.
    pub working_hours: Option<WorkingHours>,
    /// Slugs of the categories she offers.
    pub services: Vec<String>,
    /// Is she on another order, from accepting until the work stops?
    pub on_a_job: bool,
    /// What she has earned; below zero what she owes.
    pub balance: Rupiah,
    /// Has she had an offer of this order?
    pub already_asked: bool,
}

/// An order as dispatch sees it.
#[derive(Clone, PartialEq)]
pub struct Job {
    /// Where the work is.
    pub place: LatLng,
    /// The slug of its category; `None` for a custom one, which is for everybody.
    pub category_slug: Option<String>,
    /// Will it be paid in cash?
    pub payment_is_cash: bool,
    /// Whom the client would like best.
    pub preferred_provider: Option<Id<User>>,
    /// When the first wave is due.
    pub broadcast_at: Timestamp,
    /// How far local time at the place is ahead of UTC, in minutes; working hours are local.
    pub utc_offset_minutes: i32,
}

/// Without her position and her money, which belong in no log.
impl fmt::Debug for Candidate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Candidate")
            .field("provider", &self.provider)
            .field("position_at", &self.position_at)
            .field("is_approved", &self.is_approved)
            .field("is_active", &self.is_active)
            .field("is_online", &self.is_online)
            .field("services", &self.services)
            .field("on_a_job", &self.on_a_job)
            .field("already_asked", &self.already_asked)
            .finish_non_exhaustive()
    }
}

/// Without the place, which is somebody's home.
impl fmt::Debug for Job {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Job")
            .field("category_slug", &self.category_slug)
            .field("payment_is_cash", &self.payment_is_cash)
            .field("preferred_provider", &self.preferred_provider)
            .field("broadcast_at", &self.broadcast_at)
            .finish_non_exhaustive()
    }
}

impl Job {
    /// Is a preferred provider asked alone at `now`?
    #[must_use]
    pub fn is_preferred_only(&self, rules: &DispatchRules, now: Timestamp) -> bool {
        self.preferred_provider.is_some() && now < self.broadcast_at + rules.preferred_alone
    }
}

/// May this candidate be asked in this wave? Answers her distance in metres, or the first reason why not.
///
/// # Errors
/// [`PassedOver`]: the wave's own reasons first (somebody else is preferred, she has been asked), then hers, then
/// the distance.
pub fn eligible(candidate: &Candidate, job: &Job, wave: &Wave, rules: &DispatchRules, now: Timestamp) -> Result<f64, PassedOver> {
    let meters = candidate.position.meters_to(job.place);
    let hours = candidate.working_hours.as_ref();
    let reasons = [
        (wave.preferred_only && job.preferred_provider != Some(candidate.provider), PassedOver::NotPreferred),
        (candidate.already_asked, PassedOver::AlreadyAsked),
        (!candidate.is_approved, PassedOver::NotApproved),
        (!candidate.is_active, PassedOver::Suspended),
        (!candidate.is_online, PassedOver::Offline),
        (hours.is_some_and(|hours| !hours.open_at(now, job.utc_offset_minutes)), PassedOver::OutsideWorkingHours),
        (!offers(candidate, job), PassedOver::DifferentService),
        (candidate.on_a_job, PassedOver::OnAJob),
        (now.since(candidate.position_at) > rules.max_position_age, PassedOver::PositionTooOld),
        (job.payment_is_cash && candidate.balance < rules.cash_debt_limit, PassedOver::CashDebt),
        (meters > wave.radius_km * 1000.0, PassedOver::OutsideRadius),
    ];
    match reasons.into_iter().find(|(holds, _)| *holds) {
        Some((_, reason)) => Err(reason),
        None => Ok(meters),
    }
}

fn offers(candidate: &Candidate, job: &Job) -> bool {
    job.category_slug.as_ref().is_none_or(|slug| candidate.services.contains(slug))
}
