//! Bills and their history in the database.

use rapi_core::wire::payments::{PaymentHistoryItem, PaymentMethod, PaymentResponse, PaymentStatus};
use rapi_core::wire::{OrUnknown, UnknownWord};
use rapi_core::{Id, Rupiah, Timestamp, values};
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::OnConflict;
use sea_orm::{IntoActiveModel, QueryOrder, QuerySelect};

use super::entities::history;
use super::entities::payments::{ActiveModel, Column, Entity, Model};
use crate::app::App;
use crate::platform::db::{Keep, Looks, difference};
use crate::platform::{ApiError, ApiResult, Tx};

impl Model {
    /// Where it is in its life.
    ///
    /// # Errors
    /// 500 for a word that no version wrote.
    pub(super) fn status(&self) -> ApiResult<PaymentStatus> {
        self.status.parse().map_err(|error: UnknownWord| ApiError::internal(error))
    }

    /// How it is paid.
    ///
    /// # Errors
    /// 500 for a word that no version wrote.
    pub(super) fn method(&self) -> ApiResult<PaymentMethod> {
        self.payment_method.parse().map_err(|error: UnknownWord| ApiError::internal(error))
    }

    /// Its order.
    pub(super) const fn order(&self) -> Id<values::Order> {
        Id::new(self.order_id)
    }

    /// Who pays.
    pub(super) const fn client(&self) -> Id<values::User> {
        Id::new(self.client_id)
    }

    /// Who earns.
    pub(super) const fn provider(&self) -> Id<values::User> {
        Id::new(self.service_provider_id)
    }
}

/// Adds a bill; `false` when the order has one.
///
/// # Errors
/// When the database refuses.
pub(super) async fn insert(tx: &Tx, bill: &Model) -> Result<bool, DbErr> {
    let row = bill.clone().into_active_model().reset_all();
    let is_new = tx.insert_or([row], || OnConflict::column(Column::OrderId).do_nothing().to_owned()).await? == 1;
    if is_new {
        tx.keep(bill.order_id, bill);
        tx.keep(bill.id, &History { payment: bill.id, steps: Vec::new() });
    }
    Ok(is_new)
}

/// The bill of an order.
///
/// # Errors
/// When the database cannot be read.
pub(super) async fn of_order(connection: &impl Looks, order: Id<values::Order>) -> Result<Option<Model>, DbErr> {
    connection.look(order.uuid(), async { Entity::find().filter(Column::OrderId.eq(order.uuid())).one(connection).await }).await
}

/// The bill of an order, locked until the transaction ends.
///
/// # Errors
/// When the database cannot be read.
pub(super) async fn lock_of_order(tx: &Tx, order: Id<values::Order>) -> Result<Option<Model>, DbErr> {
    let of_order = async { Entity::find().filter(Column::OrderId.eq(order.uuid())).lock_exclusive().one(tx).await };
    tx.locked(order.uuid(), of_order).await
}

/// A bill by its own id.
///
/// # Errors
/// When the database cannot be read.
pub(super) async fn find(connection: &impl ConnectionTrait, payment: Uuid) -> Result<Option<Model>, DbErr> {
    Entity::find_by_id(payment).one(connection).await
}

/// A bill by its own id, locked until the transaction ends.
///
/// # Errors
/// When the database cannot be read.
pub(super) async fn lock(tx: &Tx, payment: Uuid) -> Result<Option<Model>, DbErr> {
    Entity::find_by_id(payment).lock_exclusive().one(tx).await
}

/// Writes a bill that was `before` as it is now, with a line of history; that alone when nothing else changes. Its amounts never
/// change.
///
/// # Errors
/// 500 when somebody else moved it meanwhile; when the database refuses.
pub(super) async fn step(app: &App, tx: &Tx, before: &Model, mut after: Model, message: &'static str) -> ApiResult<Model> {
    if after == *before {
        note(app, tx, &after, message).await?;
        return Ok(after);
    }
    after.updated_at = app.now().micros();
    let by = [
        (Column::Id, Some(before.id.into())),
        (Column::Status, Some(before.status.as_str().into())),
        (Column::Attempts, Some(before.attempts.into())),
    ];
    if tx.change(difference::<_, ActiveModel>(before, &after), by).await? != 1 {
        return Err(ApiError::internal(format!("payment {} moved under its lock", before.id)));
    }
    tx.keep(after.order_id, &after);
    note(app, tx, &after, message).await?;
    Ok(after)
}

