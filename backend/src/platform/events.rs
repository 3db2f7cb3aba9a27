//! The outbox of events: written in the transaction of the change, given its per-user `seq`, and sent by the relay afterwards.
//!
//! On SQLite the writers take turns, so an event has its number when it is written. On PostgreSQL numbers given by transactions
//! side by side would become visible out of order: there the relay gives them, in turns of its own.
//!
//! `GET /me/events` serves them for 30 days; MQTT carries the same as they happen and is only the fast way.

use std::any::Any;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use rapi_core::wire::events::{Event, EventEnvelope, VERSION};
use rapi_core::wire::topics;
use rapi_core::{Id, Timestamp, values};
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{Alias, CaseStatement, Expr, ExprTrait, OnConflict};
use sea_orm::{ActiveModelTrait, DbErr, IntoActiveModel, QueryOrder, QuerySelect};
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use super::bus::Bus;
use super::clock::Clock;
use super::db::{Db, ForAll, Gathered, Keep, Message, Tx};
use super::fail_points::{self, Point};
use super::ids::{IdGen, first_of};

mod row {
    use super::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "events")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub user_id: Uuid,
        pub seq: Option<i64>,
        pub turn: Option<i64>,
        pub kind: String,
        pub version: i32,
        pub data: Json,
        pub created_at: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}
    impl ActiveModelBehavior for ActiveModel {}
}

mod counter {
    use super::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "event_counters")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub user_id: Uuid,
        pub last_seq: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}
    impl ActiveModelBehavior for ActiveModel {}
}

/// A person's counter where nobody else counts: whoever writes it keeps it, too, so nothing else makes it stale.
impl Keep for counter::Model {
    fn rows(&self) -> Vec<(&'static str, Uuid)> {
        Vec::new()
    }
}

/// How long the feed remembers.
pub const KEPT_FOR: Duration = Duration::from_secs(30 * 24 * 3600);
/// Under this name the turns of all relays are counted.
const NOBODY: Uuid = Uuid::nil();
/// How many events one turn of the relay takes.
const TURN: u64 = 500;
/// How many of them one statement numbers.
const AT_ONCE: usize = 100;

/// Tells `user` of `event` when the transaction commits.
pub fn tell(tx: &Tx, ids: &IdGen, now: Timestamp, user: Id<values::User>, event: &Event) {
    tell_each(tx, ids, now, [user], event);
}

/// Tells each of `users` of `event` when the transaction commits.
pub fn tell_each(tx: &Tx, ids: &IdGen, now: Timestamp, users: impl IntoIterator<Item = Id<values::User>>, event: &Event) {
    let (kind, data) = event.parts();
    let version = i32::try_from(VERSION).unwrap_or(i32::MAX);
    let of = |user: Id<values::User>| row::Model {
        id: ids.uuid(),
        user_id: user.uuid(),
        seq: None,
        turn: None,
        kind: kind.clone(),
        version,
        data: data.clone(),
        created_at: now.micros(),
    };
    tx.gather(|Told(rows)| rows.extend(users.into_iter().map(of)));
}

/// What a unit of work tells.
#[derive(Default)]
struct Told(Vec<row::Model>);

#[async_trait]
impl Gathered for Told {
    async fn write(self: Box<Self>, tx: &Tx) -> Result<(), DbErr> {
        let mut rows = self.0;
        if tx.is_alone() {
            rows = in_numbers(tx, rows).await?;
            fail_points::pass(Point::RelayNumbered)?;
        }
        tx.insert(rows.iter().map(|row| row.clone().into_active_model().reset_all())).await?;
        if tx.is_alone() {
            tx.send_after_commit(move || rows.into_iter().filter_map(message).collect());
        } else {
            tx.wake_events();
        }
        Ok(())
    }

    fn for_all(&mut self) -> Option<&mut dyn ForAll> {
        Some(self)
    }
}

impl ForAll for Told {
    fn take_in(&mut self, more: Box<dyn Any>) {
        self.0.extend(more.downcast::<Self>().into_iter().flat_map(|more| more.0));
    }
}

/// The feed of `user` after `seq`, oldest first, at most `limit` events.
///
/// # Errors
/// When the database cannot be read.
pub async fn feed(db: &Db, user: Id<values::User>, after: i64, limit: u64) -> Result<Vec<EventEnvelope>, DbErr> {
    let rows = row::Entity::find()
        .filter(row::Column::UserId.eq(user.uuid()))
        .filter(row::Column::Seq.gt(after))
        .order_by_asc(row::Column::Seq)
        .limit(limit)
        .all(db.read())
        .await?;
    Ok(rows.into_iter().filter_map(envelope).collect())
}

fn envelope(row: row::Model) -> Option<EventEnvelope> {
    Some(EventEnvelope {
        seq: row.seq?,
        id: row.id,
        kind: row.kind,
        version: u32::try_from(row.version).ok()?,
        at: Timestamp::from_micros(row.created_at),
        data: row.data,
    })
}

