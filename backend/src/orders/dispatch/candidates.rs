//! Who may be asked: everybody near, as dispatch must know them.

use std::collections::{HashMap, HashSet};

use rapi_core::dispatch::{Candidate, DispatchRules, Job};
use rapi_core::{Id, Rupiah, values};
use sea_orm::{ConnectionTrait, DbErr};

use super::roster::{Around, Known, Met};
use crate::app::App;
use crate::location::service::Near;
use crate::orders::store;
use crate::platform::{ApiResult, Tx};
use crate::users::service::ProviderFacts;
use crate::{location, payments, users};

type User = Id<values::User>;

/// So many are looked up in the database at once, and in all for one wave: then it is made of whom was found.
const MOST_AT_ONCE: usize = 500;
const MOST_LOOKED_UP: usize = 10_000;

/// Of so many near it is remembered why they were not asked.
const MOST_REMEMBERED: usize = 500;
/// So many who may be asked are enough for a wave, times its size: some will have been asked, or not be free after all.
const ENOUGH_WAVES: usize = 4;

/// Those within the widest radius, nearest first, and the preferred provider wherever she is. Reaching as far as the last wave
/// does lets every wave remember whom it left out for the distance.
pub(super) async fn candidates(app: &App, tx: &Tx, job: &Job, rules: &DispatchRules, asked: &HashSet<User>) -> ApiResult<Vec<Candidate>> {
    location::service::refresh(app, tx).await?;
    let enough = rules.wave_size.saturating_mul(ENOUGH_WAVES);
    let mut near = around(app, tx, job, rules, asked, Look { enough, remembered: MOST_REMEMBERED }).await?;
    let missing = job.preferred_provider.filter(|preferred| near.iter().all(|near| near.provider != *preferred));
    if let Some(provider) = missing
        && let Some((position, at)) = location::service::position_of(app, provider)
    {
        near.push(Near { provider, position, at, meters: job.place.meters_to(position) });
    }
    let ids: Vec<_> = near.iter().map(|near| near.provider).collect();
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let read = Read::of(tx, &ids).await?;
    Ok(near.into_iter().filter_map(|near| read.candidate(near, asked)).collect())
}

/// How far to look.
#[derive(Debug, Clone, Copy)]
pub(in crate::orders) struct Look {
    /// Until so many were found who may be asked.
    pub(in crate::orders) enough: usize,
    /// And at so many at least, of whom it is remembered why they were not.
    pub(in crate::orders) remembered: usize,
}

/// The nearest, and as many more as it takes to find enough who may be asked.
pub(in crate::orders) async fn around(
    app: &App,
    connection: &impl ConnectionTrait,
    job: &Job,
    rules: &DispatchRules,
    asked: &HashSet<User>,
    look: Look,
) -> ApiResult<Vec<Near>> {
    let Look { enough, remembered } = look;
    let mut looked_up = HashSet::new();
    loop {
        let (mut found, mut unknown, mut eligible) = (Vec::new(), Vec::new(), 0);
        let around = Around { nearby: &app.nearby, changes: app.db.changes() };
        app.roster.outward(around, job, rules, app.now(), |met| {
            let (near, may_be) = match met {
                Met::Unknown(near) if looked_up.contains(&near.provider) => (near, true),
                Met::Unknown(near) => {
                    unknown.push(near.provider);
                    (near, true)
                }
                Met::Eligible(near) => (near, !asked.contains(&near.provider)),
                Met::PassedOver(near) => (near, false),
            };
            if may_be || found.len() < remembered {
                found.push(near);
            }
            eligible += usize::from(may_be);
            eligible < enough.saturating_add(unknown.len()) && unknown.len() < MOST_AT_ONCE || found.len() < remembered
        });
        if unknown.is_empty() || looked_up.len() >= MOST_LOOKED_UP {
            return Ok(found);
        }
        // What is being written just now is not learnt: it may never be committed.
        let epoch = app.db.changes().epoch();
        // Where others write too, nothing is kept anyhow, and a second connection could be waited for without end.
        let read = if app.db.is_shared() { Read::of(connection, &unknown).await? } else { Read::of(app.db.read(), &unknown).await? };
        app.roster.learn(read.known(epoch));
        // Where others write too, nothing stays known: once is enough.
        looked_up.extend(unknown);
    }
}

/// What the modules know of some providers.
struct Read {
    facts: HashMap<User, ProviderFacts>,
    busy: HashSet<User>,
    balances: HashMap<User, Rupiah>,
}

impl Read {
    async fn of(connection: &impl ConnectionTrait, providers: &[User]) -> Result<Self, DbErr> {
        Ok(Self {
            facts: users::service::provider_facts(connection, providers).await?,
            busy: store::orders::busy(connection, providers).await?,
            balances: payments::service::balances(connection, providers).await?,
        })
    }

    fn known(self, epoch: u64) -> impl Iterator<Item = (User, Known)> {
        let Self { facts, busy, balances } = self;
        facts.into_iter().map(move |(provider, facts)| {
            let balance = balances.get(&provider).copied().unwrap_or_default();
            (provider, Known { facts, on_a_job: busy.contains(&provider), balance, stamp: Known::stamp(epoch, provider) })
        })
    }

    /// `None` for whoever is no provider (any more).
    fn candidate(&self, near: Near, asked: &HashSet<User>) -> Option<Candidate> {
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
            already_asked: asked.contains(&near.provider),
        })
    }
}
