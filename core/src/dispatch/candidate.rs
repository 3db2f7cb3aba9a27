//! Who may be asked to do a job.

use std::fmt;
use std::sync::Arc;

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
    /// What is known of her wherever she is; shared, so that looking at thousands copies nothing.
    pub standing: Arc<Standing>,
    /// Has she had an offer of this order?
    pub already_asked: bool,
}

/// What speaks for or against asking a provider, wherever she is and whatever the order.
#[derive(Clone, PartialEq)]
pub struct Standing {
    /// Is her identity approved?
    pub is_approved: bool,
    /// Is her account in good standing, not suspended?
    pub is_active: bool,
    /// Has she said that she is available?
    pub is_online: bool,
    /// When she works; `None`: always.
    pub working_hours: Option<Box<WorkingHours>>,
    /// Slugs of the categories she offers; many offer the same.
    pub services: Arc<[String]>,
    /// Is she on another order, from accepting until the work stops?
    pub on_a_job: bool,
    /// What she has earned; below zero what she owes.
    pub balance: Rupiah,
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

/// Without her position, which belongs in no log.
impl fmt::Debug for Candidate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Candidate")
            .field("provider", &self.provider)
            .field("position_at", &self.position_at)
            .field("standing", &self.standing)
            .field("already_asked", &self.already_asked)
            .finish_non_exhaustive()
    }
}

/// Without her money, which belongs in no log.
impl fmt::Debug for Standing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Standing")
            .field("is_approved", &self.is_approved)
            .field("is_active", &self.is_active)
            .field("is_online", &self.is_online)
            .field("services", &self.services)
            .field("on_a_job", &self.on_a_job)
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
    let standing = &*candidate.standing;
    // One after the other: most are passed over, and the later questions are the dearer ones.
    barred(wave.preferred_only && job.preferred_provider != Some(candidate.provider), PassedOver::NotPreferred)?;
    barred(candidate.already_asked, PassedOver::AlreadyAsked)?;
    barred(!standing.is_approved, PassedOver::NotApproved)?;
    barred(!standing.is_active, PassedOver::Suspended)?;
    barred(!standing.is_online, PassedOver::Offline)?;
    barred(!standing.works_at(now, job), PassedOver::OutsideWorkingHours)?;
    barred(!standing.offers(job), PassedOver::DifferentService)?;
    barred(standing.on_a_job, PassedOver::OnAJob)?;
    barred(now.since(candidate.position_at) > rules.max_position_age, PassedOver::PositionTooOld)?;
    barred(job.payment_is_cash && standing.balance < rules.cash_debt_limit, PassedOver::CashDebt)?;
    let meters = candidate.position.meters_to(job.place);
    barred(meters > wave.radius_km * 1000.0, PassedOver::OutsideRadius)?;
    Ok(meters)
}

fn barred(holds: bool, reason: PassedOver) -> Result<(), PassedOver> {
    if holds { Err(reason) } else { Ok(()) }
}

impl Standing {
    fn works_at(&self, now: Timestamp, job: &Job) -> bool {
        self.working_hours.as_ref().is_none_or(|hours| hours.open_at(now, job.utc_offset_minutes))
    }

    fn offers(&self, job: &Job) -> bool {
        job.category_slug.as_ref().is_none_or(|slug| self.services.contains(slug))
    }
}
