//! Everything about one order, read at once; and kept in memory until something of it is written.

use std::sync::Arc;

use quick_cache::sync::Cache;
use rapi_core::orders::{Actor, Status, actions};
use rapi_core::wire::OrUnknown;
use rapi_core::wire::location::TrackingResponse;
use rapi_core::wire::orders::{OrderDetail, RatingItem};
use rapi_core::wire::payments::PaymentResponse;
use rapi_core::{Id, values};
use sea_orm::{ConnectionTrait, DbErr};
use uuid::Uuid;

use super::entities::order;
use super::view::Surroundings;
use super::{error, store};
use crate::app::App;
use crate::platform::ApiResult;
use crate::platform::db::Stamp;
use crate::timer::service::Work;
use crate::{location, payments, timer};

/// So many are kept, some 3 KiB each.
const KEPT: usize = 32_768;

/// The orders people are looking at.
pub struct Sheets(Cache<Uuid, Arc<Kept>>);

struct Kept {
    sheet: Arc<Sheet>,
    stamp: Stamp,
}

/// An order with all that belongs to it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Sheet {
    pub(super) row: order::Model,
    pub(super) around: Surroundings,
    work: Option<Work>,
    payment: Option<PaymentResponse>,
    rating: Option<RatingItem>,
    tracking: Option<TrackingResponse>,
    /// Who has been asked to do it and may still say yes.
    pub(super) asked: Vec<Id<values::User>>,
}

impl Default for Sheets {
    fn default() -> Self {
        Self(Cache::new(KEPT))
    }
}

impl Sheets {
    /// The sheet of an order as it has been committed.
    ///
    /// # Errors
    /// 404; when the database cannot be read.
    pub(super) async fn of(&self, app: &App, order: Id<values::Order>) -> ApiResult<Arc<Sheet>> {
        let changes = app.db.changes();
        if let Some(kept) = self.0.get(&order.uuid())
            && changes.is_fresh(&kept.stamp)
        {
            #[cfg(debug_assertions)]
            prove(app, order, &kept).await;
            return Ok(Arc::clone(&kept.sheet));
        }
        let epoch = changes.epoch();
        let sheet = Arc::new(Sheet::read(app, app.db.read(), order).await?);
        let stamp = sheet.stamp(epoch);
        if changes.is_fresh(&stamp) {
            self.0.insert(order.uuid(), Arc::new(Kept { sheet: Arc::clone(&sheet), stamp }));
        }
        Ok(sheet)
    }
}

/// In every test: what is kept is what the database holds, as long as it counts as fresh.
#[cfg(debug_assertions)]
async fn prove(app: &App, order: Id<values::Order>, kept: &Kept) {
    let Ok(read) = Sheet::read(app, app.db.read(), order).await else { return };
    if *kept.sheet == read {
        return;
    }
    // What was committed this very moment may not be marked yet; whoever has the turn to write has waited for that.
    let turn = app.db.write().await;
    if turn.is_ok() && app.db.changes().is_fresh(&kept.stamp) {
        assert_eq!(*kept.sheet, read, "a stale order was kept");
    }
}

impl Sheet {
    /// Reads it.
    ///
    /// # Errors
    /// 404; when the database cannot be read.
    async fn read(app: &App, connection: &impl ConnectionTrait, order: Id<values::Order>) -> ApiResult<Self> {
        let row = store::orders::find(connection, order).await?.ok_or_else(error::no_order)?;
        Self::of(app, connection, row).await
    }

    /// Reads what belongs to an order, from a transaction as that sees it.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub(super) async fn of(app: &App, connection: &impl ConnectionTrait, row: order::Model) -> ApiResult<Self> {
        let order = row.order_id();
        let around = Surroundings::read(app, connection, std::iter::once(&row)).await?;
        // What there cannot be yet, or any more, is not asked for.
        let (was_started, was_finished, was_paid) = (row.started_time.is_some(), row.finished_time.is_some(), row.paid_at.is_some());
        let is_coming = matches!(row.status()?, Status::Accepted | Status::OnTheWay);
        let work = if was_started { timer::service::work_of(connection, order).await? } else { None };
        let payment = if was_finished { payments::service::payment_of(connection, order).await? } else { None };
        let rating = if was_paid { store::ratings::of_order(connection, order).await? } else { None };
        let tracking = if is_coming { location::service::tracking_of(connection, order).await? } else { None };
        let asked = if row.status()? == Status::Pending { store::broadcasts::asked(connection, order).await? } else { Vec::new() };
        Ok(Self { work, payment, rating: rating.map(|row| around.rating(row)), tracking, asked, around, row })
    }

    /// Everything it was read from.
    fn stamp(&self, epoch: u64) -> Stamp {
        let order = self.row.id;
        let mut rows = vec![("ratings", order), ("work_sessions", order), ("work_events", order), ("payments", order)];
        rows.extend([("orders", order), ("order_tracking", order), ("order_broadcasts", order)]);
        rows.extend(self.work.as_ref().map(|work| ("work_sessions", work.id())));
        rows.extend(self.payment.as_ref().map(|payment| ("payments", payment.id.uuid())));
        rows.extend(self.payment.as_ref().map(|payment| ("payment_history", payment.id.uuid())));
        rows.extend(self.row.service_category_id.map(|category| ("service_categories", category)));
        for person in [Some(self.row.client()), self.row.provider()].into_iter().flatten() {
            rows.extend([("users", person.uuid()), ("user_profiles", person.uuid())]);
        }
        Stamp::new(epoch, &rows)
    }

    /// The order as one of its own people sees it now.
    ///
    /// # Errors
    /// When it holds what no version wrote.
    pub(super) fn detail(&self, app: &App, by: Actor) -> Result<OrderDetail, DbErr> {
        let (facts, now) = (self.row.facts()?, app.now());
        let state = self.work.as_ref().and_then(Work::state);
        Ok(OrderDetail {
            order: self.around.item(&self.row)?,
            work_session: self.work.as_ref().map(|work| work.session(&facts, now)).transpose()?.flatten(),
            payment: self.payment.clone(),
            rating: self.rating.clone(),
            tracking: self.tracking.clone().map(|stored| location::service::with_latest(app, stored)),
            actions: actions(&facts.order, by, state, now).into_iter().map(OrUnknown::from).collect(),
        })
    }
}
