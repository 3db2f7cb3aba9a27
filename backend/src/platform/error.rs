//! The one error of the HTTP edge: what every module's error becomes on its way out.

use std::time::Duration;

use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use rapi_core::wire::{FieldError, Problem};
use sea_orm::DbErr;

use super::answers::Answer;
use super::db::is_lost_race;
use super::outage::Outage;

/// What a handler answers when it cannot do what was asked.
pub type ApiResult<T> = Result<T, ApiError>;

/// A refusal or a fault, as the caller will see it.
#[derive(Debug, thiserror::Error)]
pub enum ApiError {
    /// The caller asked for something that cannot be; `code` says what.
    #[error("{code}: {detail}")]
    Refused {
        /// 4xx.
        status: StatusCode,
        /// Stable snake_case name.
        code: &'static str,
        /// In a sentence, for developers.
        detail: String,
        /// The fields at fault.
        errors: Vec<FieldError>,
        /// When it is worth trying again.
        retry_after: Option<Duration>,
    },
    /// Our side broke; the caller learns no more than that.
    #[error("internal error")]
    Internal(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// Not an error: the answer this request got when it came first.
    #[error("answered before")]
    AnsweredBefore(Answer),
    /// Nothing is wrong with the request: something outside must come back first.
    #[error("{}", .0.code())]
    Unavailable(Outage, #[source] Box<dyn std::error::Error + Send + Sync>),
    /// The transaction lost against another and may be run again.
    #[error("lost a race against another transaction")]
    LostRace(#[source] DbErr),
}

impl ApiError {
    /// A refusal without field errors.
    pub fn refused(status: StatusCode, code: &'static str, detail: impl Into<String>) -> Self {
        Self::Refused { status, code, detail: detail.into(), errors: Vec::new(), retry_after: None }
    }

    /// 400: could not be read at all.
    pub fn unreadable(detail: impl Into<String>) -> Self {
        Self::refused(StatusCode::BAD_REQUEST, "unreadable", detail)
    }

    /// 401.
    pub fn unauthorized(code: &'static str, detail: impl Into<String>) -> Self {
        Self::refused(StatusCode::UNAUTHORIZED, code, detail)
    }

    /// 403.
    pub fn forbidden(code: &'static str, detail: impl Into<String>) -> Self {
        Self::refused(StatusCode::FORBIDDEN, code, detail)
    }

    /// 404: unknown, or not for this caller to know of.
    pub fn not_found(what: &str) -> Self {
        Self::refused(StatusCode::NOT_FOUND, "not_found", format!("no such {what}"))
    }

    /// 409.
    pub fn conflict(code: &'static str, detail: impl Into<String>) -> Self {
        Self::refused(StatusCode::CONFLICT, code, detail)
    }

    /// 422 with a code of its own.
    pub fn unprocessable(code: &'static str, detail: impl Into<String>) -> Self {
        Self::refused(StatusCode::UNPROCESSABLE_ENTITY, code, detail)
    }

    /// 422 `invalid_input`, naming the fields.
    #[must_use]
    pub fn invalid(errors: Vec<FieldError>) -> Self {
        let fields: Vec<&str> = errors.iter().map(|error| error.field.as_str()).collect();
        let detail = format!("not acceptable: {}", fields.join(", "));
        Self::Refused { status: StatusCode::UNPROCESSABLE_ENTITY, code: "invalid_input", detail, errors, retry_after: None }
    }

    /// 422 `invalid_input`, naming one field.
    pub fn invalid_field(field: &str, code: &str, message: impl Into<String>) -> Self {
        Self::invalid(vec![FieldError::new(field, code, message)])
    }

    /// 423, until `wait` is over.
    pub fn locked(code: &'static str, detail: impl Into<String>, wait: Duration) -> Self {
        Self::Refused { status: StatusCode::LOCKED, code, detail: detail.into(), errors: Vec::new(), retry_after: Some(wait) }
    }

    /// 429, until `wait` is over.
    pub fn slow_down(detail: impl Into<String>, wait: Duration) -> Self {
        let (status, code) = (StatusCode::TOO_MANY_REQUESTS, "slow_down");
        Self::Refused { status, code, detail: detail.into(), errors: Vec::new(), retry_after: Some(wait) }
    }

    /// 500, with its cause for the log; 503 when an outage is behind it.
    pub fn internal(cause: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        let cause = cause.into();
        match Outage::behind(cause.as_ref()) {
            Some(outage) => Self::Unavailable(outage, cause),
            None => Self::Internal(cause),
        }
    }

    /// The HTTP status it becomes.
    #[must_use]
    pub const fn status(&self) -> StatusCode {
        match self {
            Self::Refused { status, .. } => *status,
            Self::Internal(_) | Self::AnsweredBefore(_) => StatusCode::INTERNAL_SERVER_ERROR,
            Self::Unavailable(..) | Self::LostRace(_) => StatusCode::SERVICE_UNAVAILABLE,
        }
    }
}

impl From<DbErr> for ApiError {
    fn from(error: DbErr) -> Self {
        if is_lost_race(&error) { Self::LostRace(error) } else { Self::internal(error) }
    }
}

impl From<serde_json::Error> for ApiError {
    fn from(error: serde_json::Error) -> Self {
        Self::internal(error)
    }
}

/// What came of a unit of work.
pub trait Outcome {
    /// Did its transaction lose a race, so that it may run again?
    fn lost_race(&self) -> bool;
}

impl<T> Outcome for ApiResult<T> {
    fn lost_race(&self) -> bool {
        matches!(self, Err(ApiError::LostRace(_)))
    }
}

impl Outcome for Response {
    fn lost_race(&self) -> bool {
        self.extensions().get::<MayRunAgain>().is_some()
    }
}

/// Runs a unit of work; again, at most three times, when it lost a race.
pub async fn again<O: Outcome, F: Future<Output = O>>(mut attempt: impl FnMut() -> F) -> O {
    let mut outcome = attempt().await;
    for _ in 0..3 {
        if !outcome.lost_race() {
            break;
        }
        outcome = attempt().await;
    }
    outcome
}

/// Marks an answer whose transaction lost a race, so that the gateway runs the request again.
#[derive(Debug, Clone, Copy)]
struct MayRunAgain;

/// Marks an answer to a failure to store that the database could not explain, so that the gateway asks the disk.
#[derive(Debug, Clone, Copy)]
pub struct StorageFails;

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        if let Self::AnsweredBefore(answer) = self {
            return ([("idempotency-replayed", "true")], crate::gateway::render(answer)).into_response();
        }
        let status = self.status();
        let may_run_again = matches!(self, Self::LostRace(_));
        let storage_fails = matches!(self, Self::Unavailable(Outage::StorageFails, _));
        let (code, detail, errors, retry_after) = match self {
            Self::Refused { code, detail, errors, retry_after, .. } => (code, detail, errors, retry_after),
            Self::Internal(cause) => {
                tracing::error!(error = %chain(cause.as_ref()), "request failed");
                ("internal_error", "something broke on our side".to_owned(), Vec::new(), None)
            }
            Self::Unavailable(outage, cause) => {
                tracing::warn!(error = %chain(cause.as_ref()), "request cannot be served now");
                (outage.code(), outage.detail().to_owned(), Vec::new(), Some(outage.retry_after()))
            }
            Self::AnsweredBefore(_) => return status.into_response(),
            Self::LostRace(cause) => {
                tracing::info!(error = %cause, "transaction lost a race");
                ("busy", "too many at once".to_owned(), Vec::new(), Some(Duration::from_secs(1)))
            }
        };
        let title = status.canonical_reason().unwrap_or("Error").to_owned();
        let problem = Problem {
            kind: format!("/problems/{code}"),
            title,
            status: status.as_u16(),
            detail,
            code: code.to_owned(),
            errors,
            retry_after: None,
        };
        let mut response = (status, Json(problem)).into_response();
        response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        if let Some(wait) = retry_after {
            let seconds = wait.as_secs() + u64::from(wait.subsec_nanos() > 0);
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds.max(1)));
        }
        if status == StatusCode::UNAUTHORIZED {
            response.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        if may_run_again {
            response.extensions_mut().insert(MayRunAgain);
        }
        if storage_fails {
            response.extensions_mut().insert(StorageFails);
        }
        response
    }
}

/// An error and its causes in one line.
fn chain(error: &(dyn std::error::Error + 'static)) -> String {
    std::iter::successors(Some(error), |error| error.source()).map(ToString::to_string).collect::<Vec<_>>().join(": ")
}
