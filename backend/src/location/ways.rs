//! Who is on her way where: asked of the orders, and remembered until one of hers is written.

use std::collections::HashMap;

use rapi_core::{Id, LatLng, values};
use sea_orm::DbErr;

use crate::app::App;
use crate::orders;
use crate::platform::db::Stamp;

type User = Id<values::User>;

/// Where a provider is on her way to.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Way {
    pub(super) order: Id<values::Order>,
    pub(super) client: User,
    pub(super) place: LatLng,
}

/// The ways of those who sent positions lately.
#[derive(Default)]
pub(super) struct Ways(HashMap<User, (Option<Way>, Stamp)>);

/// So many are remembered.
const MOST: usize = 200_000;

impl Ways {
    /// The way of each of these providers who is on one.
    pub(super) async fn of(&mut self, app: &App, providers: impl Iterator<Item = User>) -> Result<HashMap<User, Way>, DbErr> {
        let changes = app.db.changes();
        let (mut ways, mut unknown) = (HashMap::new(), Vec::new());
        for provider in providers {
            match self.0.get(&provider).filter(|(_, stamp)| changes.is_fresh(stamp)) {
                Some((way, _)) => ways.extend(way.map(|way| (provider, way))),
                None => unknown.push(provider),
            }
        }
        if unknown.is_empty() {
            return Ok(ways);
        }
        if self.0.len() > MOST {
            self.0.clear();
        }
        let epoch = changes.epoch();
        let read = orders::service::on_the_way(app.db.read(), &unknown).await?;
        for provider in unknown {
            let facts = read.iter().find(|facts| facts.order.stage.provider() == Some(provider));
            let way = facts.map(|facts| Way { order: facts.order.id, client: facts.order.client, place: facts.place });
            // Whoever moves an order names its provider.
            self.0.insert(provider, (way, Stamp::new(epoch, &[("orders", provider.uuid())])));
            ways.extend(way.map(|way| (provider, way)));
        }
        Ok(ways)
    }
}
