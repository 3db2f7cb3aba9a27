//! A provider takes an order: the first one wins.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError, Weak};

use rapi_core::orders::{Actor, Command, Refused, Status, step};
use rapi_core::{Id, values};
use tokio::sync::{OwnedMutexGuard, watch};
use uuid::Uuid;

use super::advance::move_on;
use super::entities::order;
use super::offers::expires_at;
use super::{error, store};
use crate::app::App;
use crate::platform::{ApiError, ApiResult, Tx};

type User = Id<values::User>;

/// Those who accept the same order at the same moment, one after the other: whoever comes second finds out from memory that it
/// is taken, instead of queueing for the database behind everybody else. It decides nothing: the database does.
#[derive(Default)]
pub struct Turns(Mutex<HashMap<Uuid, Weak<Queue>>>);

/// Those who want one order.
#[derive(Default)]
struct Queue {
    turn: Arc<tokio::sync::Mutex<()>>,
    /// That it is taken, while that waits for its commit.
    taken: watch::Sender<Option<Taken>>,
}

/// Who has taken an order, and of whom it was asked.
struct Taken {
    by: User,
    asked: Vec<User>,
}

impl Queue {
    /// Waits until somebody else has taken the order; for ever, if that is not to be told to her.
    async fn is_lost_for(&self, provider: User) {
        let mut taken = self.taken.subscribe();
        let is_lost = |taken: &Option<Taken>| taken.as_ref().is_some_and(|taken| taken.by != provider && taken.asked.contains(&provider));
        if taken.wait_for(is_lost).await.is_err() {
            std::future::pending::<()>().await;
        }
    }
}

/// A turn; the next one's begins when it is dropped.
pub(super) struct Turn {
    queue: Arc<Queue>,
    is_for_good: bool,
    _turn: OwnedMutexGuard<()>,
}

impl Turn {
    /// Sends away those who wait: the order is taken, though not yet for good. Should the commit fail they were refused too early, as is
    /// whoever shares a commit that fails; their offers stand.
    fn send_away(&self, by: User, asked: Vec<User>) {
        self.queue.taken.send_replace(Some(Taken { by, asked }));
    }

    /// What was done in it is committed. No order comes back: whoever still comes is sent away, too.
    pub(super) fn end(mut self) {
        self.is_for_good = true;
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        if !self.is_for_good {
            self.queue.taken.send_replace(None);
        }
    }
}

impl Turns {
    /// Waits for the turn of `provider` at this order.
    ///
    /// # Errors
    /// 409 `order_already_taken`, as soon as somebody else of those who were asked has taken it.
    async fn at(&self, order: Id<values::Order>, provider: User) -> ApiResult<Turn> {
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
        let turn = tokio::select! {
            biased;
            () = queue.is_lost_for(provider) => return Err(Refused::AlreadyTaken.into()),
            turn = Arc::clone(&queue.turn).lock_owned() => turn,
        };
        Ok(Turn { queue, is_for_good: false, _turn: turn })
    }
}

/// Waits for the turn at an order. Whoever cannot take it any more is told so here, without a transaction.
///
/// # Errors
/// As [`accept`].
pub(super) async fn turn(app: &App, order: Id<values::Order>, provider: User) -> ApiResult<Turn> {
    let turn = app.accepts.at(order, provider).await?;
    let row = match app.db.known::<order::Model>(order.uuid()) {
        Some(row) => row,
        None => app.sheets.of(app, order).await?.row.clone(),
    };
    if row.status()? == Status::Pending || row.provider() == Some(provider) {
        return Ok(turn);
    }
    drop(turn);
    store::broadcasts::offer_to(app.db.read(), order, provider).await?.ok_or_else(error::not_offered)?;
    step(&row.order()?, &Command::Accept, Actor::Provider(provider), app.now())?;
    // Not refused after all: the database decides.
    app.accepts.at(order, provider).await
}

/// Takes an order for `provider`, whose turn it is. Taking it twice is success.
///
/// # Errors
/// 404 unknown; 403 `not_offered`; 409 `order_already_taken`, `offer_declined`, `offer_expired`, `on_a_job`, `invalid_transition`.
pub(super) async fn accept(app: &App, tx: &Tx, turn: &Turn, order: Id<values::Order>, provider: User) -> ApiResult<()> {
    let row = store::orders::seen(tx, order).await?.ok_or_else(error::no_order)?;
    let asked = store::broadcasts::asked(tx, order).await?;
    if row.provider() != Some(provider) {
        let is_asked = asked.contains(&provider);
        if !is_asked {
            store::broadcasts::offer_to(tx, order, provider).await?.ok_or_else(error::not_offered)?;
        }
        // No order comes back to PENDING: what is refused now would be refused under the lock, too.
        step(&row.order()?, &Command::Accept, Actor::Provider(provider), app.now())?;
        check(app, &row, is_asked)?;
    }
    // Whoever was faster is found out under the lock.
    let begun = move_on(app, tx, order, Command::Accept, Actor::Provider(provider), app.now()).await?;
    turn.send_away(provider, asked);
    begun.finish(app, tx).await.map(|_| ())
}

/// Whether she is free the database decides: it lets a provider have one job at a time.
fn check(app: &App, row: &order::Model, is_asked: bool) -> ApiResult<()> {
    if !is_asked {
        return Err(ApiError::conflict("offer_declined", "you left this order to others"));
    }
    if expires_at(app, row).is_none_or(|expires| app.now() >= expires) {
        return Err(ApiError::conflict("offer_expired", "the search for a provider is over"));
    }
    Ok(())
}
