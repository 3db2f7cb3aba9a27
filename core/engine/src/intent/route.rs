//! Where an intent goes: lane, method, path and body, as the public contract has them.

use rapi_core::outbox::Method;
use rapi_core::values::Order;
use rapi_core::wire::orders::{CancelRequest, OccurredRequest};
use rapi_core::{Id, Timestamp};
use serde::Serialize;
use serde_json::Value;

use super::Intent;
use crate::error::EngineError;

/// A request in the making.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Route {
    /// Requests of one lane go out one after the other, in the order of their submission.
    pub(crate) lane: String,
    pub(crate) method: Method,
    /// Below `/api/v1`.
    pub(crate) path: String,
    /// `null` when there is none.
    pub(crate) body: Value,
}

/// The request of an intent that was submitted at `now`.
pub(crate) fn route(intent: &Intent, now: Timestamp) -> Result<Route, EngineError> {
    let occurred = OccurredRequest { occurred_at: Some(now) };
    match intent {
        Intent::CreateOrder(request) => sent("orders", Method::Post, "/orders", request),
        Intent::Accept(id) => of_order(*id, Method::Post, "/accept", &()),
        Intent::Decline(id) => of_order(*id, Method::Post, "/decline", &()),
        Intent::Seen(id) => of_order(*id, Method::Post, "/seen", &()),
        Intent::Depart(id) => of_order(*id, Method::Post, "/depart", &occurred),
        Intent::Arrive(id) => of_order(*id, Method::Post, "/arrive", &occurred),
        Intent::StartWork(id) => of_order(*id, Method::Post, "/work-session/start", &occurred),
        Intent::PauseWork(id) => of_order(*id, Method::Post, "/work-session/pause", &occurred),
        Intent::ResumeWork(id) => of_order(*id, Method::Post, "/work-session/resume", &occurred),
        Intent::StopWork(id) => of_order(*id, Method::Post, "/work-session/stop", &occurred),
        Intent::WorkNotes { order, request } => of_order(*order, Method::Patch, "/work-session", request),
        Intent::Cancel { order, reason } => {
            of_order(*order, Method::Post, "/cancel", &CancelRequest { cancellation_reason: reason.clone() })
        }
        Intent::Pay { order, request } => of_order(*order, Method::Post, "/payment/pay", request),
        Intent::ConfirmCash(id) => of_order(*id, Method::Post, "/payment/confirm-cash", &()),
        Intent::Rate { order, request } => of_order(*order, Method::Post, "/rating", request),
        other => of_person(other),
    }
}

/// What concerns no single order.
fn of_person(intent: &Intent) -> Result<Route, EngineError> {
    match intent {
        Intent::SetAvailability(request) => sent("profile", Method::Put, "/me/availability", request),
        Intent::PatchProviderProfile(request) => sent("profile", Method::Patch, "/me/provider-profile", request),
        Intent::SubmitVerification(request) => sent("profile", Method::Post, "/me/verification", request),
        Intent::PatchMe(request) => sent("me", Method::Patch, "/me", request),
        Intent::SaveLocation(request) => sent("me", Method::Post, "/me/locations", request),
        Intent::TopUp(request) => sent("wallet", Method::Post, "/wallet/top-ups", request),
        Intent::Withdraw(request) => sent("wallet", Method::Post, "/wallet/withdrawals", request),
        Intent::MarkNotificationRead(id) => sent("notifications", Method::Post, &format!("/notifications/{id}/read"), &()),
        _ => sent("notifications", Method::Post, "/notifications/read-all", &()),
    }
}

fn of_order(id: Id<Order>, method: Method, rest: &str, body: &impl Serialize) -> Result<Route, EngineError> {
    sent(&lane_of(id), method, &format!("/orders/{id}{rest}"), body)
}

fn sent(lane: &str, method: Method, path: &str, body: &impl Serialize) -> Result<Route, EngineError> {
    let body = serde_json::to_value(body).map_err(|error| EngineError::Unreadable(error.to_string()))?;
    Ok(Route { lane: lane.to_owned(), method, path: path.to_owned(), body })
}

/// The lane of everything about one order.
pub(crate) fn lane_of(id: Id<Order>) -> String {
    format!("order/{id}")
}

/// The order that a path is about.
pub(crate) fn order_of(path: &str) -> Option<Id<Order>> {
    path.strip_prefix("/orders/")?.split('/').next()?.parse().ok()
}
