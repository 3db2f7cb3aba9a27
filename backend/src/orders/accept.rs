//! A provider takes an order: the first one wins.

use rapi_core::orders::{Actor, Command, step};
use rapi_core::{Id, values};

use super::advance::advance;
use super::entities::broadcast;
use super::offers::expires_at;
use super::{error, store};
use crate::app::App;
use crate::platform::{ApiError, ApiResult, Tx};

/// Takes an order for `provider`. Taking it twice is success.
///
/// # Errors
/// 404 unknown; 403 `not_offered`; 409 `order_already_taken`, `offer_declined`, `offer_expired`, `on_a_job`, `invalid_transition`.
pub(super) async fn accept(app: &App, tx: &Tx, order: Id<values::Order>, provider: Id<values::User>) -> ApiResult<()> {
    let row = store::orders::find(tx, order).await?.ok_or_else(error::no_order)?;
    if row.provider() != Some(provider) {
        let offer = store::broadcasts::offer_to(tx, order, provider).await?.ok_or_else(error::not_offered)?;
        // No order comes back to PENDING: what is refused now would be refused under the lock, too.
        step(&row.order()?, &Command::Accept, Actor::Provider(provider), app.now())?;
        check(app, tx, &row, &offer, provider).await?;
    }
    // Whoever was faster is found out under the lock.
    advance(app, tx, order, Command::Accept, Actor::Provider(provider), app.now()).await.map(|_| ())
}

async fn check(
    app: &App,
    tx: &Tx,
    row: &super::entities::order::Model,
    offer: &broadcast::Model,
    provider: Id<values::User>,
) -> ApiResult<()> {
    if offer.declined_at.is_some() {
        return Err(ApiError::conflict("offer_declined", "you left this order to others"));
    }
    if expires_at(app, row).is_none_or(|expires| app.now() >= expires) {
        return Err(ApiError::conflict("offer_expired", "the search for a provider is over"));
    }
    if store::orders::busy(tx, &[provider]).await?.contains(&provider) {
        return Err(error::on_a_job());
    }
    Ok(())
}
