//! Showing a file to those who may see it.

use bytes::Bytes;
use rapi_core::wire::people::{MediaPurpose, UserType};
use rapi_core::{Id, values};
use sea_orm::{ActiveValue::Set, ConnectionTrait, EntityTrait};

use super::{SEALED_FOR, kinds, name};
use crate::app::App;
use crate::gateway::Caller;
use crate::orders;
use crate::platform::{ApiError, ApiResult};
use crate::users::entities::{media, media_view};
use crate::users::permissions::{self, Permission};

/// A file on its way to somebody who may see it.
pub(in crate::users) struct View {
    /// All of it.
    pub(in crate::users) bytes: Bytes,
    /// What it is.
    pub(in crate::users) mime_type: String,
    /// A name to save it under.
    pub(in crate::users) file_name: String,
    /// Must it be kept nowhere?
    pub(in crate::users) is_private: bool,
}

/// The file, if the caller may see it; a view of an identity check's file is written down first.
///
/// # Errors
/// 404 for everybody else.
pub(in crate::users) async fn view(app: &App, caller: &Caller, id: Id<values::Media>) -> ApiResult<View> {
    let connection = app.db.read();
    let row = media::Entity::find_by_id(id.uuid()).one(connection).await?.ok_or_else(missing)?;
    let purpose: MediaPurpose = row.purpose.parse().map_err(ApiError::internal)?;
    if !may_see(connection, caller, &row, purpose).await? {
        return Err(missing());
    }
    let is_private = super::is_private(purpose);
    if is_private {
        note(app, caller, &row).await?;
    }
    let stored = app.files.get(&name(row.id)).await.map_err(ApiError::internal)?.ok_or_else(missing)?;
    let bytes = if row.is_sealed {
        let vault = app.vault.clone();
        let opened = tokio::task::spawn_blocking(move || vault.open(SEALED_FOR, &stored)).await.map_err(ApiError::internal)?;
        Bytes::from(opened.map_err(ApiError::internal)?)
    } else {
        stored
    };
    let file_name = format!("{}.{}", row.id, kinds::ending(&row.mime_type));
    Ok(View { bytes, mime_type: row.mime_type, file_name, is_private })
}

fn missing() -> ApiError {
    ApiError::not_found("file")
}

async fn may_see(connection: &impl ConnectionTrait, caller: &Caller, row: &media::Model, purpose: MediaPurpose) -> ApiResult<bool> {
    let owner = Id::new(row.user_id);
    if caller.user == owner {
        return Ok(true);
    }
    Ok(match purpose {
        MediaPurpose::ProfilePhoto | MediaPurpose::Portfolio => true,
        MediaPurpose::IdCard | MediaPurpose::Selfie | MediaPurpose::Certificate => {
            caller.role == UserType::Admin && permissions::holds(connection, caller.user, Permission::Verifications).await?
        }
        MediaPurpose::Order | MediaPurpose::PaymentProof | MediaPurpose::Chat => {
            caller.role == UserType::Admin || orders::service::share_an_order(connection, caller.user, owner).await?
        }
    })
}

async fn note(app: &App, caller: &Caller, row: &media::Model) -> ApiResult<()> {
    let tx = app.db.write().await?;
    let view = media_view::ActiveModel {
        id: Set(app.ids.uuid()),
        media_id: Set(row.id),
        viewer_id: Set(caller.user.uuid()),
        created_at: Set(app.now().micros()),
    };
    media_view::Entity::insert(view).exec_without_returning(&tx).await?;
    tx.commit().await?;
    Ok(())
}
