//! What other modules may ask of the inbox.

use std::sync::Arc;

use rapi_core::wire::events::Event;
use rapi_core::wire::people::Language;
use rapi_core::{Id, values};
use sea_orm::{ActiveValue::Set, ColumnTrait, DbErr, EntityTrait, QueryFilter};
use serde_json::Value;

use super::entities::{notification, template};
use super::render::render;
use crate::app::App;
use crate::platform::db::{ANY_ROW, Stamp};
use crate::platform::memo::Memo;
use crate::platform::{ApiError, ApiResult, Tx, events};
use crate::users;

/// So many templates are kept.
const KEPT: usize = 200;

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

/// What notices say: read for every notice, written by hardly anybody.
pub struct Templates(Memo<&'static str, Arc<template::Model>>);

impl Default for Templates {
    fn default() -> Self {
        Self(Memo::of(KEPT))
    }
}

impl Templates {
    async fn of(&self, app: &App, tx: &Tx, code: &'static str) -> Result<Option<Arc<template::Model>>, DbErr> {
        if let Some(kept) = self.0.get(&app.db, app.now(), &code) {
            return Ok(Some(kept));
        }
        let epoch = app.db.changes().epoch();
        let query = template::Entity::find().filter(template::Column::Code.eq(code));
        let read = if app.db.is_shared() { query.one(tx).await? } else { query.one(app.db.read()).await? };
        let read = read.map(Arc::new);
        if let Some(template) = &read {
            let stamp = Stamp::new(epoch, &[("notification_templates", ANY_ROW)]);
            self.0.put(app.now(), code, Arc::clone(template), stamp);
        }
        Ok(read)
    }
}

/// Puts a notice into a person's inbox and tells the connected apps. A template that is switched off says nothing.
///
/// # Errors
/// When the template is unknown or the database refuses.
pub async fn notify(app: &App, tx: &Tx, user: Id<values::User>, notice: Notice) -> ApiResult<()> {
    let template = app.templates.of(app, tx, notice.template).await?;
    let template = template.ok_or_else(|| ApiError::internal(format!("no template of code {}", notice.template)))?;
    if !template.is_active {
        return Ok(());
    }
    let language = users::service::language_of(app, tx, user).await?;
    let (title, message) = texts(&template, language);
    let id = app.ids.uuid();
    let row = notification::ActiveModel {
        id: Set(id),
        user_id: Set(user.uuid()),
        title: Set(render(title, &notice.data, language)),
        message: Set(render(message, &notice.data, language)),
        kind: Set(template.kind.clone()),
        data: Set(notice.data),
        action_url: Set(notice.action_url),
        is_read: Set(false),
        is_push_sent: Set(false),
        created_at: Set(app.now().micros()),
        ..Default::default()
    };
    tx.insert_later(row);
    events::tell(tx, &app.ids, app.now(), user, &Event::NotificationNew { notification_id: id });
    Ok(())
}

/// Title and message in a language, each in Indonesian when it is not translated.
fn texts(template: &template::Model, language: Language) -> (&str, &str) {
    let translated = |part: &str| template.translations.get(language.as_str()).and_then(|texts| texts.get(part)).and_then(Value::as_str);
    (translated("title").unwrap_or(&template.title_template), translated("message").unwrap_or(&template.message_template))
}
