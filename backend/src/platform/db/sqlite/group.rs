//! Group commit: on SQLite one connection takes the writers in turn, and those that wait share one COMMIT, that is one fsync.
//!
//! A unit of work is a savepoint in the transaction of its group; the first needs none. When it is done it queues again, behind
//! everybody who waited meanwhile: whoever comes first of a group that is still open commits it for all. The queue is fair, so a
//! lone writer commits at once and a crowd commits by the dozen. Nobody is answered before the COMMIT that holds her work.
//!
//! The next group begins as soon as one is committed, while that one still waits for the disk ([`super::log`]).
//!
//! A unit sees what earlier units of its group wrote. If the COMMIT fails they fail together; what was refused meanwhile was
//! refused for a change that never came to be, which is the same as having come too early.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use sea_orm::{DbErr, RuntimeErr};
use tokio::sync::{Mutex, OwnedMutexGuard, watch};

use super::checkpoint::Checkpoints;
use super::log::Log;
use super::{Connection, apart};
use crate::platform::db::Durability;
use crate::platform::db::changes::{Changes, Stamp, Touched, everything};
use crate::platform::db::seen::{Remembered, Seen};
use crate::platform::fail_points::{self, Point};

/// More than this share no commit: a fsync costs about as much as a few units, so more would only wait longer.
const MOST: usize = 16;
/// How often to look whether another process still writes the file, and after how long each: some ten seconds in all.
const LOOKS: u32 = 2_000;
const LOOK: Duration = Duration::from_millis(5);

/// What is to be done when a unit is committed.
pub(in super::super) type Hook = Box<dyn FnOnce() + Send + Sync>;

/// The one place where SQLite is written.
pub(in super::super) struct Group {
    connection: Arc<Connection>,
    log: Arc<Log>,
    checkpoints: Arc<Checkpoints>,
    changes: Arc<Changes>,
    remembered: Arc<Remembered>,
    open: Arc<Mutex<Option<Batch>>>,
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
    changes: Arc<Changes>,
    remembered: Arc<Remembered>,
    units: usize,
    touched: Touched,
    seen: Seen,
    hooks: Vec<Hook>,
    fate: watch::Sender<Fate>,
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
            changes: Arc::clone(&group.changes),
            remembered: Arc::clone(&group.remembered),
            units: 0,
            touched: Touched::new(),
            seen: Seen::default(),
            hooks: Vec::new(),
            fate: watch::Sender::new(Fate::Open),
        };
        // Nobody else should; but people look into a file and mend things, and then nothing in memory is sure any more.
        if batch.connection.is_changed_elsewhere()? {
            batch.changes.commit(&everything());
        }
        Ok(batch)
    }

    /// Commits in its turn, then lets the next one begin; once it is on the disk, does what was to be done then, and tells everybody.
    async fn commit(mut self, turn: OwnedMutexGuard<Option<Self>>) {
        let committed = self.write().await;
        let log = self.log.turn().await;
        let (hooks, fate) = (std::mem::take(&mut self.hooks), std::mem::replace(&mut self.fate, watch::Sender::new(Fate::Open)));
        if committed.is_ok() {
            fate.send_replace(Fate::Committed);
        }
        // What could not be committed is rolled back before anybody else begins.
        drop(self);
        drop(turn);
        match committed {
            Ok(()) => {
                let then = move |synced: Result<(), DbErr>| {
                    let done = synced.and_then(|()| {
                        hooks.into_iter().for_each(|hook| hook());
                        Ok(fail_points::pass(Point::CommitAfter)?)
                    });
                    fate.send_replace(Fate::Told(done));
                };
                log.sync(then).await;
            }
            Err(error) => drop(fate.send_replace(Fate::Told(Err(error)))),
        }
    }

    async fn write(&mut self) -> Result<(), DbErr> {
        fail_points::pass(Point::CommitBefore)?;
        let connection = Arc::clone(&self.connection);
        self.changes.begin(&self.touched);
        // Some hundred pages are written: whoever else is on this thread does not wait for them.
        let committed = apart(move || connection.mark("COMMIT")).await;
        // First of all: what is done after the commit may read.
        self.changes.commit(&self.touched);
        committed?;
        self.remembered.put(std::mem::take(&mut self.seen), self.changes.epoch());
        self.checkpoints.committed();
        Ok(())
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
    pub(in super::super) fn open(
        file: &Path,
        durability: Durability,
        (changes, remembered): (Arc<Changes>, Arc<Remembered>),
    ) -> Result<Self, DbErr> {
        // It does not wait for the disk: that is the log's part.
        let connection = Arc::new(Connection::open(file, Durability::Normal)?.without_patience()?);
        let checkpoints = Arc::new(Checkpoints::new(Connection::open(file, durability)?, durability));
        Ok(Self { connection, log: Arc::new(Log::of(file, durability)), checkpoints, changes, remembered, open: Arc::default() })
    }

    /// Waits for its turn and begins a unit.
    pub(in super::super) async fn begin(&self) -> Result<Unit, DbErr> {
        let mut turn = Arc::clone(&self.open).lock_owned().await;
        let units = match turn.as_ref() {
            Some(batch) => batch.units,
            None => turn.insert(Batch::begin(self).await?).units,
        };
        // The first needs no mark to go back to: without it there is nothing.
        if units > 0 {
            self.connection.mark("SAVEPOINT unit")?;
        }
        Ok(Unit { connection: Arc::clone(&self.connection), turn: Some(turn), is_broken: AtomicBool::new(false) })
    }
}

