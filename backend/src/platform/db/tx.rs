//! A unit of work: what is written together, or not at all.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use async_trait::async_trait;
use rapi_core::Timestamp;
use sea_orm::{ActiveModelTrait, ConnectionTrait, DatabaseTransaction, DbBackend, DbErr, ExecResult, QueryResult, Statement};
use tokio::runtime::Handle;
use uuid::Uuid;

use super::changes::{self, Marks, Stamp, Touched};
use super::insert::Texts;
use super::later::{Gathered, Later};
use super::seen::{Keep, Looks, Seen};
use super::sqlite::Connection;
use super::sqlite::group::{Done, Hook, Unit};
use super::waking::{Message, Wakes};
use super::{Shared, is_of_constraint};
use crate::platform::fail_points::{self, Point};

/// An open write transaction: one unit of work. Services take it by reference and leave the commit to whoever opened it.
pub struct Tx {
    inner: Inner,
    shared: Arc<Shared>,
    wakes: Wakes,
    hooks: Mutex<Vec<Hook>>,
    touched: Mutex<Touched>,
    later: Mutex<Later>,
    seen: Mutex<Seen>,
}

pub(super) enum Inner {
    /// PostgreSQL: a transaction of its own.
    Alone(DatabaseTransaction),
    /// SQLite: a part of the group's.
    Grouped(Unit),
}

impl Tx {
    pub(super) fn new(inner: Inner, shared: Arc<Shared>) -> Self {
        let (wakes, hooks, touched, later, seen) = Default::default();
        Self { inner, shared, wakes, hooks, touched, later, seen }
    }

    /// Makes it happen, does what was asked for with [`Tx::after_commit`], then wakes whoever waits for it.
    ///
    /// # Errors
    /// When the commit fails: then nothing happened.
    pub async fn commit(mut self) -> Result<(), DbErr> {
        let mut later = std::mem::take(mine(&mut self.later));
        let for_all = if self.is_alone() { later.split_off() } else { Later::default() };
        later.write(&self).await?;
        let (wakes, shared) = (std::mem::take(&mut self.wakes), Arc::clone(&self.shared));
        mine(&mut self.hooks).push(Box::new(move || shared.wakers.wake(wakes)));
        let shared = Arc::clone(&self.shared);
        let (inner, done) = self.done(for_all);
        match inner {
            Inner::Alone(transaction) => {
                fail_points::pass(Point::CommitBefore)?;
                transaction.commit().await?;
                fail_points::pass(Point::CommitAfter)?;
                // First of all: what is done after the commit may read.
                shared.changes.commit(&done.touched);
                done.hooks.into_iter().for_each(|hook| hook());
            }
            Inner::Grouped(unit) => unit.commit(done).await?,
        }
        Ok(())
    }

    /// Where it was done, and what it leaves to whoever commits it.
    fn done(mut self, later: Later) -> (Inner, Done) {
        let (touched, seen) = (std::mem::take(mine(&mut self.touched)), std::mem::take(mine(&mut self.seen)));
        let hooks = std::mem::take(mine(&mut self.hooks));
        (self.inner, Done { touched, seen, hooks, later })
    }

    /// What the units of a group left to be written at once, by one more that is the last.
    pub(super) fn write_for_all(unit: Unit, shared: Arc<Shared>, later: Later) -> Result<(Unit, Done), DbErr> {
        let tx = Self::new(Inner::Grouped(unit), shared);
        // Nothing of SQLite is waited for.
        Handle::current().block_on(later.write(&tx))?;
        match tx.done(Later::default()) {
            (Inner::Grouped(unit), done) => Ok((unit, done)),
            (Inner::Alone(_), _) => Err(DbErr::Custom("a group is written in one place".to_owned())),
        }
    }

