//! Who may be asked: everybody near, as dispatch must know them.

use std::collections::{HashMap, HashSet};

use rapi_core::dispatch::{Candidate, DispatchRules, Job};
use rapi_core::{Id, LatLng, Rupiah, Timestamp, values};

use crate::app::App;
use crate::orders::store;
use crate::platform::{ApiResult, Tx};
use crate::users::service::ProviderFacts;
use crate::{location, payments, users};

/// So many are considered for an order at most.
const MOST: usize = 500;

/// Somebody near.
struct Near {
    provider: Id<values::User>,
    position: LatLng,
    at: Timestamp,
}

/// Everybody within the widest radius, and the preferred provider wherever she is. Reaching as far as the last wave does lets
/// every wave remember whom it left out for the distance.
pub(super) async fn candidates(
    app: &App,
    tx: &Tx,
    job: &Job,
    rules: &DispatchRules,
    asked: &HashSet<Id<values::User>>,
) -> ApiResult<Vec<Candidate>> {
    location::service::refresh(app, tx).await?;
    let near = around(app, job, rules);
    let ids: Vec<_> = near.iter().map(|near| near.provider).collect();
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let facts = users::service::provider_facts(tx, &ids).await?;
    let busy = store::orders::busy(tx, &ids).await?;
    let balances = payments::service::balances(tx, &ids).await?;
    let known = Known { facts, busy, balances, asked };
    Ok(near.into_iter().filter_map(|near| known.candidate(near)).collect())
}

fn around(app: &App, job: &Job, rules: &DispatchRules) -> Vec<Near> {
    let widest = rules.radii_km.iter().copied().fold(0.0, f64::max);
    let mut found: Vec<Near> = location::service::nearest(app, job.place, widest, MOST)
        .into_iter()
        .map(|near| Near { provider: near.provider, position: near.position, at: near.at })
        .collect();
    let missing = job.preferred_provider.filter(|preferred| found.iter().all(|near| near.provider != *preferred));
    if let Some(provider) = missing
        && let Some((position, at)) = location::service::position_of(app, provider)
    {
        found.push(Near { provider, position, at });
    }
    found
}

/// What the modules know of those near.
struct Known<'a> {
    facts: HashMap<Id<values::User>, ProviderFacts>,
    busy: HashSet<Id<values::User>>,
    balances: HashMap<Id<values::User>, Rupiah>,
    asked: &'a HashSet<Id<values::User>>,
}

impl Known<'_> {
    /// `None` for whoever is no provider (any more).
    fn candidate(&self, near: Near) -> Option<Candidate> {
        let facts = self.facts.get(&near.provider)?.clone();
        Some(Candidate {
            provider: near.provider,
            position: near.position,
            position_at: near.at,
            is_approved: facts.is_approved,
            is_active: facts.is_active,
            is_online: facts.is_online,
            working_hours: facts.working_hours,
            services: facts.services,
            on_a_job: self.busy.contains(&near.provider),
            balance: self.balances.get(&near.provider).copied().unwrap_or_default(),
            already_asked: self.asked.contains(&near.provider),
        })
    }
}
