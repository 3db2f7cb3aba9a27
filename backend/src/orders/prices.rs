//! What an order will cost: the tariff it copies when it is made, so that later changes do not touch it.

use rapi_core::pricing::{Tariff, bill_for_minutes};
use rapi_core::wire::orders::{QuoteRequest, QuoteResponse};
use rapi_core::{Id, Rupiah, values};
use sea_orm::ConnectionTrait;

use super::store;
use crate::app::App;
use crate::platform::{ApiError, ApiResult};

/// The tariff of a category, or of a custom one when there is none.
///
/// # Errors
/// 422 naming `service_category_id` when it is unknown or cannot be ordered now.
pub(super) async fn tariff(
    app: &App,
    connection: &impl ConnectionTrait,
    category: Option<Id<values::Category>>,
    max_amount: Option<Rupiah>,
) -> ApiResult<Tariff> {
    let pricing = &app.settings.pricing;
    let rate_per_5_minutes = match category {
        None => pricing.custom_rate_per_5_minutes,
        Some(category) => {
            let found = store::categories::find(connection, category).await?;
            let found = found.ok_or_else(|| ApiError::invalid_field("service_category_id", "unknown", "no such category"))?;
            if !found.is_active {
                return Err(ApiError::invalid_field("service_category_id", "inactive", "this category cannot be ordered now"));
            }
            Rupiah::new(found.base_rate_per_5_minutes)
        }
    };
    Ok(Tariff { rate_per_5_minutes, service_fee: pricing.service_fee, platform_percent: pricing.platform_percent, max_amount })
}

/// What so many minutes would cost.
///
/// # Errors
/// As [`tariff`].
pub(super) async fn quote(app: &App, connection: &impl ConnectionTrait, request: &QuoteRequest) -> ApiResult<QuoteResponse> {
    let tariff = tariff(app, connection, request.service_category_id, None).await?;
    let bill = bill_for_minutes(&tariff, request.minutes, Rupiah::ZERO).map_err(ApiError::internal)?;
    Ok(QuoteResponse { base_amount: bill.base_amount, service_fee: bill.service_fee, total_amount: bill.total_amount })
}
