//! Orders as answers show them.

use std::collections::HashMap;

use rapi_core::orders::{Actor, Order, actions};
use rapi_core::wire::orders::{OrderDetail, OrderItem, Party, RatingItem};
use rapi_core::wire::{OrUnknown, Page};
use rapi_core::{Id, Rupiah, Timestamp, values};
use sea_orm::DbErr;
use uuid::Uuid;

use super::entities::{category, order, rating};
use super::notices::first_name;
use super::offers::{disguised, is_open};
use super::sheets::Sheet;
use super::{error, store};
use crate::app::App;
use crate::gateway::Caller;
use crate::platform::cursor::Window;
use crate::platform::db::Looks;
use crate::platform::{ApiResult, Tx};
use crate::users;

/// People and categories that some orders speak of, read at once.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Surroundings {
    people: HashMap<Id<values::User>, Party>,
    categories: HashMap<Uuid, category::Model>,
}

impl Surroundings {
    /// Reads what is around `orders`.
    pub(super) async fn read<'a>(
        app: &App,
        connection: &impl Looks,
        orders: impl Iterator<Item = &'a order::Model>,
    ) -> Result<Self, DbErr> {
        let (mut people, mut categories) = (Vec::new(), Vec::new());
        for order in orders {
            people.extend([Some(order.client()), order.provider()].into_iter().flatten());
            categories.extend(order.service_category_id);
        }
        people.sort_unstable();
        people.dedup();
        let people = users::service::parties(app, connection, &people).await?;
        let categories = app.categories.among(app, connection, categories).await?;
        Ok(Self { people, categories })
    }

    fn party(&self, id: Id<values::User>) -> Party {
        let unknown = || Party { id, full_name: String::new(), profile_photo: None, average_rating: None };
        self.people.get(&id).cloned().unwrap_or_else(unknown)
    }

    /// An order as lists show it.
    pub(super) fn item(&self, row: &order::Model) -> Result<OrderItem, DbErr> {
        let time = |micros: Option<i64>| micros.map(Timestamp::from_micros);
        let category = row.service_category_id.and_then(|id| self.categories.get(&id));
        Ok(OrderItem {
            id: row.order_id(),
            order_number: row.order_number.clone(),
            client: self.party(row.client()),
            provider: row.provider().map(|provider| self.party(provider)),
            service_category_id: row.service_category_id.map(Id::new),
            service_category_slug: category.map(|category| category.slug.clone()),
            custom_category_name: row.custom_category_name.clone(),
            status: row.status()?.into(),
            stage: row.pay_stage()?.map(Into::into),
            description: row.description.clone(),
            service_latitude: row.service_latitude,
            service_longitude: row.service_longitude,
            service_address: row.service_address.clone(),
            time_zone: row.time_zone.clone(),
            requested_time: Timestamp::from_micros(row.requested_time),
            broadcast_time: time(row.broadcast_time),
            accepted_time: time(row.accepted_time),
            arrived_time: time(row.arrived_time),
            started_time: time(row.started_time),
            completed_time: time(row.completed_time),
            cancelled_time: time(row.cancelled_time),
            cancellation_reason: row.cancellation_reason.clone(),
            cancelled_by: row.cancelled_by.map(Id::new),
            rate_per_5_minutes: Rupiah::new(row.rate_per_5_minutes),
            max_amount: row.max_amount.map(Rupiah::new),
            payment_method: row.payment_method()?.into(),
            duration_minutes: row.duration_minutes,
            base_amount: Rupiah::new(row.base_amount),
            service_fee: Rupiah::new(row.service_fee),
            total_amount: Rupiah::new(row.total_amount),
            photo_urls: serde_json::from_value(row.photo_urls.clone()).unwrap_or_default(),
            preferred_provider_id: row.preferred_provider_id.map(Id::new),
            created_at: Timestamp::from_micros(row.created_at),
            updated_at: Timestamp::from_micros(row.updated_at),
        })
    }

    /// A rating as everybody sees it.
    pub(super) fn rating(&self, row: rating::Model) -> RatingItem {
        let client = self.party(Id::new(row.client_id));
        RatingItem {
            order_id: Id::new(row.order_id),
            client_name: first_name(&client.full_name).to_owned(),
            rating: row.rating,
            review: row.review,
            rating_details: row.rating_details.and_then(|details| serde_json::from_value(details).ok()),
            created_at: Timestamp::from_micros(row.created_at),
        }
    }
}

