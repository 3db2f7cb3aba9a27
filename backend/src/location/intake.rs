//! Positions come in: batches that wait are taken together, in one transaction of the history's database.
//!
//! For each batch: taken already? else weighed against the last fix of its provider, written with its way and her position,
//! and only then acknowledged and shown. The tracking rows of the orders follow once a second ([`super::shown`]): until then
//! what memory holds is laid over them.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::{Mutex, PoisonError};

use rapi_core::tracking::{Fix, Rejected, TrackingRules, Weighed, estimate, weigh};
use rapi_core::{Id, Timestamp, values};
use sea_orm::DbErr;
use tokio::sync::{mpsc, oneshot};
use tokio_util::sync::CancellationToken;

use super::shown::Heard;
use super::store::{self, Device, Last};
use super::taken::Taken;
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
    /// Its number, and whose it is.
    fn number(&self) -> Option<(Device, u64)> {
        match &self.name {
            Some(Name::Batch { device, sequence }) => Some(((self.user, device.clone()), *sequence)),
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

/// What was kept of a batch.
struct Kept {
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
    /// Which batches of each device were taken, where nobody else takes any.
    taken: HashMap<Device, Taken>,
    /// What was found in the fixes of a request.
    answered: HashMap<(User, String), Verdicts>,
}

impl Worker {
    async fn turn(&mut self, app: &App, waiting: Vec<Waiting>) {
        if let Err(error) = self.learn(app, &waiting).await {
            waiting.into_iter().for_each(|batch| batch.answer(&Err(error.clone())));
            return;
        }
        let mut fresh = Vec::with_capacity(waiting.len());
        for batch in without_doubles(waiting) {
            match self.answer_before(&batch) {
                None => fresh.push(batch),
                Some(verdicts) => batch.answer(&Ok(verdicts)),
            }
        }
        match self.keep(app, fresh).await {
            Ok(kept) => {
                for kept in kept {
                    self.note(&kept);
                    announce(app, kept).await;
                }
            }
            Err((error, waiting)) => waiting.into_iter().for_each(|batch| batch.answer(&Err(error.clone()))),
        }
    }

    /// Looks up what was taken of devices that are not known.
    async fn learn(&mut self, app: &App, waiting: &[Waiting]) -> Result<(), DbErr> {
        // Another process may have taken some of it meanwhile.
        if app.history.is_shared() || self.taken.len() > MOST_DEVICES {
            self.taken.clear();
        }
        let unknown = waiting.iter().filter_map(Waiting::number).filter(|(device, _)| !self.taken.contains_key(device));
        let users: HashSet<User> = unknown.map(|((user, _), _)| user).collect();
        let found = store::taken(app.history.read(), &users.into_iter().collect::<Vec<_>>()).await?;
        self.taken.extend(found);
        Ok(())
    }

    /// What there is to say of a batch that was taken before; a numbered one has no verdicts.
    fn answer_before(&self, batch: &Waiting) -> Option<Verdicts> {
        match batch.name.as_ref()? {
            Name::Request { key } => self.answered.get(&(batch.user, key.clone())).cloned(),
            Name::Batch { device, sequence } => {
                let taken = self.taken.get(&(batch.user, device.clone()))?;
                taken.has(*sequence).then(Verdicts::new)
            }
        }
    }

    /// Weighs and writes.
    async fn keep(&mut self, app: &App, fresh: Vec<Waiting>) -> Result<Vec<Kept>, (DbErr, Vec<Waiting>)> {
        let users: HashSet<User> = fresh.iter().map(|batch| batch.user).collect();
        let ways = match self.ways.of(app, users.into_iter()).await {
            Ok(ways) => ways,
            Err(error) => return Err((error, fresh)),
        };
        let (now, rules) = (app.now(), app.settings.tracking_rules());
        // In order, for rows are locked in the order in which they are written.
        let mut lasts: BTreeMap<User, Last> = BTreeMap::new();
        let (mut kept, mut taken) = (Vec::with_capacity(fresh.len()), BTreeMap::new());
        for batch in fresh {
            if let Some((device, number)) = batch.number() {
                let before = taken.get(&device).or_else(|| self.taken.get(&device)).copied();
                taken.insert(device, Taken::with(before, number));
            }
            let before = lasts.get(&batch.user).copied().or_else(|| app.nearby.last(batch.user));
            let weighed = weighed(&batch, before, now, &rules);
            let last = weighed.kept.last().map(|fix| Last::measured(batch.user, fix));
            lasts.extend(last.map(|last| (batch.user, last)));
            kept.push(Kept { way: ways.get(&batch.user).copied(), batch, weighed, last });
        }
        match write(app, &kept, &taken, lasts.into_values().collect()).await {
            Ok(()) => {
                self.taken.extend(taken);
                Ok(kept)
            }
            Err(error) => Err((error, kept.into_iter().map(|kept| kept.batch).collect())),
        }
    }

    fn note(&mut self, kept: &Kept) {
        let Some(Name::Request { key }) = &kept.batch.name else { return };
        if self.answered.len() > MOST_REQUESTS {
            self.answered.clear();
        }
        self.answered.insert((kept.batch.user, key.clone()), kept.weighed.verdicts.clone());
    }
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

async fn write(app: &App, kept: &[Kept], taken: &BTreeMap<Device, Taken>, lasts: Vec<Last>) -> Result<(), DbErr> {
    let ways = kept.iter().filter_map(|kept| Some((kept.way?.order, kept.batch.user, kept.weighed.kept.as_slice())));
    fail_points::pass(Point::BatchWeighed)?;
    let tx = app.history.write().await?;
    store::put_taken(&tx, taken.iter(), app.now()).await?;
    history::write(app, &tx, ways).await?;
    store::put_positions(&tx, lasts, app.now()).await?;
    tx.commit().await?;
    Ok(fail_points::pass(Point::BatchStored)?)
}

/// After the commit: remembers, acknowledges and shows.
async fn announce(app: &App, kept: Kept) {
    let Kept { batch, way, weighed, last } = kept;
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
