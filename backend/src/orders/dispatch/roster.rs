//! What is known of providers, in memory: enough to find those who may be asked among a million without asking the database.
//!
//! Read once, kept until something of a provider is written. It chooses whom to look at; who is asked is decided by what the
//! wave's own transaction reads.

use std::collections::HashMap;
use std::sync::{PoisonError, RwLock};

use rapi_core::dispatch::{Candidate, DispatchRules, Job, Wave, eligible};
use rapi_core::{Id, LatLng, Rupiah, Timestamp, values};

use crate::location::{Nearby, service::Near};
use crate::platform::db::{ANY_ROW, Changes, Stamp};
use crate::users::service::ProviderFacts;

type User = Id<values::User>;

/// What is known of providers.
#[derive(Default)]
pub struct Roster {
    known: RwLock<HashMap<User, Known>>,
}

/// What was read of a provider.
#[derive(Debug, Clone, PartialEq)]
pub struct Known {
    /// What the people's module knows.
    pub facts: ProviderFacts,
    /// Is she on another order?
    pub on_a_job: bool,
    /// What she has earned; below zero what she owes.
    pub balance: Rupiah,
    /// What it was read from.
    pub stamp: Stamp,
}

/// Somebody near, and what is known of her.
pub(super) enum Met {
    /// Nothing, or nothing that is sure.
    Unknown(Near),
    /// That she may not be asked.
    PassedOver(Near),
    /// That she may be asked.
    Eligible(Near),
}

impl Known {
    /// Everything [`Known`] is read from.
    #[must_use]
    pub fn stamp(epoch: u64, provider: User) -> Stamp {
        let id = provider.uuid();
        Stamp::new(epoch, &[("users", id), ("user_profiles", id), ("orders", id), ("wallets", id), ("provider_verifications", ANY_ROW)])
    }

    fn candidate(&self, near: &Near) -> Candidate {
        Candidate {
            provider: near.provider,
            position: near.position,
            position_at: near.at,
            is_approved: self.facts.is_approved,
            is_active: self.facts.is_active,
            is_online: self.facts.is_online,
            working_hours: self.facts.working_hours.clone(),
            services: self.facts.services.clone(),
            on_a_job: self.on_a_job,
            balance: self.balance,
            already_asked: false,
        }
    }
}

impl Roster {
    /// Learns what was read of providers.
    pub fn learn(&self, read: impl IntoIterator<Item = (User, Known)>) {
        self.known.write().unwrap_or_else(PoisonError::into_inner).extend(read);
    }

    /// Walks outward from the job as far as the widest wave reaches, as long as `visit` says to go on.
    pub(super) fn outward(&self, around: Around<'_>, job: &Job, rules: &DispatchRules, now: Timestamp, mut visit: impl FnMut(Met) -> bool) {
        let radius_km = rules.radii_km.iter().copied().fold(0.0, f64::max);
        let wave = Wave { number: 0, radius_km, preferred_only: false };
        let known = self.known.read().unwrap_or_else(PoisonError::into_inner);
        around.nearby.outward(job.place, radius_km * 1000.0, |near| {
            visit(match known.get(&near.provider).filter(|known| around.changes.is_fresh(&known.stamp)) {
                None => Met::Unknown(near),
                Some(known) if eligible(&known.candidate(&near), job, &wave, rules, now).is_ok() => Met::Eligible(near),
                Some(_) => Met::PassedOver(near),
            })
        });
    }

    /// The nearest `limit` of whom it is known that they may be asked.
    #[must_use]
    pub fn nearest(&self, around: Around<'_>, job: &Job, rules: &DispatchRules, now: Timestamp, limit: usize) -> Vec<(User, LatLng)> {
        let mut found = Vec::with_capacity(limit);
        self.outward(around, job, rules, now, |met| {
            if let Met::Eligible(near) = met {
                found.push((near.provider, near.position));
            }
            found.len() < limit
        });
        found
    }
}

/// Where everybody is, and what has been written.
#[derive(Clone, Copy)]
pub struct Around<'a> {
    /// Where everybody is.
    pub nearby: &'a Nearby,
    /// What has been written.
    pub changes: &'a Changes,
}
