//! Taking a file.

use bytes::Bytes;
use rapi_core::wire::people::{MediaPurpose, MediaResponse};
use rapi_core::{Id, values};
use sea_orm::{ActiveValue::Set, EntityTrait};

use super::kinds::Kind;
use super::{SEALED_FOR, is_private, name, url};
use crate::app::App;
use crate::platform::{ApiError, ApiResult, Tx};
use crate::users::entities::media;
use crate::users::store::UserId;

/// A file that suits its purpose.
pub(in crate::users) struct Upload {
    purpose: MediaPurpose,
    kind: Kind,
    bytes: Bytes,
}

impl Upload {
    /// Looks at the bytes.
    ///
    /// # Errors
    /// 422 `empty`, `unsupported`.
    pub(in crate::users) fn try_new(purpose: MediaPurpose, bytes: Bytes) -> ApiResult<Self> {
        if bytes.is_empty() {
            return Err(ApiError::invalid_field("file", "empty", "must not be empty"));
        }
        match Kind::of(&bytes).filter(|kind| kind.suits(purpose)) {
            Some(kind) => Ok(Self { purpose, kind, bytes }),
            None => {
                Err(ApiError::invalid_field("file", "unsupported", format!("not a kind of file that is taken as {}", purpose.as_str())))
            }
        }
    }
}

/// Keeps the file. It is in the store before its row is committed; without the row nobody can name it.
///
/// # Errors
/// When the store or the database refuses.
pub(in crate::users) async fn upload(app: &App, tx: &Tx, user: UserId, upload: Upload) -> ApiResult<MediaResponse> {
    let (id, is_sealed, size) = (app.ids.uuid(), is_private(upload.purpose), upload.bytes.len());
    let stored = if is_sealed {
        let (vault, plain) = (app.vault.clone(), upload.bytes);
        tokio::task::spawn_blocking(move || vault.seal(SEALED_FOR, &plain)).await.map_err(ApiError::internal)?
    } else {
        upload.bytes.to_vec()
    };
    app.files.put(&name(id), stored).await.map_err(ApiError::internal)?;
    let file_size_kb = i64::try_from(size.div_ceil(1024)).unwrap_or(i64::MAX);
    let row = media::ActiveModel {
        id: Set(id),
        user_id: Set(user.uuid()),
        purpose: Set(upload.purpose.as_str().to_owned()),
        mime_type: Set(upload.kind.mime_type().to_owned()),
        file_size_kb: Set(file_size_kb),
        is_sealed: Set(is_sealed),
        created_at: Set(app.now().micros()),
    };
    media::Entity::insert(row).exec_without_returning(tx).await?;
    Ok(MediaResponse { id: Id::new(id), url: url(id), mime_type: upload.kind.mime_type().to_owned(), file_size_kb })
}

/// Takes away a file whose row cannot be stored because there is no room or no way to store anything. After any other failure the
/// row may have been committed all the same; then the file stays, and without a row it is forgotten later.
pub(in crate::users) async fn discard(app: &App, id: Id<values::Media>, cause: &ApiError) {
    if matches!(cause, ApiError::Unavailable(outage, _) if outage.is_of_storage())
        && let Err(error) = app.files.remove(&name(id.uuid())).await
    {
        tracing::warn!(%error, "a file without a row stays for now");
    }
}
