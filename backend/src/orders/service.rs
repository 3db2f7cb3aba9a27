//! What other modules may ask of orders.

use rapi_core::orders::{Actor, Command, Order};
use rapi_core::pricing::{Bill, Tariff};
use rapi_core::wire::orders::CategoryItem;
use rapi_core::wire::payments::PaymentMethod;
use rapi_core::{Id, LatLng, Timestamp, values};
use sea_orm::{ConnectionTrait, DbErr};

use crate::app::App;
use crate::gateway::Caller;
use crate::platform::{ApiError, ApiResult, Tx};

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
    /// When it was ordered.
    pub created_at: Timestamp,
}

/// An order by id.
///
/// # Errors
/// When the database cannot be read.
pub async fn facts(connection: &impl ConnectionTrait, order: Id<values::Order>) -> Result<Option<OrderFacts>, DbErr> {
    let _ = (connection, order);
    Ok(None)
}

/// An order that the caller may see: its client, its provider, any admin.
///
/// # Errors
/// 404 for everybody else.
pub async fn visible(connection: &impl ConnectionTrait, order: Id<values::Order>, caller: &Caller) -> ApiResult<OrderFacts> {
    let _ = (connection, order, caller);
    Err(ApiError::not_found("order"))
}

/// Moves an order: locks its row, asks `step`, stores the result with its transition rows, tells everybody concerned, keeps
/// tracking, deadlines and counts in step. Already done is success.
///
/// # Errors
/// 404 unknown; 409 `invalid_transition`, `order_already_taken`; 403 `not_yours`.
pub async fn advance(app: &App, tx: &Tx, order: Id<values::Order>, command: Command, by: Actor, at: Timestamp) -> ApiResult<OrderFacts> {
    let _ = (app, tx, order, command, by, at);
    Err(ApiError::not_found("order"))
}

/// Writes the amounts of the bill into the order.
///
/// # Errors
/// When the database refuses.
pub async fn record_bill(app: &App, tx: &Tx, order: Id<values::Order>, bill: &Bill) -> Result<(), DbErr> {
    let _ = (app, tx, order, bill);
    Ok(())
}

/// Writes how the order was paid in the end.
///
/// # Errors
/// When the database refuses.
pub async fn record_payment_method(app: &App, tx: &Tx, order: Id<values::Order>, method: PaymentMethod) -> Result<(), DbErr> {
    let _ = (app, tx, order, method);
    Ok(())
}

/// The order this provider is ON_THE_WAY to, if any.
///
/// # Errors
/// When the database cannot be read.
pub async fn on_the_way(connection: &impl ConnectionTrait, provider: Id<values::User>) -> Result<Option<OrderFacts>, DbErr> {
    let _ = (connection, provider);
    Ok(None)
}

/// Do these two share an order (as client and provider)? Decides who may see files of orders.
///
/// # Errors
/// When the database cannot be read.
pub async fn share_an_order(connection: &impl ConnectionTrait, one: Id<values::User>, other: Id<values::User>) -> Result<bool, DbErr> {
    let _ = (connection, one, other);
    Ok(false)
}

/// The active categories, by display order.
///
/// # Errors
/// When the database cannot be read.
pub async fn categories(connection: &impl ConnectionTrait) -> Result<Vec<CategoryItem>, DbErr> {
    let _ = connection;
    Ok(Vec::new())
}
