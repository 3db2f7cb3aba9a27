//! The feed under a network that doubles, delays, reorders and loses, and an app that is killed: each event counts once and in
//! its order.

use std::path::Path;

use proptest::prelude::*;
use rapi_core::wire::events::{Event, EventEnvelope, EventsResponse, VERSION};
use rapi_core::wire::payments::PaymentStatus;
use rapi_core::wire::topics;
use rapi_core::{Id, Timestamp};
use uuid::Uuid;

use super::following::Asking;
use super::tests::{config, provider, sign_in};
use super::{Conductor, open};
use crate::error::EngineError;
use crate::host::Host;
use crate::link::LinkEvent;

/// So many events are on a page.
const PAGE: usize = 3;

/// What may happen. Numbers choose among the messages under way.
#[derive(Debug, Clone, Copy)]
enum Step {
    /// Something happens to the person; a notice, or money that moved.
    Happens { is_notice: bool },
    /// A message arrives.
    Arrives(usize),
    /// A message arrives and will arrive again.
    ArrivesTwice(usize),
    /// A message is lost.
    GetsLost(usize),
    /// The page that was asked for comes.
    PageComes,
    /// It does not.
    PageFails,
    /// The connection is made anew.
    Reconnects,
    /// The app is killed and opened again.
    Dies,
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        6 => any::<bool>().prop_map(|is_notice| Step::Happens { is_notice }),
        5 => (0..64_usize).prop_map(Step::Arrives),
        2 => (0..64_usize).prop_map(Step::ArrivesTwice),
        2 => (0..64_usize).prop_map(Step::GetsLost),
        4 => Just(Step::PageComes),
        1 => Just(Step::PageFails),
        1 => Just(Step::Reconnects),
        1 => Just(Step::Dies),
    ]
}

/// The backend's side of it, and what the app must know.
struct Model {
    app: Option<Conductor>,
    happened: Vec<EventEnvelope>,
    /// Messages under way.
    wire: Vec<usize>,
    /// What the page under way was asked to come after.
    asked_after: Option<i64>,
    /// Where the app stood when it was opened.
    opened_at: usize,
}

async fn opened(dir: &Path) -> Conductor {
    open(config(dir), Host::system(dir)).await.unwrap()
}

impl Model {
    async fn new(dir: &Path) -> Self {
        sign_in(dir, provider());
        let app = Some(opened(dir).await);
        Self { app, happened: Vec::new(), wire: Vec::new(), asked_after: None, opened_at: 0 }
    }

    async fn step(&mut self, step: Step, dir: &Path) {
        match step {
            Step::Happens { is_notice } => self.happens(is_notice),
            Step::Arrives(nth) => self.arrives(nth, false).await,
            Step::ArrivesTwice(nth) => self.arrives(nth, true).await,
            Step::GetsLost(nth) if !self.wire.is_empty() => drop(self.wire.remove(nth % self.wire.len())),
            Step::PageComes => self.page_comes().await,
            Step::PageFails if self.asked_after.take().is_some() => self.app().feed_page(Err(EngineError::Network)).await,
            Step::Reconnects => self.app().link_event(LinkEvent::Up).await,
            Step::Dies => {
                let known = self.known();
                // Two engines on one folder is what no phone has.
                self.app = None;
                self.app = Some(opened(dir).await);
                (self.opened_at, self.asked_after) = (self.known(), None);
                assert_eq!(self.opened_at, known, "what was taken in is remembered");
            }
            Step::GetsLost(_) | Step::PageFails => {}
        }
        // The page is asked for once; what happens until it comes may be on it.
        if self.app().following.feed != Asking::Idle && self.asked_after.is_none() {
            self.asked_after = Some(self.app().snapshot.last_seq);
        }
        self.each_event_counts_once();
    }

    fn happens(&mut self, is_notice: bool) {
        let seq = i64::try_from(self.happened.len()).unwrap() + 1;
        let event = if is_notice {
            Event::NotificationNew { notification_id: Uuid::from_u128(7) }
        } else {
            Event::PaymentChanged { order_id: None, reference_id: None, status: PaymentStatus::Completed.into() }
        };
        let (kind, data) = event.parts();
        let id = Uuid::from_u128(u128::try_from(seq).unwrap());
        self.happened.push(EventEnvelope { seq, id, kind, version: VERSION, at: Timestamp::default(), data });
        self.wire.push(self.happened.len() - 1);
    }

    async fn arrives(&mut self, nth: usize, stays: bool) {
        if self.wire.is_empty() {
            return;
        }
        let place = nth % self.wire.len();
        let message = if stays { self.wire[place] } else { self.wire.remove(place) };
        let payload = serde_json::to_vec(&self.happened[message]).unwrap();
        self.app().link_event(LinkEvent::Message { topic: topics::events(Id::new(provider().id.uuid())), payload }).await;
    }

    async fn page_comes(&mut self) {
        let Some(after) = self.asked_after.take() else { return };
        let later = &self.happened[usize::try_from(after).unwrap()..];
        let page = EventsResponse { items: later.iter().take(PAGE).cloned().collect(), has_more: later.len() > PAGE };
        self.app().feed_page(Ok(page)).await;
    }

    fn app(&mut self) -> &mut Conductor {
        self.app.as_mut().unwrap()
    }

    fn known(&self) -> usize {
        usize::try_from(self.app.as_ref().unwrap().snapshot.last_seq).unwrap()
    }

    fn each_event_counts_once(&self) {
        let taken_in = &self.happened[self.opened_at..self.known()];
        let notices = taken_in.iter().filter(|event| event.kind == "notification.new").count();
        let snapshot = &self.app.as_ref().unwrap().snapshot;
        let counted = (u64::from(snapshot.unread_notifications), u64::from(snapshot.payment_changes));
        assert_eq!(counted, (notices as u64, (taken_in.len() - notices) as u64));
    }
}

async fn live(steps: Vec<Step>) {
    let dir = tempfile::tempdir().unwrap();
    let mut model = Model::new(dir.path()).await;
    for step in steps {
        model.step(step, dir.path()).await;
    }
    // The network comes back: whatever is still on the wire is late.
    model.step(Step::Reconnects, dir.path()).await;
    while model.asked_after.is_some() {
        model.step(Step::PageComes, dir.path()).await;
    }
    assert_eq!(model.known(), model.happened.len(), "all of it is known");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn each_event_counts_once_whatever_the_network_does(steps in prop::collection::vec(step(), 1..60)) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(live(steps));
    }
}