/// A unit of work whose turn it is. Dropped, it never happened.
pub(in super::super) struct Unit {
    connection: Arc<Connection>,
    turn: Option<OwnedMutexGuard<Option<Batch>>>,
    is_broken: AtomicBool,
}

impl Unit {
    /// Where its statements go.
    pub(in super::super) fn statements(&self) -> Result<&Connection, DbErr> {
        if self.is_broken.load(Ordering::Relaxed) {
            return Err(given_up());
        }
        Ok(&self.connection)
    }

    /// Have those who share its commit written something that `stamp` names?
    pub(in super::super) fn has_group_touched(&self, stamp: &Stamp) -> bool {
        let batch = self.turn.as_deref().and_then(Option::as_ref);
        batch.is_some_and(|batch| stamp.is_among(&batch.touched))
    }

    /// SQLite may have rolled back the whole group with the statement that failed (a full disk, an I/O error).
    pub(in super::super) fn breaks(&self) {
        self.is_broken.store(true, Ordering::Relaxed);
    }

    /// Done, having touched and seen that: waits for the commit of its group.
    pub(in super::super) async fn commit(mut self, touched: Touched, seen: Seen, hooks: Vec<Hook>) -> Result<(), DbErr> {
        if *self.is_broken.get_mut() {
            return Err(given_up());
        }
        let Some(batch) = self.turn.as_deref_mut().and_then(Option::as_mut) else { return Err(given_up()) };
        if batch.units > 0
            && let Err(error) = self.connection.mark("RELEASE unit")
        {
            self.breaks();
            return Err(error);
        }
        batch.units += 1;
        batch.seen.forget(&touched);
        batch.seen.extend(seen);
        batch.touched.extend(touched);
        batch.hooks.extend(hooks);
        let (is_full, fate) = (batch.units >= MOST, batch.fate.subscribe());
        let Some(mut turn) = self.turn.take() else { return Err(given_up()) };
        let open = Arc::clone(OwnedMutexGuard::mutex(&turn));
        match turn.take_if(|_| is_full) {
            Some(batch) => batch.commit(turn).await,
            None => drop(turn),
        }
        settled(open, fate).await
    }
}

/// Waits until somebody has committed the group, or for the turn to do it; then for the disk.
async fn settled(open: Arc<Mutex<Option<Batch>>>, mut fate: watch::Receiver<Fate>) -> Result<(), DbErr> {
    let turn = tokio::select! {
        biased;
        // An error means that the group was given up.
        _ = fate.wait_for(|fate| !matches!(fate, Fate::Open)) => None,
        turn = open.lock_owned() => Some(turn),
    };
    // Nobody has committed it, so what is open is ours.
    if let Some(mut turn) = turn
        && matches!(*fate.borrow(), Fate::Open)
        && let Some(batch) = turn.take()
    {
        batch.commit(turn).await;
    }
    let told = fate.wait_for(|fate| matches!(fate, Fate::Told(_))).await;
    match told.as_deref() {
        Ok(Fate::Told(result)) => result.clone(),
        _ => Err(given_up()),
    }
}

