//! The list of events and the session row in the database.

use std::time::Duration;

use rapi_core::pricing;
use rapi_core::values::BootId;
use rapi_core::work::{UnknownName, WorkEvent, WorkSession};
use rapi_core::{Id, Timestamp, values};
use sea_orm::ActiveValue::{NotSet, Set};
use sea_orm::entity::prelude::*;
use sea_orm::{IntoActiveModel as _, QueryOrder, QuerySelect};

use super::entities::{work_events, work_sessions};
use crate::app::App;
use crate::platform::db::{Keep, Looks, difference};
use crate::platform::{ApiError, ApiResult, Tx};

/// What happened on an order, in order.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct List {
    order: Id<values::Order>,
    /// From the departure on.
    pub(super) events: Vec<WorkEvent>,
}

impl Keep for List {
    fn rows(&self) -> Vec<(&'static str, Uuid)> {
        vec![("work_events", self.order.uuid())]
    }
}

/// The list of an order.
///
/// # Errors
/// When the database cannot be read, or holds what no version wrote.
pub(super) async fn list(connection: &impl Looks, order: Id<values::Order>) -> Result<List, DbErr> {
    let read = async {
        let rows = work_events::Entity::find().filter(work_events::Column::OrderId.eq(order.uuid()));
        let rows = rows.order_by_asc(work_events::Column::Sequence).all(connection).await?;
        Ok(Some(List { order, events: rows.into_iter().map(event).collect::<Result<_, _>>()? }))
    };
    Ok(connection.look(order.uuid(), read).await?.unwrap_or(List { order, events: Vec::new() }))
}

fn event(row: work_events::Model) -> Result<WorkEvent, DbErr> {
    let unreadable = |_: UnknownName| DbErr::Type(format!("work event {} is unreadable", row.id));
    let since_boot = row.mono_nanos.and_then(|nanos| u64::try_from(nanos).ok()).map(Duration::from_nanos);
    Ok(WorkEvent {
        kind: row.kind.parse().map_err(unreadable)?,
        sequence: u32::try_from(row.sequence).map_err(|_| unreadable(UnknownName))?,
        wall: Timestamp::from_micros(row.wall),
        mono: row.boot_id.clone().map(BootId).zip(since_boot),
        received_at: Timestamp::from_micros(row.received_at),
        attestation: row.attestation.parse().map_err(unreadable)?,
        previous_hash: row.previous_hash,
    })
}

/// Adds an event to the list of an order. The caller holds the lock that lets nobody else add one.
///
/// # Errors
/// When its place is taken, or the database refuses.
pub(super) async fn add(app: &App, tx: &Tx, list: &mut List, event: WorkEvent) -> ApiResult<()> {
    let order = list.order;
    let (boot, since_boot) = event.mono.clone().unzip();
    let nanos = since_boot.map(|since| i64::try_from(since.as_nanos())).transpose().map_err(ApiError::internal)?;
    let row = work_events::ActiveModel {
        id: Set(app.ids.uuid()),
        order_id: Set(order.uuid()),
        sequence: Set(i64::from(event.sequence)),
        kind: Set(event.kind.as_str().to_owned()),
        wall: Set(event.wall.micros()),
        mono_nanos: Set(nanos),
        boot_id: Set(boot.map(|boot| boot.0)),
        received_at: Set(event.received_at.micros()),
        attestation: Set(event.attestation.as_str().to_owned()),
        hash: Set(event.hash()),
        previous_hash: Set(event.previous_hash.clone()),
    };
    tx.insert([row]).await?;
    list.events.push(event);
    tx.keep(order.uuid(), list);
    Ok(())
}

/// The session row of an order.
///
/// # Errors
/// When the database cannot be read.
pub(super) async fn session(connection: &impl Looks, order: Id<values::Order>) -> Result<Option<work_sessions::Model>, DbErr> {
    let of_order = async { work_sessions::Entity::find().filter(work_sessions::Column::OrderId.eq(order.uuid())).one(connection).await };
    connection.look(order.uuid(), of_order).await
}

/// The session row of an order, locked until the transaction ends: who adds to the list takes this lock first.
///
/// # Errors
/// When the database cannot be read.
pub(super) async fn lock_session(tx: &Tx, order: Id<values::Order>) -> Result<Option<work_sessions::Model>, DbErr> {
    let of_order = async {
        let of_order = work_sessions::Entity::find().filter(work_sessions::Column::OrderId.eq(order.uuid()));
        of_order.lock_exclusive().one(tx).await
    };
    tx.locked(order.uuid(), of_order).await
}

/// Brings the session row that was locked in step with what the events come to; makes it at the start. The row after it.
///
/// # Errors
/// When the database refuses.
pub(super) async fn keep_in_step(
    app: &App,
    tx: &Tx,
    order: Id<values::Order>,
    before: Option<work_sessions::Model>,
    session: &WorkSession,
) -> ApiResult<work_sessions::Model> {
    let now = app.now();
    let new = || work_sessions::Model {
        id: app.ids.uuid(),
        order_id: order.uuid(),
        start_time: 0,
        end_time: None,
        pause_times: Json::Null,
        duration_minutes: 0,
        status: String::new(),
        clock_unsure: false,
        cap_warned_percent: 0,
        provider_notes: None,
        client_notes: None,
        created_at: now.micros(),
        updated_at: now.micros(),
    };
    let after = work_sessions::Model {
        start_time: session.start_time.micros(),
        end_time: session.end_time.map(Timestamp::micros),
        pause_times: serde_json::to_value(&session.pauses)?,
        duration_minutes: pricing::started_minutes(session.worked(now)),
        status: session.status.as_str().to_owned(),
        clock_unsure: session.clock_unsure,
        updated_at: now.micros(),
        ..before.clone().unwrap_or_else(new)
    };
    match &before {
        None => {
            tx.insert([after.clone().into_active_model().reset_all()]).await?;
        }
        Some(before) => {
            let change: work_sessions::ActiveModel = difference(before, &after);
            tx.change(change, [(work_sessions::Column::OrderId, Some(order.uuid().into()))]).await?;
        }
    }
    tx.keep(order.uuid(), &after);
    Ok(after)
}

/// Notes of one side or both; what is `None` stays.
///
/// # Errors
/// When the database refuses.
pub(super) async fn write_notes(app: &App, tx: &Tx, session: Uuid, provider: Option<String>, client: Option<String>) -> Result<(), DbErr> {
    let notes = work_sessions::ActiveModel {
        provider_notes: provider.map_or(NotSet, |notes| Set(Some(notes))),
        client_notes: client.map_or(NotSet, |notes| Set(Some(notes))),
        updated_at: Set(app.now().micros()),
        ..Default::default()
    };
    work_sessions::Entity::update_many().set(notes).filter(work_sessions::Column::Id.eq(session)).exec(tx).await.map(|_| ())
}

/// Both sides were warned at this share of the cap.
///
/// # Errors
/// When the database refuses.
pub(super) async fn mark_warned(tx: &Tx, session: Uuid, percent: i32) -> Result<(), DbErr> {
    work_sessions::Entity::update_many()
        .col_expr(work_sessions::Column::CapWarnedPercent, Expr::value(percent))
        .filter(work_sessions::Column::Id.eq(session))
        .exec(tx)
        .await
        .map(|_| ())
}
