//! What is known of providers, in memory: enough to find those who may be asked among a million without asking the database.
//!
//! Read once, kept until something of a provider is written. It chooses whom to look at; who is asked is decided by what the
//! wave's own transaction reads, or would read.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use rapi_core::dispatch::{Candidate, DispatchRules, Job, Standing, Wave, eligible};
use rapi_core::{Id, LatLng, Timestamp, values};

use crate::location::{Nearby, service::Near};
use crate::platform::db::{ANY_ROW, Changes, Stamp};

type User = Id<values::User>;

/// What is known of providers.
#[derive(Default)]
pub struct Roster {
    /// By their seats in [`Nearby`].
    known: RwLock<Vec<Option<Known>>>,
    /// What anybody offers, once for all who offer the same.
    services: Mutex<HashSet<Arc<[String]>>>,
}

/// What was read of a provider.
#[derive(Debug, Clone, PartialEq)]
pub struct Known {
    /// What dispatch goes by.
    pub standing: Arc<Standing>,
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
        let Near { provider, position, at, .. } = *near;
        Candidate { provider, position, position_at: at, standing: Arc::clone(&self.standing), already_asked: false }
    }
}

impl Roster {
    /// Learns what was read of providers; of those whose place nobody knows nothing is kept.
    pub fn learn(&self, nearby: &Nearby, read: impl IntoIterator<Item = (User, Known)>) {
        let mut known = self.known.write().unwrap_or_else(PoisonError::into_inner);
        for (provider, read) in read {
            let Some(seat) = nearby.seat(provider) else { continue };
            if known.len() <= seat {
                known.resize(seat + 1, None);
            }
            known[seat] = Some(read);
        }
    }

    /// What is known of these providers, as far as it `holds`.
    pub(super) fn known(&self, nearby: &Nearby, providers: &[User], holds: impl Fn(&Stamp) -> bool) -> HashMap<User, Arc<Standing>> {
        let known = self.known.read().unwrap_or_else(PoisonError::into_inner);
        let held = |provider: User| at(&known, nearby.seat(provider)?).filter(|known| holds(&known.stamp));
        providers.iter().filter_map(|provider| Some((*provider, Arc::clone(&held(*provider)?.standing)))).collect()
    }

    /// The list that all share who offer the same.
    pub(super) fn services(&self, offered: Vec<String>) -> Arc<[String]> {
        let mut services = self.services.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(shared) = services.get(offered.as_slice()) {
            return Arc::clone(shared);
        }
        let shared: Arc<[String]> = offered.into();
        services.insert(Arc::clone(&shared));
        shared
    }

    /// Walks outward from the job as far as the widest wave reaches, as long as `visit` says to go on.
    pub(super) fn outward(&self, around: Around<'_>, job: &Job, rules: &DispatchRules, now: Timestamp, mut visit: impl FnMut(Met) -> bool) {
        let radius_km = rules.radii_km.iter().copied().fold(0.0, f64::max);
        let wave = Wave { number: 0, radius_km, preferred_only: false };
        let known = self.known.read().unwrap_or_else(PoisonError::into_inner);
        around.nearby.outward(job.place, radius_km * 1000.0, |near| {
            visit(match at(&known, near.seat).filter(|known| around.changes.is_fresh(&known.stamp)) {
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

fn at(known: &[Option<Known>], seat: usize) -> Option<&Known> {
    known.get(seat).and_then(Option::as_ref)
}

/// Where everybody is, and what has been written.
#[derive(Clone, Copy)]
pub struct Around<'a> {
    /// Where everybody is.
    pub nearby: &'a Nearby,
    /// What has been written.
    pub changes: &'a Changes,
}
