//! What admins look at and decide. Decisions take a new idempotency key each; deciding twice is refused or harmless.

use rapi_core::Id;
use rapi_core::values::Order;
use rapi_core::wire::Page;
use rapi_core::wire::admin::{
    DispatchExplanation, LedgerCheckResponse, RejectVerificationRequest, VerificationDetail, VerificationItem, VerificationsQuery,
};
use rapi_core::wire::orders::{OrderDetail, OrderItem, OrdersQuery};
use reqwest::Method;
use serde_json::Value;
use uuid::Uuid;

use super::{ApiClient, Call};
use crate::error::EngineError;

type Answer<T> = Result<T, EngineError>;

/// Errors of every call: as [`ApiClient::request`].
impl ApiClient {
    /// Papers in the queue.
    pub async fn verifications(&self, query: VerificationsQuery) -> Answer<Page<VerificationItem>> {
        self.call(Call::get("/admin/verifications").with_query(&query)).await
    }

    /// One provider's papers; the view is logged.
    pub async fn verification_of(&self, id: Uuid) -> Answer<VerificationDetail> {
        self.call(Call::get(format!("/admin/verifications/{id}"))).await
    }

    /// She may take orders.
    pub async fn approve_verification(&self, id: Uuid) -> Answer<()> {
        self.decide(format!("/admin/verifications/{id}/approve"), Value::Null).await
    }

    /// She has to mend her papers.
    pub async fn reject_verification(&self, id: Uuid, reason: &str) -> Answer<()> {
        let request = RejectVerificationRequest { rejection_reason: reason.to_owned() };
        let body = serde_json::to_value(request).map_err(|error| EngineError::Unreadable(error.to_string()))?;
        self.decide(format!("/admin/verifications/{id}/reject"), body).await
    }

    /// Everybody's orders, newest first.
    pub async fn all_orders(&self, query: OrdersQuery) -> Answer<Page<OrderItem>> {
        self.call(Call::get("/admin/orders").with_query(&query)).await
    }

    /// Anybody's order.
    pub async fn any_order(&self, id: Id<Order>) -> Answer<OrderDetail> {
        self.call(Call::get(format!("/admin/orders/{id}"))).await
    }

    /// Why each provider was, or was not, offered an order.
    pub async fn dispatch(&self, id: Id<Order>) -> Answer<DispatchExplanation> {
        self.call(Call::get(format!("/admin/orders/{id}/dispatch"))).await
    }

    /// Do the books balance?
    pub async fn ledger_check(&self) -> Answer<LedgerCheckResponse> {
        self.call(Call::get("/admin/ledger/check")).await
    }

    async fn decide(&self, path: String, body: Value) -> Answer<()> {
        self.value(&Call::new(Method::POST, path, body).with_key(self.ids.new_uuid())).await.map(|_| ())
    }
}
