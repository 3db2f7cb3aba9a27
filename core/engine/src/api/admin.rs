//! What admins look at and decide. Decisions take a new idempotency key each; deciding twice is refused or harmless.

use rapi_core::Id;
use rapi_core::values::{Category, Order, User};
use rapi_core::wire::admin::{
    AdminOrdersQuery, AdminStatsQuery, AdminStatsResponse, AdminUserDetail, AdminUserItem, AdminUsersQuery, AdminWithdrawalItem, AuditItem,
    AuditQuery, DispatchExplanation, LedgerCheckResponse, MapResponse, PatchUserRequest, RejectVerificationRequest,
    RejectWithdrawalRequest, VerificationDetail, VerificationItem, VerificationsQuery, WithdrawalsQuery,
};
use rapi_core::wire::auth::SessionItem;
use rapi_core::wire::categories::{AdminCategoryItem, CreateCategoryRequest, PatchCategoryRequest};
use rapi_core::wire::orders::{CancelRequest, OrderDetail, OrderItem};
use rapi_core::wire::{Page, PageQuery};
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
        let _: Value = self.once(Method::POST, format!("/admin/verifications/{id}/approve"), &Value::Null).await?;
        Ok(())
    }

    /// She has to mend her papers.
    pub async fn reject_verification(&self, id: Uuid, reason: &str) -> Answer<()> {
        let request = RejectVerificationRequest { rejection_reason: reason.to_owned() };
        let _: Value = self.once(Method::POST, format!("/admin/verifications/{id}/reject"), &request).await?;
        Ok(())
    }

    /// Everybody, newest first.
    pub async fn users(&self, query: AdminUsersQuery) -> Answer<Page<AdminUserItem>> {
        self.call(Call::get("/admin/users").with_query(&query)).await
    }

    /// Somebody with all that admins may know of her.
    pub async fn user(&self, id: Id<User>) -> Answer<AdminUserDetail> {
        self.call(Call::get(format!("/admin/users/{id}"))).await
    }

    /// Suspends, reopens or unlocks somebody's account, or says what an admin may do.
    pub async fn patch_user(&self, id: Id<User>, request: &PatchUserRequest) -> Answer<AdminUserDetail> {
        self.once(Method::PATCH, format!("/admin/users/{id}"), request).await
    }

    /// Somebody's signed-in devices.
    pub async fn user_sessions(&self, id: Id<User>, query: PageQuery) -> Answer<Page<SessionItem>> {
        self.call(Call::get(format!("/admin/users/{id}/sessions")).with_query(&query)).await
    }

    /// Signs somebody out everywhere.
    pub async fn end_user_sessions(&self, id: Id<User>) -> Answer<()> {
        self.once(Method::DELETE, format!("/admin/users/{id}/sessions"), &Value::Null).await
    }

    /// The platform's numbers.
    pub async fn admin_stats(&self, query: AdminStatsQuery) -> Answer<AdminStatsResponse> {
        self.call(Call::get("/admin/stats").with_query(&query)).await
    }

    /// Everything that goes on now.
    pub async fn map(&self) -> Answer<MapResponse> {
        self.call(Call::get("/admin/map")).await
    }

    /// Everybody's orders, newest first.
    pub async fn all_orders(&self, query: AdminOrdersQuery) -> Answer<Page<OrderItem>> {
        self.call(Call::get("/admin/orders").with_query(&query)).await
    }

    /// Anybody's order. Its steps are in [`ApiClient::timeline`].
    pub async fn any_order(&self, id: Id<Order>) -> Answer<OrderDetail> {
        self.call(Call::get(format!("/admin/orders/{id}"))).await
    }

    /// Why each provider was, or was not, offered an order.
    pub async fn dispatch(&self, id: Id<Order>) -> Answer<DispatchExplanation> {
        self.call(Call::get(format!("/admin/orders/{id}/dispatch"))).await
    }

    /// Calls off anybody's order.
    pub async fn cancel_any_order(&self, id: Id<Order>, reason: &str) -> Answer<OrderDetail> {
        let request = CancelRequest { cancellation_reason: reason.to_owned() };
        self.once(Method::POST, format!("/admin/orders/{id}/cancel"), &request).await
    }

    /// All categories, also those that cannot be ordered now.
    pub async fn all_categories(&self) -> Answer<Vec<AdminCategoryItem>> {
        self.call(Call::get("/admin/categories")).await
    }

    /// Adds a category; it can be ordered at once.
    pub async fn create_category(&self, request: &CreateCategoryRequest) -> Answer<AdminCategoryItem> {
        self.once(Method::POST, "/admin/categories", request).await
    }

    /// Changes a category.
    pub async fn patch_category(&self, id: Id<Category>, request: &PatchCategoryRequest) -> Answer<AdminCategoryItem> {
        self.once(Method::PATCH, format!("/admin/categories/{id}"), request).await
    }

    /// Everybody's withdrawals, newest first.
    pub async fn all_withdrawals(&self, query: WithdrawalsQuery) -> Answer<Page<AdminWithdrawalItem>> {
        self.call(Call::get("/admin/withdrawals").with_query(&query)).await
    }

    /// The transfer is on its way.
    pub async fn approve_withdrawal(&self, id: Uuid) -> Answer<AdminWithdrawalItem> {
        self.once(Method::POST, format!("/admin/withdrawals/{id}/approve"), &Value::Null).await
    }

    /// The bank has the money.
    pub async fn complete_withdrawal(&self, id: Uuid) -> Answer<AdminWithdrawalItem> {
        self.once(Method::POST, format!("/admin/withdrawals/{id}/complete"), &Value::Null).await
    }

    /// Gives the money back to the provider's balance.
    pub async fn reject_withdrawal(&self, id: Uuid, notes: &str) -> Answer<AdminWithdrawalItem> {
        let request = RejectWithdrawalRequest { admin_notes: notes.to_owned() };
        self.once(Method::POST, format!("/admin/withdrawals/{id}/reject"), &request).await
    }

    /// What admins did, newest first.
    pub async fn audit_log(&self, query: AuditQuery) -> Answer<Page<AuditItem>> {
        self.call(Call::get("/admin/audit-log").with_query(&query)).await
    }

    /// Do the books balance?
    pub async fn ledger_check(&self) -> Answer<LedgerCheckResponse> {
        self.call(Call::get("/admin/ledger/check")).await
    }
}
