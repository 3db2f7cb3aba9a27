//! The own account: what is changed at once and shown again, so that it needs no outbox.

use rapi_core::Id;
use rapi_core::values::{Order, User};
use rapi_core::wire::auth::SessionItem;
use rapi_core::wire::location::LocationHistoryItem;
use rapi_core::wire::orders::RatingItem;
use rapi_core::wire::payments::{TopUpResponse, WithdrawalItem};
use rapi_core::wire::people::{
    LocationItem, MeResponse, PatchLocationRequest, PhoneRequest, PhoneVerifyRequest, StatsQuery, StatsResponse,
};
use rapi_core::wire::{Page, PageQuery};
use reqwest::Method;
use serde_json::Value;
use uuid::Uuid;

use super::{ApiClient, Call};
use crate::error::EngineError;

type Answer<T> = Result<T, EngineError>;

/// Errors of every call: as [`ApiClient::request`].
impl ApiClient {
    /// The own orders, ratings and earnings by day, for providers.
    pub async fn stats(&self, query: StatsQuery) -> Answer<StatsResponse> {
        self.call(Call::get("/me/stats").with_query(&query)).await
    }

    /// A provider's ratings, newest first.
    pub async fn provider_ratings(&self, id: Id<User>, query: PageQuery) -> Answer<Page<RatingItem>> {
        self.call(Call::get(format!("/providers/{id}/ratings")).with_query(&query)).await
    }

    /// The way the provider of an order took, oldest first.
    pub async fn tracking_history(&self, id: Id<Order>, query: PageQuery) -> Answer<Page<LocationHistoryItem>> {
        self.call(Call::get(format!("/orders/{id}/tracking/history")).with_query(&query)).await
    }

    /// Changes a saved address.
    pub async fn patch_location(&self, id: Uuid, request: &PatchLocationRequest) -> Answer<LocationItem> {
        self.once(Method::PATCH, format!("/me/locations/{id}"), request).await
    }

    /// Forgets a saved address.
    pub async fn delete_location(&self, id: Uuid) -> Answer<()> {
        self.once(Method::DELETE, format!("/me/locations/{id}"), &Value::Null).await
    }

    /// The signed-in devices, newest sign-in first.
    pub async fn sessions(&self, query: PageQuery) -> Answer<Page<SessionItem>> {
        self.call(Call::get("/me/sessions").with_query(&query)).await
    }

    /// Signs a device out.
    pub async fn end_session(&self, id: Uuid) -> Answer<()> {
        self.once(Method::DELETE, format!("/me/sessions/{id}"), &Value::Null).await
    }

    /// Sends a code to a phone number that is to be the own one.
    pub async fn ask_phone_code(&self, phone: &str) -> Answer<()> {
        self.once(Method::POST, "/me/phone", &PhoneRequest { phone: phone.to_owned() }).await
    }

    /// Proves that phone number by its code.
    pub async fn verify_phone(&self, code: &str) -> Answer<MeResponse> {
        self.once(Method::POST, "/me/phone/verify", &PhoneVerifyRequest { otp_code: code.into() }).await
    }

    /// The own withdrawals, newest first.
    pub async fn withdrawals(&self, query: PageQuery) -> Answer<Page<WithdrawalItem>> {
        self.call(Call::get("/wallet/withdrawals").with_query(&query)).await
    }

    /// The own top-ups, newest first.
    pub async fn top_ups(&self, query: PageQuery) -> Answer<Page<TopUpResponse>> {
        self.call(Call::get("/wallet/top-ups").with_query(&query)).await
    }
}
