//! Everything about one order, read at once; and kept in memory until something of it is written.

use std::ops::Deref;
use std::sync::{Arc, OnceLock};

use quick_cache::sync::Cache;
use rapi_core::orders::{Action, Actor, Status, actions};
use rapi_core::wire::OrUnknown;
use rapi_core::wire::location::TrackingResponse;
use rapi_core::wire::orders::{OrderDetail, RatingItem};
use rapi_core::wire::payments::PaymentResponse;
use rapi_core::wire::work::WorkSessionResponse;
use rapi_core::{Id, Timestamp, values};
use sea_orm::DbErr;
use uuid::Uuid;

use super::entities::order;
use super::service::OrderFacts;
use super::view::Surroundings;
use super::{error, store};
use crate::app::App;
use crate::gateway::Caller;
use crate::platform::ApiResult;
use crate::platform::db::{Looks, RATINGS, Stamp};
use crate::timer::service::Work;
use crate::{location, payments, timer};

/// So many are kept, some 6 KiB each.
const KEPT: usize = 16_384;

/// The orders people are looking at.
pub struct Sheets(Cache<Uuid, Arc<Kept>>);

/// A sheet in memory.
pub(super) struct Kept {
    sheet: Sheet,
    stamp: Stamp,
    text: OnceLock<Text>,
}

impl Deref for Kept {
    type Target = Sheet;

    fn deref(&self) -> &Sheet {
        &self.sheet
    }
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
    pub(super) async fn of(&self, app: &App, order: Id<values::Order>) -> ApiResult<Arc<Kept>> {
        let changes = app.db.changes();
        if let Some(kept) = self.0.get(&order.uuid())
            && changes.is_fresh(&kept.stamp)
        {
            #[cfg(debug_assertions)]
            prove(app, order, &kept).await;
            return Ok(kept);
        }
        let epoch = changes.epoch();
        // Boxed, for it is large, and whoever finds the order in memory would carry the room for it around.
        let sheet = Box::pin(Sheet::read(app, app.db.read(), order)).await?;
        let kept = Arc::new(Kept { stamp: sheet.stamp(epoch), sheet, text: OnceLock::new() });
        if changes.is_fresh(&kept.stamp) {
            self.0.insert(order.uuid(), Arc::clone(&kept));
        }
        Ok(kept)
    }
}

impl Kept {
    /// As JSON, what [`Sheet::detail`] tells.
    pub(super) fn written(&self, app: &App, by: Actor) -> ApiResult<Vec<u8>> {
        let text = match self.text.get() {
            Some(text) => text,
            None => {
                let text = Text::of(&self.sheet)?;
                self.text.get_or_init(|| text)
            }
        };
        let (facts, now) = (self.row.facts()?, app.now());
        let mut json = Vec::with_capacity(text.order.len() + text.payment.len() + text.rating.len() + 1_024);
        // What an order is does not change with time, nor with who looks: it ends without its brace, and the rest follows.
        json.extend_from_slice(text.order.strip_suffix('}').unwrap_or_default().as_bytes());
        json.extend_from_slice(b",\"work_session\":");
        serde_json::to_writer(&mut json, &self.session(&facts, now)?)?;
        json.extend_from_slice(b",\"payment\":");
        json.extend_from_slice(text.payment.as_bytes());
        json.extend_from_slice(b",\"rating\":");
        json.extend_from_slice(text.rating.as_bytes());
        json.extend_from_slice(b",\"tracking\":");
        serde_json::to_writer(&mut json, &self.tracking(app))?;
        json.extend_from_slice(b",\"actions\":");
        serde_json::to_writer(&mut json, &self.actions(&facts, by, now))?;
        json.push(b'}');
        #[cfg(debug_assertions)]
        assert_eq!(timeless(&json), timeless(&serde_json::to_vec(&self.detail(app, by)?)?), "an order is written in two ways");
        Ok(json)
    }
}

/// In every test: what is put together of pieces is what would have been written whole, but for what passes with time.
#[cfg(debug_assertions)]
fn timeless(json: &[u8]) -> serde_json::Map<String, serde_json::Value> {
    let mut fields: serde_json::Map<_, _> = serde_json::from_slice(json).unwrap_or_default();
    for name in ["work_session", "tracking", "actions"] {
        fields.entry(name).and_modify(|value| *value = serde_json::Value::Null);
    }
    fields
}

/// What of a sheet is the same for everybody and at any time, as JSON.
struct Text {
    order: String,
    payment: String,
    rating: String,
}

