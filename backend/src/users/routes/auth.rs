//! `/auth/*`: without a token, few at a time from one address, nothing kept for replay.

use axum::Json;
use axum::extract::State;
use axum::http::header::ACCEPT_LANGUAGE;
use axum::http::{HeaderMap, StatusCode};
use rapi_core::wire::auth::{
    LoginRequest, LogoutRequest, OtpResendRequest, OtpVerifyRequest, PasswordForgotRequest, PasswordResetRequest, RefreshRequest,
    RegisterRequest, RegisterResponse, TokensResponse,
};
use rapi_core::wire::people::Language;
use utoipa_axum::routes;

use crate::app::AppState;
use crate::gateway::{Endpoints, Peer, Posted};
use crate::platform::ApiResult;
use crate::users::auth;

pub(super) fn routes() -> Endpoints {
    Endpoints::default()
        .routes(routes!(register))
        .routes(routes!(resend))
        .routes(routes!(verify))
        .routes(routes!(login))
        .routes(routes!(refresh))
        .routes(routes!(logout))
        .routes(routes!(forgot))
        .routes(routes!(reset))
}

/// Ask for an account; a code goes to the address
#[utoipa::path(post, path = "/auth/register", tag = "Auth", request_body = RegisterRequest, responses((status = 201, description = "Waiting for the code; the same for a taken address", body = RegisterResponse)))]
async fn register(
    State(app): State<AppState>,
    headers: HeaderMap,
    posted: Posted<RegisterRequest>,
) -> ApiResult<(StatusCode, Json<RegisterResponse>)> {
    let answer = auth::register(&app, posted.body, language(&headers)).await?;
    Ok((StatusCode::CREATED, Json(answer)))
}

/// English only for those whose device asks for it first.
fn language(headers: &HeaderMap) -> Language {
    let wanted = headers.get(ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if wanted.trim_start().to_ascii_lowercase().starts_with("en") { Language::English } else { Language::Indonesian }
}

/// Send another code
#[utoipa::path(post, path = "/auth/otp/resend", tag = "Auth", request_body = OtpResendRequest, responses((status = 204, description = "Sent, if somebody waits for one")))]
async fn resend(State(app): State<AppState>, posted: Posted<OtpResendRequest>) -> ApiResult<StatusCode> {
    auth::resend(&app, &posted.body).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Prove the address and sign in
#[utoipa::path(post, path = "/auth/otp/verify", tag = "Auth", request_body = OtpVerifyRequest, responses((status = 200, description = "Signed in", body = TokensResponse)))]
async fn verify(State(app): State<AppState>, peer: Peer, posted: Posted<OtpVerifyRequest>) -> ApiResult<Json<TokensResponse>> {
    auth::verify(&app, &posted.body, &peer).await.map(Json)
}

/// Sign in by e-mail or phone
#[utoipa::path(post, path = "/auth/login", tag = "Auth", request_body = LoginRequest, responses((status = 200, description = "Signed in", body = TokensResponse)))]
async fn login(State(app): State<AppState>, peer: Peer, posted: Posted<LoginRequest>) -> ApiResult<Json<TokensResponse>> {
    auth::login(&app, &posted.body, &peer).await.map(Json)
}

/// Exchange a refresh token; the same `Idempotency-Key` gives the same successor until that is used
#[utoipa::path(post, path = "/auth/refresh", tag = "Auth", request_body = RefreshRequest, responses((status = 200, description = "The next tokens", body = TokensResponse)))]
async fn refresh(
    State(app): State<AppState>,
    peer: Peer,
    headers: HeaderMap,
    posted: Posted<RefreshRequest>,
) -> ApiResult<Json<TokensResponse>> {
    // Posted refuses keys that are not text.
    let key = headers.get("idempotency-key").and_then(|key| key.to_str().ok());
    auth::refresh(&app, &posted.body, key, &peer).await.map(Json)
}

/// End the session of a refresh token
#[utoipa::path(post, path = "/auth/logout", tag = "Auth", request_body = LogoutRequest, responses((status = 204, description = "Signed out")))]
async fn logout(State(app): State<AppState>, posted: Posted<LogoutRequest>) -> ApiResult<StatusCode> {
    auth::logout(&app, &posted.body).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Ask for a code to set a new password
#[utoipa::path(post, path = "/auth/password/forgot", tag = "Auth", request_body = PasswordForgotRequest, responses((status = 204, description = "Sent, if there is such an account")))]
async fn forgot(State(app): State<AppState>, posted: Posted<PasswordForgotRequest>) -> ApiResult<StatusCode> {
    auth::forgot(&app, &posted.body).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Set a new password and end all sessions
#[utoipa::path(post, path = "/auth/password/reset", tag = "Auth", request_body = PasswordResetRequest, responses((status = 204, description = "Set")))]
async fn reset(State(app): State<AppState>, posted: Posted<PasswordResetRequest>) -> ApiResult<StatusCode> {
    auth::reset(&app, &posted.body).await?;
    Ok(StatusCode::NO_CONTENT)
}
