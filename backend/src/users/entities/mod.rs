//! Rows of this module's tables, as the database has them. They hold secrets and addresses: never log one.

mod accounts;
mod belongings;
mod providers;
mod signing_in;

pub(super) use accounts::{audit, permission, registration, suspension, user};
pub(super) use belongings::{media, media_view, place};
pub(super) use providers::{past_verification, profile, provider_service, verification};
pub(super) use signing_in::{device, login_attempt, otp, refresh_token};
