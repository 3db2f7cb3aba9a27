//! `/media`: files in and out.

use axum::body::Body;
use axum::extract::multipart::MultipartError;
use axum::extract::{Multipart, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, CONTENT_TYPE, X_CONTENT_TYPE_OPTIONS};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use rapi_core::values::Media;
use rapi_core::wire::people::{MediaPurpose, MediaResponse};
use utoipa_axum::routes;

use crate::app::AppState;
use crate::gateway::{Caller, Endpoints, PathId, Unit, once_by_key};
use crate::platform::{ApiError, ApiResult};
use crate::users::media::{self, Upload};

pub(super) fn routes() -> Endpoints {
    Endpoints::default().routes(routes!(upload)).routes(routes!(view))
}

/// The parts of an upload.
#[derive(serde::Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
#[expect(dead_code, reason = "describes the form; its parts are read as they come")]
struct UploadForm {
    /// The bytes.
    #[schema(value_type = String, format = Binary)]
    file: Vec<u8>,
    /// What it is for.
    purpose: MediaPurpose,
}

/// Upload a file
#[utoipa::path(post, path = "/media", tag = "Media", request_body(content = UploadForm, content_type = "multipart/form-data"), responses((status = 201, description = "Kept", body = MediaResponse)))]
async fn upload(State(app): State<AppState>, caller: Caller, headers: HeaderMap, form: Multipart) -> ApiResult<Response> {
    let (purpose, bytes) = read(form, app.settings.limits.upload_bytes).await?;
    // The form's boundary differs each time, so only what it carries is compared.
    let once = once_by_key(&headers, Some(&caller), &[b"POST/api/v1/media", purpose.as_str().as_bytes(), &bytes])?;
    let file = Upload::try_new(purpose, bytes)?;
    let unit = Unit::begin(&app, once).await?;
    let answer = media::upload(&app, &unit, caller.user, file).await?;
    let done = unit.created(&answer).await;
    if let Err(error) = &done {
        media::discard(&app, answer.id, error).await;
    }
    done
}

async fn read(mut form: Multipart, most: usize) -> ApiResult<(MediaPurpose, Bytes)> {
    let (mut purpose, mut file) = (None, None);
    while let Some(part) = form.next_field().await.map_err(unreadable)? {
        match part.name() {
            Some("purpose") => {
                let word = part.text().await.map_err(unreadable)?;
                purpose = Some(word.parse().map_err(|_| ApiError::invalid_field("purpose", "invalid", "not a purpose of files"))?);
            }
            Some("file") => file = Some(part.bytes().await.map_err(unreadable)?),
            _ => return Err(ApiError::invalid_field("form", "unknown", "a form has a `file` and a `purpose`, and nothing else")),
        }
    }
    let purpose = purpose.ok_or_else(|| ApiError::invalid_field("purpose", "missing", "say what the file is for"))?;
    let file = file.ok_or_else(|| ApiError::invalid_field("file", "missing", "send a file"))?;
    if file.len() > most { Err(too_large(most)) } else { Ok((purpose, file)) }
}

fn too_large(most: usize) -> ApiError {
    ApiError::refused(StatusCode::PAYLOAD_TOO_LARGE, "too_large", format!("at most {most} bytes"))
}

fn unreadable(error: MultipartError) -> ApiError {
    if error.status() == StatusCode::PAYLOAD_TOO_LARGE {
        ApiError::refused(StatusCode::PAYLOAD_TOO_LARGE, "too_large", "the file is too large")
    } else {
        ApiError::unreadable("the form cannot be read")
    }
}

/// The bytes of a file, for those who may see it
#[utoipa::path(get, path = "/media/{id}", tag = "Media", params(("id" = uuid::Uuid, Path, description = "The file")), responses((status = 200, description = "The file", content((Vec<u8> = "image/jpeg"), (Vec<u8> = "image/png"), (Vec<u8> = "image/webp"), (Vec<u8> = "application/pdf"), (Vec<u8> = "audio/webm"), (Vec<u8> = "audio/ogg"), (Vec<u8> = "audio/mp4")))))]
async fn view(State(app): State<AppState>, caller: Caller, PathId(id): PathId<Media>) -> ApiResult<Response> {
    let file = media::view(&app, &caller, id).await?;
    // A file never changes under its id; those of identity checks are to be kept nowhere.
    let caching = if file.is_private { "private, no-store" } else { "private, max-age=86400, immutable" };
    let placing = if file.mime_type.starts_with("image/") { "inline" } else { "attachment" };
    let headers = [
        (CONTENT_TYPE, file.mime_type),
        (CACHE_CONTROL, caching.to_owned()),
        (CONTENT_DISPOSITION, format!("{placing}; filename=\"{}\"", file.file_name)),
        (X_CONTENT_TYPE_OPTIONS, "nosniff".to_owned()),
        (CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox".to_owned()),
    ];
    Ok((headers, Body::from(file.bytes)).into_response())
}
