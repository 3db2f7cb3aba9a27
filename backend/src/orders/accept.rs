//! A provider takes an order: the first one wins.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError, Weak};

use rapi_core::orders::{Actor, Command, Status, step};
use rapi_core::{Id, values};
use uuid::Uuid;

use super::advance::advance;
use super::entities::{broadcast, order};
use super::offers::expires_at;
use super::{error, store};
use crate::app::App;
use crate::platform::{ApiError, ApiResult, Tx};

/// Those who accept the same order at the same moment, one after the other: whoever comes second finds out from memory that it
/// is taken, instead of queueing for the database behind everybody else. It decides nothing: the database does.
#[derive(Default)]
pub struct Turns(Mutex<HashMap<Uuid, Weak<Queue>>>);

/// Those who want one order.
#[derive(Default)]
struct Queue {
    turn: Arc<tokio::sync::Mutex<()>>,
    /// To whom it was offered when the first of them came; none of them need be looked up.
    asked: OnceLock<Vec<Id<values::User>>>,
}

/// A turn; the next one's begins when it is dropped.
pub(super) struct Turn {
    queue: Arc<Queue>,
    _turn: tokio::sync::OwnedMutexGuard<()>,
}

impl Turns {
    /// Waits for the turn at this order.
    pub(super) async fn at(&self, order: Id<values::Order>) -> Turn {
        let queue = {
            let mut queues = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            queues.retain(|_, queue| queue.strong_count() > 0);
            let waiting = queues.get(&order.uuid()).and_then(Weak::upgrade);
            waiting.unwrap_or_else(|| {
                let queue = Arc::default();
                queues.insert(order.uuid(), Arc::downgrade(&queue));
                queue
            })
        };
        let turn = Arc::clone(&queue.turn).lock_owned().await;
        Turn { queue, _turn: turn }
    }
}

/// Waits for the turn at an order. Whoever cannot take it any more is told so here, without a transaction.
///
/// # Errors
/// As [`accept`].
pub(super) async fn turn(app: &App, order: Id<values::Order>, provider: Id<values::User>) -> ApiResult<Turn> {
    let turn = app.accepts.at(order).await;
    let sheet = app.sheets.of(app, order).await?;
    let row = &sheet.row;
    if row.status()? == Status::Pending {
        turn.queue.asked.get_or_init(|| sheet.asked.clone());
        return Ok(turn);
    }
    if row.provider() == Some(provider) {
        return Ok(turn);
    }
    let was_asked = turn.queue.asked.get().is_some_and(|asked| asked.contains(&provider));
    drop(turn);
    if !was_asked {
        store::broadcasts::offer_to(app.db.read(), order, provider).await?.ok_or_else(error::not_offered)?;
    }
    step(&row.order()?, &Command::Accept, Actor::Provider(provider), app.now())?;
    // Not refused after all: the database decides.
    Ok(app.accepts.at(order).await)
}

/// Takes an order for `provider`. Taking it twice is success.
///
/// # Errors
/// 404 unknown; 403 `not_offered`; 409 `order_already_taken`, `offer_declined`, `offer_expired`, `on_a_job`, `invalid_transition`.
pub(super) async fn accept(app: &App, tx: &Tx, order: Id<values::Order>, provider: Id<values::User>) -> ApiResult<()> {
    let row = store::orders::seen(tx, order).await?.ok_or_else(error::no_order)?;
    if row.provider() != Some(provider) {
        let offer = store::broadcasts::offer_to(tx, order, provider).await?.ok_or_else(error::not_offered)?;
        // No order comes back to PENDING: what is refused now would be refused under the lock, too.
        step(&row.order()?, &Command::Accept, Actor::Provider(provider), app.now())?;
        check(app, &row, &offer)?;
    }
    // Whoever was faster is found out under the lock.
    advance(app, tx, order, Command::Accept, Actor::Provider(provider), app.now()).await.map(|_| ())
}

/// Whether she is free the database decides: it lets a provider have one job at a time.
fn check(app: &App, row: &order::Model, offer: &broadcast::Model) -> ApiResult<()> {
    if offer.declined_at.is_some() {
        return Err(ApiError::conflict("offer_declined", "you left this order to others"));
    }
    if expires_at(app, row).is_none_or(|expires| app.now() >= expires) {
        return Err(ApiError::conflict("offer_expired", "the search for a provider is over"));
    }
    Ok(())
}