/// The number of the last turn of any relay.
///
/// # Errors
/// When the database cannot be read.
pub(super) async fn last_turn(db: &Db) -> Result<i64, DbErr> {
    Ok(counter::Entity::find_by_id(NOBODY).one(db.read()).await?.map_or(0, |turns| turns.last_seq))
}

/// Events numbered after `turn`, in the order of the turns and in the order of each person; with the last turn among them. Only
/// whole turns.
///
/// # Errors
/// When the database cannot be read.
pub(super) async fn numbered_after(db: &Db, turn: i64) -> Result<Option<(i64, Vec<Message>)>, DbErr> {
    let most = 2 * TURN + 1;
    let mut rows = row::Entity::find()
        .filter(row::Column::Turn.gt(turn))
        .order_by_asc(row::Column::Turn)
        .order_by_asc(row::Column::UserId)
        .order_by_asc(row::Column::Seq)
        .limit(most)
        .all(db.read())
        .await?;
    let Some(last) = rows.last().and_then(|row| row.turn) else { return Ok(None) };
    let mut upto = last;
    if u64::try_from(rows.len()).is_ok_and(|count| count == most) {
        // The last one may go on: a turn is smaller than what was read, so there is one before it.
        rows.retain(|row| row.turn != Some(last));
        upto = rows.last().and_then(|row| row.turn).unwrap_or(turn);
    }
    Ok(Some((upto, rows.into_iter().filter_map(message).collect())))
}

/// A numbered event as it is sent.
fn message(row: row::Model) -> Option<Message> {
    let topic = topics::events(Id::new(row.user_id));
    Some((topic, serde_json::to_vec(&envelope(row)?).ok()?))
}

/// What becomes of events that have their numbers.
pub enum Onwards {
    /// They are published: this process is the only one.
    Publish(Arc<dyn Bus>),
    /// They are left to the followers of all processes; the one here is woken.
    Follow(Arc<Notify>),
}

/// Gives waiting events their numbers and sends them on, until told to stop.
pub struct Relay {
    /// Where events are.
    pub db: Db,
    /// Where they go.
    pub onwards: Onwards,
    /// For the time between looks when nobody wakes it.
    pub clock: Arc<dyn Clock>,
}

impl Relay {
    /// Runs until `stop`.
    pub async fn run(self, stop: CancellationToken) {
        // Where events have their numbers when they are written, only an earlier version has left some without.
        let mut is_caught_up = false;
        loop {
            let turn = match self.publish().await {
                Ok(()) if is_caught_up => Ok(0),
                published => published.and(self.turn().await),
            };
            is_caught_up |= matches!((&turn, &self.onwards), (Ok(0), Onwards::Publish(_)));
            match turn {
                Ok(0) => {}
                Ok(_) => continue,
                Err(error) => tracing::warn!(%error, "events could not be relayed, trying again"),
            }
            let again = self.clock.now() + Duration::from_secs(1);
            tokio::select! {
                () = stop.cancelled() => return,
                () = self.db.wakers().events.notified() => {}
                () = self.clock.sleep_until(again) => {}
            }
        }
    }

    /// Sends on what had its numbers when it was committed.
    async fn publish(&self) -> Result<(), DbErr> {
        let Onwards::Publish(bus) = &self.onwards else { return Ok(()) };
        let messages = self.db.wakers().outgoing.take();
        if !messages.is_empty() {
            // Whoever misses them finds them in her feed.
            fail_points::pass(Point::RelayCommitted)?;
        }
        for (topic, payload) in messages {
            bus.publish(topic, payload).await;
        }
        Ok(())
    }

    /// One turn: numbers a handful of events in one transaction, then sends them on. Returns how many.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn turn(&self) -> Result<usize, DbErr> {
        let waiting = row::Entity::find().filter(row::Column::Seq.is_null()).limit(1).one(self.db.read()).await?;
        if waiting.is_none() {
            return Ok(0);
        }
        let tx = self.db.write().await?;
        // The count of turns is locked until the commit: one relay at a time, so that no later event of a person overtakes an earlier
        // one, and turns become visible in the order of their numbers.
        let turn = match self.onwards {
            Onwards::Publish(_) => None,
            Onwards::Follow(_) => Some(reserve(&tx, NOBODY, 1).await? + 1),
        };
        let rows = row::Entity::find().filter(row::Column::Seq.is_null()).order_by_asc(row::Column::Id).limit(TURN).all(&tx).await?;
        if rows.is_empty() {
            return Ok(0);
        }
        let sent = in_numbers(&tx, rows).await?;
        for some in sent.chunks(AT_ONCE) {
            number(&tx, some, turn).await?;
        }
        fail_points::pass(Point::RelayNumbered)?;
        tx.commit().await?;
        fail_points::pass(Point::RelayCommitted)?;
        let count = sent.len();
        match &self.onwards {
            Onwards::Publish(bus) => {
                for (topic, payload) in sent.into_iter().filter_map(message) {
                    bus.publish(topic, payload).await;
                }
            }
            Onwards::Follow(numbered) => numbered.notify_one(),
        }
        Ok(count)
    }
}

