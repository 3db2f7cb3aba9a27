//! Deadlines: every wave, time-out, scheduled start and retry is a row with a due time, so `kill -9` forgets none.
//!
//! Workers claim due rows by a lease, run the handler in a transaction and delete the row in the same one: an effect in the
//! database happens exactly once, an effect outside (a message) at least once. Any number of processes share the table.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use rapi_core::Timestamp;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{Expr, ExprTrait, OnConflict};
use sea_orm::{ActiveModelTrait, DbErr, IntoActiveModel, QueryOrder, QuerySelect, Select};
use serde_json::Value;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use super::clock::Clock;
use super::db::{Db, Gathered, Tx};
use super::error::{ApiError, again};
use super::fail_points::{self, Point};
use super::ids::IdGen;

/// How many are claimed at once.
const CLAIM: u64 = 32;

mod row {
    use super::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "jobs")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub kind: String,
        pub subject_id: Uuid,
        pub payload: Json,
        pub due_at: i64,
        pub leased_until: i64,
        pub attempts: i32,
        pub created_at: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}
    impl ActiveModelBehavior for ActiveModel {}
}

/// A deadline that has come.
#[derive(Debug, Clone, PartialEq)]
pub struct Job {
    /// Names this deadline.
    pub id: Uuid,
    /// What is to be done.
    pub kind: String,
    /// To what.
    pub subject: Uuid,
    /// With what.
    pub payload: Value,
    /// When it was due.
    pub due_at: Timestamp,
}

/// Does what is to be done when a deadline comes.
#[async_trait]
pub trait Handler: Send + Sync {
    /// Does it within `tx`; the deadline is gone when `tx` commits. May set the same deadline anew.
    ///
    /// # Errors
    /// Any error rolls back; it is tried again later.
    async fn run(&self, tx: &Tx, job: &Job) -> Result<(), ApiError>;
}

/// Sets the deadline `kind` of `subject` when the transaction commits, replacing an earlier one.
pub fn set(tx: &Tx, ids: &IdGen, now: Timestamp, kind: &str, subject: Uuid, due_at: Timestamp, payload: Value) {
    let job = row::Model {
        id: ids.uuid(),
        kind: kind.to_owned(),
        subject_id: subject,
        payload,
        due_at: due_at.micros(),
        leased_until: 0,
        attempts: 0,
        created_at: now.micros(),
    };
    tx.gather(|deadlines: &mut Deadlines| {
        deadlines.forget(subject, |other| other == kind);
        deadlines.0.push(job);
    });
    tx.wake_jobs(due_at);
}

/// What a unit of work sets.
#[derive(Default)]
struct Deadlines(Vec<row::Model>);

impl Deadlines {
    fn forget(&mut self, subject: Uuid, is_of: impl Fn(&str) -> bool) {
        self.0.retain(|job| !(job.subject_id == subject && is_of(&job.kind)));
    }
}

#[async_trait]
impl Gathered for Deadlines {
    async fn write(self: Box<Self>, tx: &Tx) -> Result<(), DbErr> {
        use row::Column::{Attempts, CreatedAt, DueAt, Id, Kind, LeasedUntil, Payload, SubjectId};
        let rows = self.0.into_iter().map(|job| job.into_active_model().reset_all());
        let replacing =
            || OnConflict::columns([Kind, SubjectId]).update_columns([Id, DueAt, Payload, LeasedUntil, Attempts, CreatedAt]).to_owned();
        tx.insert_or(rows, replacing).await.map(|_| ())
    }
}

/// Takes back the deadlines of these kinds of `subject`, those there are.
///
/// # Errors
/// When the database refuses.
pub async fn clear(tx: &Tx, kinds: &[&str], subject: Uuid) -> Result<(), DbErr> {
    tx.gather(|deadlines: &mut Deadlines| deadlines.forget(subject, |kind| kinds.contains(&kind)));
    row::Entity::delete_many()
        .filter(row::Column::Kind.is_in(kinds.iter().copied()))
        .filter(row::Column::SubjectId.eq(subject))
        .exec(tx)
        .await?;
    Ok(())
}