/// Worth trying again: see [`super::is_lost_race`].
fn given_up() -> DbErr {
    DbErr::Custom("database is locked: another unit of work took its group down".to_owned())
}

impl Drop for Unit {
    fn drop(&mut self) {
        let Some(mut turn) = self.turn.take() else { return };
        let others = turn.as_ref().map_or(0, |batch| batch.units);
        let is_undone = others > 0 && !*self.is_broken.get_mut() && self.connection.mark("ROLLBACK TO unit").is_ok();
        if !(is_undone && self.connection.mark("RELEASE unit").is_ok()) {
            // Rolled back as a whole; those who wait for it hear that its sender is gone.
            drop(turn.take());
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::AtomicUsize;

    use futures_util::future::join_all;
    use sea_orm::{ConnectionTrait, Statement};
    use tempfile::TempDir;
    use uuid::Uuid;

    use super::*;
    use crate::platform::db::{Db, Keep};

    async fn numbers() -> (Db, TempDir) {
        let dir = tempfile::tempdir().unwrap();
        let db = Db::open_sqlite(&dir.path().join("numbers.db"), Durability::Full).await.unwrap();
        db.run("CREATE TABLE numbers (number INTEGER PRIMARY KEY CHECK (number < 1000))").await.unwrap();
        (db, dir)
    }

    async fn insert(db: &Db, number: usize) -> Result<(), DbErr> {
        let tx = db.write().await?;
        tx.execute_unprepared(&format!("INSERT INTO numbers VALUES ({number})")).await?;
        tx.commit().await
    }

    async fn count(db: &Db) -> i64 {
        let row = db.read().query_one_raw(Statement::from_string(db.backend(), "SELECT count(*) AS n FROM numbers"));
        row.await.unwrap().unwrap().try_get("", "n").unwrap()
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn everybody_who_was_told_is_in_the_file_and_nobody_else() {
        let (db, _dir) = numbers().await;
        let writers = (0..200).map(|number| {
            let db = db.clone();
            tokio::spawn(async move {
                let tx = db.write().await?;
                tx.execute_unprepared(&format!("INSERT INTO numbers VALUES ({number})")).await?;
                if number % 3 == 0 { Ok(false) } else { tx.commit().await.map(|()| true) }
            })
        });
        let told = join_all(writers).await.into_iter().filter(|told| *told.as_ref().unwrap() == Ok::<_, DbErr>(true)).count();
        assert_eq!((told, count(&db).await), (133, 133));
    }

    #[tokio::test]
    async fn a_unit_that_was_dropped_leaves_the_file_to_others() {
        let (db, dir) = numbers().await;
        let tx = db.write().await.unwrap();
        tx.execute_unprepared("INSERT INTO numbers VALUES (1)").await.unwrap();
        drop(tx);
        // Another process, so to speak.
        let other = Db::open_sqlite(&dir.path().join("numbers.db"), Durability::Full).await.unwrap();
        insert(&other, 2).await.unwrap();
        insert(&db, 3).await.unwrap();
        assert_eq!(count(&db).await, 2);
    }

    #[tokio::test]
    async fn whoever_waits_for_another_process_keeps_nobody_else_waiting() {
        let (db, dir) = numbers().await;
        let other = Db::open_sqlite(&dir.path().join("numbers.db"), Durability::Full).await.unwrap();
        let writing = other.write().await.unwrap();
        // There is one thread: were it held, the other could never end.
        let (inserted, ()) = tokio::join!(insert(&db, 1), async { drop(writing) });
        inserted.unwrap();
        assert_eq!(count(&db).await, 1);
    }

    #[tokio::test]
    async fn nobody_is_told_of_a_commit_that_did_not_reach_the_disk_and_later_ones_do_not_stand_behind_the_gap() {
        let (_, dir) = numbers().await;
        let db = Db::open_sqlite(&dir.path().join("numbers.db"), Durability::Full).await.unwrap();
        let log = dir.path().join("numbers.db-wal");
        // Gone for whoever wants to sync it for the first time; SQLite has it open.
        std::fs::remove_file(&log).unwrap();
        let error = insert(&db, 1).await.unwrap_err();
        assert!(error.to_string().contains("code: 1034"), "{error}");
        std::fs::write(&log, []).unwrap();
        insert(&db, 2).await.unwrap();
        // What was not sure is there, carried over into the file before anybody wrote again.
        assert_eq!(count(&db).await, 2);
        let alone = format!("file:{}?immutable=1", dir.path().join("numbers.db").display());
        let file = rusqlite::Connection::open(alone).unwrap();
        assert_eq!(file.query_row("SELECT count(*) FROM numbers WHERE number = 1", (), |row| row.get(0)), Ok(1));
    }

    #[derive(Debug, Clone, PartialEq)]
    struct Number(i64);

    impl Keep for Number {
        fn rows(&self) -> Vec<(&'static str, Uuid)> {
            vec![("numbers", Uuid::from_u128(7))]
        }
    }

    #[tokio::test]
    async fn a_unit_is_left_what_those_before_saw_until_somebody_writes_to_it() {
        let (db, dir) = numbers().await;
        let (of, seen) = (Uuid::from_u128(7), Number(1));
        let left = async || {
            let tx = db.write().await.unwrap();
            let left = tx.kept::<Number>(of);
            tx.keep(of, &seen);
            tx.commit().await.unwrap();
            left
        };
        assert_eq!((left().await, left().await), (None, Some(Number(1))));
        let tx = db.write().await.unwrap();
        let write = Statement::from_sql_and_values(db.backend(), "DELETE FROM \"numbers\" WHERE number = ?", [of.into()]);
        tx.execute_raw(write).await.unwrap();
        assert_eq!(tx.kept::<Number>(of), None);
        tx.commit().await.unwrap();
        assert_eq!((left().await, left().await), (None, Some(Number(1))));
        // What was never committed was never seen.
        let tx = db.write().await.unwrap();
        tx.keep(of, &Number(2));
        drop(tx);
        assert_eq!(left().await, Some(Number(1)));
        // Another process, so to speak.
        insert(&Db::open_sqlite(&dir.path().join("numbers.db"), Durability::Full).await.unwrap(), 2).await.unwrap();
        assert_eq!((left().await, left().await), (None, Some(Number(1))));
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn a_broken_constraint_fails_its_unit_alone_and_anything_else_the_group() {
        let (db, _dir) = numbers().await;
        insert(&db, 1).await.unwrap();
        // The second is taken, the fourth is not allowed, and the last is no statement at all.
        let said = ["(2)", "(1)", "(3)", "(5000)", "(4)", "()"];
        let say = async |db: &Db, said: &str| {
            let tx = db.write().await?;
            tx.execute_unprepared(&format!("INSERT INTO numbers VALUES {said}")).await?;
            tx.commit().await
        };
        let turn = db.write().await.unwrap();
        let told = join_all(said[..5].iter().map(|said| say(&db, said)));
        let (told, ()) = tokio::join!(told, async { drop(turn) });
        assert_eq!(told.iter().map(Result::is_ok).collect::<Vec<_>>(), [true, false, true, false, true]);
        assert_eq!(count(&db).await, 4);

        let turn = db.write().await.unwrap();
        let told = join_all(["(10)", said[5], "(11)"].iter().map(|said| say(&db, said)));
        let (told, ()) = tokio::join!(told, async { drop(turn) });
        assert_eq!(told.iter().map(Result::is_ok).collect::<Vec<_>>(), [false, false, true]);
        assert_eq!(count(&db).await, 5);
        // Whoever went down with the group may try again.
        insert(&db, 10).await.unwrap();
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn what_follows_a_commit_is_done_before_its_writer_is_told_and_never_for_what_was_not_committed() {
        let (db, _dir) = numbers().await;
        let done = Arc::new(AtomicUsize::new(0));
        let writers = (0..50).map(|number| {
            let (db, done) = (db.clone(), Arc::clone(&done));
            tokio::spawn(async move {
                let tx = db.write().await.unwrap();
                tx.execute_unprepared(&format!("INSERT INTO numbers VALUES ({number})")).await.unwrap();
                let mine = Arc::new(AtomicBool::new(false));
                let hook = Arc::clone(&mine);
                tx.after_commit(move || {
                    hook.store(true, Ordering::SeqCst);
                    done.fetch_add(1, Ordering::SeqCst);
                });
                if number % 2 == 0 {
                    tx.commit().await.unwrap();
                    assert!(mine.load(Ordering::SeqCst));
                }
            })
        });
        join_all(writers).await.into_iter().for_each(|writer| writer.unwrap());
        assert_eq!(done.load(Ordering::SeqCst), 25);
    }
}