/// Adds a line to the history of a bill.
///
/// # Errors
/// When the database refuses.
pub(super) async fn note(app: &App, tx: &Tx, payment: &Model, message: &'static str) -> ApiResult<()> {
    use history::Column::{CreatedAt, Id, Message, PaymentId, Sequence, Status};
    let (before, now) = (tx.kept::<History>(payment.id), app.now());
    let values = [
        (Id, app.ids.uuid().into()),
        (PaymentId, payment.id.into()),
        (Status, payment.status.as_str().into()),
        (Message, message.into()),
        (CreatedAt, now.micros().into()),
    ];
    // The caller holds the lock on the bill, so no line comes in between.
    tx.insert_numbered::<history::Entity, _>(values, (Sequence, 0), (PaymentId, payment.id.into())).await?;
    if let Some(mut after) = before {
        let (status, message) = (word(payment.status.clone()), Some(message.to_owned()));
        after.steps.push(PaymentHistoryItem { status, message, created_at: now });
        tx.keep(payment.id, &after);
    }
    Ok(())
}

/// The steps of a bill.
#[derive(Debug, Clone, PartialEq)]
struct History {
    payment: Uuid,
    steps: Vec<PaymentHistoryItem>,
}

impl Keep for History {
    fn rows(&self) -> Vec<(&'static str, Uuid)> {
        vec![("payment_history", self.payment)]
    }
}

impl History {
    async fn of(connection: &impl Looks, payment: Uuid) -> Result<Self, DbErr> {
        let read = async {
            let steps = history::Entity::find().filter(history::Column::PaymentId.eq(payment));
            let steps = steps.order_by_asc(history::Column::Sequence).all(connection).await?;
            Ok(Some(Self { payment, steps: steps.into_iter().map(step_item).collect() }))
        };
        Ok(connection.look(payment, read).await?.unwrap_or(Self { payment, steps: Vec::new() }))
    }
}

/// A bill as people see it, with its history.
///
/// # Errors
/// When the database cannot be read.
pub(super) async fn answer(connection: &impl Looks, payment: Model) -> Result<PaymentResponse, DbErr> {
    let history = History::of(connection, payment.id).await?;
    Ok(PaymentResponse {
        id: Id::new(payment.id),
        order_id: payment.order(),
        client_id: payment.client(),
        service_provider_id: payment.provider(),
        base_amount: Rupiah::new(payment.base_amount),
        service_fee: Rupiah::new(payment.service_fee),
        platform_fee: Rupiah::new(payment.platform_fee),
        discount: Rupiah::new(payment.discount),
        total_amount: Rupiah::new(payment.total_amount),
        provider_earnings: Rupiah::new(payment.provider_earnings),
        payment_method: word(payment.payment_method),
        payment_gateway: payment.payment_gateway,
        status: word(payment.status),
        redirect_url: payment.redirect_url,
        qr_string: payment.qr_string,
        pay_until: payment.pay_until.map(Timestamp::from_micros),
        paid_at: payment.paid_at.map(Timestamp::from_micros),
        created_at: Timestamp::from_micros(payment.created_at),
        payment_number: payment.payment_number,
        payment_history: history.steps,
    })
}

fn step_item(step: history::Model) -> PaymentHistoryItem {
    PaymentHistoryItem { status: word(step.status), message: step.message, created_at: Timestamp::from_micros(step.created_at) }
}

/// A word from a table for an answer.
pub(super) fn word<T: std::str::FromStr>(text: String) -> OrUnknown<T> {
    text.parse().map_or(OrUnknown::Unknown(text), OrUnknown::Known)
}