/// Runs deadlines as they come, until told to stop.
pub struct Worker {
    /// Where deadlines are.
    pub db: Db,
    /// What time it is.
    pub clock: Arc<dyn Clock>,
    /// Who does what, by kind.
    pub handlers: HashMap<&'static str, Arc<dyn Handler>>,
    /// How long a worker may take before another tries.
    pub lease: Duration,
}

impl Worker {
    /// Runs until `stop`.
    pub async fn run(self, stop: CancellationToken) {
        loop {
            // Whatever is set from now on may be missed by this turn, so it wakes us; once we know when we look again, what is due
            // later need not.
            self.db.wakers().jobs.sleeps_until(None);
            let next = match self.turn().await {
                Ok(Turn::Worked) => continue,
                Ok(Turn::NothingDue { next }) => next,
                Err(error) => {
                    tracing::warn!(%error, "deadlines could not be read, trying again");
                    None
                }
            };
            // Another process may set deadlines without waking us: look at least once a second.
            let soon = self.clock.now() + Duration::from_secs(1);
            let until = next.map_or(soon, |next| next.min(soon));
            self.db.wakers().jobs.sleeps_until(Some(until));
            tokio::select! {
                () = stop.cancelled() => return,
                () = self.db.wakers().jobs.notified() => {}
                () = self.clock.sleep_until(until) => {}
            }
        }
    }

    /// Claims what is due and runs it.
    ///
    /// # Errors
    /// When the deadlines cannot be read or claimed.
    pub async fn turn(&self) -> Result<Turn, DbErr> {
        let now = self.clock.now();
        let due = self.due(now).all(self.db.read()).await?;
        if due.is_empty() {
            return Ok(Turn::NothingDue { next: self.next_due().await? });
        }
        for job in due {
            if self.claim(&job, now).await? {
                fail_points::pass(Point::DeadlineClaimed)?;
                self.perform(job).await;
            }
        }
        Ok(Turn::Worked)
    }

    fn due(&self, now: Timestamp) -> Select<row::Entity> {
        let due = self.known().filter(row::Column::DueAt.lte(now.micros())).filter(row::Column::LeasedUntil.lte(now.micros()));
        // Those of one moment in the order in which they were set.
        due.order_by_asc(row::Column::DueAt).order_by_asc(row::Column::Id).limit(CLAIM)
    }

    /// Deadlines of kinds this version knows: those of a newer one are left to it.
    fn known(&self) -> Select<row::Entity> {
        // Cast, for by their kinds SQLite would look for all of them first, and then sort them by their times.
        let kind = Expr::col((row::Entity, row::Column::Kind)).cast_as("TEXT");
        row::Entity::find().filter(kind.is_in(self.handlers.keys().copied()))
    }

    fn next(&self) -> Select<row::Entity> {
        self.known().order_by_asc(row::Column::DueAt).limit(1)
    }

    async fn next_due(&self) -> Result<Option<Timestamp>, DbErr> {
        let next = self.next().one(self.db.read()).await?;
        Ok(next.map(|job| Timestamp::from_micros(Ord::max(job.due_at, job.leased_until))))
    }

    /// Takes the lease, unless somebody else was faster.
    async fn claim(&self, job: &row::Model, now: Timestamp) -> Result<bool, DbErr> {
        let tx = self.db.write().await?;
        let claimed = row::Entity::update_many()
            .col_expr(row::Column::LeasedUntil, Expr::value((now + self.lease).micros()))
            .col_expr(row::Column::Attempts, Expr::value(job.attempts.saturating_add(1)))
            .filter(row::Column::Id.eq(job.id))
            .filter(row::Column::LeasedUntil.eq(job.leased_until))
            .exec(&tx)
            .await?;
        tx.commit().await?;
        Ok(claimed.rows_affected == 1)
    }

    async fn perform(&self, row: row::Model) {
        let attempts = row.attempts;
        let job =
            Job { id: row.id, kind: row.kind, subject: row.subject_id, payload: row.payload, due_at: Timestamp::from_micros(row.due_at) };
        if let Err(error) = again(|| self.attempt(&job)).await {
            tracing::error!(kind = %job.kind, subject = %job.subject, attempts, %error, source = ?std::error::Error::source(&error), "a deadline failed");
            if let Err(error) = self.postpone(job.id, attempts).await {
                tracing::warn!(%error, "a failed deadline keeps its lease until it runs out");
            }
        }
    }

