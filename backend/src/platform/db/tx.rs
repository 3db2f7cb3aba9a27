//! A unit of work: what is written together, or not at all.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use async_trait::async_trait;
use rapi_core::Timestamp;
use sea_orm::{ActiveModelTrait, ConnectionTrait, DatabaseTransaction, DbBackend, DbErr, ExecResult, QueryResult, Statement};
use uuid::Uuid;

use super::changes::{self, Changes, Stamp, Touched};
use super::insert::Texts;
use super::later::{Gathered, Later};
use super::seen::{Keep, Looks, Remembered, Seen};
use super::sqlite::Connection;
use super::sqlite::group::{Hook, Unit};
use super::waking::{Message, Wakers, Wakes};
use super::{Db, is_of_constraint};
use crate::platform::fail_points::{self, Point};

/// An open write transaction: one unit of work. Services take it by reference and leave the commit to whoever opened it.
pub struct Tx {
    inner: Inner,
    wakers: Arc<Wakers>,
    changes: Arc<Changes>,
    texts: Arc<Texts>,
    remembered: Arc<Remembered>,
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
    pub(super) fn new(inner: Inner, db: &Db) -> Self {
        Self {
            inner,
            wakers: Arc::clone(&db.wakers),
            changes: Arc::clone(&db.changes),
            texts: Arc::clone(&db.texts),
            remembered: Arc::clone(&db.remembered),
            wakes: Wakes::default(),
            hooks: Mutex::default(),
            touched: Mutex::default(),
            later: Mutex::default(),
            seen: Mutex::default(),
        }
    }

    /// Makes it happen, does what was asked for with [`Tx::after_commit`], then wakes whoever waits for it.
    ///
    /// # Errors
    /// When the commit fails: then nothing happened.
    pub async fn commit(mut self) -> Result<(), DbErr> {
        let later = std::mem::take(self.later.get_mut().unwrap_or_else(PoisonError::into_inner));
        later.write(&self).await?;
        let mut hooks = std::mem::take(self.hooks.get_mut().unwrap_or_else(PoisonError::into_inner));
        let (wakers, wakes) = (self.wakers, self.wakes);
        hooks.push(Box::new(move || wakers.wake(wakes)));
        let touched = std::mem::take(self.touched.get_mut().unwrap_or_else(PoisonError::into_inner));
        let seen = std::mem::take(self.seen.get_mut().unwrap_or_else(PoisonError::into_inner));
        match self.inner {
            Inner::Alone(transaction) => {
                fail_points::pass(Point::CommitBefore)?;
                transaction.commit().await?;
                fail_points::pass(Point::CommitAfter)?;
                // First of all: what is done after the commit may read.
                self.changes.commit(&touched);
                hooks.into_iter().for_each(|hook| hook());
            }
            Inner::Grouped(unit) => unit.commit(touched, seen, hooks).await?,
        }
        Ok(())
    }

    /// Inserts a row when this is committed, together with others of its table. For what nobody reads before, and no constraint
    /// can refuse.
    pub fn insert_later<A: ActiveModelTrait + Send + 'static>(&self, row: A) {
        self.gather(|rows: &mut Vec<A>| rows.push(row));
    }

    /// Adds to what is written just before the commit.
    pub fn gather<G: Gathered + Default>(&self, add: impl FnOnce(&mut G)) {
        self.later.lock().unwrap_or_else(PoisonError::into_inner).of(add);
    }

    /// Where nobody else writes: makes messages once this is committed, while others write already, and hands them to whoever publishes
    /// them, in the order of the commits.
    pub(in crate::platform) fn send_after_commit(&self, messages: impl FnOnce() -> Vec<Message> + Send + Sync + 'static) {
        let wakers = Arc::clone(&self.wakers);
        self.after_commit(move || wakers.outgoing.put(messages()));
    }

    /// Does something in memory once this is committed, in the order of the commits on SQLite; never, if it fails.
    pub fn after_commit(&self, hook: impl FnOnce() + Send + Sync + 'static) {
        self.hooks.lock().unwrap_or_else(PoisonError::into_inner).push(Box::new(hook));
    }

    /// Events were written: wake the relay after the commit.
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
        let before = || self.remembered.get(of, |stamp| self.sees_committed(stamp));
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
        let found = self.kept_or(of, lock).await?;
        found.iter().for_each(|found| self.keep(of, found));
        Ok(found)
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
        self.changes.is_fresh(stamp) && !stamp.is_among(&mine) && !unit.has_group_touched(stamp)
    }

    pub(super) fn texts(&self) -> &Texts {
        &self.texts
    }

    fn note(&self, touched: Touched) {
        if touched.is_empty() {
            return;
        }
        self.seen().forget(&touched);
        self.touched.lock().unwrap_or_else(PoisonError::into_inner).extend(touched);
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
        self.note(changes::touched(&statement));
        match &self.inner {
            Inner::Alone(transaction) => transaction.execute_raw(statement).await,
            Inner::Grouped(unit) => self.watched(unit, unit.writing()?.execute(&statement)),
        }
    }

    async fn execute_unprepared(&self, sql: &str) -> Result<ExecResult, DbErr> {
        self.note(changes::everything());
        match &self.inner {
            Inner::Alone(transaction) => transaction.execute_unprepared(sql).await,
            Inner::Grouped(unit) => self.watched(unit, unit.writing()?.run(sql)),
        }
    }

    async fn query_one_raw(&self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
        self.note(changes::touched(&statement));
        match &self.inner {
            Inner::Alone(transaction) => transaction.query_one_raw(statement).await,
            Inner::Grouped(unit) => Ok(self.watched(unit, connection(unit, &statement)?.query(&statement, 1))?.pop()),
        }
    }

    async fn query_all_raw(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        self.note(changes::touched(&statement));
        match &self.inner {
            Inner::Alone(transaction) => transaction.query_all_raw(statement).await,
            Inner::Grouped(unit) => self.watched(unit, connection(unit, &statement)?.query(&statement, usize::MAX)),
        }
    }
}

impl Looks for Tx {
    async fn look<K: Keep>(&self, of: Uuid, read: impl Future<Output = Result<Option<K>, DbErr>> + Send) -> Result<Option<K>, DbErr> {
        if self.is_alone() { self.locked(of, read).await } else { self.kept_or(of, read).await }
    }
}
