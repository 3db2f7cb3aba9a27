//! The client rates the work, which completes the order.

use rapi_core::orders::{Actor, Command, PayStage};
use rapi_core::wire::events::Event;
use rapi_core::wire::orders::RatingRequest;
use rapi_core::{Id, values};
use serde_json::json;

use super::advance::advance;
use super::entities::rating;
use super::{error, notices, store};
use crate::app::App;
use crate::platform::events::tell;
use crate::platform::{ApiError, ApiResult, Tx};
use crate::users;

/// Rates an order. The same rating again is success.
///
/// # Errors
/// 409 `already_rated` for another rating; else as [`advance`].
pub(super) async fn rate(app: &App, tx: &Tx, order: Id<values::Order>, client: Id<values::User>, request: RatingRequest) -> ApiResult<()> {
    let row = store::orders::locked(tx, order).await?.ok_or_else(error::no_order)?;
    let review = request.review.filter(|text| !text.trim().is_empty());
    let details = request.rating_details.filter(|details| !details.is_empty()).map(|details| json!(details));
    // An order that waits for its rating has none.
    let waits = row.pay_stage()? == Some(PayStage::AwaitingRating);
    let given = if waits { None } else { store::ratings::of_order(tx, order).await? };
    if let Some(given) = given {
        let is_same = (given.rating, &given.review, &given.rating_details) == (request.rating, &review, &details);
        return if is_same { Ok(()) } else { Err(ApiError::conflict("already_rated", "a rating is given once")) };
    }
    advance(app, tx, order, Command::Rate, Actor::Client(client), app.now()).await?;
    let provider = row.provider().ok_or_else(|| ApiError::internal("a rated order has no provider"))?;
    let given = rating::Model {
        id: app.ids.uuid(),
        order_id: order.uuid(),
        client_id: client.uuid(),
        service_provider_id: provider.uuid(),
        rating: request.rating,
        review,
        rating_details: details,
        created_at: app.now().micros(),
        updated_at: app.now().micros(),
    };
    store::ratings::insert(tx, &given).await?;
    users::service::count_rating(app, tx, provider, request.rating).await?;
    let event = Event::RatingReceived { order_id: order, rating: request.rating };
    tell(tx, &app.ids, app.now(), provider, &event);
    let about = notices::about(app, tx, &row).await?;
    notices::send(app, tx, provider, "RATING_RECEIVED", &about, &json!({ "rating": request.rating })).await
}
