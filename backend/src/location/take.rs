//! What becomes of fixes: weighed one by one, the good ones kept, the latest shown.
//!
//! The history is written first and on its own, for it may be another database. Should the rest fail, the same fixes come
//! again, and what the history holds already it does not write twice.

use rapi_core::tracking::{self as rules, Batch, Fix, Rejected, estimate};
use rapi_core::wire::location::TrackingResponse;
use rapi_core::{Id, LatLng, values};
use sea_orm::DbErr;

use super::store::{self, BatchKey, Last};
use super::{history, silence, tracking};
use crate::app::App;
use crate::orders;
use crate::platform::{ApiResult, Tx};

type User = Id<values::User>;

/// Where a provider is on her way to.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Way {
    pub(super) order: Id<values::Order>,
    pub(super) client: User,
    pub(super) place: LatLng,
}

/// The way of a provider, if she is on one.
pub(super) async fn way_of(app: &App, provider: User) -> Result<Option<Way>, DbErr> {
    let facts = orders::service::on_the_way(app.db.read(), provider).await?;
    Ok(facts.map(|facts| Way { order: facts.order.id, client: facts.order.client, place: facts.place }))
}

/// Fixes that have been looked at; those of a way are in the history already.
pub(super) struct Weighed {
    provider: User,
    way: Option<Way>,
    kept: Vec<Fix>,
    /// What was found, in the order they came.
    pub(super) verdicts: Vec<Result<(), Rejected>>,
}

impl Weighed {
    /// Checks each fix against the one kept before it.
    pub(super) async fn weigh(app: &App, provider: User, way: Option<Way>, fixes: &[Fix]) -> ApiResult<Self> {
        let last = store::position_of(app.db.read(), provider).await?;
        let previous = last.and_then(|last| last.as_fix());
        let rules::Weighed { kept, verdicts } = rules::weigh(fixes, previous, app.now(), &app.settings.tracking_rules());
        if let Some(way) = &way {
            history::write(app, way.order, provider, &kept).await?;
        }
        Ok(Self { provider, way, kept, verdicts })
    }

    /// Stores the latest; what the client may be shown when `tx` has committed.
    pub(super) async fn keep(&self, app: &App, tx: &Tx) -> Result<Option<TrackingResponse>, DbErr> {
        let Some(latest) = self.kept.last() else { return Ok(None) };
        store::put_position(tx, &self.last(latest)).await?;
        let Some(way) = &self.way else { return Ok(None) };
        let left = estimate(latest.position, way.place);
        if !tracking::update(tx, way.order, latest, left, app.now()).await? {
            return Ok(None);
        }
        silence::expect_words(app, tx, way.order).await?;
        Ok(tracking::row_of(tx, way.order).await?.map(tracking::response))
    }

    /// After the commit: remembers and shows.
    pub(super) async fn announce(&self, app: &App, tracking: Option<TrackingResponse>) {
        if let Some(latest) = self.kept.last() {
            app.nearby.note(self.provider, latest.position, latest.at);
        }
        if let (Some(way), Some(tracking)) = (&self.way, tracking) {
            silence::publish(app, way.client, &tracking).await;
        }
    }

    fn last(&self, fix: &Fix) -> Last {
        let Fix { position, heading_degrees, at, .. } = *fix;
        Last { provider: self.provider, position, heading_degrees, at, is_fix: true }
    }
}

/// Takes a numbered batch. The same batch again has no effect.
pub(super) async fn take_batch(app: &App, user: User, device: &str, batch: &Batch, way: Option<Way>) -> ApiResult<()> {
    let key = BatchKey { user, device, sequence: batch.sequence };
    if store::knows_batch(app.db.read(), key).await? {
        return Ok(());
    }
    let weighed = Weighed::weigh(app, user, way, &batch.fixes).await?;
    let tx = app.db.write().await?;
    if !store::enter_batch(&tx, key, app.now()).await? {
        return Ok(());
    }
    let tracking = weighed.keep(app, &tx).await?;
    tx.commit().await?;
    weighed.announce(app, tracking).await;
    Ok(())
}

/// Takes fixes without a number; what was found of each.
pub(super) async fn take_fixes(app: &App, user: User, fixes: &[Fix], way: Option<Way>) -> ApiResult<Vec<Result<(), Rejected>>> {
    let weighed = Weighed::weigh(app, user, way, fixes).await?;
    let tx = app.db.write().await?;
    let tracking = weighed.keep(app, &tx).await?;
    tx.commit().await?;
    weighed.announce(app, tracking).await;
    Ok(weighed.verdicts)
}
