//! What admins did, in the transaction of what they did. Rows are only ever added.

use rapi_core::wire::admin::AuditItem;
use rapi_core::{Id, Timestamp};
use sea_orm::{ActiveValue::Set, ConnectionTrait, DbErr, EntityTrait};
use serde_json::Value;
use uuid::Uuid;

use super::entities::audit;
use super::store::UserId;
use crate::app::App;
use crate::platform::Tx;
use crate::platform::cursor::Window;

/// Something an admin did.
#[derive(Debug, Clone, PartialEq)]
pub struct Deed {
    /// What, such as `verification.approve`.
    pub action: &'static str,
    /// To what kind of thing, such as `verification`.
    pub subject_type: &'static str,
    /// To which.
    pub subject_id: Uuid,
    /// What else is worth knowing; never a secret.
    pub details: Value,
}

/// Writes it down.
pub(super) async fn note(app: &App, tx: &Tx, admin: UserId, deed: Deed) -> Result<(), DbErr> {
    let row = audit::ActiveModel {
        id: Set(app.ids.uuid()),
        actor_id: Set(admin.uuid()),
        action: Set(deed.action.to_owned()),
        subject_type: Set(deed.subject_type.to_owned()),
        subject_id: Set(deed.subject_id),
        details: Set(deed.details),
        created_at: Set(app.now().micros()),
    };
    audit::Entity::insert(row).exec_without_returning(tx).await?;
    Ok(())
}

/// A page; one row more than asked for, when there is one.
pub(super) async fn list(connection: &impl ConnectionTrait, window: Window) -> Result<Vec<audit::Model>, DbErr> {
    window.over(audit::Entity::find(), audit::Column::Id).all(connection).await
}

/// A deed as admins see it.
pub(super) fn item(row: audit::Model) -> AuditItem {
    AuditItem {
        id: row.id,
        actor_id: Id::new(row.actor_id),
        action: row.action,
        subject_type: row.subject_type,
        subject_id: row.subject_id,
        details: row.details,
        created_at: Timestamp::from_micros(row.created_at),
    }
}