    /// Inserts a row when this is committed, together with others of its table. For what no unit of work reads, and no constraint can
    /// refuse: those who share the commit fail with it.
    pub fn insert_later<A: ActiveModelTrait + Send + Sync + 'static>(&self, row: A) {
        self.gather(|rows: &mut Vec<A>| rows.push(row));
    }

    /// Adds to what is written just before the commit.
    pub fn gather<G: Gathered + Default>(&self, add: impl FnOnce(&mut G)) {
        self.later.lock().unwrap_or_else(PoisonError::into_inner).of(add);
    }

    /// Where nobody else writes: makes messages once this is committed, while others write already, hands them to whoever publishes
    /// them, in the order of the commits, and wakes her.
    pub(in crate::platform) fn send_after_commit(&self, messages: impl FnOnce() -> Vec<Message> + Send + Sync + 'static) {
        let shared = Arc::clone(&self.shared);
        self.after_commit(move || {
            shared.wakers.outgoing.put(messages());
            shared.wakers.events.notify_one();
        });
    }

    /// Does something in memory once this is committed, in the order of the commits on SQLite; never, if it fails.
    pub fn after_commit(&self, hook: impl FnOnce() + Send + Sync + 'static) {
        self.hooks.lock().unwrap_or_else(PoisonError::into_inner).push(Box::new(hook));
    }

    /// Events were written that have no numbers: wake the relay after the commit.
    pub(in crate::platform) fn wake_events(&self) {
        self.wakes.events();
    }

    /// A deadline was set: wake the workers after the commit, if they would sleep past it.
    pub(in crate::platform) fn wake_jobs(&self, due_at: Timestamp) {
        self.wakes.jobs(due_at);
    }

    /// Keeps what nobody else can change before this is done: on SQLite whatever was read or written here, on PostgreSQL what is
    /// locked. It is forgotten once this writes to it; else, on SQLite, it is left to those who come after.
    pub fn keep<K: Keep>(&self, of: Uuid, value: &K) {
        self.seen().keep(of, value.clone());
    }

    /// What was kept, here or by a unit before.
    #[must_use]
    pub fn kept<K: Keep>(&self, of: Uuid) -> Option<K> {
        let seen = self.seen().get(of);
        let before = || self.shared.remembered.get(of, |stamp| self.sees_committed(stamp));
        seen.or_else(|| self.seen_in_group(of)).or_else(before)
    }

    /// What was kept by those who share the commit.
    fn seen_in_group<K: Keep>(&self, of: Uuid) -> Option<K> {
        let Inner::Grouped(unit) = &self.inner else { return None };
        let mine = self.touched.lock().unwrap_or_else(PoisonError::into_inner);
        unit.seen_in_group()?.get_untouched(of, &mine)
    }

    /// What is kept of `of`, else what `lock` finds and locks until this is done; that is kept from then on.
    ///
    /// # Errors
    /// When it cannot be read.
    pub async fn locked<K: Keep>(&self, of: Uuid, lock: impl Future<Output = Result<Option<K>, DbErr>>) -> Result<Option<K>, DbErr> {
        let keep = |found: &K| self.keep(of, found);
        self.kept_or(of, async { Ok(lock.await?.inspect(keep)) }).await
    }

    async fn kept_or<K: Keep>(&self, of: Uuid, read: impl Future<Output = Result<Option<K>, DbErr>>) -> Result<Option<K>, DbErr> {
        let Some(kept) = self.kept(of) else { return read.await };
        // In every test: what is kept is what is there.
        #[cfg(debug_assertions)]
        assert_eq!(read.await?.as_ref(), Some(&kept), "something else is kept than is there");
        Ok(Some(kept))
    }

    fn seen(&self) -> MutexGuard<'_, Seen> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Does nobody else write before this is done? So it is on SQLite.
    #[must_use]
    pub fn is_alone(&self) -> bool {
        matches!(self.inner, Inner::Grouped(_))
    }

    /// Does this unit see what is committed of the rows that `stamp` names, and that since it was taken? It does unless it or
    /// another of its group has written them. Where others write too, that is never sure.
    #[must_use]
    pub fn sees_committed(&self, stamp: &Stamp) -> bool {
        let Inner::Grouped(unit) = &self.inner else { return false };
        let mine = self.touched.lock().unwrap_or_else(PoisonError::into_inner);
        self.shared.changes.is_fresh(stamp) && !stamp.is_among(&mine) && !unit.has_group_touched(stamp)
    }

    pub(super) fn texts(&self) -> &Texts {
        &self.shared.texts
    }

    fn note(&self, statement: &Marks) {
        if !statement.is_empty() {
            self.seen().forget(|stamp| stamp.is_touched_by(statement));
            self.touched.lock().unwrap_or_else(PoisonError::into_inner).add(statement);
        }
    }

    /// A broken constraint fails a statement; anything else may have taken the whole transaction with it.
    fn watched<T>(&self, unit: &Unit, result: Result<T, DbErr>) -> Result<T, DbErr> {
        if let Err(error) = &result
            && !is_of_constraint(error)
        {
            unit.breaks();
        }
        result
    }
}

/// What nobody else has.
fn mine<T>(one: &mut Mutex<T>) -> &mut T {
    one.get_mut().unwrap_or_else(PoisonError::into_inner)
}

/// Where a statement goes that answers rows: it may be an `INSERT … RETURNING`.
fn connection<'a>(unit: &'a Unit, statement: &Statement) -> Result<&'a Connection, DbErr> {
    if changes::only_reads(statement) { unit.reading() } else { unit.writing() }
}

#[async_trait]
impl ConnectionTrait for Tx {
    fn get_database_backend(&self) -> DbBackend {
        match &self.inner {
            Inner::Alone(_) => DbBackend::Postgres,
            Inner::Grouped(_) => DbBackend::Sqlite,
        }
    }

    async fn execute_raw(&self, statement: Statement) -> Result<ExecResult, DbErr> {
        self.note(&changes::touched(&statement));
        match &self.inner {
            Inner::Alone(transaction) => transaction.execute_raw(statement).await,
            Inner::Grouped(unit) => self.watched(unit, unit.writing()?.execute(&statement)),
        }
    }

    async fn execute_unprepared(&self, sql: &str) -> Result<ExecResult, DbErr> {
        self.note(&changes::everything());
        match &self.inner {
            Inner::Alone(transaction) => transaction.execute_unprepared(sql).await,
            Inner::Grouped(unit) => self.watched(unit, unit.writing()?.run(sql)),
        }
    }

    async fn query_one_raw(&self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
        self.note(&changes::touched(&statement));
        match &self.inner {
            Inner::Alone(transaction) => transaction.query_one_raw(statement).await,
            Inner::Grouped(unit) => Ok(self.watched(unit, connection(unit, &statement)?.query(&statement, 1))?.pop()),
        }
    }

    async fn query_all_raw(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        self.note(&changes::touched(&statement));
        match &self.inner {
            Inner::Alone(transaction) => transaction.query_all_raw(statement).await,
            Inner::Grouped(unit) => self.watched(unit, connection(unit, &statement)?.query(&statement, usize::MAX)),
        }
    }
}

impl Looks for Tx {
    fn is_committed(&self, stamp: &Stamp) -> bool {
        self.sees_committed(stamp)
    }

    async fn look<K: Keep>(&self, of: Uuid, read: impl Future<Output = Result<Option<K>, DbErr>> + Send) -> Result<Option<K>, DbErr> {
        if self.is_alone() { self.locked(of, read).await } else { self.kept_or(of, read).await }
    }
}
