//! What other modules may ask of the inbox.

use rapi_core::wire::events::Event;
use rapi_core::wire::people::Language;
use rapi_core::{Id, values};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter};
use serde_json::Value;

use super::entities::{notification, template};
use super::render::render;
use crate::app::App;
use crate::platform::{ApiError, ApiResult, Tx, events};
use crate::users;

/// A notice to be written in the reader's language from a template.
#[derive(Debug, Clone, PartialEq)]
pub struct Notice {
    /// `code` of the template, such as `ORDER_ACCEPTED`.
    pub template: &'static str,
    /// What the template speaks of, and the ids an app needs: `{"order_id": …, "order_number": …, "provider_name": …}`.
    pub data: Value,
    /// Where it leads, such as `rapi://orders/{id}`.
    pub action_url: Option<String>,
}

/// Puts a notice into a person's inbox and tells the connected apps. A template that is switched off says nothing.
///
/// # Errors
/// When the template is unknown or the database refuses.
pub async fn notify(app: &App, tx: &Tx, user: Id<values::User>, notice: Notice) -> ApiResult<()> {
    let template = template::Entity::find().filter(template::Column::Code.eq(notice.template)).one(tx).await?;
    let template = template.ok_or_else(|| ApiError::internal(format!("no template of code {}", notice.template)))?;
    if !template.is_active {
        return Ok(());
    }
    let (title, message) = texts(&template, users::service::language_of(tx, user).await?);
    let id = app.ids.uuid();
    let row = notification::ActiveModel {
        id: Set(id),
        user_id: Set(user.uuid()),
        title: Set(render(title, &notice.data)),
        message: Set(render(message, &notice.data)),
        kind: Set(template.kind.clone()),
        data: Set(notice.data),
        action_url: Set(notice.action_url),
        is_read: Set(false),
        is_push_sent: Set(false),
        created_at: Set(app.now().micros()),
        ..Default::default()
    };
    notification::Entity::insert(row).exec_without_returning(tx).await?;
    events::tell(tx, &app.ids, app.now(), user, &Event::NotificationNew { notification_id: id }).await?;
    Ok(())
}

/// Title and message in a language, each in Indonesian when it is not translated.
fn texts(template: &template::Model, language: Language) -> (&str, &str) {
    let translated = |part: &str| template.translations.get(language.as_str()).and_then(|texts| texts.get(part)).and_then(Value::as_str);
    (translated("title").unwrap_or(&template.title_template), translated("message").unwrap_or(&template.message_template))
}
