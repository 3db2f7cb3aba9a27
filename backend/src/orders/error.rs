//! What the rules refuse, as callers hear it.

use rapi_core::orders::Refused;

use crate::platform::ApiError;

impl From<Refused> for ApiError {
    fn from(refused: Refused) -> Self {
        let (code, detail) = (refused.code(), refused.to_string());
        match refused {
            Refused::InvalidTransition { .. } | Refused::AlreadyTaken => Self::conflict(code, detail),
            Refused::NotYours | Refused::WrongRole => Self::forbidden(code, detail),
        }
    }
}

/// 404: unknown, or not for this caller to know of.
pub(super) fn no_order() -> ApiError {
    ApiError::not_found("order")
}

/// 403: the order was never offered to this provider.
pub(super) fn not_offered() -> ApiError {
    ApiError::forbidden("not_offered", "this order was not offered to you")
}

/// 409: one job at a time.
pub(super) fn on_a_job() -> ApiError {
    ApiError::conflict("on_a_job", "finish the work at hand before taking more")
}

#[cfg(test)]
mod tests {
    use axum::http::StatusCode;
    use rapi_core::orders::Status;

    use super::*;

    #[test]
    fn conflicts_are_409_and_strangers_get_403() {
        let status = |refused: Refused| ApiError::from(refused).status();
        assert_eq!(status(Refused::InvalidTransition { status: Status::Pending, action: "rate" }), StatusCode::CONFLICT);
        assert_eq!(status(Refused::AlreadyTaken), StatusCode::CONFLICT);
        assert_eq!(status(Refused::NotYours), StatusCode::FORBIDDEN);
        assert_eq!(status(Refused::WrongRole), StatusCode::FORBIDDEN);
    }
}
