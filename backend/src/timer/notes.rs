//! Notes on the work: each side writes its own, both read both.

use rapi_core::wire::people::UserType;
use rapi_core::wire::work::{WorkNotesRequest, WorkSessionResponse};
use rapi_core::{Id, values};

use super::{service, session, store};
use crate::app::App;
use crate::gateway::Caller;
use crate::orders::service as orders;
use crate::platform::{ApiError, ApiResult, Tx};

/// Writes the caller's notes.
///
/// # Errors
/// 403 `not_yours` for the other side's notes; 404.
pub(super) async fn write(
    app: &App,
    tx: &Tx,
    caller: &Caller,
    order: Id<values::Order>,
    request: WorkNotesRequest,
) -> ApiResult<WorkSessionResponse> {
    let facts = orders::seen(tx, order, caller).await?;
    let WorkNotesRequest { provider_notes, client_notes } = request;
    let others = match caller.role {
        UserType::ServiceProvider => client_notes.is_some(),
        UserType::Client => provider_notes.is_some(),
        UserType::Admin => provider_notes.is_some() || client_notes.is_some(),
    };
    if others {
        return Err(ApiError::forbidden("not_yours", "each side writes its own notes"));
    }
    let row = store::lock_session(tx, order).await?.ok_or_else(|| ApiError::not_found("work session"))?;
    if provider_notes.is_some() || client_notes.is_some() {
        store::write_notes(app, tx, row.id, provider_notes, client_notes).await?;
        if let Ok(status) = row.status.parse() {
            session::tell(app, tx, &facts, status);
        }
    }
    let answer = service::session_of(tx, &facts, app.now()).await?;
    answer.ok_or_else(|| ApiError::not_found("work session"))
}
