//! Group commit: on SQLite one connection takes the writers in turn, and those that wait share one COMMIT, that is one fsync.
//!
//! When a unit of work is done it queues again, behind everybody who waited meanwhile: whoever comes first of a group that is still
//! open commits it for all. The queue is fair, so a lone writer commits at once and a crowd commits by the dozen. Nobody is answered
//! before the COMMIT that holds her work.
//!
//! Few units fail once they have written. So that nobody pays for them, SQLite is not told where a unit begins (it would copy each
//! page that is written): one that fails takes its group down, whose others run again. Then many have a savepoint to go back to.
//!
//! What no unit looks at is left to the end of a group, and written for all of them at once.
//!
//! The next group begins as soon as one is committed, while that one still waits for the disk ([`super::log`]).
//!
//! A unit sees what earlier units of its group wrote. If the COMMIT fails they fail together; what was refused meanwhile was
//! refused for a change that never came to be, which is the same as having come too early.

#[cfg(test)]
mod tests;

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::time::Duration;

use sea_orm::{DbErr, RuntimeErr};
use tokio::runtime::Handle;
use tokio::sync::{Mutex, OwnedMutexGuard, watch};

use super::Connection;
use super::checkpoint::Checkpoints;
use super::log::Log;
use crate::platform::db::changes::{Stamp, Touched};
use crate::platform::db::later::Later;
use crate::platform::db::seen::Seen;
use crate::platform::db::{Durability, Shared, Tx};
use crate::platform::fail_points::{self, Point};

/// More than this share no commit: a fsync costs about as much as a few units, so more would only wait longer.
const MOST: usize = 16;
/// How often to look whether another process still writes the file, and after how long each: some ten seconds in all.
const LOOKS: u32 = 2_000;
const LOOK: Duration = Duration::from_millis(5);
/// After a unit that failed when it had written, so many have a savepoint.
const CAUTIOUS: u32 = 1_000;

/// What is to be done when a unit is committed.
pub(in super::super) type Hook = Box<dyn FnOnce() + Send + Sync>;

/// The right to write, with the group that is open.
type Turn = OwnedMutexGuard<Option<Batch>>;

/// The one place where SQLite is written.
pub(in super::super) struct Group {
    connection: Arc<Connection>,
    log: Arc<Log>,
    checkpoints: Arc<Checkpoints>,
    shared: Arc<Shared>,
    open: Arc<Mutex<Option<Batch>>>,
    /// So many units shall have a savepoint yet.
    caution: Arc<AtomicU32>,
}

/// How far a group is.
enum Fate {
    Open,
    /// It is committed, and waits for the disk.
    Committed,
    Told(Result<(), DbErr>),
}

/// Units that will be committed together. Dropped, none of them happened.
struct Batch {
    connection: Arc<Connection>,
    log: Arc<Log>,
    checkpoints: Arc<Checkpoints>,
    shared: Arc<Shared>,
    units: usize,
    done: Done,
    fate: watch::Sender<Fate>,
}

/// What a unit that is done leaves to whoever commits it.
#[derive(Default)]
pub(in super::super) struct Done {
    pub(in super::super) touched: Touched,
    pub(in super::super) seen: Seen,
    pub(in super::super) hooks: Vec<Hook>,
    /// To be written with that of all others.
    pub(in super::super) later: Later,
}

impl Done {
    fn take_in(&mut self, next: Self) {
        self.seen.forget(|stamp| stamp.is_among(&next.touched));
        self.seen.extend(next.seen);
        self.touched.take_in(&next.touched);
        self.hooks.extend(next.hooks);
        self.later.take_in(next.later);
    }
}

impl Batch {
    async fn begin(group: &Group) -> Result<Self, DbErr> {
        let connection = Arc::clone(&group.connection);
        let mut looks = LOOKS;
        while let Err(error) = group.log.mend(&connection).and_then(|()| connection.mark("BEGIN IMMEDIATE")) {
            looks -= 1;
            if !is_busy(&error) || looks == 0 {
                return Err(error);
            }
            tokio::time::sleep(LOOK).await;
        }
        let batch = Self {
            connection,
            log: Arc::clone(&group.log),
            checkpoints: Arc::clone(&group.checkpoints),
            shared: Arc::clone(&group.shared),
            units: 0,
            done: Done::default(),
            fate: watch::Sender::new(Fate::Open),
        };
        // Nobody else should; but people look into a file and mend things, and then nothing in memory is sure any more.
        if batch.connection.is_changed_elsewhere()? {
            batch.shared.changes.commit_everything();
        }
        Ok(batch)
    }

    /// Commits in its turn, then lets the next one begin; once it is on the disk, does what was to be done then, and tells everybody.
    ///
    /// All of it on a thread that may wait, without a way back and forth between: some hundred pages are written, and then synced.
    fn commit(turn: Turn) {
        tokio::task::spawn_blocking(move || Self::commit_here(turn));
    }

