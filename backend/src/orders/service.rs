//! What other modules may ask of orders.

use std::collections::HashSet;

use rapi_core::dispatch::Job;
use rapi_core::orders::{Order, Status};
use rapi_core::pricing::{Bill, Tariff};
use rapi_core::wire::admin::OrderCounts;
use rapi_core::wire::categories::CategoryItem;
use rapi_core::wire::payments::PaymentMethod;
use rapi_core::wire::people::UserType;
use rapi_core::{Id, LatLng, Timestamp, values};
use sea_orm::ActiveValue::Set;
use sea_orm::{ConnectionTrait, DbErr};

pub use super::advance::advance;
use super::dispatch::{self, Look, Register};
use super::entities::order;
use super::{categories, error, store};
use crate::app::App;
use crate::gateway::Caller;
use crate::platform::{ApiResult, Tx};

/// An order as the other modules see it.
#[derive(Debug, Clone, PartialEq)]
pub struct OrderFacts {
    /// Its id, client and place in its life.
    pub order: Order,
    /// Its name for people.
    pub order_number: String,
    /// Where.
    pub place: LatLng,
    /// What it costs: rate, fee and cap as fixed when it was ordered.
    pub tariff: Tariff,
    /// How the client means to pay.
    pub payment_method: PaymentMethod,
    /// When the backend heard of the acceptance.
    pub accepted_at: Option<Timestamp>,
    /// When the provider arrived, by her word.
    pub arrived_at: Option<Timestamp>,
    /// When it was called off.
    pub cancelled_at: Option<Timestamp>,
    /// When it was ordered.
    pub created_at: Timestamp,
}

/// An order by id.
///
/// # Errors
/// When the database cannot be read.
pub async fn facts(connection: &impl ConnectionTrait, order: Id<values::Order>) -> Result<Option<OrderFacts>, DbErr> {
    store::orders::find(connection, order).await?.map(|row| row.facts()).transpose()
}

/// An order that the caller may see: its client, its provider (also when it was cancelled afterwards), any admin.
///
/// # Errors
/// 404 for everybody else.
pub async fn visible(connection: &impl ConnectionTrait, order: Id<values::Order>, caller: &Caller) -> ApiResult<OrderFacts> {
    shown(store::orders::find(connection, order).await?, caller)
}

/// The same, as this unit of work sees it.
///
/// # Errors
/// 404 for everybody else.
pub async fn seen(tx: &Tx, order: Id<values::Order>, caller: &Caller) -> ApiResult<OrderFacts> {
    shown(store::orders::seen(tx, order).await?, caller)
}

fn shown(row: Option<order::Model>, caller: &Caller) -> ApiResult<OrderFacts> {
    let row = row.filter(|row| caller.role == UserType::Admin || row.concerns(caller.user));
    Ok(row.ok_or_else(error::no_order)?.facts()?)
}

/// An order by id, and the lock on it until the transaction ends. Whoever locks an order and what hangs on it locks the order first.
///
/// # Errors
/// When the database refuses.
pub async fn locked_facts(tx: &Tx, order: Id<values::Order>) -> Result<Option<OrderFacts>, DbErr> {
    store::orders::locked(tx, order).await?.map(|row| row.facts()).transpose()
}

/// Like [`visible`], and the lock on it until the transaction ends.
///
/// # Errors
/// 404 for everybody who may not see it.
pub async fn visible_locked(tx: &Tx, order: Id<values::Order>, caller: &Caller) -> ApiResult<OrderFacts> {
    shown(store::orders::locked(tx, order).await?, caller)
}

/// Writes the amounts of the bill into the order.
///
/// # Errors
/// When the database refuses.
pub async fn record_bill(app: &App, tx: &Tx, order: Id<values::Order>, bill: &Bill) -> Result<(), DbErr> {
    let change = order::ActiveModel {
        duration_minutes: Set(bill.duration_minutes),
        base_amount: Set(bill.base_amount.get()),
        service_fee: Set(bill.service_fee.get()),
        total_amount: Set(bill.total_amount.get()),
        updated_at: Set(app.now().micros()),
        ..Default::default()
    };
    store::orders::update(tx, order, change).await
}

/// Writes how the order was paid in the end.
///
/// # Errors
/// When the database refuses.
pub async fn record_payment_method(app: &App, tx: &Tx, order: Id<values::Order>, method: PaymentMethod) -> Result<(), DbErr> {
    store::orders::pay_by(tx, order, method, app.now()).await
}

/// The orders these providers are ON_THE_WAY to, one each at most.
///
/// # Errors
/// When the database cannot be read.
pub async fn on_the_way(connection: &impl ConnectionTrait, providers: &[Id<values::User>]) -> Result<Vec<OrderFacts>, DbErr> {
    store::orders::on_the_way(connection, providers).await?.iter().map(order::Model::facts).collect()
}

/// Do these two share an order (as client and provider)? Decides who may see files of orders.
///
/// # Errors
/// When the database cannot be read.
pub async fn share_an_order(connection: &impl ConnectionTrait, one: Id<values::User>, other: Id<values::User>) -> Result<bool, DbErr> {
    store::orders::shared(connection, one, other).await
}

/// How many orders a person has, as client or as provider.
///
/// # Errors
/// When the database cannot be read.
pub async fn counts_of(connection: &impl ConnectionTrait, person: Id<values::User>) -> Result<OrderCounts, DbErr> {
    let mut counts = OrderCounts::default();
    for (status, count) in store::orders::counts(connection, person).await? {
        counts.total += count;
        match status.parse() {
            Ok(Status::Completed) => counts.completed += count,
            Ok(Status::Cancelled) => counts.cancelled += count,
            _ => counts.open += count,
        }
    }
    Ok(counts)
}

/// The nearest `limit` who may be asked to do a job, nearest first, as far as dispatch knows.
///
/// # Errors
/// When the database cannot be read.
pub async fn nearest_who_may_be_asked(app: &App, job: &Job, limit: usize) -> ApiResult<Vec<Id<values::User>>> {
    let (rules, look) = (app.settings.dispatch.rules(), Look { enough: limit, remembered: 0 });
    let near = dispatch::around(app, &mut Register::committed(app.db.read()), job, &rules, &HashSet::new(), look).await?;
    Ok(near.into_iter().map(|near| near.provider).take(limit).collect())
}

/// The active categories, by display order.
///
/// # Errors
/// When the database cannot be read.
pub async fn categories(connection: &impl ConnectionTrait) -> Result<Vec<CategoryItem>, DbErr> {
    Ok(store::categories::active(connection).await?.into_iter().map(categories::item).collect())
}
