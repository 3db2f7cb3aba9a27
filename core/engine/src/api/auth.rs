//! Getting a session: the calls that need none.

use rapi_core::wire::Secret;
use rapi_core::wire::auth::{
    LoginRequest, LogoutRequest, OtpResendRequest, OtpVerifyRequest, PasswordForgotRequest, PasswordResetRequest, RefreshRequest,
    RegisterRequest, RegisterResponse, TokensResponse,
};
use reqwest::{Method, StatusCode};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

use super::{Call, Http, read};
use crate::error::EngineError;

/// The `/auth` calls.
#[derive(Debug, Clone)]
pub(crate) struct Auth(pub(crate) Http);

#[derive(Deserialize)]
struct SecondFactorWanted {
    mfa_token: Secret,
}

#[derive(Serialize)]
struct TotpRequest {
    mfa_token: Secret,
    code: Secret,
}

impl Auth {
    pub(crate) async fn register(&self, request: &RegisterRequest, key: Uuid) -> Result<RegisterResponse, EngineError> {
        read(self.0.json(&post("/auth/register", request)?.with_key(key), None).await?)
    }

    pub(crate) async fn resend_otp(&self, email: &str) -> Result<(), EngineError> {
        self.done("/auth/otp/resend", &OtpResendRequest { email: email.to_owned() }).await
    }

    pub(crate) async fn verify_otp(&self, email: &str, code: &str) -> Result<TokensResponse, EngineError> {
        let request = OtpVerifyRequest { email: email.to_owned(), otp_code: code.into() };
        read(self.0.json(&post("/auth/otp/verify", &request)?, None).await?)
    }

    pub(crate) async fn login(&self, email_or_phone: &str, password: &str) -> Result<TokensResponse, EngineError> {
        let who = Some(email_or_phone.trim().to_owned());
        let (email, phone) = if email_or_phone.contains('@') { (who, None) } else { (None, who) };
        let request = LoginRequest { email, phone, password: password.into() };
        let (status, answer) = self.0.json_with_status(&post("/auth/login", &request)?, None).await?;
        if status == StatusCode::ACCEPTED {
            let wanted: SecondFactorWanted = read(answer)?;
            return Err(EngineError::SecondFactor { mfa_token: wanted.mfa_token });
        }
        read(answer)
    }

    pub(crate) async fn totp(&self, mfa_token: Secret, code: &str) -> Result<TokensResponse, EngineError> {
        read(self.0.json(&post("/auth/totp", &TotpRequest { mfa_token, code: code.into() })?, None).await?)
    }

    pub(crate) async fn refresh(&self, refresh_token: Secret, key: Uuid) -> Result<TokensResponse, EngineError> {
        read(self.0.json(&post("/auth/refresh", &RefreshRequest { refresh_token })?.with_key(key), None).await?)
    }

    pub(crate) async fn logout(&self, refresh_token: Secret) -> Result<(), EngineError> {
        self.done("/auth/logout", &LogoutRequest { refresh_token }).await
    }

    pub(crate) async fn forgot_password(&self, email: &str) -> Result<(), EngineError> {
        self.done("/auth/password/forgot", &PasswordForgotRequest { email: email.to_owned() }).await
    }

    pub(crate) async fn reset_password(&self, request: &PasswordResetRequest) -> Result<(), EngineError> {
        self.done("/auth/password/reset", request).await
    }

    async fn done(&self, path: &str, request: &impl Serialize) -> Result<(), EngineError> {
        self.0.json(&post(path, request)?, None).await.map(|_: Value| ())
    }
}

fn post(path: &str, request: &impl Serialize) -> Result<Call, EngineError> {
    let body = serde_json::to_value(request).map_err(|error| EngineError::Unreadable(error.to_string()))?;
    Ok(Call::new(Method::POST, path, body))
}