    fn commit_here(mut turn: Turn) {
        let Some(batch) = turn.as_mut() else { return };
        let (log, fate) = (Arc::clone(&batch.log), std::mem::replace(&mut batch.fate, watch::Sender::new(Fate::Open)));
        let told = Self::write(turn).and_then(|(turn, hooks)| {
            let mut log = log.turn();
            fate.send_replace(Fate::Committed);
            drop(turn);
            log.sync()?;
            hooks.into_iter().for_each(|hook| hook());
            Ok(fail_points::pass(Point::CommitAfter)?)
        });
        fate.send_replace(Fate::Told(told));
    }

    /// What could not be committed is rolled back before anybody else begins.
    fn write(turn: Turn) -> Result<(Turn, Vec<Hook>), DbErr> {
        let mut turn = Self::write_for_all(turn)?;
        let Some(mut batch) = turn.take() else { return Err(given_up()) };
        fail_points::pass(Point::CommitBefore)?;
        let (shared, done) = (Arc::clone(&batch.shared), std::mem::take(&mut batch.done));
        shared.changes.begin(&done.touched);
        let committed = batch.connection.mark("COMMIT");
        // First of all: what is done after the commit may read.
        shared.changes.commit(&done.touched);
        committed?;
        shared.remembered.put(done.seen, shared.changes.epoch());
        batch.checkpoints.committed();
        Ok((turn, done.hooks))
    }

    /// What the units left to be written at once is written by one more, the last.
    fn write_for_all(mut turn: Turn) -> Result<Turn, DbErr> {
        let Some(batch) = turn.as_mut() else { return Err(given_up()) };
        let later = std::mem::take(&mut batch.done.later);
        if later.is_empty() {
            return Ok(turn);
        }
        let (shared, connection) = (Arc::clone(&batch.shared), Arc::clone(&batch.connection));
        let (mut last, done) = Tx::write_for_all(Unit::new(connection, turn), shared, later)?;
        let mut turn = last.turn.take().ok_or_else(given_up)?;
        if let Some(batch) = turn.as_mut() {
            batch.done.take_in(done);
        }
        Ok(turn)
    }
}

impl Drop for Batch {
    fn drop(&mut self) {
        // A disk that fails may have ended it already.
        if self.connection.is_in_transaction()
            && let Err(error) = self.connection.mark("ROLLBACK")
        {
            tracing::error!(%error, "a group of units of work cannot be rolled back");
        }
    }
}

fn is_busy(error: &DbErr) -> bool {
    matches!(error, DbErr::Exec(RuntimeErr::SqlxError(cause)) if super::failure::is_busy(cause))
}

impl Group {
    /// Writes through one connection, and carries the log over through another.
    ///
    /// # Errors
    /// When the file cannot be opened.
    pub(in super::super) fn open(file: &Path, durability: Durability, shared: &Arc<Shared>) -> Result<Self, DbErr> {
        // It waits neither for the disk, which is the log's part, nor for other processes, of which it hears at once and asks again.
        let connection = Arc::new(Connection::open(file, Durability::Normal)?.with_patience(Duration::ZERO)?);
        let checkpoints = Arc::new(Checkpoints::open(file, durability)?);
        Ok(Self {
            connection,
            log: Arc::new(Log::of(file, durability)),
            checkpoints,
            shared: Arc::clone(shared),
            open: Arc::default(),
            caution: Arc::default(),
        })
    }

    /// Waits for its turn and begins a unit.
    pub(in super::super) async fn begin(&self) -> Result<Unit, DbErr> {
        let mut turn = Arc::clone(&self.open).lock_owned().await;
        let units = match turn.as_ref() {
            Some(batch) => batch.units,
            None => turn.insert(Batch::begin(self).await?).units,
        };
        let is_cautious = self.caution.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |units| units.checked_sub(1)).is_ok();
        // The first needs no savepoint to go back to: without it there is nothing.
        let has_savepoint = is_cautious && units > 0;
        if has_savepoint {
            self.connection.mark("SAVEPOINT unit")?;
        }
        let mut unit = Unit::new(Arc::clone(&self.connection), turn);
        (unit.caution, unit.has_savepoint) = (Arc::clone(&self.caution), has_savepoint);
        Ok(unit)
    }
}

/// A unit of work whose turn it is. Dropped, it never happened.
pub(in super::super) struct Unit {
    connection: Arc<Connection>,
    turn: Option<Turn>,
    caution: Arc<AtomicU32>,
    has_savepoint: bool,
    has_written: AtomicBool,
    is_broken: AtomicBool,
}

impl Unit {
    fn new(connection: Arc<Connection>, turn: Turn) -> Self {
        let [has_written, is_broken] = Default::default();
        Self { connection, turn: Some(turn), caution: Arc::default(), has_savepoint: false, has_written, is_broken }
    }

