//! The same order once more.

use rapi_core::Timestamp;
use rapi_core::wire::orders::{CreateOrderRequest, OrderItem};
use rapi_core::wire::payments::PaymentMethod;

/// What was asked for with `order`, for `now`. Everybody may take it, whoever was preferred before.
#[must_use]
pub fn again(order: &OrderItem, now: Timestamp) -> CreateOrderRequest {
    CreateOrderRequest {
        service_category_id: order.service_category_id,
        custom_category_name: order.custom_category_name.clone(),
        description: order.description.clone(),
        service_latitude: order.service_latitude,
        service_longitude: order.service_longitude,
        service_address: order.service_address.clone(),
        requested_time: now,
        preferred_provider_id: None,
        payment_method: order.payment_method.known().copied().unwrap_or(PaymentMethod::Cash),
        max_amount: order.max_amount,
        photo_urls: order.photo_urls.clone(),
    }
}
