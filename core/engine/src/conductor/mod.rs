//! The one event loop. It owns the pure machines, performs what they ask, and publishes what is known.
//!
//! Nothing here waits for the network: whatever does is done in the background and comes back as a message.

mod following;
mod message;
mod opening;
mod orders;
mod sending;
mod session;
mod tracking;

#[cfg(test)]
mod following_tests;
#[cfg(test)]
mod tests;

use std::collections::{HashMap, HashSet};
use std::future::Future;
use std::sync::Arc;

use rapi_core::outbox::Outbox;
use rapi_core::session::SessionMachine;
use rapi_core::tracking::Batcher;
use rapi_core::{Timestamp, outbox, session as core_session, tracking as core_tracking};
use serde_json::Value;
use tokio::sync::{Notify, mpsc, oneshot, watch};
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

pub(crate) use message::{Done, Inbox, Message};
pub(crate) use opening::open;

use crate::api::{ApiClient, Auth, Http};
use crate::config::EngineConfig;
use crate::draft::Draft;
use crate::error::EngineError;
use crate::host::Host;
use crate::link::Publish;
use crate::snapshot::Snapshot;
use crate::store::{Slot, Store};
use following::Following;

/// How the backend is reached just now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reach {
    Nothing,
    /// Requests only.
    Requests,
    /// Requests and MQTT.
    Live,
}

/// Who waits for what.
#[derive(Default)]
struct Waiting {
    tokens: Vec<oneshot::Sender<Result<String, EngineError>>>,
    results: HashMap<Uuid, oneshot::Sender<Answered>>,
    /// Answers whose end the queue has yet to report.
    answers: HashMap<Uuid, Answered>,
    /// To be told as soon as the snapshot shows it.
    concluded: Vec<(oneshot::Sender<Answered>, Answered)>,
}

/// What the backend said to an intent.
type Answered = Result<Value, EngineError>;

/// The loop and all it owns.
pub(crate) struct Conductor {
    config: EngineConfig,
    host: Host,
    http: Http,
    api: ApiClient,
    tls: Arc<rustls::ClientConfig>,
    store: Store,
    inbox: Inbox,
    messages: mpsc::UnboundedReceiver<Message>,

    session: SessionMachine,
    outbox: Outbox,
    batcher: Batcher,
    following: Following,

    /// What each outbox entry asks for, by name.
    whats: HashMap<Uuid, String>,
    /// Entries that could not be kept.
    unkept: HashSet<Uuid>,
    waiting: Waiting,
    reach: Reach,
    publishes: Option<mpsc::UnboundedSender<Publish>>,
    wake: Arc<Notify>,
    /// Grows with each sign-in and sign-out: what was begun before no longer counts.
    epoch: u64,
    tasks: JoinSet<()>,
    snapshot: Snapshot,
    published: watch::Sender<Arc<Snapshot>>,
}

impl Conductor {
    pub(crate) fn inbox(&self) -> Inbox {
        self.inbox.clone()
    }

    pub(crate) fn api(&self) -> ApiClient {
        self.api.clone()
    }

    pub(crate) fn auth(&self) -> Auth {
        Auth(self.http.clone())
    }

    pub(crate) fn snapshots(&self) -> watch::Receiver<Arc<Snapshot>> {
        self.published.subscribe()
    }

    /// Runs until `closing`.
    pub(crate) async fn run(mut self, closing: CancellationToken) {
        if self.snapshot.session.user().is_some() {
            self.begin().await;
        }
        loop {
            self.publish();
            let deadline = self.deadline();
            let clock = self.host.clock.clone();
            let message = tokio::select! {
                biased;
                () = closing.cancelled() => break,
                message = self.messages.recv() => message,
                () = until(&*clock, deadline) => None,
            };
            match message {
                Some(message) => self.take(message).await,
                None => self.tick().await,
            }
            while self.tasks.try_join_next().is_some() {}
        }
        // Of what comes in last a form alone has nobody who would ask again.
        while let Ok(message) = self.messages.try_recv() {
            if let Message::KeepDraft { draft, filled_in } = message {
                self.keep_draft(draft, filled_in).await;
            }
        }
        self.host.location.stop();
        self.tasks.shutdown().await;
        self.store.close().await;
    }

