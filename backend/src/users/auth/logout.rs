//! Ending one's own session.

use rapi_core::Id;
use rapi_core::wire::auth::LogoutRequest;

use super::super::sessions;
use crate::app::App;
use crate::platform::ApiResult;

/// Ends the session that the token belongs to. A token of no session is as signed out as can be.
///
/// # Errors
/// When the database refuses.
pub(in crate::users) async fn logout(app: &App, request: &LogoutRequest) -> ApiResult<()> {
    let tx = app.db.write().await?;
    let Some(row) = sessions::locked(app, &tx, request.refresh_token.expose()).await? else { return Ok(()) };
    let user = Id::new(row.user_id);
    sessions::end(app, &tx, user, row.family_id).await?;
    tx.commit().await?;
    sessions::disconnect(app, user).await;
    Ok(())
}
