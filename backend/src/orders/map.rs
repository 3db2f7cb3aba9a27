//! Everything that goes on now, on one map.

use rapi_core::wire::admin::{MapOrder, MapPosition, MapProvider, MapResponse};
use rapi_core::wire::orders::OrderItem;
use rapi_core::{Id, values};
use sea_orm::DbErr;

use super::store;
use super::view::Surroundings;
use crate::app::App;
use crate::platform::ApiResult;
use crate::platform::db::Looks;
use crate::{location, users};

/// So many orders, and so many providers.
const MOST: usize = 500;

/// The orders that are running, and providers who could take one.
///
/// # Errors
/// When the database cannot be read.
pub(super) async fn map(app: &App, connection: &impl Looks) -> ApiResult<MapResponse> {
    location::service::refresh(app, connection).await?;
    let rows = store::figures::running(connection, MOST).await?;
    let around = Surroundings::read(app, connection, rows.iter()).await?;
    let orders = rows.iter().map(|row| Ok(shown(app, around.item(row)?))).collect::<Result<_, DbErr>>()?;
    Ok(MapResponse { at: app.now(), orders, providers: free(app, connection).await? })
}

fn shown(app: &App, item: OrderItem) -> MapOrder {
    MapOrder {
        id: item.id,
        order_number: item.order_number,
        status: item.status,
        stage: item.stage,
        service_category_slug: item.service_category_slug,
        custom_category_name: item.custom_category_name,
        service_latitude: item.service_latitude,
        service_longitude: item.service_longitude,
        service_address: item.service_address,
        provider: item.provider.map(|provider| at_place(app, provider.id, provider.full_name)),
    }
}

fn at_place(app: &App, id: Id<values::User>, full_name: String) -> MapProvider {
    let position = location::service::position_of(app, id).map(|(place, at)| MapPosition::new(place, at));
    MapProvider { id, full_name, position }
}

/// Providers online whose place is known, but for those on a job; read some at a time until there are enough.
async fn free(app: &App, connection: &impl Looks) -> Result<Vec<MapProvider>, DbErr> {
    let (mut found, mut after) = (Vec::new(), None);
    loop {
        let online = users::service::online(connection, after, MOST).await?;
        let is_last = online.len() < MOST;
        after = online.last().map(|(id, _)| *id);
        let ids: Vec<_> = online.iter().map(|(id, _)| *id).collect();
        let busy = store::orders::busy(connection, &ids).await?;
        let free = online.into_iter().filter(|(id, _)| !busy.contains(id)).map(|(id, name)| at_place(app, id, name));
        found.extend(free.filter(|provider| provider.position.is_some()));
        if is_last || found.len() >= MOST {
            found.truncate(MOST);
            return Ok(found);
        }
    }
}