    async fn take(&mut self, message: Message) {
        match message {
            Message::Token { refused, reply } => self.token_wanted(refused, reply).await,
            Message::SignedIn { tokens, reply } => {
                let user = self.signed_in(*tokens).await;
                // Whoever asked sees what follows from it.
                self.publish();
                let _ = reply.send(user);
            }
            Message::SignOut { reply } => {
                let refresh_token = self.sign_out().await;
                self.publish();
                let _ = reply.send(refresh_token);
            }
            Message::Submit { intent, reply, result } => {
                let key = self.submit(&intent, result).await;
                self.publish();
                let _ = reply.send(key);
            }
            Message::Draft { draft, reply } => {
                let _ = reply.send(self.store.get(Slot::Draft(draft)).await.map_err(EngineError::from));
            }
            Message::KeepDraft { draft, filled_in } => self.keep_draft(draft, filled_in).await,
            Message::Wake => {
                self.tell_session(core_session::Input::Online).await;
                self.wake.notify_one();
            }
            Message::Fix(fix) => self.tell_batcher(core_tracking::Input::Fix(fix)).await,
            Message::Done { epoch, done } if epoch == self.epoch => self.done(done).await,
            Message::Done { .. } => {}
        }
    }

    async fn done(&mut self, done: Done) {
        match done {
            Done::Refreshed { key, result } => self.refreshed(key, *result).await,
            Done::Answered { key, result } => self.answered(key, result).await,
            Done::Link(event) => self.link_event(event).await,
            Done::Feed(page) => self.feed_page(page).await,
            Done::Order { id, result } => self.order_fetched(id, *result).await,
            Done::Orders(result) => self.orders_listed(result).await,
            Done::Offers(result) => self.offers_fetched(result).await,
            Done::Available(result) => self.availability_known(result).await,
            Done::Me(result) => self.me_fetched(*result).await,
            Done::Fixes { sequence, result } => self.fixes_posted(sequence, result).await,
        }
    }

    /// Nothing is kept for nobody: what comes in after a sign-out was filled in before it.
    async fn keep_draft(&mut self, draft: Draft, filled_in: Option<Value>) {
        let kept = match filled_in.filter(|_| self.snapshot.session.user().is_some()) {
            Some(filled_in) => self.store.put(Slot::Draft(draft), &filled_in).await,
            None => self.store.clear(Slot::Draft(draft)).await,
        };
        report("cannot keep a form", kept);
    }

    async fn tick(&mut self) {
        self.tell_session(core_session::Input::Tick).await;
        self.tell_outbox(outbox::Input::Tick).await;
        self.tell_batcher(core_tracking::Input::Tick).await;
        self.fetch_again().await;
    }

    fn deadline(&self) -> Option<Timestamp> {
        let all = [self.session.deadline(), self.outbox.deadline(), self.batcher.deadline(), self.following.retry_at()];
        all.into_iter().flatten().min()
    }

    fn now(&self) -> Timestamp {
        self.host.clock.now()
    }

    fn publish(&mut self) {
        self.published.send_if_modified(|published| {
            let is_news = **published != self.snapshot;
            if is_news {
                *published = Arc::new(self.snapshot.clone());
            }
            is_news
        });
        for (waiter, result) in self.waiting.concluded.drain(..) {
            let _ = waiter.send(result);
        }
    }

    /// Does `work` in the background and comes back with what it gave, unless the session has changed by then.
    fn spawn(&mut self, work: impl Future<Output = Done> + Send + 'static) {
        let (inbox, epoch) = (self.inbox.clone(), self.epoch);
        self.tasks.spawn(async move {
            let done = work.await;
            inbox.tell(Message::Done { epoch, done });
        });
    }

    /// Drops everything that runs for the session so far.
    fn forget_tasks(&mut self) {
        self.epoch += 1;
        self.tasks.abort_all();
        self.publishes = None;
        self.reach = Reach::Nothing;
    }
}

async fn until(clock: &dyn crate::host::Clock, deadline: Option<Timestamp>) {
    match deadline {
        Some(at) => clock.sleep_until(at).await,
        None => std::future::pending().await,
    }
}

/// Says that something could not be kept or done, where nobody waits for it.
fn report<T>(what: &str, result: Result<T, impl std::fmt::Display>) -> Option<T> {
    result.inspect_err(|error| tracing::error!(%error, "{what}")).ok()
}
