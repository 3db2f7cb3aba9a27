//! Errors as RFC 9457 `application/problem+json`.

use serde::{Deserialize, Serialize};

/// What went wrong. Clients show their own text for `code`; `title` and `detail` are for developers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Problem {
    /// A URI reference naming the kind of problem.
    #[serde(rename = "type")]
    pub kind: String,
    /// The kind of problem in a few words.
    pub title: String,
    /// The HTTP status.
    pub status: u16,
    /// This occurrence in a sentence.
    pub detail: String,
    /// Stable snake_case name of the problem.
    pub code: String,
    /// The fields at fault, for bad input.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<FieldError>,
    /// Seconds after which it is worth asking again, as the header `Retry-After` says; not part of the body.
    #[serde(skip)]
    pub retry_after: Option<u64>,
}

/// One field at fault.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FieldError {
    /// Its name, with dots and indexes for nested ones (`working_hours.mon[0].from`).
    pub field: String,
    /// Stable snake_case name of the fault: `missing`, `unknown`, `invalid`, `too_long`, `too_short`, `out_of_range` …
    pub code: String,
    /// The fault in a sentence.
    pub message: String,
}

impl FieldError {
    /// A fault of `field`.
    pub fn new(field: impl Into<String>, code: impl Into<String>, message: impl Into<String>) -> Self {
        Self { field: field.into(), code: code.into(), message: message.into() }
    }
}
