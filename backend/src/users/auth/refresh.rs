//! Exchanging a refresh token for the next.

use rapi_core::Id;
use rapi_core::wire::auth::{RefreshRequest, TokensResponse};

use super::super::{sessions, store};
use crate::app::App;
use crate::gateway::Peer;
use crate::platform::{ApiError, ApiResult};

/// Rotates. Repeated with the same `key` it gives the same successor until that is used; any other reuse means that somebody
/// copied a token, and ends the session for both.
///
/// # Errors
/// 401 `invalid_refresh_token`, `token_expired`, `session_revoked`, `token_reused`; 403 `account_suspended`.
pub(in crate::users) async fn refresh(app: &App, request: &RefreshRequest, key: Option<&str>, peer: &Peer) -> ApiResult<TokensResponse> {
    let key = key.map(|key| app.vault.fingerprint("refresh-key", key));
    let tx = app.db.write().await?;
    let row = sessions::locked(app, &tx, request.refresh_token.expose()).await?;
    let row = row.ok_or_else(|| ApiError::unauthorized("invalid_refresh_token", "this is no refresh token of ours"))?;
    let user = Id::new(row.user_id);
    if row.is_revoked {
        return Err(if row.used_at.is_some() { reused() } else { ApiError::unauthorized("session_revoked", "this session was ended") });
    }
    let person = store::of(&tx, user).await?;
    if !person.is_active {
        return Err(ApiError::forbidden("account_suspended", "this account was suspended"));
    }
    let next = if row.used_at.is_some() {
        sessions::successor(app, &tx, &row, key.as_deref()).await?
    } else if row.expires_at <= app.now().micros() {
        return Err(ApiError::unauthorized("token_expired", "the refresh token has expired"));
    } else {
        Some(sessions::rotate(app, &tx, &row, key, peer).await?)
    };
    let Some(next) = next else {
        sessions::end(app, &tx, user, row.family_id).await?;
        tx.commit().await?;
        sessions::disconnect(app, user).await;
        return Err(reused());
    };
    let tokens = sessions::tokens(app, &tx, &person, row.family_id, next).await?;
    tx.commit().await?;
    Ok(tokens)
}

fn reused() -> ApiError {
    ApiError::unauthorized("token_reused", "this refresh token was used before; the session was ended")
}
