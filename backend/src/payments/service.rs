//! What other modules may ask about money.

use std::collections::HashMap;
use std::time::Duration;

use chrono::NaiveDate;
use rapi_core::wire::payments::{PaymentResponse, PaymentStatus, WalletResponse};
use rapi_core::{Id, Rupiah, Timestamp, values};
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{Alias, ExprTrait, Func};
use sea_orm::{QueryOrder, QuerySelect};

use super::entities::{payments, wallets};
use super::{bill, store};
use crate::app::App;
use crate::orders::service::OrderFacts;
use crate::platform::days::{Days, day_number, day_numbered};
use crate::platform::db::Looks;
use crate::platform::{ApiResult, Tx};

pub use super::check_ledger::check_ledger;

/// Makes the one bill of an order whose work has stopped, and tells both sides. Already made is success.
///
/// # Errors
/// When the amounts do not fit, or the database refuses.
pub async fn make_bill(app: &App, tx: &Tx, order: &OrderFacts, worked: Duration) -> ApiResult<()> {
    bill::make(app, tx, order, worked).await
}

/// Takes back the bill of an order that was called off before it was paid. Nothing to take back is success.
///
/// # Errors
/// When the database refuses.
pub async fn void_bill(app: &App, tx: &Tx, order: Id<values::Order>) -> ApiResult<()> {
    bill::void(app, tx, order).await
}

/// The bill of an order, once made.
///
/// # Errors
/// When the database cannot be read.
pub async fn payment_of(connection: &impl Looks, order: Id<values::Order>) -> Result<Option<PaymentResponse>, DbErr> {
    match store::of_order(connection, order).await? {
        Some(payment) => store::answer(connection, payment).await.map(Some),
        None => Ok(None),
    }
}

/// Balances of providers by id; absent is zero.
///
/// # Errors
/// When the database cannot be read.
pub async fn balances(connection: &impl ConnectionTrait, people: &[Id<values::User>]) -> Result<HashMap<Id<values::User>, Rupiah>, DbErr> {
    let wallets: Vec<(Uuid, i64)> = wallets::Entity::find()
        .filter(wallets::Column::UserId.is_in(people.iter().map(|person| person.uuid())))
        .select_only()
        .columns([wallets::Column::UserId, wallets::Column::Balance])
        .into_tuple()
        .all(connection)
        .await?;
    Ok(wallets.into_iter().map(|(person, balance)| (Id::new(person), Rupiah::new(balance))).collect())
}

/// A person's wallet, once money touched it.
///
/// # Errors
/// When the database cannot be read.
pub async fn wallet_of(connection: &impl ConnectionTrait, person: Id<values::User>) -> Result<Option<WalletResponse>, DbErr> {
    Ok(super::wallets::of(connection, person).await?.map(|wallet| super::wallets::answer(Some(wallet))))
}

/// What was paid on one day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Takings {
    /// On which.
    pub day: NaiveDate,
    /// By clients.
    pub gross_value: Rupiah,
    /// What of it is the platform's, without discounts.
    pub platform_revenue: Rupiah,
}

/// What was paid on each of some days; those without anything are left out.
///
/// # Errors
/// When the database cannot be read.
pub async fn takings(connection: &impl ConnectionTrait, days: Days) -> Result<Vec<Takings>, DbErr> {
    use payments::Column::{Discount, PaidAt, PlatformFee, ServiceFee, Status, TotalAmount};
    let whole = |amount: Expr| Expr::expr(Func::sum(amount)).cast_as("BIGINT");
    let ours = PlatformFee.into_expr().add(ServiceFee.into_expr()).sub(Discount.into_expr());
    let paid: Vec<(i64, i64, i64)> = payments::Entity::find()
        .filter(PaidAt.gte(days.start().micros()))
        .filter(PaidAt.lt(days.end().micros()))
        .filter(Status.eq(PaymentStatus::Completed.as_str()))
        .select_only()
        .column_as(day_number(PaidAt), "day")
        .column_as(whole(TotalAmount.into_expr()), "gross")
        .column_as(whole(ours), "ours")
        .group_by(Expr::col(Alias::new("day")))
        .into_tuple()
        .all(connection)
        .await?;
    let takings =
        |(day, gross, ours)| Takings { day: day_numbered(day), gross_value: Rupiah::new(gross), platform_revenue: Rupiah::new(ours) };
    Ok(paid.into_iter().map(takings).collect())
}

/// What a provider earned: when each of her bills was paid, and her net share; from `from` until before `to`, oldest first.
///
/// # Errors
/// When the database cannot be read.
pub async fn earnings(
    connection: &impl ConnectionTrait,
    provider: Id<values::User>,
    from: Timestamp,
    to: Timestamp,
) -> Result<Vec<(Timestamp, Rupiah)>, DbErr> {
    use payments::Column::{PaidAt, ProviderEarnings, ServiceProviderId, Status};
    let paid: Vec<(Option<i64>, i64)> = payments::Entity::find()
        .filter(ServiceProviderId.eq(provider.uuid()))
        .filter(Status.eq(PaymentStatus::Completed.as_str()))
        .filter(PaidAt.gte(from.micros()))
        .filter(PaidAt.lt(to.micros()))
        .order_by_asc(PaidAt)
        .select_only()
        .columns([PaidAt, ProviderEarnings])
        .into_tuple()
        .all(connection)
        .await?;
    Ok(paid.into_iter().filter_map(|(at, share)| Some((Timestamp::from_micros(at?), Rupiah::new(share)))).collect())
}
