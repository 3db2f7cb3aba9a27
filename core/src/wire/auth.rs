//! `/auth/*`: registering, signing in, staying signed in.

use super::people::{UserSummary, UserType};
use super::{Checks, Secret, Validate};
use crate::values::{Id, Timestamp, User};

request! {
    /// Asks for an account; an OTP goes to the e-mail address.
    pub struct RegisterRequest {
        /// As on the identity card.
        #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 255))]
        pub full_name: String,
        /// Where the OTP goes.
        #[cfg_attr(feature = "openapi", schema(min_length = 3, max_length = 254))]
        pub email: String,
        /// Indonesian mobile number in any usual writing.
        #[cfg_attr(feature = "openapi", schema(min_length = 8, max_length = 24))]
        pub phone: String,
        /// 8 to 128 characters.
        #[cfg_attr(feature = "openapi", schema(value_type = String, min_length = 8, max_length = 128))]
        pub password: Secret,
        /// CLIENT or SERVICE_PROVIDER.
        pub user_type: UserType,
    }

    /// Asks for another OTP, at most every 60 s.
    pub struct OtpResendRequest {
        /// The address that was registered.
        #[cfg_attr(feature = "openapi", schema(min_length = 3, max_length = 254))]
        pub email: String,
    }

    /// Proves the e-mail address.
    pub struct OtpVerifyRequest {
        /// The address that was registered.
        #[cfg_attr(feature = "openapi", schema(min_length = 3, max_length = 254))]
        pub email: String,
        /// The six digits.
        #[cfg_attr(feature = "openapi", schema(value_type = String, pattern = "^[0-9]{6}$"))]
        pub otp_code: Secret,
    }

    /// Signs in by e-mail or phone; exactly one of the two.
    pub struct LoginRequest {
        /// E-mail address.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 254))]
        pub email: Option<String>,
        /// Phone number.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 24))]
        pub phone: Option<String>,
        /// The password.
        #[cfg_attr(feature = "openapi", schema(value_type = String, min_length = 1, max_length = 128))]
        pub password: Secret,
    }

    /// Changes a refresh token for new tokens.
    pub struct RefreshRequest {
        /// The newest refresh token.
        #[cfg_attr(feature = "openapi", schema(value_type = String, min_length = 1, max_length = 512))]
        pub refresh_token: Secret,
    }

    /// Ends this session.
    pub struct LogoutRequest {
        /// The newest refresh token.
        #[cfg_attr(feature = "openapi", schema(value_type = String, min_length = 1, max_length = 512))]
        pub refresh_token: Secret,
    }

    /// Asks for an OTP to set a new password.
    pub struct PasswordForgotRequest {
        /// The account's address.
        #[cfg_attr(feature = "openapi", schema(min_length = 3, max_length = 254))]
        pub email: String,
    }

    /// Sets a new password and ends all sessions.
    pub struct PasswordResetRequest {
        /// The account's address.
        #[cfg_attr(feature = "openapi", schema(min_length = 3, max_length = 254))]
        pub email: String,
        /// The six digits.
        #[cfg_attr(feature = "openapi", schema(value_type = String, pattern = "^[0-9]{6}$"))]
        pub otp_code: Secret,
        /// 8 to 128 characters.
        #[cfg_attr(feature = "openapi", schema(value_type = String, min_length = 8, max_length = 128))]
        pub new_password: Secret,
    }
}

answer! {
    /// The account waits for its OTP.
    pub struct RegisterResponse {
        /// The account.
        pub user_id: Id<User>,
        /// Until when the OTP is good.
        pub otp_expires_at: Timestamp,
    }

    /// A signed-in session.
    pub struct TokensResponse {
        /// Bearer token, good for `expires_in`.
        pub access_token: Secret,
        /// Good once; a new one comes with each refresh.
        pub refresh_token: Secret,
        /// Always `Bearer`.
        pub token_type: String,
        /// Seconds until the access token ends.
        pub expires_in: u64,
        /// Who signed in.
        pub user: UserSummary,
    }

    /// A signed-in device.
    pub struct SessionItem {
        /// Names the session in `DELETE /me/sessions/{id}`.
        pub id: uuid::Uuid,
        /// What the device called itself.
        pub user_agent: Option<String>,
        /// Where it was last seen.
        pub ip_address: Option<String>,
        /// First sign-in.
        pub created_at: Timestamp,
        /// Last refresh.
        pub last_used_at: Timestamp,
        /// The session asking?
        pub is_current: bool,
    }
}

fn email(checks: &mut Checks, email: &str) {
    checks.text("email", email, 3..=254);
}

fn otp(checks: &mut Checks, code: &Secret) {
    let is_code = code.expose().len() == 6 && code.expose().bytes().all(|digit| digit.is_ascii_digit());
    checks.holds(is_code, "otp_code", "invalid", "must be six digits");
}

fn token(checks: &mut Checks, token: &Secret) {
    checks.text("refresh_token", token.expose(), 1..=512);
}

impl Validate for RegisterRequest {
    fn validate(&self, checks: &mut Checks) {
        checks.text("full_name", &self.full_name, 1..=255);
        email(checks, &self.email);
        checks.text("phone", &self.phone, 8..=24);
        checks.text("password", self.password.expose(), 8..=128);
        checks.holds(self.user_type != UserType::Admin, "user_type", "invalid", "must be CLIENT or SERVICE_PROVIDER");
    }
}

impl Validate for OtpResendRequest {
    fn validate(&self, checks: &mut Checks) {
        email(checks, &self.email);
    }
}

impl Validate for OtpVerifyRequest {
    fn validate(&self, checks: &mut Checks) {
        email(checks, &self.email);
        otp(checks, &self.otp_code);
    }
}

impl Validate for LoginRequest {
    fn validate(&self, checks: &mut Checks) {
        checks.optional_text("email", self.email.as_deref(), 1..=254);
        checks.optional_text("phone", self.phone.as_deref(), 1..=24);
        checks.holds(self.email.is_some() != self.phone.is_some(), "email", "missing", "give either email or phone");
        checks.text("password", self.password.expose(), 1..=128);
    }
}

impl Validate for RefreshRequest {
    fn validate(&self, checks: &mut Checks) {
        token(checks, &self.refresh_token);
    }
}

impl Validate for LogoutRequest {
    fn validate(&self, checks: &mut Checks) {
        token(checks, &self.refresh_token);
    }
}

impl Validate for PasswordForgotRequest {
    fn validate(&self, checks: &mut Checks) {
        email(checks, &self.email);
    }
}

impl Validate for PasswordResetRequest {
    fn validate(&self, checks: &mut Checks) {
        email(checks, &self.email);
        otp(checks, &self.otp_code);
        checks.text("new_password", self.new_password.expose(), 8..=128);
    }
}