/// Events with their numbers, person by person.
async fn in_numbers(tx: &Tx, rows: Vec<row::Model>) -> Result<Vec<row::Model>, DbErr> {
    let mut sent = Vec::with_capacity(rows.len());
    let people = by_user(rows);
    let counts: Vec<_> = people.iter().map(|(user, events)| (*user, events.len())).collect();
    let mut last = reserve_each(tx, &counts).await?;
    for (user, mut events) in people {
        let mut seq = last.remove(&user).ok_or_else(|| DbErr::RecordNotFound(format!("the counter of {user}")))?;
        for event in &mut events {
            seq += 1;
            event.seq = Some(seq);
        }
        sent.extend(events);
    }
    Ok(sent)
}

/// Writes the numbers of events and of their turn.
async fn number(tx: &Tx, events: &[row::Model], turn: Option<i64>) -> Result<(), DbErr> {
    let mut seqs = CaseStatement::new();
    for event in events {
        seqs = seqs.case(row::Column::Id.eq(event.id), Expr::value(event.seq));
    }
    row::Entity::update_many()
        .col_expr(row::Column::Seq, seqs.into())
        .col_expr(row::Column::Turn, Expr::value(turn))
        .filter(row::Column::Id.is_in(events.iter().map(|event| event.id)))
        .exec(tx)
        .await?;
    Ok(())
}

/// In user id order, so that two relays lock the counters in the same order.
fn by_user(rows: Vec<row::Model>) -> BTreeMap<Uuid, Vec<row::Model>> {
    rows.into_iter().fold(BTreeMap::new(), |mut users, row| {
        users.entry(row.user_id).or_insert_with(Vec::new).push(row);
        users
    })
}

/// Takes the next `count` numbers of `user`; returns the last one used before them.
async fn reserve(tx: &Tx, user: Uuid, count: usize) -> Result<i64, DbErr> {
    Ok(reserve_each(tx, &[(user, count)]).await?.remove(&user).unwrap_or_default())
}

/// Takes so many next numbers of each, in the order of the list; returns the last one each used before them.
async fn reserve_each(tx: &Tx, counts: &[(Uuid, usize)]) -> Result<BTreeMap<Uuid, i64>, DbErr> {
    use counter::Column::{LastSeq, UserId};
    let counts = counts.iter().map(|(user, count)| (*user, i64::try_from(*count).unwrap_or(i64::MAX)));
    if tx.is_alone() {
        return reserve_alone(tx, counts).await;
    }
    let rows = counts.clone().map(|(user_id, last_seq)| counter::Model { user_id, last_seq }.into_active_model().reset_all());
    let more = Expr::col((counter::Entity, LastSeq)).add(Expr::col((Alias::new("excluded"), LastSeq)));
    let after = counter::Entity::insert_many(rows)
        .on_conflict(OnConflict::column(UserId).value(LastSeq, more).to_owned())
        .exec_with_returning(tx)
        .await?;
    let counts: BTreeMap<_, _> = counts.collect();
    let taken = |user: &Uuid| counts.get(user).copied().unwrap_or_default();
    Ok(after.into_iter().map(|row| (row.user_id, row.last_seq - taken(&row.user_id))).collect())
}

/// The same where nobody else counts: from memory.
async fn reserve_alone(tx: &Tx, counts: impl Iterator<Item = (Uuid, i64)>) -> Result<BTreeMap<Uuid, i64>, DbErr> {
    let (mut before, mut after) = (BTreeMap::new(), Vec::new());
    for (user_id, count) in counts {
        let counter = tx.locked(user_id, async { counter::Entity::find_by_id(user_id).one(tx).await }).await?;
        let last_seq = counter.map_or(0, |counter| counter.last_seq);
        before.insert(user_id, last_seq);
        after.push(counter::Model { user_id, last_seq: last_seq + count });
    }
    let in_place = || OnConflict::column(counter::Column::UserId).update_column(counter::Column::LastSeq).to_owned();
    tx.insert_or(after.iter().map(|counter| counter.clone().into_active_model().reset_all()), in_place).await?;
    after.iter().for_each(|counter| tx.keep(counter.user_id, counter));
    Ok(before)
}

/// Forgets what is older than the feed remembers.
///
/// # Errors
/// When the database refuses.
pub async fn forget_old(tx: &Tx, now: Timestamp) -> Result<u64, DbErr> {
    let done = row::Entity::delete_many()
        .filter(row::Column::Id.lt(first_of(now - KEPT_FOR)))
        .filter(row::Column::Seq.is_not_null())
        .exec(tx)
        .await?;
    Ok(done.rows_affected)
}
