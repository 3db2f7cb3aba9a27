//! One wave, planned: who is asked, who is not and why, and when the next is due.

use std::collections::HashSet;

use super::{Candidate, DispatchRules, Job, PassedOver, Wave, eligible};
use crate::values::{Id, Timestamp, User};

/// Somebody to ask.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Offer {
    /// Whom.
    pub provider: Id<User>,
    /// How far away she is.
    pub meters: f64,
}

/// What a wave does.
#[derive(Debug, Clone, PartialEq)]
pub struct WavePlan {
    /// Whom to ask, nearest first.
    pub offers: Vec<Offer>,
    /// Who was considered and not asked: those nearer than the last offer when the wave is full, else all. Without those
    /// who have been asked before (the offer is their record) and those who merely wait for a preferred provider's answer.
    pub passed_over: Vec<(Id<User>, PassedOver)>,
    /// When the next wave is due; `None` when the order is given up before.
    pub next_wave_at: Option<Timestamp>,
    /// When the order is given up without a taker.
    pub give_up_at: Timestamp,
}

/// Plans `wave` at `now`. Nobody is asked any more once it is time to give up.
#[must_use]
pub fn plan_wave(candidates: &[Candidate], job: &Job, wave: &Wave, rules: &DispatchRules, now: Timestamp) -> WavePlan {
    let give_up_at = job.broadcast_at + rules.give_up_after;
    let mut plan = WavePlan { offers: Vec::new(), passed_over: Vec::new(), next_wave_at: None, give_up_at };
    if now >= give_up_at {
        return plan;
    }
    for candidate in nearest_first(candidates, job) {
        if plan.offers.len() >= rules.wave_size {
            break;
        }
        match eligible(candidate, job, wave, rules, now) {
            Ok(meters) => plan.offers.push(Offer { provider: candidate.provider, meters }),
            Err(PassedOver::NotPreferred | PassedOver::AlreadyAsked) => {}
            Err(reason) => plan.passed_over.push((candidate.provider, reason)),
        }
    }
    let next = next_wave(candidates, job, wave, rules, now, &plan.offers);
    plan.next_wave_at = Some(next).filter(|next| *next < give_up_at);
    plan
}

/// Each provider once; the id settles who is first of two at the same place.
fn nearest_first<'a>(candidates: &'a [Candidate], job: &Job) -> Vec<&'a Candidate> {
    let mut ranked: Vec<_> = candidates.iter().map(|one| (one.position.meters_to(job.place), one)).collect();
    ranked.sort_by(|(a, one), (b, other)| a.total_cmp(b).then(one.provider.cmp(&other.provider)));
    let mut seen = HashSet::new();
    ranked.into_iter().map(|(_, one)| one).filter(|one| seen.insert(one.provider)).collect()
}

/// While a preferred provider has yet to be reached, the next wave tries again, and not after her time is over; once
/// she has been asked it waits until then.
fn next_wave(candidates: &[Candidate], job: &Job, wave: &Wave, rules: &DispatchRules, now: Timestamp, offers: &[Offer]) -> Timestamp {
    let regular = now + rules.wave_interval;
    if !wave.preferred_only {
        return regular;
    }
    let asked_before = candidates.iter().any(|one| one.already_asked && Some(one.provider) == job.preferred_provider);
    let alone_until = job.broadcast_at + rules.preferred_alone;
    if asked_before || !offers.is_empty() { alone_until } else { regular.min(alone_until) }
}
