//! Many writers, one commit.

use std::sync::atomic::AtomicUsize;

use futures_util::future::join_all;
use rapi_core::wire::events::Event;
use sea_orm::ActiveValue::Set;
use sea_orm::{ConnectionTrait, EntityTrait as _, PaginatorTrait as _, Statement};
use tempfile::TempDir;
use uuid::Uuid;

use super::*;
use crate::platform::clock::{Clock as _, SystemClock};
use crate::platform::db::{Db, Keep, is_lost_race};
use crate::platform::events::tell_each;
use crate::platform::ids::IdGen;
use crate::platform::schema::PlatformMigrations;

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

/// As often as it loses a race, as whoever serves requests does.
async fn again<T, F: Future<Output = Result<T, DbErr>>>(mut attempt: impl FnMut() -> F) -> Result<T, DbErr> {
    loop {
        match attempt().await {
            Err(error) if is_lost_race(&error) => {}
            done => return done,
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn everybody_who_was_told_is_in_the_file_and_nobody_else() {
    let (db, _dir) = numbers().await;
    let writers = (0..200).map(|number| {
        let unit = move |db: Db| async move {
            let tx = db.write().await?;
            tx.execute_unprepared(&format!("INSERT INTO numbers VALUES ({number})")).await?;
            if number % 3 == 0 { Ok(false) } else { tx.commit().await.map(|()| true) }
        };
        let db = db.clone();
        tokio::spawn(again(move || unit(db.clone())))
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
async fn what_is_done_is_committed_though_everybody_who_waited_for_it_has_gone() {
    let (db, _dir) = numbers().await;
    let tx = db.write().await.unwrap();
    tx.execute_unprepared("INSERT INTO numbers VALUES (1)").await.unwrap();
    let mut next = Box::pin(db.write());
    assert!(futures_util::poll!(&mut next).is_pending());
    let mut committing = Box::pin(tx.commit());
    // It is done, and leaves the commit to whoever comes after it; and both go away.
    assert!(futures_util::poll!(&mut committing).is_pending());
    drop((committing, next));
    while count(&db).await == 0 {
        tokio::task::yield_now().await;
    }
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

mod note {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "notes")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}
    impl ActiveModelBehavior for ActiveModel {}
}

async fn notes() -> (Db, TempDir) {
    let (db, dir) = numbers().await;
    db.run("CREATE TABLE notes (id BIGINT PRIMARY KEY)").await.unwrap();
    (db, dir)
}

#[tokio::test(flavor = "multi_thread")]
async fn what_units_leave_to_the_end_of_their_group_is_there_when_they_are_told_and_goes_with_whoever_is_dropped() {
    let (db, _dir) = notes().await;
    let unit = |id: i64| {
        let db = db.clone();
        async move {
            let tx = db.write().await.unwrap();
            tx.insert_later(note::ActiveModel { id: Set(id) });
            if id % 3 > 0 {
                tx.commit().await.unwrap();
                assert!(note::Entity::find_by_id(id).one(db.read()).await.unwrap().is_some(), "{id} was told too early");
            }
        }
    };
    let units: Vec<_> = (0..100).map(|id| tokio::spawn(unit(id))).collect();
    for unit in units {
        unit.await.unwrap();
    }
    assert_eq!(note::Entity::find().count(db.read()).await.unwrap(), 66);
}

#[tokio::test]
async fn a_group_whose_end_cannot_be_written_is_told_so_and_leaves_nothing() {
    let (db, _dir) = notes().await;
    let first = db.write().await.unwrap();
    let mut next = Box::pin(db.write());
    assert!(futures_util::poll!(&mut next).is_pending());
    first.execute_unprepared("INSERT INTO numbers VALUES (1)").await.unwrap();
    first.insert_later(note::ActiveModel { id: Set(1) });
    let mut committing = Box::pin(first.commit());
    assert!(futures_util::poll!(&mut committing).is_pending());
    let second = next.await.unwrap();
    second.insert_later(note::ActiveModel { id: Set(1) });
    let (second, first) = tokio::join!(second.commit(), committing);
    assert!(first.is_err() && second.is_err());
    assert_eq!(count(&db).await, 0);
    insert(&db, 2).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_sends_events_on_is_woken_when_they_are_there_and_not_before() {
    let (db, _dir) = numbers().await;
    db.migrate::<PlatformMigrations>().await.unwrap();
    let clock = Arc::new(SystemClock);
    let ids = IdGen::new(clock.clone());
    let tx = db.write().await.unwrap();
    // So many that it takes a while to write them down.
    let event = Event::NotificationNew { notification_id: ids.uuid() };
    tell_each(&tx, &ids, clock.now(), (0..2_000).map(|_| ids.id()), &event);
    let committing = tokio::spawn(tx.commit());
    db.wakers().events.notified().await;
    assert_eq!(db.wakers().outgoing.take().len(), 2_000);
    committing.await.unwrap().unwrap();
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

/// Units that are done in one group, if it stands; what each was told, and then how many numbers there are.
async fn together(db: &Db, said: &[&str]) -> (Vec<Result<(), DbErr>>, i64) {
    let say = async |said: &str| {
        let tx = db.write().await?;
        tx.execute_unprepared(said).await?;
        tx.commit().await
    };
    let turn = db.write().await.unwrap();
    let told = join_all(said.iter().map(|said| say(said)));
    let (told, ()) = tokio::join!(told, async { drop(turn) });
    (told, count(db).await)
}

fn kinds(told: &[Result<(), DbErr>]) -> Vec<&'static str> {
    let kind = |told: &Result<(), DbErr>| match told {
        Ok(()) => "done",
        Err(error) if is_lost_race(error) => "again",
        Err(_) => "failed",
    };
    told.iter().map(kind).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_first_unit_in_long_that_fails_when_it_has_written_takes_its_group_down_and_those_after_it_fail_alone() {
    let (db, _dir) = numbers().await;
    insert(&db, 1).await.unwrap();
    // One is taken, and 5000 is not allowed.
    let insert = ["INSERT INTO numbers VALUES (2)", "INSERT INTO numbers VALUES (1)", "INSERT INTO numbers VALUES (3)"];
    let (told, count) = together(&db, &[insert[0], insert[1], insert[2]]).await;
    assert_eq!((kinds(&told).as_slice(), count), (["again", "failed", "done"].as_slice(), 2));
    let (told, count) = together(&db, &[insert[0], insert[1], "INSERT INTO numbers VALUES (5000)", "INSERT INTO numbers VALUES (4)"]).await;
    assert_eq!((kinds(&told).as_slice(), count), (["done", "failed", "failed", "done"].as_slice(), 4));
    // What is no statement at all is nobody's to go back from.
    let (told, count) =
        together(&db, &["INSERT INTO numbers VALUES (10)", "INSERT INTO numbers VALUES ()", "INSERT INTO numbers VALUES (11)"]).await;
    assert_eq!((kinds(&told).as_slice(), count), (["again", "failed", "done"].as_slice(), 5));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_unit_that_has_only_read_goes_without_a_trace() {
    let (db, _dir) = numbers().await;
    let look = async || {
        let tx = db.write().await.unwrap();
        tx.query_one_raw(Statement::from_string(db.backend(), "SELECT count(*) AS n FROM numbers")).await.unwrap();
    };
    let turn = db.write().await.unwrap();
    let all = async { tokio::join!(insert(&db, 1), look(), insert(&db, 2)) };
    let ((one, (), two), ()) = tokio::join!(all, async { drop(turn) });
    assert_eq!((one, two, count(&db).await), (Ok(()), Ok(()), 2));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_follows_a_commit_is_done_before_its_writer_is_told_and_never_for_what_was_not_committed() {
    let (db, _dir) = numbers().await;
    let done = Arc::new(AtomicUsize::new(0));
    let writers = (0..50).map(|number| {
        let unit = move |db: Db, done: Arc<AtomicUsize>| async move {
            let tx = db.write().await?;
            tx.execute_unprepared(&format!("INSERT INTO numbers VALUES ({number})")).await?;
            let mine = Arc::new(AtomicBool::new(false));
            let hook = Arc::clone(&mine);
            tx.after_commit(move || {
                hook.store(true, Ordering::SeqCst);
                done.fetch_add(1, Ordering::SeqCst);
            });
            if number % 2 == 0 {
                tx.commit().await?;
                assert!(mine.load(Ordering::SeqCst));
            }
            Ok(())
        };
        let (db, done) = (db.clone(), Arc::clone(&done));
        tokio::spawn(again(move || unit(db.clone(), Arc::clone(&done))))
    });
    join_all(writers).await.into_iter().for_each(|writer| writer.unwrap().unwrap());
    assert_eq!(done.load(Ordering::SeqCst), 25);
}

#[tokio::test]
async fn units_of_one_group_see_what_those_before_them_saw_and_not_what_they_have_written_since() {
    let (db, _dir) = numbers().await;
    let of = Uuid::from_u128(7);
    let seen = async |db: &Db, writes: bool, keeps: Option<i64>| {
        let tx = db.write().await.unwrap();
        if writes {
            let write = Statement::from_sql_and_values(db.backend(), "DELETE FROM \"numbers\" WHERE number = ?", [of.into()]);
            tx.execute_raw(write).await.unwrap();
        }
        let seen = tx.kept::<Number>(of);
        keeps.iter().for_each(|number| tx.keep(of, &Number(*number)));
        tx.commit().await.unwrap();
        seen.map(|Number(number)| number)
    };
    let turn = db.write().await.unwrap();
    let units = [(false, Some(1)), (false, Some(2)), (false, None), (true, None), (false, Some(3)), (true, Some(4)), (false, None)];
    let all = join_all(units.map(|(writes, keeps)| seen(&db, writes, keeps)));
    let (all, ()) = tokio::join!(all, async { drop(turn) });
    assert_eq!(all, [None, Some(1), Some(2), None, None, None, Some(4)]);
    assert_eq!(seen(&db, false, None).await, Some(4));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_log_begins_anew_once_it_is_carried_over() {
    let (db, dir) = numbers().await;
    // The salt of the log's header, another one for each beginning: https://www.sqlite.org/fileformat2.html#walformat
    let salt = || std::fs::read(dir.path().join("numbers.db-wal")).unwrap()[16..20].to_vec();
    let first = salt();
    for number in 1.. {
        assert!(number < 1_000, "it goes on and on");
        insert(&db, number).await.unwrap();
        if salt() != first {
            return;
        }
    }
}

#[tokio::test]
async fn whoever_is_committed_and_not_told_what_followed_does_not_run_again() {
    let (db, _dir) = numbers().await;
    let tx = db.write().await.unwrap();
    tx.execute_unprepared("INSERT INTO numbers VALUES (1)").await.unwrap();
    tx.after_commit(|| panic!("as a test asked"));
    let error = tx.commit().await.unwrap_err();
    assert!(!is_lost_race(&error), "{error}");
    assert_eq!(count(&db).await, 1);
    // The next one is no worse off.
    insert(&db, 2).await.unwrap();
}
