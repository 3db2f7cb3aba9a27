//! Making admins: only from the command line.

use rapi_core::wire::Secret;
use rapi_core::wire::people::{Language, UserType};
use rapi_core::{Id, values};
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel};

use super::entities::user;
use super::{auth, passwords, permissions, store};
use crate::app::App;
use crate::platform::{ApiError, ApiResult};

/// Makes an admin who holds every permission and can sign in at once.
///
/// # Errors
/// 409 `email_taken`; 422 for an unreadable address or a weak password.
pub async fn create_admin(app: &App, email: &str, password: &Secret) -> ApiResult<Id<values::User>> {
    let email = auth::email(email)?;
    passwords::require_strong("password", password, email.as_str())?;
    let hash = passwords::hash(app, password).await?;
    let tx = app.db.write().await?;
    if store::by_email(&tx, email.as_str()).await?.is_some() {
        return Err(ApiError::conflict("email_taken", "there is an account with this address"));
    }
    let now = app.now();
    let name = email.as_str().split('@').next().unwrap_or("admin").to_owned();
    let person = user::Model {
        id: app.ids.uuid(),
        email: email.as_str().to_owned(),
        phone: None,
        phone_verified_at: None,
        password_hash: Some(hash),
        full_name: name,
        user_type: UserType::Admin.as_str().to_owned(),
        profile_photo: None,
        date_of_birth: None,
        gender: None,
        language: Language::Indonesian.as_str().to_owned(),
        is_active: true,
        is_verified: true,
        last_login: None,
        login_attempts: 0,
        locked_until: None,
        google_id: None,
        login_type: "CREDENTIAL".to_owned(),
        created_at: now.micros(),
        updated_at: now.micros(),
    };
    let id = person.id;
    user::Entity::insert(person.into_active_model().reset_all()).exec_without_returning(&tx).await?;
    permissions::grant_all(&tx, id, now).await?;
    tx.commit().await?;
    Ok(Id::new(id))
}
