//! Somebody calls an order off.

use rapi_core::orders::{Actor, Command};
use rapi_core::wire::orders::CancelRequest;
use rapi_core::{Id, values};
use serde_json::json;

use super::advance::advance;
use crate::app::App;
use crate::platform::{ApiResult, Tx};
use crate::users;
use crate::users::service::{Deed, Permission};

/// Ends an order before it is done. Cancelling is free for now, so the order's amounts stay as they are.
///
/// # Errors
/// As [`advance`]: each role may cancel from some stages only. 403 `missing_permission` for admins who do not hold it.
pub(super) async fn cancel(app: &App, tx: &Tx, order: Id<values::Order>, by: Actor, request: CancelRequest) -> ApiResult<()> {
    let reason = request.cancellation_reason.trim().to_owned();
    if let Actor::Admin(admin) = by {
        users::service::require_permission(tx, admin, Permission::Orders).await?;
        let details = json!({ "reason": reason });
        let deed = Deed { action: "order.cancel", subject_type: "order", subject_id: order.uuid(), details };
        users::service::note_deed(app, tx, admin, deed).await?;
    }
    advance(app, tx, order, Command::Cancel { reason }, by, app.now()).await.map(|_| ())
}
