//! The deadlines of an order: rows with a due time, so that no restart forgets one.

use std::sync::Arc;

use async_trait::async_trait;
use rapi_core::orders::{Actor, Command, PayStage, Status};
use rapi_core::{Id, Timestamp, values};
use sea_orm::DbErr;
use serde_json::{Value, json};

use super::advance::advance;
use super::entities::order;
use super::{dispatch, follow, notices, store};
use crate::app::{App, AppState};
use crate::platform::jobs::{self, Handler, Job};
use crate::platform::{ApiError, ApiResult, Tx};
use crate::users;

/// What an order may wait for; one of each kind at a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Deadline {
    /// A later order is offered for the first time.
    Broadcast,
    /// The next wave of offers.
    Wave,
    /// Nobody took it.
    GiveUp,
    /// Somebody took it: the others are told, at once.
    CloseOffers,
    /// Nobody paid it.
    Unpaid,
    /// Nobody rated it.
    AutoComplete,
}

impl Deadline {
    const ALL: [Self; 6] = [Self::Broadcast, Self::Wave, Self::GiveUp, Self::CloseOffers, Self::Unpaid, Self::AutoComplete];
    /// Those of an order that nobody has taken. Taken back in this order everywhere: giving up takes back the next wave, too.
    pub(super) const SEARCH: [Self; 3] = [Self::GiveUp, Self::Broadcast, Self::Wave];

    const fn kind(self) -> &'static str {
        match self {
            Self::Broadcast => "orders.broadcast",
            Self::Wave => "orders.wave",
            Self::GiveUp => "orders.give_up",
            Self::CloseOffers => "orders.close_offers",
            Self::Unpaid => "orders.unpaid",
            Self::AutoComplete => "orders.auto_complete",
        }
    }

    /// Sets it.
    pub(super) fn set(self, app: &App, tx: &Tx, order: Id<values::Order>, due_at: Timestamp) {
        jobs::set(tx, &app.ids, app.now(), self.kind(), order.uuid(), due_at, json!({}));
    }

    /// Takes it back.
    pub(super) async fn clear(self, tx: &Tx, order: Id<values::Order>) -> Result<(), DbErr> {
        jobs::clear(tx, &[self.kind()], order.uuid()).await
    }

    /// Takes several back.
    pub(super) async fn clear_all(deadlines: &[Self], tx: &Tx, order: Id<values::Order>) -> Result<(), DbErr> {
        let kinds: Vec<_> = deadlines.iter().map(|deadline| deadline.kind()).collect();
        jobs::clear(tx, &kinds, order.uuid()).await
    }

    /// Does the order still wait for it?
    fn concerns(self, row: &order::Model) -> Result<bool, DbErr> {
        let (status, stage) = (row.status()?, row.pay_stage()?);
        Ok(match self {
            Self::Broadcast => status == Status::Pending && row.broadcast_time.is_none(),
            Self::Wave | Self::GiveUp => status == Status::Pending && row.broadcast_time.is_some(),
            Self::CloseOffers => row.provider().is_some(),
            Self::Unpaid => stage == Some(PayStage::AwaitingPayment),
            Self::AutoComplete => stage == Some(PayStage::AwaitingRating),
        })
    }
}

/// Sets the next wave.
pub(super) fn set_wave(app: &App, tx: &Tx, order: Id<values::Order>, number: u32, due_at: Timestamp) {
    jobs::set(tx, &app.ids, app.now(), Deadline::Wave.kind(), order.uuid(), due_at, json!({ "wave": number }));
}

fn wave_of(payload: &Value) -> Option<u32> {
    payload["wave"].as_u64().and_then(|number| u32::try_from(number).ok())
}

/// Acts when a deadline of an order comes.
struct Due {
    app: AppState,
    deadline: Deadline,
}

#[async_trait]
impl Handler for Due {
    async fn run(&self, tx: &Tx, job: &Job) -> Result<(), ApiError> {
        let app = self.app.as_ref();
        let order = Id::new(job.subject);
        let found = match self.deadline {
            Deadline::Broadcast | Deadline::Wave => store::orders::locked(tx, order).await?,
            // Those lock it that move it, when they do.
            Deadline::GiveUp | Deadline::CloseOffers | Deadline::Unpaid | Deadline::AutoComplete => store::orders::find(tx, order).await?,
        };
        let Some(row) = found else { return Ok(()) };
        if !self.deadline.concerns(&row)? {
            return Ok(());
        }
        match self.deadline {
            Deadline::Broadcast => dispatch::begin(app, tx, &row).await,
            Deadline::Wave => {
                let number = wave_of(&job.payload).ok_or_else(|| ApiError::internal("a wave without its number"))?;
                dispatch::wave(app, tx, &row, number).await
            }
            Deadline::GiveUp => by_itself(app, tx, &row, Command::GiveUp).await,
            Deadline::CloseOffers => follow::close_offers(app, tx, &row, "taken").await,
            Deadline::AutoComplete => by_itself(app, tx, &row, Command::AutoComplete).await,
            Deadline::Unpaid => tell_admins(app, tx, &row).await,
        }
    }
}

async fn by_itself(app: &App, tx: &Tx, row: &order::Model, command: Command) -> ApiResult<()> {
    advance(app, tx, row.order_id(), command, Actor::System, app.now()).await.map(|_| ())
}

async fn tell_admins(app: &App, tx: &Tx, row: &order::Model) -> ApiResult<()> {
    let about = notices::about(app, tx, row).await?;
    let more = json!({ "total_amount": row.total_amount });
    for admin in users::service::admins(tx).await? {
        notices::send(app, tx, admin, "ORDER_UNPAID", &about, &more).await?;
    }
    Ok(())
}

/// Who acts, by kind.
pub(super) fn handlers(app: &AppState) -> Vec<(&'static str, Arc<dyn Handler>)> {
    let due = |deadline| -> Arc<dyn Handler> { Arc::new(Due { app: Arc::clone(app), deadline }) };
    Deadline::ALL.into_iter().map(|deadline| (deadline.kind(), due(deadline))).collect()
}
