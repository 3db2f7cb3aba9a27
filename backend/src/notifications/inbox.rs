//! A person's inbox: reading it, and marking as read.

use rapi_core::wire::OrUnknown;
use rapi_core::wire::notifications::NotificationItem;
use rapi_core::{Id, Timestamp, values};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::entities::notification::{Column, Entity, Model};
use crate::platform::cursor::Window;
use crate::platform::{ApiError, ApiResult, Tx};

type User = Id<values::User>;

/// A window of the inbox, newest first.
pub(super) async fn page(connection: &impl ConnectionTrait, user: User, window: &Window) -> Result<Vec<Model>, DbErr> {
    let mut query = Entity::find().filter(Column::UserId.eq(user.uuid()));
    if let Some(before) = window.before {
        query = query.filter(Column::Id.lt(before));
    }
    query.order_by_desc(Column::Id).limit(window.limit + 1).all(connection).await
}

/// Marks one notice as read; one that is read already stays as it is.
///
/// # Errors
/// 404 when it is not in this inbox.
pub(super) async fn read(tx: &Tx, user: User, id: Id<values::Notification>, now: Timestamp) -> ApiResult<()> {
    let mine = Entity::find_by_id(id.uuid()).filter(Column::UserId.eq(user.uuid())).one(tx).await?;
    mine.ok_or_else(|| ApiError::not_found("notification"))?;
    Ok(mark(tx, Column::Id.eq(id.uuid()), now).await?)
}

/// Marks everything in the inbox as read.
pub(super) async fn read_all(tx: &Tx, user: User, now: Timestamp) -> Result<(), DbErr> {
    mark(tx, Column::UserId.eq(user.uuid()), now).await
}

async fn mark(tx: &Tx, which: Expr, now: Timestamp) -> Result<(), DbErr> {
    let unread = Entity::update_many().filter(which).filter(Column::IsRead.eq(false));
    let read = unread.col_expr(Column::IsRead, Expr::value(true)).col_expr(Column::ReadAt, Expr::value(now.micros()));
    read.exec(tx).await.map(|_| ())
}

/// A row on the wire.
pub(super) fn item(row: Model) -> NotificationItem {
    NotificationItem {
        id: Id::new(row.id),
        title: row.title,
        message: row.message,
        notification_type: row.kind.parse().map_or(OrUnknown::Unknown(row.kind), OrUnknown::Known),
        data: row.data,
        action_url: row.action_url,
        is_read: row.is_read,
        created_at: Timestamp::from_micros(row.created_at),
    }
}
