//! Offers, as the provider they were made to sees them.

use rapi_core::orders::Status;
use rapi_core::wire::Page;
use rapi_core::wire::orders::{OfferItem, OrderItem};
use rapi_core::{Id, LatLng, Timestamp, values};
use sea_orm::DbErr;

use super::entities::broadcast::{self, Column};
use super::entities::order;
use super::notices::first_name;
use super::view::Surroundings;
use super::{error, store};
use crate::app::App;
use crate::location;
use crate::platform::cursor::Window;
use crate::platform::db::Looks;
use crate::platform::{ApiError, ApiResult, Tx};

/// When an order's offers end; `None` before it was broadcast.
pub(super) fn expires_at(app: &App, row: &order::Model) -> Option<Timestamp> {
    let broadcast_at = row.broadcast_time.map(Timestamp::from_micros)?;
    Some(broadcast_at + app.settings.dispatch.rules().give_up_after)
}

/// Offers open to this provider, newest first.
///
/// # Errors
/// When the database cannot be read.
pub(super) async fn open_offers(
    app: &App,
    connection: &impl Looks,
    provider: Id<values::User>,
    window: &Window,
) -> ApiResult<Page<OfferItem>> {
    let since = app.now() - app.settings.dispatch.rules().give_up_after;
    let found = store::broadcasts::open_to(connection, provider, since, window).await?;
    let around = Surroundings::read(app, connection, found.iter().map(|(_, order)| order)).await?;
    let here = location::service::position_of(app, provider).map(|(position, _)| position);
    let mut items = Vec::with_capacity(found.len());
    for (offer, row) in found {
        items.push((offer.id, item(app, &offer, &row, &around, here)?));
    }
    Ok(window.page(items, |(id, _)| *id, |(_, item)| item))
}

fn item(app: &App, offer: &broadcast::Model, row: &order::Model, around: &Surroundings, here: Option<LatLng>) -> Result<OfferItem, DbErr> {
    let place = row.place()?;
    let meters = here.map_or(offer.distance_meters, |here| here.meters_to(place));
    Ok(OfferItem {
        order: disguised(around.item(row)?),
        distance_km: (meters / 10.0).round() / 100.0,
        offer_expires_at: expires_at(app, row).unwrap_or_default(),
    })
}

/// The order as somebody sees it who may take it: of the client no more than her first name.
pub(super) fn disguised(mut order: OrderItem) -> OrderItem {
    order.client.full_name = first_name(&order.client.full_name).to_owned();
    order.client.profile_photo = None;
    order.client.average_rating = None;
    order
}

/// Is an order open now to those who were asked?
///
/// # Errors
/// When the row holds nonsense.
pub(super) fn is_open(app: &App, row: &order::Model) -> Result<bool, DbErr> {
    Ok(row.status()? == Status::Pending && expires_at(app, row).is_some_and(|expires| app.now() < expires))
}

/// Notes that the offer was shown. Showing it again, or late, changes nothing.
///
/// # Errors
/// 404 unknown; 403 `not_offered`.
pub(super) async fn seen(app: &App, tx: &Tx, order: Id<values::Order>, provider: Id<values::User>) -> ApiResult<()> {
    let (_, offer) = offered(tx, order, provider).await?;
    Ok(store::broadcasts::first(tx, &offer, Column::SeenAt, app.now()).await?)
}

/// Leaves an order to others. Declining again, or late, changes nothing.
///
/// # Errors
/// 404 unknown; 403 `not_offered`; 409 `invalid_transition` when she has taken it: then it is cancelled, not declined.
pub(super) async fn decline(app: &App, tx: &Tx, order: Id<values::Order>, provider: Id<values::User>) -> ApiResult<()> {
    let (row, offer) = offered(tx, order, provider).await?;
    if row.provider() == Some(provider) {
        return Err(ApiError::conflict("invalid_transition", "you have taken this order"));
    }
    // Whoever declines what is no longer to be had has not left it to anybody: she is told what became of it like the others.
    if row.status()? == Status::Pending {
        store::broadcasts::first(tx, &offer, Column::DeclinedAt, app.now()).await?;
    }
    Ok(())
}

async fn offered(tx: &Tx, order: Id<values::Order>, provider: Id<values::User>) -> ApiResult<(order::Model, broadcast::Model)> {
    let row = store::orders::locked(tx, order).await?.ok_or_else(error::no_order)?;
    let offer = store::broadcasts::offer_to(tx, order, provider).await?.ok_or_else(error::not_offered)?;
    Ok((row, offer))
}
