//! Positions come in: batches that wait are taken together, in one transaction of the history's database.
//!
//! For each batch: known already? else weighed against the last fix of its provider, written with its way and her position,
//! and only then acknowledged and shown. The tracking rows of the orders follow once a second ([`super::shown`]): until then
//! what memory holds is laid over them.

use std::collections::{HashMap, HashSet};
use std::sync::{Mutex, PoisonError};

use rapi_core::tracking::{Fix, Rejected, estimate};
use rapi_core::{Id, values};
use sea_orm::DbErr;
use tokio::sync::{mpsc, oneshot};
use tokio_util::sync::CancellationToken;

use super::shown::Heard;
use super::store::{self, BatchKey, Last};
use super::take::{Weighed, weigh};
use super::ways::{Way, Ways};
use super::{history, shown};
use crate::app::{App, AppState};

type User = Id<values::User>;
type Verdicts = Vec<Result<(), Rejected>>;

/// So many batches share a transaction at most.
const MOST: usize = 256;
/// So many may wait; whoever comes then waits outside.
const QUEUE: usize = 4096;
/// Of so many devices the last batch is remembered.
const MOST_DEVICES: usize = 200_000;

/// The way in.
pub struct Intake {
    queue: mpsc::Sender<Waiting>,
    end: Mutex<Option<mpsc::Receiver<Waiting>>>,
}

/// A batch by its names: the phone numbers its batches.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct BatchName {
    pub(super) device: String,
    pub(super) sequence: u64,
}

struct Waiting {
    user: User,
    fixes: Vec<Fix>,
    /// `None` over HTTP, where batches have no numbers.
    name: Option<BatchName>,
    answer: oneshot::Sender<Result<Verdicts, DbErr>>,
}

/// What was taken of a batch.
struct Taken {
    batch: Waiting,
    way: Option<Way>,
    weighed: Weighed,
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
    pub(super) async fn take(&self, user: User, fixes: Vec<Fix>, name: Option<BatchName>) -> Result<Verdicts, DbErr> {
        let closed = || DbErr::Custom("positions are not taken any more".to_owned());
        let (answer, answered) = oneshot::channel();
        self.queue.send(Waiting { user, fixes, name, answer }).await.map_err(|_| closed())?;
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
}

impl Worker {
    async fn turn(&mut self, app: &App, waiting: Vec<Waiting>) {
        let (fresh, known) = match self.sort(app, waiting).await {
            Ok(sorted) => sorted,
            Err((error, waiting)) => return refuse(waiting, &error),
        };
        match self.keep(app, fresh).await {
            Ok(taken) => {
                for taken in taken {
                    self.note(&taken.batch);
                    announce(app, taken).await;
                }
                for batch in known {
                    let _ = batch.answer.send(Ok(Vec::new()));
                }
            }
            Err((error, waiting)) => {
                refuse(waiting, &error);
                refuse(known, &error);
            }
        }
    }

    /// Those that are new, and those that were taken before or come twice in this turn.
    async fn sort(&self, app: &App, waiting: Vec<Waiting>) -> Result<(Vec<Waiting>, Vec<Waiting>), (DbErr, Vec<Waiting>)> {
        let (mut fresh, mut known, mut here) = (Vec::with_capacity(waiting.len()), Vec::new(), HashSet::new());
        let mut unsure = Vec::new();
        for batch in waiting {
            let Some(name) = &batch.name else {
                fresh.push(batch);
                continue;
            };
            if !here.insert((batch.user, name.clone())) {
                known.push(batch);
            } else if self.taken.get(&(batch.user, name.device.clone())).is_some_and(|last| name.sequence > *last) {
                fresh.push(batch);
            } else {
                unsure.push(batch);
            }
        }
        for batch in unsure {
            let name = batch.name.as_ref();
            let key = name.map(|name| BatchKey { user: batch.user, device: &name.device, sequence: name.sequence });
            let is_known = match key {
                Some(key) => store::knows_batch(app.history.read(), key).await,
                None => Ok(false),
            };
            match is_known {
                Ok(true) => known.push(batch),
                Ok(false) => fresh.push(batch),
                Err(error) => {
                    fresh.extend(known);
                    fresh.push(batch);
                    return Err((error, fresh));
                }
            }
        }
        Ok((fresh, known))
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
            let weighed = weigh(batch.user, before, &batch.fixes, now, &rules);
            lasts.extend(weighed.last.map(|last| (batch.user, last)));
            taken.push(Taken { way: ways.get(&batch.user).copied(), batch, weighed });
        }
        match write(app, &taken, lasts.into_values().collect()).await {
            Ok(()) => Ok(taken),
            Err(error) => Err((error, taken.into_iter().map(|taken| taken.batch).collect())),
        }
    }

    fn note(&mut self, batch: &Waiting) {
        let Some(name) = &batch.name else { return };
        if self.taken.len() > MOST_DEVICES {
            self.taken.clear();
        }
        let last = self.taken.entry((batch.user, name.device.clone())).or_default();
        *last = name.sequence.max(*last);
    }
}

async fn write(app: &App, taken: &[Taken], lasts: Vec<Last>) -> Result<(), DbErr> {
    let named = taken.iter().filter_map(|taken| {
        let name = taken.batch.name.as_ref()?;
        Some(BatchKey { user: taken.batch.user, device: &name.device, sequence: name.sequence })
    });
    let ways = taken.iter().filter_map(|taken| Some((taken.way?.order, taken.batch.user, taken.weighed.kept.as_slice())));
    let tx = app.history.write().await?;
    store::enter_batches(&tx, named, app.now()).await?;
    history::write(app, &tx, ways).await?;
    store::put_positions(&tx, lasts, app.now()).await?;
    tx.commit().await
}

/// After the commit: remembers, acknowledges and shows.
async fn announce(app: &App, taken: Taken) {
    let Taken { batch, way, weighed } = taken;
    if let Some(last) = weighed.last {
        app.nearby.note(last);
    }
    let _ = batch.answer.send(Ok(weighed.verdicts));
    if let (Some(way), Some(last)) = (way, weighed.last) {
        let heard = Heard { last, left: estimate(last.position, way.place), at: app.now() };
        shown::publish(app, way.client, &heard.response(way.order)).await;
        app.shown.note(way.order, heard);
    }
}

fn refuse(waiting: Vec<Waiting>, error: &DbErr) {
    for batch in waiting {
        let _ = batch.answer.send(Err(error.clone()));
    }
}
