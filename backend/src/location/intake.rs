//! Positions come in: batches that wait are taken together, in one transaction of the history's database.
//!
//! For each batch: known already? else weighed against the last fix of its provider, written with its way and her position,
//! and only then acknowledged and shown. The tracking rows of the orders follow once a second ([`super::shown`]): until then
//! what memory holds is laid over them.

use std::collections::{HashMap, HashSet};
use std::sync::{Mutex, PoisonError};

use rapi_core::tracking::{Fix, Rejected, TrackingRules, Weighed, estimate, weigh};
use rapi_core::{Id, Timestamp, values};
use sea_orm::DbErr;
use tokio::sync::{mpsc, oneshot};
use tokio_util::sync::CancellationToken;

use super::shown::Heard;
use super::store::{self, BatchKey, Last};
use super::ways::{Way, Ways};
use super::{history, shown};
use crate::app::{App, AppState};
use crate::platform::fail_points::{self, Point};

type User = Id<values::User>;
type Verdicts = Vec<Result<(), Rejected>>;

/// So many batches share a transaction at most.
const MOST: usize = 256;
/// So many may wait; whoever comes then waits outside.
const QUEUE: usize = 4096;
/// Of so many devices the last batch is remembered.
const MOST_DEVICES: usize = 200_000;
/// So many requests are remembered with what they were answered; after that their stored answers do.
const MOST_REQUESTS: usize = 10_000;

/// The way in.
pub struct Intake {
    queue: mpsc::Sender<Waiting>,
    end: Mutex<Option<mpsc::Receiver<Waiting>>>,
}

/// What fixes that come again are known by.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Name {
    /// Over MQTT: the phone numbers its batches.
    Batch { device: String, sequence: u64 },
    /// Over HTTP: the key of the request.
    Request { key: String },
}

struct Waiting {
    user: User,
    fixes: Vec<Fix>,
    name: Option<Name>,
    /// Whoever sent the same.
    answers: Vec<oneshot::Sender<Result<Verdicts, DbErr>>>,
}

impl Waiting {
    fn key(&self) -> Option<BatchKey<'_>> {
        match &self.name {
            Some(Name::Batch { device, sequence }) => Some(BatchKey { user: self.user, device, sequence: *sequence }),
            _ => None,
        }
    }

    fn answer(self, result: &Result<Verdicts, DbErr>) {
        for answer in self.answers {
            // Who has gone away needs none.
            let _ = answer.send(result.clone());
        }
    }
}

/// What was taken of a batch.
struct Taken {
    batch: Waiting,
    way: Option<Way>,
    weighed: Weighed,
    /// Where she is after the last fix that was kept.
    last: Option<Last>,
}

impl Default for Intake {
    fn default() -> Self {
        let (queue, end) = mpsc::channel(QUEUE);
        Self { queue, end: Mutex::new(Some(end)) }
    }
}

impl Intake {
    /// Takes fixes of `user`; durable when it returns. A numbered batch that was taken before has no effect and no verdicts.
    ///
    /// # Errors
    /// When the database refuses, or nobody takes anything any more.
    pub(super) async fn take(&self, user: User, fixes: Vec<Fix>, name: Option<Name>) -> Result<Verdicts, DbErr> {
        let closed = || DbErr::Custom("positions are not taken any more".to_owned());
        let (answer, answered) = oneshot::channel();
        self.queue.send(Waiting { user, fixes, name, answers: vec![answer] }).await.map_err(|_| closed())?;
        answered.await.map_err(|_| closed())?
    }
}

/// Takes what comes in, until `stop`.
pub(super) async fn run(app: AppState, stop: CancellationToken) {
    let end = app.intake.end.lock().unwrap_or_else(PoisonError::into_inner).take();
    let Some(mut queue) = end else { return };
    let mut worker = Worker::default();
    loop {
        let first = tokio::select! {
            () = stop.cancelled() => return,
            first = queue.recv() => first,
        };
        let Some(first) = first else { return };
        let mut waiting = vec![first];
        while waiting.len() < MOST
            && let Ok(next) = queue.try_recv()
        {
            waiting.push(next);
        }
        worker.turn(&app, waiting).await;
    }
}

/// What the worker remembers from turn to turn.
#[derive(Default)]
struct Worker {
    ways: Ways,
    /// The highest number taken of each device since the start.
    taken: HashMap<(User, String), u64>,
    /// What was found in the fixes of a request.
    answered: HashMap<(User, String), Verdicts>,
}

impl Worker {
    async fn turn(&mut self, app: &App, waiting: Vec<Waiting>) {
        let (mut fresh, mut unsure) = (Vec::with_capacity(waiting.len()), Vec::new());
        for batch in without_doubles(waiting) {
            match self.knows(&batch) {
                Known::New => fresh.push(batch),
                Known::Unsure => unsure.push(batch),
                Known::Answered(verdicts) => batch.answer(&Ok(verdicts)),
            }
        }
        for batch in unsure {
            let known = match batch.key() {
                Some(key) => store::knows_batch(app.history.read(), key).await,
                None => Ok(false),
            };
            match known {
                Ok(false) => fresh.push(batch),
                Ok(true) => batch.answer(&Ok(Vec::new())),
                Err(error) => batch.answer(&Err(error)),
            }
        }
        match self.keep(app, fresh).await {
            Ok(taken) => {
                for taken in taken {
                    self.note(&taken);
                    announce(app, taken).await;
                }
            }
            Err((error, waiting)) => waiting.into_iter().for_each(|batch| batch.answer(&Err(error.clone()))),
        }
    }