    /// Where its statements go, which may write.
    pub(in super::super) fn writing(&self) -> Result<&Connection, DbErr> {
        self.has_written.store(true, Ordering::Relaxed);
        self.reading()
    }

    /// Where its statements go that only read.
    pub(in super::super) fn reading(&self) -> Result<&Connection, DbErr> {
        if self.is_broken.load(Ordering::Relaxed) {
            return Err(given_up());
        }
        Ok(&self.connection)
    }

    /// Have those who share its commit written something that `stamp` names?
    pub(in super::super) fn has_group_touched(&self, stamp: &Stamp) -> bool {
        let batch = self.turn.as_deref().and_then(Option::as_ref);
        batch.is_some_and(|batch| stamp.is_among(&batch.done.touched))
    }

    /// What those who share its commit have seen.
    pub(in super::super) fn seen_in_group(&self) -> Option<&Seen> {
        self.turn.as_deref().and_then(Option::as_ref).map(|batch| &batch.done.seen)
    }

    /// SQLite may have rolled back the whole group with the statement that failed (a full disk, an I/O error).
    pub(in super::super) fn breaks(&self) {
        self.is_broken.store(true, Ordering::Relaxed);
    }

    /// Waits for the commit of its group.
    pub(in super::super) async fn commit(mut self, done: Done) -> Result<(), DbErr> {
        if *self.is_broken.get_mut() {
            return Err(given_up());
        }
        let Some(batch) = self.turn.as_deref_mut().and_then(Option::as_mut) else { return Err(given_up()) };
        if self.has_savepoint
            && let Err(error) = self.connection.mark("RELEASE unit")
        {
            self.breaks();
            return Err(error);
        }
        batch.units += 1;
        batch.done.take_in(done);
        let (is_full, fate) = (batch.units >= MOST, batch.fate.subscribe());
        let Some(turn) = self.turn.take() else { return Err(given_up()) };
        let mut waiting = Waiting { open: Arc::clone(OwnedMutexGuard::mutex(&turn)), fate };
        if is_full {
            Batch::commit(turn);
        } else {
            drop(turn);
        }
        waiting.settled().await
    }

    fn go_back(&self) -> bool {
        self.connection.mark("ROLLBACK TO unit").and_then(|()| self.connection.mark("RELEASE unit")).is_ok()
    }
}

/// A unit that is done, and waits for the commit of its group.
struct Waiting {
    open: Arc<Mutex<Option<Batch>>>,
    fate: watch::Receiver<Fate>,
}

impl Waiting {
    /// Waits until somebody has committed the group, or for the turn to do it; then for the disk.
    async fn settled(&mut self) -> Result<(), DbErr> {
        let fate = &mut self.fate;
        let turn = tokio::select! {
            biased;
            // An error means that the group was given up.
            _ = fate.wait_for(|fate| !matches!(fate, Fate::Open)) => None,
            turn = Arc::clone(&self.open).lock_owned() => Some(turn),
        };
        // Nobody has committed it, so what is open is ours.
        if let Some(turn) = turn
            && matches!(*fate.borrow(), Fate::Open)
        {
            Batch::commit(turn);
        }
        let _gone = fate.wait_for(|fate| matches!(fate, Fate::Told(_))).await.is_err();
        match &*fate.borrow() {
            Fate::Told(result) => result.clone(),
            // Not to be run again.
            Fate::Committed => Err(DbErr::Custom("what follows a commit broke".to_owned())),
            Fate::Open => Err(given_up()),
        }
    }
}

impl Drop for Waiting {
    /// A caller who goes away does not leave a group without anybody to commit it.
    fn drop(&mut self) {
        let is_given_up = self.fate.has_changed().is_err();
        if matches!(*self.fate.borrow(), Fate::Open)
            && !is_given_up
            && let Ok(runtime) = Handle::try_current()
        {
            let mut waiting = Self { open: Arc::clone(&self.open), fate: self.fate.clone() };
            runtime.spawn(async move { waiting.settled().await });
        }
    }
}

/// Worth trying again: see [`super::is_lost_race`].
fn given_up() -> DbErr {
    DbErr::Custom("database is locked: another unit of work took its group down".to_owned())
}

impl Drop for Unit {
    fn drop(&mut self) {
        let Some(mut turn) = self.turn.take() else { return };
        let (has_written, is_broken) = (*self.has_written.get_mut(), *self.is_broken.get_mut());
        if has_written {
            self.caution.store(CAUTIOUS, Ordering::Relaxed);
        }
        let may_stand = !is_broken && turn.as_ref().is_some_and(|others| others.units > 0);
        let stands = may_stand && if self.has_savepoint { self.go_back() } else { !has_written };
        if !stands {
            // Rolled back as a whole; those who wait for it hear that its sender is gone.
            drop(turn.take());
        }
    }
}
