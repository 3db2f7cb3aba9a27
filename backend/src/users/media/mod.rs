//! Uploaded files: what they are is read from their bytes, who may see them follows from their purpose.
//!
//! Files of identity checks are encrypted before they reach the store, and every view of one is written down.

mod kinds;
mod strays;
mod upload;
mod view;

pub(super) use strays::forget as forget_strays;
pub(super) use upload::{Upload, discard, upload};
pub(super) use view::view;

use rapi_core::wire::people::MediaPurpose;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect};
use uuid::Uuid;

use super::entities::media;
use super::store::UserId;
use crate::platform::{ApiError, ApiResult};

const PREFIX: &str = "/api/v1/media/";
/// What files are encrypted for.
const SEALED_FOR: &str = "media";

/// Where a file is to be had.
fn url(id: Uuid) -> String {
    format!("{PREFIX}{id}")
}

/// Where files are in the store.
const FOLDER: &str = "media";

/// Its name in the store.
fn name(id: Uuid) -> String {
    format!("{FOLDER}/{id}")
}

/// Is it for an identity check?
const fn is_private(purpose: MediaPurpose) -> bool {
    matches!(purpose, MediaPurpose::IdCard | MediaPurpose::Selfie | MediaPurpose::Certificate)
}

/// Refuses addresses that are not files the person uploaded for that purpose.
///
/// # Errors
/// 422 `not_your_file` naming the field.
pub(super) async fn require_own(
    connection: &impl ConnectionTrait,
    user: UserId,
    field: &str,
    urls: &[String],
    purpose: MediaPurpose,
) -> ApiResult<()> {
    if urls.is_empty() {
        return Ok(());
    }
    let ids: Vec<Option<Uuid>> = urls.iter().map(|url| url.strip_prefix(PREFIX).and_then(|id| Uuid::parse_str(id).ok())).collect();
    let own: Vec<Uuid> = media::Entity::find()
        .select_only()
        .column(media::Column::Id)
        .filter(media::Column::Id.is_in(ids.iter().flatten().copied()))
        .filter(media::Column::UserId.eq(user.uuid()))
        .filter(media::Column::Purpose.eq(purpose.as_str()))
        .into_tuple()
        .all(connection)
        .await?;
    match ids.iter().position(|id| id.is_none_or(|id| !own.contains(&id))) {
        None => Ok(()),
        Some(index) => {
            let field = if urls.len() == 1 { field.to_owned() } else { format!("{field}[{index}]") };
            let message = format!("must be the url of a file of yours, uploaded as {}", purpose.as_str());
            Err(ApiError::invalid_field(&field, "not_your_file", message))
        }
    }
}
