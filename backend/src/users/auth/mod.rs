//! Getting an account and a session: one operation a file. Answers say nothing about who has an account.

mod login;
mod logout;
mod password;
mod refresh;
mod register;
mod resend;
mod verify;

pub(super) use login::login;
pub(super) use logout::logout;
pub(super) use password::{forgot, reset};
pub(super) use refresh::refresh;
pub(super) use register::register;
pub(super) use resend::resend;
pub(super) use verify::verify;

use rapi_core::people::{Email, Phone};

use crate::platform::{ApiError, ApiResult};

/// A readable address.
///
/// # Errors
/// 422 naming the field.
pub(super) fn email(text: &str) -> ApiResult<Email> {
    text.parse().map_err(|error: rapi_core::people::NotAnEmail| ApiError::invalid_field("email", "invalid", error.to_string()))
}

/// A readable phone number.
///
/// # Errors
/// 422 naming the field.
pub(super) fn phone(text: &str) -> ApiResult<Phone> {
    text.parse().map_err(|error: rapi_core::people::NotAMobile| ApiError::invalid_field("phone", "invalid", error.to_string()))
}