    fn knows(&self, batch: &Waiting) -> Known {
        match &batch.name {
            None => Known::New,
            Some(Name::Request { key }) => {
                self.answered.get(&(batch.user, key.clone())).map_or(Known::New, |verdicts| Known::Answered(verdicts.clone()))
            }
            // Numbers grow; one that does not may still be late.
            Some(Name::Batch { device, sequence }) => {
                let last = self.taken.get(&(batch.user, device.clone()));
                if last.is_some_and(|last| sequence > last) { Known::New } else { Known::Unsure }
            }
        }
    }

    /// Weighs and writes.
    async fn keep(&mut self, app: &App, fresh: Vec<Waiting>) -> Result<Vec<Taken>, (DbErr, Vec<Waiting>)> {
        let users: HashSet<User> = fresh.iter().map(|batch| batch.user).collect();
        let ways = match self.ways.of(app, users.into_iter()).await {
            Ok(ways) => ways,
            Err(error) => return Err((error, fresh)),
        };
        let (now, rules) = (app.now(), app.settings.tracking_rules());
        let mut lasts: HashMap<User, Last> = HashMap::new();
        let mut taken = Vec::with_capacity(fresh.len());
        for batch in fresh {
            let before = lasts.get(&batch.user).copied().or_else(|| app.nearby.last(batch.user));
            let weighed = weighed(&batch, before, now, &rules);
            let last = weighed.kept.last().map(|fix| Last::measured(batch.user, fix));
            lasts.extend(last.map(|last| (batch.user, last)));
            taken.push(Taken { way: ways.get(&batch.user).copied(), batch, weighed, last });
        }
        match write(app, &taken, lasts.into_values().collect()).await {
            Ok(()) => Ok(taken),
            Err(error) => Err((error, taken.into_iter().map(|taken| taken.batch).collect())),
        }
    }

    fn note(&mut self, taken: &Taken) {
        let user = taken.batch.user;
        match &taken.batch.name {
            None => {}
            Some(Name::Request { key }) => {
                if self.answered.len() > MOST_REQUESTS {
                    self.answered.clear();
                }
                self.answered.insert((user, key.clone()), taken.weighed.verdicts.clone());
            }
            Some(Name::Batch { device, sequence }) => {
                if self.taken.len() > MOST_DEVICES {
                    self.taken.clear();
                }
                let last = self.taken.entry((user, device.clone())).or_default();
                *last = (*sequence).max(*last);
            }
        }
    }
}

/// What is known of a batch before it is weighed.
enum Known {
    New,
    Unsure,
    Answered(Verdicts),
}

/// The same under one name becomes one, which answers all who sent it.
fn without_doubles(waiting: Vec<Waiting>) -> Vec<Waiting> {
    let mut places = HashMap::new();
    let mut single: Vec<Waiting> = Vec::with_capacity(waiting.len());
    for batch in waiting {
        let Some(name) = batch.name.clone() else {
            single.push(batch);
            continue;
        };
        match places.get(&(batch.user, name.clone())).and_then(|place: &usize| single.get_mut(*place)) {
            Some(first) => first.answers.extend(batch.answers),
            None => {
                places.insert((batch.user, name), single.len());
                single.push(batch);
            }
        }
    }
    single
}

/// A request whose answer was lost comes again: what was kept of it counts as accepted, and is not kept twice.
fn weighed(batch: &Waiting, before: Option<Last>, now: Timestamp, rules: &TrackingRules) -> Weighed {
    if let (Some(Name::Request { .. }), Some(before)) = (&batch.name, before.filter(|last| last.is_fix)) {
        let alone = weigh(&batch.fixes, None, now, rules);
        if alone.kept.last().is_some_and(|fix| (fix.at, fix.position) == (before.at, before.position)) {
            return Weighed { kept: Vec::new(), verdicts: alone.verdicts };
        }
    }
    weigh(&batch.fixes, before.and_then(|last| last.as_fix()), now, rules)
}

async fn write(app: &App, taken: &[Taken], lasts: Vec<Last>) -> Result<(), DbErr> {
    let named = taken.iter().filter_map(|taken| taken.batch.key());
    let ways = taken.iter().filter_map(|taken| Some((taken.way?.order, taken.batch.user, taken.weighed.kept.as_slice())));
    fail_points::pass(Point::BatchWeighed)?;
    let tx = app.history.write().await?;
    store::enter_batches(&tx, named, app.now()).await?;
    history::write(app, &tx, ways).await?;
    store::put_positions(&tx, lasts, app.now()).await?;
    tx.commit().await?;
    Ok(fail_points::pass(Point::BatchStored)?)
}

/// After the commit: remembers, acknowledges and shows.
async fn announce(app: &App, taken: Taken) {
    let Taken { batch, way, weighed, last } = taken;
    if let Some(last) = last {
        app.nearby.note(last);
    }
    let heard = way.zip(last).map(|(way, last)| (way, Heard { last, left: estimate(last.position, way.place), at: app.now() }));
    if let Some((way, heard)) = heard {
        app.shown.note(way.order, heard);
    }
    // Whoever asks after this finds it.
    batch.answer(&Ok(weighed.verdicts));
    if let Some((way, heard)) = heard {
        shown::publish(app, way.client, &heard.response(way.order)).await;
    }
}
