//! Admins keep the catalogue: new kinds of service, other prices. An order keeps the price it was made with.

use rapi_core::wire::categories::{AdminCategoryItem, CreateCategoryRequest, PatchCategoryRequest};
use rapi_core::{Id, Rupiah, Timestamp, values};
use sea_orm::ActiveValue::Set;
use sea_orm::{ActiveValue, ConnectionTrait};
use serde_json::json;

use super::entities::category;
use super::{categories, store};
use crate::app::App;
use crate::platform::db::is_taken;
use crate::platform::{ApiError, ApiResult, Tx};
use crate::users;
use crate::users::service::{Deed, Permission};

/// All categories, also those that cannot be ordered now.
///
/// # Errors
/// 403 `missing_permission`.
pub(super) async fn list(connection: &impl ConnectionTrait, admin: Id<values::User>) -> ApiResult<Vec<AdminCategoryItem>> {
    users::service::require_permission(connection, admin, Permission::Catalogue).await?;
    Ok(store::categories::all(connection).await?.into_iter().map(item).collect())
}

fn item(row: category::Model) -> AdminCategoryItem {
    let (created_at, updated_at) = (Timestamp::from_micros(row.created_at), Timestamp::from_micros(row.updated_at));
    AdminCategoryItem { is_active: row.is_active, created_at, updated_at, category: categories::item(row) }
}

/// Adds a category.
///
/// # Errors
/// 403 `missing_permission`; 409 `slug_taken`.
pub(super) async fn add(app: &App, tx: &Tx, admin: Id<values::User>, request: CreateCategoryRequest) -> ApiResult<AdminCategoryItem> {
    users::service::require_permission(tx, admin, Permission::Catalogue).await?;
    let (id, now) = (app.ids.id(), app.now().micros());
    let details = json!({ "slug": request.slug, "base_rate_per_5_minutes": request.base_rate_per_5_minutes });
    let last = store::categories::all(tx).await?.last().map_or(0, |category| category.display_order);
    let row = category::ActiveModel {
        id: Set(Id::uuid(id)),
        name: Set(request.name),
        slug: Set(request.slug),
        description: Set(request.description),
        icon: Set(request.icon),
        base_rate_per_5_minutes: Set(request.base_rate_per_5_minutes.get()),
        is_active: Set(true),
        display_order: Set(request.display_order.unwrap_or(last.saturating_add(1))),
        created_at: Set(now),
        updated_at: Set(now),
    };
    store::categories::insert(tx, row).await.map_err(|error| match error {
        error if is_taken(&error) => ApiError::conflict("slug_taken", "there is a category of this slug"),
        error => error.into(),
    })?;
    noted(app, tx, admin, id, "category.add", details).await
}

/// Changes a category.
///
/// # Errors
/// 403 `missing_permission`; 404 unknown.
pub(super) async fn change(
    app: &App,
    tx: &Tx,
    admin: Id<values::User>,
    id: Id<values::Category>,
    request: PatchCategoryRequest,
) -> ApiResult<AdminCategoryItem> {
    users::service::require_permission(tx, admin, Permission::Catalogue).await?;
    let details = json!(request);
    let change = category::ActiveModel {
        name: given(request.name),
        description: given(request.description.map(Some)),
        icon: given(request.icon.map(Some)),
        base_rate_per_5_minutes: given(request.base_rate_per_5_minutes.map(Rupiah::get)),
        is_active: given(request.is_active),
        display_order: given(request.display_order),
        updated_at: Set(app.now().micros()),
        ..Default::default()
    };
    store::categories::update(tx, id, change).await?;
    noted(app, tx, admin, id, "category.change", details).await
}

fn given<T: Into<sea_orm::Value>>(value: Option<T>) -> ActiveValue<T> {
    value.map_or(ActiveValue::NotSet, Set)
}

/// Writes down who did it, and reads what came of it.
async fn noted(
    app: &App,
    tx: &Tx,
    admin: Id<values::User>,
    id: Id<values::Category>,
    action: &'static str,
    details: serde_json::Value,
) -> ApiResult<AdminCategoryItem> {
    let row = store::categories::find(tx, id).await?.ok_or_else(|| ApiError::not_found("category"))?;
    let deed = Deed { action, subject_type: "category", subject_id: id.uuid(), details };
    users::service::note_deed(app, tx, admin, deed).await?;
    Ok(item(row))
}