/// A page of orders.
///
/// # Errors
/// When the database cannot be read.
pub(super) async fn page(
    app: &App,
    connection: &impl Looks,
    whose: store::orders::Whose,
    only: &store::orders::Only,
    window: &Window,
) -> ApiResult<Page<OrderItem>> {
    let rows = store::orders::page(connection, whose, only, window).await?;
    let around = Surroundings::read(app, connection, rows.iter()).await?;
    let mut items = Vec::with_capacity(rows.len());
    for row in rows {
        items.push(around.item(&row)?);
    }
    Ok(window.page(items, |item| item.id.uuid(), |item| item))
}

/// A page of a provider's ratings.
///
/// # Errors
/// 404 for somebody who is no provider.
pub(super) async fn ratings(
    app: &App,
    connection: &impl Looks,
    provider: Id<values::User>,
    window: &Window,
) -> ApiResult<Page<RatingItem>> {
    if !users::service::provider_facts(connection, &[provider]).await?.contains_key(&provider) {
        return Err(crate::platform::ApiError::not_found("provider"));
    }
    let rows = store::ratings::of_provider(connection, provider, window).await?;
    let clients: Vec<_> = rows.iter().map(|row| Id::new(row.client_id)).collect();
    let people = users::service::parties(app, connection, &clients).await?;
    let around = Surroundings { people, categories: HashMap::new() };
    Ok(window.page(rows, |row| row.id, |row| around.rating(row)))
}

/// An order with all that belongs to it, as `caller` may see it after what `tx` wrote.
///
/// # Errors
/// 404 for everybody whom it does not concern.
pub(super) async fn detail(app: &App, tx: &Tx, order: Id<values::Order>, caller: &Caller) -> ApiResult<OrderDetail> {
    let row = store::orders::seen(tx, order).await?.ok_or_else(error::no_order)?;
    // Boxed: it is the largest part of every move of an order, and need not be carried around with it.
    shown(app, &Box::pin(Sheet::for_one(app, tx, row, caller)).await?, caller)
}

/// The same, as it has been committed: as JSON.
///
/// # Errors
/// 404 for everybody whom it does not concern.
pub(super) async fn committed(app: &App, order: Id<values::Order>, caller: &Caller) -> ApiResult<Vec<u8>> {
    let kept = app.sheets.of(app, order).await?;
    if is_whole(&kept, caller) { kept.written(app, caller.actor()) } else { Ok(serde_json::to_vec(&shown(app, &kept, caller)?)?) }
}

/// Does the caller see all of it?
fn is_whole(sheet: &Sheet, caller: &Caller) -> bool {
    matches!(caller.actor(), Actor::Admin(_)) || sheet.row.concerns(caller.user)
}

/// A provider with an open offer sees what the offer shows.
fn shown(app: &App, sheet: &Sheet, caller: &Caller) -> ApiResult<OrderDetail> {
    let (row, by) = (&sheet.row, caller.actor());
    if is_whole(sheet, caller) {
        return Ok(sheet.detail(app, by)?);
    }
    if matches!(by, Actor::Provider(_)) && sheet.asked.contains(&caller.user) && is_open(app, row)? {
        return Ok(offer(app, &row.order()?, disguised(sheet.around.item(row)?), by));
    }
    Err(error::no_order())
}

fn offer(app: &App, order: &Order, item: OrderItem, by: Actor) -> OrderDetail {
    let actions = actions(order, by, None, app.now()).into_iter().map(OrUnknown::from).collect();
    OrderDetail { order: item, work_session: None, payment: None, rating: None, tracking: None, actions }
}
