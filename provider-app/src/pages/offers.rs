//! Offers ring over every page.

use std::time::Duration;

use dioxus::prelude::*;
use rapi_app_shell::Receiver;
use rapi_app_shell::hooks::{use_acting, use_engine, use_known, use_now};
use rapi_core::values::Order;
use rapi_core::{Id, LatLng};
use rapi_engine::{Engine, EngineError, Intent};
use rapi_ui::offers::{Gone, OfferView, OffersScreen, Ringing as RingingView};

use crate::route::Route;

/// What became of the offers that were looked at here. Copies are the same.
#[derive(Clone, Copy)]
pub struct OfferDesk {
    /// Those that were answered.
    answered: Signal<Vec<Id<Order>>>,
    /// Those that are to be looked at later.
    later: Signal<Vec<Id<Order>>>,
    /// Those the backend says somebody else has.
    taken: Signal<Vec<Id<Order>>>,
    /// Those the backend was told were on the screen.
    seen: Signal<Vec<Id<Order>>>,
    /// Awaits the backend's word on taking one.
    accepting: Signal<bool>,
}

impl OfferDesk {
    fn new() -> Self {
        let [answered, later, taken, seen] = [(); 4].map(|()| Signal::new(Vec::new()));
        Self { answered, later, taken, seen, accepting: Signal::new(false) }
    }

    /// Lets every offer ring again that waits for its answer.
    pub fn reopen(mut self) {
        self.later.set(Vec::new());
    }

    /// Was it answered here?
    pub fn is_answered(&self, id: Id<Order>) -> bool {
        self.answered.read().contains(&id)
    }

    /// Nobody has to be told of these.
    fn quiet(&self) -> Vec<Id<Order>> {
        self.answered.read().iter().chain(self.later.read().iter()).copied().collect()
    }

    /// Tells the backend, once, that an offer was on the screen.
    fn show(mut self, id: Id<Order>, engine: &Engine) {
        if self.seen.peek().contains(&id) {
            return;
        }
        self.seen.write().push(id);
        let engine = engine.clone();
        spawn(async move {
            // Whether it was seen is nobody's loss.
            drop(engine.submit(Intent::Seen(id)).await);
        });
    }
}

/// The page of the moment, and over it whatever offers wait for an answer.
#[component]
pub fn Ringing() -> Element {
    let desk = use_hook(OfferDesk::new);
    use_context_provider(|| desk);
    let (known, engine) = (use_known(), use_engine());
    let now = use_now(Duration::from_secs(1));
    let offers = use_memo(move || known.read().offers.clone());
    let mut ringing = use_signal(RingingView::default);
    use_effect(move || {
        let now = now();
        let views = offers.read().iter().map(|offer| OfferView::of(offer, now)).collect();
        // While an answer is on its way what goes is no news: she may be taking it herself.
        if *desk.accepting.read() {
            return;
        }
        let why = |id| known.peek().closed_offers.iter().find(|closed| closed.order_id == id)?.reason.map(Gone::of);
        let next = ringing.peek().next(views, &desk.quiet(), &desk.taken.read(), why, now);
        next.offers.iter().for_each(|offer| desk.show(offer.id, &engine));
        if *ringing.peek() != next {
            ringing.set(next);
        }
    });
    rsx! {
        Outlet::<Route> {}
        if !ringing.read().offers.is_empty() || ringing.read().gone.is_some() {
            Over { desk, ringing }
        }
    }
}

/// The offers, and what is answered to them.
#[component]
fn Over(desk: OfferDesk, ringing: Signal<RingingView>) -> Element {
    let (acting, engine, navigator) = (use_acting(), use_engine(), navigator());
    let now = use_now(Duration::from_millis(500));
    let here: Option<LatLng> = use_context::<Receiver>().place();
    let mut desk = desk;
    let mut ringing = ringing;
    let accept = move |id: Id<Order>| {
        let engine = engine.clone();
        desk.accepting.set(true);
        let call = async move {
            match engine.perform(Intent::Accept(id)).await {
                Err(EngineError::Refused { code, .. }) => Ok(Err(code)),
                other => other.map(Ok),
            }
        };
        acting.call(call, move |answer: Result<_, String>| {
            desk.answered.write().push(id);
            desk.accepting.set(false);
            match answer {
                Ok(_) => {
                    ringing.set(RingingView::default());
                    navigator.push(Route::Job { id });
                }
                Err(code) if code == "order_already_taken" => desk.taken.write().push(id),
                // Every other refusal is said by the root of the app.
                Err(_) => {}
            }
        });
    };
    rsx! {
        OffersScreen {
            view: ringing(),
            now,
            here,
            busy: acting.busy(),
            on_accept: accept,
            on_decline: move |id| {
                desk.answered.write().push(id);
                acting.submit(Intent::Decline(id));
            },
            on_later: move |()| {
                let all: Vec<_> = ringing.peek().offers.iter().map(|offer| offer.id).collect();
                desk.later.write().extend(all);
            },
            on_understood: move |()| {
                let next = ringing.peek().clone().understood();
                desk.taken.write().clear();
                ringing.set(next);
            },
        }
    }
}

impl PartialEq for OfferDesk {
    fn eq(&self, other: &Self) -> bool {
        self.answered == other.answered
    }
}
