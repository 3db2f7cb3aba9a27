//! Somebody calls an order off.

use rapi_core::orders::{Actor, Command};
use rapi_core::wire::orders::CancelRequest;
use rapi_core::{Id, values};

use super::advance::advance;
use crate::app::App;
use crate::platform::{ApiResult, Tx};

/// Ends an order before it is done. Cancelling is free for now, so the order's amounts stay as they are.
///
/// # Errors
/// As [`advance`]: each role may cancel from some stages only.
pub(super) async fn cancel(app: &App, tx: &Tx, order: Id<values::Order>, by: Actor, request: CancelRequest) -> ApiResult<()> {
    let command = Command::Cancel { reason: request.cancellation_reason.trim().to_owned() };
    advance(app, tx, order, command, by, app.now()).await.map(|_| ())
}
