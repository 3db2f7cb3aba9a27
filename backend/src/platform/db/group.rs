//! Group commit: on SQLite one connection takes the writers in turn, and those that wait share one COMMIT, that is one fsync.
//!
//! A unit of work is a savepoint in the transaction of its group. When it is done it queues again, behind everybody who waited
//! meanwhile: whoever comes first of a group that is still open commits it for all. The queue is fair, so a lone writer commits
//! at once and a crowd commits by the dozen. Nobody is answered before the COMMIT that holds her work.
//!
//! A unit sees what earlier units of its group wrote. If the COMMIT fails they fail together; what was refused meanwhile was
//! refused for a change that never came to be, which is the same as having come too early.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use sea_orm::{DatabaseConnection, DatabaseTransaction, DbErr, SqliteTransactionMode, TransactionOptions, TransactionTrait};
use tokio::sync::{Mutex, OwnedMutexGuard, watch};

use crate::platform::fail_points::{self, Point};

/// More than this share no commit: a fsync costs about as much as a few units, so more would only wait longer.
const MOST: usize = 16;

/// What is to be done when a unit is committed.
pub(super) type Hook = Box<dyn FnOnce() + Send + Sync>;

/// The one place where SQLite is written.
pub(super) struct Group {
    connection: DatabaseConnection,
    open: Arc<Mutex<Option<Batch>>>,
}

/// Units that will be committed together.
struct Batch {
    root: DatabaseTransaction,
    units: usize,
    hooks: Vec<Hook>,
    outcome: watch::Sender<Option<Result<(), DbErr>>>,
}

impl Batch {
    /// Commits, does what was to be done then, and tells everybody.
    async fn commit(self) {
        let result = finish(self.root, self.hooks).await;
        self.outcome.send_replace(Some(result));
    }
}

async fn finish(root: DatabaseTransaction, hooks: Vec<Hook>) -> Result<(), DbErr> {
    fail_points::pass(Point::CommitBefore)?;
    root.commit().await?;
    hooks.into_iter().for_each(|hook| hook());
    Ok(fail_points::pass(Point::CommitAfter)?)
}

impl Group {
    pub(super) fn new(connection: DatabaseConnection) -> Self {
        Self { connection, open: Arc::default() }
    }

    /// Waits for its turn and begins a unit.
    pub(super) async fn begin(self: &Arc<Self>) -> Result<Unit, DbErr> {
        let mut turn = Arc::clone(&self.open).lock_owned().await;
        if turn.is_none() {
            let options =
                TransactionOptions { sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate), ..TransactionOptions::default() };
            let root = self.connection.begin_with_options(options).await?;
            *turn = Some(Batch { root, units: 0, hooks: Vec::new(), outcome: watch::Sender::new(None) });
        }
        let mut unit = Unit { savepoint: None, turn: Some(turn), is_broken: AtomicBool::new(false) };
        if let Some(batch) = unit.turn.as_ref().and_then(|turn| turn.as_ref()) {
            unit.savepoint = Some(batch.root.begin().await?);
        }
        Ok(unit)
    }
}

/// A unit of work whose turn it is. Dropped, it never happened.
pub(super) struct Unit {
    savepoint: Option<DatabaseTransaction>,
    turn: Option<OwnedMutexGuard<Option<Batch>>>,
    is_broken: AtomicBool,
}

impl Unit {
    /// Where its statements go.
    pub(super) fn statements(&self) -> Result<&DatabaseTransaction, DbErr> {
        self.savepoint.as_ref().ok_or_else(|| DbErr::Custom("this unit of work is over".to_owned()))
    }

    /// SQLite may have rolled back the whole group with the statement that failed (a full disk, an I/O error).
    pub(super) fn breaks(&self) {
        self.is_broken.store(true, Ordering::Relaxed);
    }

    /// Done: waits for the commit of its group.
    pub(super) async fn commit(mut self, hooks: Vec<Hook>) -> Result<(), DbErr> {
        if *self.is_broken.get_mut() {
            return Err(given_up());
        }
        if let Some(savepoint) = self.savepoint.take()
            && let Err(error) = savepoint.commit().await
        {
            self.breaks();
            return Err(error);
        }
        let Some(mut turn) = self.turn.take() else { return Ok(()) };
        let Some(batch) = turn.as_mut() else { return Ok(()) };
        batch.units += 1;
        batch.hooks.extend(hooks);
        let outcome = batch.outcome.subscribe();
        if batch.units >= MOST
            && let Some(batch) = turn.take()
        {
            batch.commit().await;
        }
        let open = Arc::clone(OwnedMutexGuard::mutex(&turn));
        drop(turn);
        settled(open, outcome).await
    }
}

