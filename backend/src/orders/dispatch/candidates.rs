//! Who may be asked: everybody near, as dispatch must know them.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use rapi_core::dispatch::{Candidate, DispatchRules, Job, Standing};
use rapi_core::{Id, values};
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
    let mut register = Register::of(tx);
    let mut near = around(app, &mut register, job, rules, asked, Look { enough, remembered: MOST_REMEMBERED }).await?;
    let missing = job.preferred_provider.filter(|preferred| near.iter().all(|near| near.provider != *preferred));
    near.extend(missing.and_then(|provider| location::service::wherever(app, provider, job.place)));
    let ids: Vec<_> = near.iter().map(|near| near.provider).collect();
    let seen = register.seen(app, &ids).await?;
    // Whoever is no provider (any more) is not among them.
    let candidate = |near: Near| {
        let Near { provider, position, at, .. } = near;
        let standing = Arc::clone(seen.get(&provider)?);
        Some(Candidate { provider, position, position_at: at, standing, already_asked: asked.contains(&provider) })
    };
    Ok(near.into_iter().filter_map(candidate).collect())
}

/// What dispatch must know of one provider; `None` for who is none.
pub(in crate::orders) async fn standing_of(app: &App, tx: &Tx, provider: User) -> ApiResult<Option<Arc<Standing>>> {
    Ok(Register::of(tx).seen(app, &[provider]).await?.remove(&provider))
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
    register: &mut Register<'_, impl ConnectionTrait>,
    job: &Job,
    rules: &DispatchRules,
    asked: &HashSet<User>,
    look: Look,
) -> ApiResult<Vec<Near>> {
    let Look { enough, remembered } = look;
    loop {
        let (mut found, mut unknown, mut eligible) = (Vec::new(), Vec::new(), 0);
        let around = Around { nearby: &app.nearby, changes: app.db.changes() };
        app.roster.outward(around, job, rules, app.now(), |met| {
            let (near, may_be) = match met {
                Met::Unknown(near) if register.looked_up.contains(&near.provider) => (near, true),
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
        if unknown.is_empty() || register.looked_up.len() >= MOST_LOOKED_UP {
            return Ok(found);
        }
        register.look_up(app, unknown).await?;
    }
}

/// Where providers are looked up of whom nothing is known.
pub(in crate::orders) struct Register<'a, C> {
    connection: &'a C,
    /// The unit that looks, if it is one that writes.
    unit: Option<&'a Tx>,
    /// Once is enough: what may not be remembered stays unknown to the roster.
    looked_up: HashSet<User>,
    found: HashMap<User, Arc<Standing>>,
}

impl<'a> Register<'a, Tx> {
    fn of(tx: &'a Tx) -> Self {
        Self { unit: Some(tx), ..Register::committed(tx) }
    }

    /// What this unit sees of these providers: from memory, where that is what it would read.
    async fn seen(mut self, app: &App, providers: &[User]) -> Result<HashMap<User, Arc<Standing>>, DbErr> {
        let mut known = app.roster.known(&app.nearby, providers, |stamp| self.connection.sees_committed(stamp));
        #[cfg(debug_assertions)]
        assert_eq!(known, self.read(app, &known.keys().copied().collect::<Vec<_>>()).await?, "stale providers are remembered");
        known.extend(self.found.drain());
        let unknown = providers.iter().filter(|provider| !known.contains_key(provider) && !self.looked_up.contains(provider));
        self.look_up(app, unknown.copied().collect()).await?;
        known.extend(self.found);
        Ok(known)
    }
}

impl<'a, C: ConnectionTrait> Register<'a, C> {
    /// As it is committed.
    pub(in crate::orders) fn committed(connection: &'a C) -> Self {
        Self { connection, unit: None, looked_up: HashSet::new(), found: HashMap::new() }
    }

    async fn look_up(&mut self, app: &App, providers: Vec<User>) -> Result<(), DbErr> {
        if providers.is_empty() {
            return Ok(());
        }
        let epoch = app.db.changes().epoch();
        let found = self.read(app, &providers).await?;
        let known = found
            .iter()
            .map(|(provider, standing)| (*provider, Known { standing: Arc::clone(standing), stamp: Known::stamp(epoch, *provider) }));
        // What is being written just now is not learnt: it may never be committed.
        app.roster.learn(&app.nearby, known.filter(|(_, known)| self.unit.is_none_or(|tx| tx.sees_committed(&known.stamp))));
        self.looked_up.extend(providers);
        self.found.extend(found);
        Ok(())
    }

    async fn read(&self, app: &App, providers: &[User]) -> Result<HashMap<User, Arc<Standing>>, DbErr> {
        let facts = match self.unit {
            Some(tx) => app.people.providers(app, tx, providers).await?,
            None => users::service::provider_facts(self.connection, providers).await?,
        };
        let busy = store::orders::busy(self.connection, providers).await?;
        let balances = payments::service::balances(self.connection, providers).await?;
        let standing = |(provider, facts): (User, ProviderFacts)| {
            let ProviderFacts { is_approved, is_active, is_online, working_hours, services } = facts;
            let (working_hours, services) = (working_hours.map(Box::new), app.roster.services(services));
            let (on_a_job, balance) = (busy.contains(&provider), balances.get(&provider).copied().unwrap_or_default());
            (provider, Arc::new(Standing { is_approved, is_active, is_online, working_hours, services, on_a_job, balance }))
        };
        Ok(facts.into_iter().map(standing).collect())
    }
}
