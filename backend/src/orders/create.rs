//! A client asks for help at home.

use std::time::Duration;

use rapi_core::dispatch::broadcast_due;
use rapi_core::orders::{Actor, Stage, Status, Zone};
use rapi_core::pricing::Tariff;
use rapi_core::wire::orders::CreateOrderRequest;
use rapi_core::{Id, LatLng, Rupiah, Timestamp, values};
use serde_json::json;

use super::deadlines::Deadline;
use super::entities::order;
use super::store::{self, transitions::Step};
use super::{dispatch, follow, notices, prices};
use crate::app::App;
use crate::platform::{ApiError, ApiResult, Tx};
use crate::users;

/// So far ahead an order may lie.
const FURTHEST: Duration = Duration::from_secs(60 * 24 * 60 * 60);

/// Makes an order. Unless it lies ahead, its first offers go out in the same transaction.
///
/// # Errors
/// 422 `phone_required`; 422 naming the field for a category, provider or time that cannot be.
pub(super) async fn create(app: &App, tx: &Tx, client: Id<values::User>, request: CreateOrderRequest) -> ApiResult<order::Model> {
    let now = app.now();
    check(app, tx, client, &request, now).await?;
    let tariff = prices::tariff(app, tx, request.service_category_id, request.max_amount).await?;
    let due = broadcast_due(request.requested_time, now, &app.settings.dispatch.rules());
    let made = order::Model { broadcast_time: (due <= now).then(|| now.micros()), ..row(app, client, request, &tariff)? };
    store::orders::insert(tx, &made).await?;
    let first = Step { order: made.order_id(), from: None, to: &Stage::Pending, by: Actor::Client(client), at: now };
    store::transitions::append(tx, &app.ids, now, first).await?;
    follow::order_changed(app, tx, &made).await?;
    notices::to_client(app, tx, &made, "ORDER_CREATED").await?;
    if due > now {
        Deadline::Broadcast.set(app, tx, made.order_id(), due);
    } else {
        dispatch::begin(app, tx, &made).await?;
    }
    Ok(made)
}

async fn check(app: &App, tx: &Tx, client: Id<values::User>, request: &CreateOrderRequest, now: Timestamp) -> ApiResult<()> {
    if !users::service::has_phone(app, tx, client).await? {
        return Err(ApiError::unprocessable("phone_required", "the provider must be able to call: add a phone number first"));
    }
    if request.requested_time > now + FURTHEST {
        return Err(ApiError::invalid_field("requested_time", "out_of_range", "at most 60 days ahead"));
    }
    if let Some(preferred) = request.preferred_provider_id {
        let standing = dispatch::standing_of(app, tx, preferred).await?;
        if !standing.is_some_and(|standing| standing.is_approved && standing.is_active) {
            return Err(ApiError::invalid_field("preferred_provider_id", "unknown", "no such approved provider"));
        }
    }
    Ok(())
}

fn row(app: &App, client: Id<values::User>, request: CreateOrderRequest, tariff: &Tariff) -> ApiResult<order::Model> {
    let now = app.now();
    let place = LatLng::try_new(request.service_latitude, request.service_longitude);
    let zone = Zone::of(place.map_err(|error| ApiError::invalid_field("service_latitude", "out_of_range", error.to_string()))?);
    Ok(order::Model {
        id: app.ids.uuid(),
        order_number: app.ids.number("RP"),
        client_id: client.uuid(),
        service_provider_id: None,
        service_category_id: request.service_category_id.map(Id::uuid),
        custom_category_name: request.custom_category_name,
        status: Status::Pending.as_str().to_owned(),
        stage: None,
        description: request.description.filter(|text| !text.trim().is_empty()),
        service_latitude: request.service_latitude,
        service_longitude: request.service_longitude,
        service_address: request.service_address,
        time_zone: zone.iana().to_owned(),
        utc_offset_minutes: zone.utc_offset_minutes(),
        requested_time: request.requested_time.micros(),
        broadcast_time: None,
        accepted_time: None,
        departed_time: None,
        arrived_time: None,
        started_time: None,
        finished_time: None,
        paid_at: None,
        completed_time: None,
        cancelled_time: None,
        duration_minutes: 0,
        base_amount: 0,
        service_fee: tariff.service_fee.get(),
        total_amount: 0,
        rate_per_5_minutes: tariff.rate_per_5_minutes.get(),
        platform_percent: i32::from(tariff.platform_percent),
        max_amount: tariff.max_amount.map(Rupiah::get),
        payment_method: request.payment_method.as_str().to_owned(),
        preferred_provider_id: request.preferred_provider_id.map(Id::uuid),
        photo_urls: json!(request.photo_urls),
        cancellation_reason: None,
        cancelled_by: None,
        created_at: now.micros(),
        updated_at: now.micros(),
    })
}