impl Text {
    fn of(sheet: &Sheet) -> ApiResult<Self> {
        Ok(Self {
            order: serde_json::to_string(&sheet.around.item(&sheet.row)?)?,
            payment: serde_json::to_string(&sheet.payment)?,
            rating: serde_json::to_string(&sheet.rating)?,
        })
    }
}

/// In every test: what is kept is what the database holds, as long as it counts as fresh.
#[cfg(debug_assertions)]
async fn prove(app: &App, order: Id<values::Order>, kept: &Kept) {
    let Ok(read) = Sheet::read(app, app.db.read(), order).await else { return };
    if kept.sheet == read {
        return;
    }
    // What was committed this very moment may not be marked yet; whoever has the turn to write has waited for that.
    let turn = app.db.write().await;
    if turn.is_ok() && app.db.changes().is_fresh(&kept.stamp) {
        assert_eq!(kept.sheet, read, "a stale order was kept");
    }
}

impl Sheet {
    /// Reads it.
    ///
    /// # Errors
    /// 404; when the database cannot be read.
    async fn read(app: &App, connection: &impl Looks, order: Id<values::Order>) -> ApiResult<Self> {
        let row = store::orders::find(connection, order).await?.ok_or_else(error::no_order)?;
        Self::of(app, connection, row).await
    }

    /// Reads what belongs to an order, from a transaction as that sees it.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub(super) async fn of(app: &App, connection: &impl Looks, row: order::Model) -> ApiResult<Self> {
        let asked = match row.status()? {
            Status::Pending => store::broadcasts::asked(connection, row.order_id()).await?,
            _ => Vec::new(),
        };
        Ok(Self { asked, ..Self::but_asked(app, connection, row).await? })
    }

    /// The same for one of those it concerns, to whom it does not matter who else was asked.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub(super) async fn for_one(app: &App, connection: &impl Looks, row: order::Model, caller: &Caller) -> ApiResult<Self> {
        if row.concerns(caller.user) { Self::but_asked(app, connection, row).await } else { Self::of(app, connection, row).await }
    }

    async fn but_asked(app: &App, connection: &impl Looks, row: order::Model) -> ApiResult<Self> {
        let order = row.order_id();
        let around = Surroundings::read(app, connection, std::iter::once(&row)).await?;
        // What there cannot be yet, or any more, is not asked for.
        let (was_started, was_finished, was_paid) = (row.started_time.is_some(), row.finished_time.is_some(), row.paid_at.is_some());
        let is_coming = matches!(row.status()?, Status::Accepted | Status::OnTheWay);
        let work = if was_started { timer::service::work_of(connection, order).await? } else { None };
        let payment = if was_finished { payments::service::payment_of(connection, order).await? } else { None };
        let rating = if was_paid { store::ratings::of_order(connection, order).await? } else { None };
        let tracking = if is_coming { location::service::tracking_of(connection, order).await? } else { None };
        Ok(Self { work, payment, rating: rating.map(|row| around.rating(row)), tracking, asked: Vec::new(), around, row })
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
            rows.extend(["users", "user_profiles", RATINGS].map(|table| (table, person.uuid())));
        }
        Stamp::new(epoch, &rows)
    }

    /// The order as one of its own people sees it now.
    ///
    /// # Errors
    /// When it holds what no version wrote.
    pub(super) fn detail(&self, app: &App, by: Actor) -> Result<OrderDetail, DbErr> {
        let (facts, now) = (self.row.facts()?, app.now());
        Ok(OrderDetail {
            order: self.around.item(&self.row)?,
            work_session: self.session(&facts, now)?,
            payment: self.payment.clone(),
            rating: self.rating.clone(),
            tracking: self.tracking(app),
            actions: self.actions(&facts, by, now),
        })
    }

    fn session(&self, facts: &OrderFacts, now: Timestamp) -> Result<Option<WorkSessionResponse>, DbErr> {
        Ok(self.work.as_ref().map(|work| work.session(facts, now)).transpose()?.flatten())
    }

    fn tracking(&self, app: &App) -> Option<TrackingResponse> {
        self.tracking.clone().map(|stored| location::service::with_latest(app, stored))
    }

    fn actions(&self, facts: &OrderFacts, by: Actor, now: Timestamp) -> Vec<OrUnknown<Action>> {
        actions(&facts.order, by, self.work.as_ref().and_then(Work::state), now).into_iter().map(OrUnknown::from).collect()
    }
}
