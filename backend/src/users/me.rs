//! One's own account: name, birthday, photo, language.

use rapi_core::wire::people::{MeResponse, MediaPurpose, PatchMeRequest};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, IntoActiveModel};

use super::media;
use super::store::{self, UserId};
use crate::app::App;
use crate::platform::{ApiError, ApiResult, Tx};

/// Changes what is given.
///
/// # Errors
/// 422 for a birthday to come and for a photo that is not the caller's own.
pub(super) async fn patch(app: &App, tx: &Tx, user: UserId, request: PatchMeRequest) -> ApiResult<MeResponse> {
    let mut row = store::locked(tx, user).await?.into_active_model();
    if let Some(name) = request.full_name {
        row.full_name = Set(name.trim().to_owned());
    }
    if let Some(birthday) = request.date_of_birth {
        if birthday > app.now().to_utc().date_naive() {
            return Err(ApiError::invalid_field("date_of_birth", "out_of_range", "must not be in the future"));
        }
        row.date_of_birth = Set(Some(birthday.to_string()));
    }
    if let Some(gender) = request.gender {
        row.gender = Set(Some(gender.as_str().to_owned()));
    }
    if let Some(photo) = request.profile_photo {
        media::require_own(tx, user, "profile_photo", std::slice::from_ref(&photo), MediaPurpose::ProfilePhoto).await?;
        row.profile_photo = Set(Some(photo));
    }
    if let Some(language) = request.language {
        row.language = Set(language.as_str().to_owned());
    }
    row.updated_at = Set(app.now().micros());
    let row = row.update(tx).await?;
    Ok(store::me(tx, &row).await?)
}
