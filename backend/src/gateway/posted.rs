//! What comes in: JSON bodies, query strings and ids in paths, each refused with the name of the field at fault.

use axum::extract::{FromRef, FromRequest, FromRequestParts, Path, Query, Request};
use axum::http::header::CONTENT_TYPE;
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode};
use rapi_core::Id;
use rapi_core::wire::{Checks, FieldError, Validate};
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};

use super::endpoints::API;
use super::reading::AsSchema;
use super::{Caller, body};
use crate::app::AppState;
use crate::platform::ApiError;
use crate::platform::answers::Once;
use crate::platform::vault::hex;

/// A checked JSON body, with the key under which it may come again.
#[derive(Debug, Clone)]
pub struct Posted<T> {
    /// The body; an empty one counts as `{}`.
    pub body: T,
    /// The idempotency key, when the caller sent one.
    pub once: Option<Once>,
}

/// The body of a call that needs none.
#[derive(Debug, Clone, Copy, Default, serde::Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NoBody {}

impl Validate for NoBody {
    fn validate(&self, _: &mut Checks) {}
}

impl<T: DeserializeOwned + Validate, S: Send + Sync> FromRequest<S> for Posted<T>
where
    AppState: FromRef<S>,
{
    type Rejection = ApiError;

    async fn from_request(request: Request, state: &S) -> Result<Self, ApiError> {
        let app = AppState::from_ref(state);
        let (parts, body) = request.into_parts();
        require_json(&parts.headers)?;
        let bytes = body::read(body, app.settings.limits.json_bytes).await?;
        let once = once(&parts, &bytes)?;
        let body = parse(if bytes.is_empty() { b"{}" } else { &bytes })?;
        Validate::validated(&body).map_err(ApiError::invalid)?;
        Ok(Self { body, once })
    }
}

fn require_json(headers: &HeaderMap) -> Result<(), ApiError> {
    let kind = headers.get(CONTENT_TYPE).map(|value| value.to_str().unwrap_or("?").to_ascii_lowercase());
    if kind.is_none_or(|kind| kind.starts_with("application/json") || kind.contains("+json")) {
        Ok(())
    } else {
        Err(ApiError::refused(StatusCode::UNSUPPORTED_MEDIA_TYPE, "not_json", "send application/json"))
    }
}

fn parse<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, ApiError> {
    let mut json = serde_json::Deserializer::from_slice(bytes);
    let body = serde_path_to_error::deserialize(AsSchema(&mut json)).map_err(|error| {
        let path = error.path().to_string();
        let cause = error.into_inner();
        // The fault may stand before the end of something that is no JSON at all, and of a list where a word belongs
        // serde_json says "syntax", so its own classes of errors do not tell.
        let is_json = serde_json::from_slice::<serde::de::IgnoredAny>(bytes).is_ok();
        if is_json { ApiError::invalid(vec![fault(&path, &cause.to_string())]) } else { ApiError::unreadable("the body is not JSON") }
    })?;
    json.end().map_err(|_| ApiError::unreadable("there is something after the JSON"))?;
    Ok(body)
}

/// Makes a field error of serde's words for it.
fn fault(path: &str, message: &str) -> FieldError {
    let quoted = message.split('`').nth(1).unwrap_or_default();
    let prefix = if path == "." || path.is_empty() { String::new() } else { format!("{path}.") };
    let plain = message.split(" at line ").next().unwrap_or(message);
    if message.starts_with("missing field") {
        FieldError::new(format!("{prefix}{quoted}"), "missing", plain)
    } else if message.starts_with("unknown field") {
        // The path already ends in the unknown field when it was read as a key.
        let field = if path.ends_with(quoted) { path.to_owned() } else { format!("{prefix}{quoted}") };
        FieldError::new(field, "unknown", plain)
    } else {
        FieldError::new(if path == "." { "body" } else { path }, "invalid", plain)
    }
}

fn once(parts: &Parts, body: &[u8]) -> Result<Option<Once>, ApiError> {
    let path = parts.uri.path();
    let route = format!("{}{}", parts.method, path.strip_prefix(API).unwrap_or(path));
    once_by_key(&parts.headers, parts.extensions.get(), &[route.as_bytes(), body])
}

/// The `Idempotency-Key` of a request that says `what`. Without a caller (the routes of /auth) nothing is stored under it.
///
/// # Errors
/// 422 naming the header when the key is none.
pub fn once_by_key(headers: &HeaderMap, caller: Option<&Caller>, what: &[&[u8]]) -> Result<Option<Once>, ApiError> {
    let Some(key) = headers.get("idempotency-key") else { return Ok(None) };
    let key = key.to_str().ok().filter(|key| (1..=255).contains(&key.len()));
    let key = key.ok_or_else(|| ApiError::invalid_field("Idempotency-Key", "invalid", "must be 1 to 255 visible ASCII characters"))?;
    let Some(caller) = caller else { return Ok(None) };
    let fingerprint = what.iter().fold(Sha256::new(), |hash, part| hash.chain_update(part).chain_update([0]));
    Ok(Some(Once { caller: caller.user.to_string(), key: key.to_owned(), fingerprint: hex(&fingerprint.finalize()) }))
}

/// A checked query string.
#[derive(Debug, Clone)]
pub struct Params<T>(pub T);

impl<T: DeserializeOwned + Validate, S: Send + Sync> FromRequestParts<S> for Params<T> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ApiError> {
        let query = Query::<T>::try_from_uri(&parts.uri).map_err(|rejection| {
            let text = std::error::Error::source(&rejection).map_or_else(|| rejection.to_string(), ToString::to_string);
            let (path, message) = text.split_once(": ").unwrap_or((".", &text));
            let (path, message) = if path.contains(' ') { (".", text.as_str()) } else { (path, message) };
            ApiError::invalid(vec![fault(path, message)])
        })?;
        Validate::validated(&query.0).map_err(ApiError::invalid)?;
        Ok(Self(query.0))
    }
}

/// The id in a path.
#[derive(Debug, Clone, Copy)]
pub struct PathId<T>(pub Id<T>);

impl<T, S: Send + Sync> FromRequestParts<S> for PathId<T> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        let Path(text) = Path::<String>::from_request_parts(parts, state).await.map_err(|_| ApiError::not_found("path"))?;
        text.parse().map(Self).map_err(|_| ApiError::invalid_field("id", "invalid", "must be a UUID"))
    }
}