    async fn attempt(&self, job: &Job) -> Result<(), ApiError> {
        let tx = self.db.write().await?;
        // The row is deleted first: if another worker took it after our lease ran out, nothing is deleted and we leave it alone.
        let mine = row::Entity::delete_many().filter(row::Column::Id.eq(job.id)).exec(&tx).await?;
        if mine.rows_affected == 0 {
            return Ok(());
        }
        match self.handlers.get(job.kind.as_str()) {
            Some(handler) => handler.run(&tx, job).await?,
            None => return Err(ApiError::internal(format!("nobody handles deadlines of kind {}", job.kind))),
        }
        fail_points::pass(Point::DeadlineHandled)?;
        tx.commit().await?;
        Ok(())
    }

    /// Tries again after 1, 2, 4 … 64 s.
    async fn postpone(&self, id: Uuid, attempts: i32) -> Result<(), DbErr> {
        let wait = Duration::from_secs(1 << attempts.clamp(0, 6));
        let tx = self.db.write().await?;
        row::Entity::update_many()
            .col_expr(row::Column::LeasedUntil, Expr::value((self.clock.now() + wait).micros()))
            .filter(row::Column::Id.eq(id))
            .exec(&tx)
            .await?;
        tx.commit().await
    }
}

/// What a turn of the worker came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Turn {
    /// Something was due.
    Worked,
    /// Nothing was.
    NothingDue {
        /// The next deadline.
        next: Option<Timestamp>,
    },
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;
    use crate::platform::clock::SystemClock;
    use crate::platform::db::{Durability, steps_of};
    use crate::platform::schema::PlatformMigrations;

    struct Nothing;

    #[async_trait]
    impl Handler for Nothing {
        async fn run(&self, _: &Tx, _: &Job) -> Result<(), ApiError> {
            Ok(())
        }
    }

    #[tokio::test]
    async fn looking_for_what_is_due_reads_none_that_are_not() {
        let dir = tempfile::tempdir().unwrap();
        let db = Db::open_sqlite(&dir.path().join("jobs.db"), Durability::Normal).await.unwrap();
        db.migrate::<PlatformMigrations>().await.unwrap();
        let handlers = ["one", "two", "three"].map(|kind| (kind, Arc::new(Nothing) as Arc<dyn Handler>));
        let worker = Worker { db: db.clone(), clock: Arc::new(SystemClock), handlers: handlers.into(), lease: Duration::from_secs(1) };
        for query in [worker.due(Timestamp::from_micros(7)), worker.next()] {
            let steps = steps_of(&db, &query).await;
            assert!(matches!(steps.as_slice(), [only] if only.contains("USING INDEX jobs_due")), "{steps:?}");
        }
    }

    /// Loses a race the first time.
    #[derive(Default)]
    struct Unlucky(AtomicUsize);

    #[async_trait]
    impl Handler for Unlucky {
        async fn run(&self, _: &Tx, _: &Job) -> Result<(), ApiError> {
            match self.0.fetch_add(1, Ordering::SeqCst) {
                0 => Err(DbErr::Custom("database is locked".to_owned()).into()),
                _ => Ok(()),
            }
        }
    }

    #[tokio::test]
    async fn a_deadline_whose_transaction_lost_a_race_is_met_at_once() {
        let dir = tempfile::tempdir().unwrap();
        let db = Db::open_sqlite(&dir.path().join("jobs.db"), Durability::Normal).await.unwrap();
        db.migrate::<PlatformMigrations>().await.unwrap();
        let (unlucky, clock) = (Arc::new(Unlucky::default()), Arc::new(SystemClock));
        let tx = db.write().await.unwrap();
        set(&tx, &IdGen::new(clock.clone()), clock.now(), "unlucky", Uuid::nil(), clock.now(), Value::Null);
        tx.commit().await.unwrap();
        let handlers = [("unlucky", Arc::clone(&unlucky) as Arc<dyn Handler>)];
        let worker = Worker { db, clock, handlers: handlers.into(), lease: Duration::from_secs(1) };
        assert_eq!(worker.turn().await, Ok(Turn::Worked));
        assert_eq!((unlucky.0.load(Ordering::SeqCst), worker.turn().await), (2, Ok(Turn::NothingDue { next: None })));
    }
}