/// Waits until somebody has committed the group, or for the turn to do it.
async fn settled(open: Arc<Mutex<Option<Batch>>>, mut outcome: watch::Receiver<Option<Result<(), DbErr>>>) -> Result<(), DbErr> {
    let told = |outcome: &watch::Receiver<Option<Result<(), DbErr>>>| outcome.borrow().clone();
    if let Some(result) = told(&outcome) {
        return result;
    }
    let turn = tokio::select! {
        biased;
        // An error means that the group was given up.
        _ = outcome.wait_for(Option::is_some) => None,
        turn = open.lock() => Some(turn),
    };
    // Nobody has told us of its end, so what is open is ours; else it does no harm that it is committed a little early.
    if let Some(mut turn) = turn
        && told(&outcome).is_none()
        && let Some(batch) = turn.take()
    {
        batch.commit().await;
    }
    told(&outcome).unwrap_or_else(|| Err(given_up()))
}

/// Worth trying again: see [`super::is_lost_race`].
fn given_up() -> DbErr {
    DbErr::Custom("database is locked: another unit of work took its group down".to_owned())
}

impl Drop for Unit {
    fn drop(&mut self) {
        // Rolled back to its savepoint, before the turn goes on.
        drop(self.savepoint.take());
        let is_broken = *self.is_broken.get_mut();
        let Some(turn) = self.turn.as_mut() else { return };
        let nobody_waits = turn.as_ref().is_some_and(|batch| batch.units == 0);
        if is_broken || nobody_waits {
            // Rolled back as a whole; those who wait for it hear that its sender is gone.
            drop(turn.take());
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::AtomicUsize;

    use futures_util::future::join_all;
    use sea_orm::ConnectionTrait;
    use tempfile::TempDir;

    use super::super::{Db, Durability};
    use super::*;

    async fn numbers() -> (Db, TempDir) {
        let dir = tempfile::tempdir().unwrap();
        let db = Db::open_sqlite(&dir.path().join("numbers.db"), Durability::Full).await.unwrap();
        db.writer().execute_unprepared("CREATE TABLE numbers (number INTEGER PRIMARY KEY CHECK (number < 1000))").await.unwrap();
        (db, dir)
    }

    async fn insert(db: &Db, number: usize) -> Result<(), DbErr> {
        let tx = db.write().await?;
        tx.execute_unprepared(&format!("INSERT INTO numbers VALUES ({number})")).await?;
        tx.commit().await
    }

    async fn count(db: &Db) -> i64 {
        let row = db.read().query_one_raw(sea_orm::Statement::from_string(db.backend(), "SELECT count(*) AS n FROM numbers"));
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

    #[tokio::test(flavor = "multi_thread")]
    async fn a_broken_constraint_fails_its_unit_alone_and_anything_else_the_group() {
        let (db, _dir) = numbers().await;
        insert(&db, 1).await.unwrap();
        let turn = db.write().await.unwrap();
        let crowd: Vec<_> = [2, 1, 3, 5000, 4]
            .into_iter()
            .map(|number| {
                let db = db.clone();
                tokio::spawn(async move { insert(&db, number).await.is_ok() })
            })
            .collect();
        drop(turn);
        let told: Vec<_> = join_all(crowd).await.into_iter().map(|told| told.unwrap()).collect();
        assert!(!told[1] && !told[3], "{told:?}");
        let stored = told.iter().filter(|told| **told).count();
        assert_eq!(count(&db).await, 1 + i64::try_from(stored).unwrap(), "{told:?}");
        // Whoever went down with the group may try again.
        for (number, told) in [2, 1, 3, 5000, 4].into_iter().zip(told) {
            assert_eq!(insert(&db, number).await.is_ok(), !told && number != 1 && number != 5000);
        }
        assert_eq!(count(&db).await, 4);
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
