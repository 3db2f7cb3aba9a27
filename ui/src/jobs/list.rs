//! The jobs of a provider: what is offered, what she is on, and what she has done.

use dioxus::prelude::*;
use rapi_core::Id;
use rapi_core::values::Order;

use crate::controls::{Choice, Empty, Icon, ListEnd, ListLine, ListState, Piece, Tabs, Tag, use_pieces};
use crate::earnings::JobLine;
use crate::formats::distance;
use crate::offers::OfferView;
use crate::text::{Word, text};

/// How high a line is, about, in pixels.
const LINE: f64 = 72.0;

/// Which jobs are looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shelf {
    /// What can be taken.
    Nearby,
    /// What she is on, and what has yet to be paid.
    Active,
    /// What is over.
    History,
}

/// Older jobs, page by page.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct HistoryView {
    /// Those that are here; nothing before the first page is.
    pub jobs: Option<Vec<JobLine>>,
    /// How far they have come.
    pub state: ListState,
}

/// Draws the jobs on `shelf`.
#[component]
pub fn JobsScreen(
    shelf: Shelf,
    offers: Vec<OfferView>,
    active: Vec<JobLine>,
    history: HistoryView,
    on_shelf: EventHandler<Shelf>,
    on_offers: EventHandler,
    on_job: EventHandler<Id<Order>>,
    on_more: EventHandler,
    on_retry: EventHandler,
) -> Element {
    let text = text();
    let choices = vec![
        Choice::new(Shelf::Nearby, text.say(Word::JobsNearby)),
        Choice::new(Shelf::Active, text.say(Word::JobsActive)),
        Choice::new(Shelf::History, text.say(Word::JobsHistory)),
    ];
    rsx! {
        main { class: "screen", "data-testid": "jobs",
            div { class: "screen-head column",
                h1 { {text.say(Word::PlaceJobs)} }
                Tabs { label: text.say(Word::PlaceJobs), choices, chosen: shelf, on_choose: on_shelf }
            }
            div { class: "screen-body",
                match shelf {
                    Shelf::Nearby => rsx! { Nearby { offers, on_offers } },
                    Shelf::Active if active.is_empty() => rsx! {
                        Empty { icon: Icon::Briefcase, title: text.say(Word::JobsActiveNone), advice: text.say(Word::JobsActiveNoneAdvice) }
                    },
                    Shelf::Active => rsx! { Lines { jobs: active, on_job } },
                    Shelf::History => rsx! { History { history, on_job, on_more, on_retry } },
                }
            }
        }
    }
}

/// What can be taken.
#[component]
fn Nearby(offers: Vec<OfferView>, on_offers: EventHandler) -> Element {
    let text = text();
    if offers.is_empty() {
        return rsx! {
            Empty { icon: Icon::Radio, title: text.say(Word::JobsNearbyNone), advice: text.say(Word::JobsNearbyNoneAdvice) }
        };
    }
    rsx! {
        div { class: "lines offer-lines",
            for offer in offers {
                ListLine {
                    key: "{offer.id}",
                    icon: offer.service.icon(),
                    title: format!("{} · {}", offer.service.say(text), text.fill(Word::OfferPay, [("amount", offer.estimate.gross.to_string())])),
                    detail: format!("{} · {}", distance(offer.way().km, text.language()), offer.address),
                    on_open: move |()| on_offers.call(()),
                }
            }
        }
    }
}

/// What is over, as far as it has been loaded.
#[component]
fn History(history: HistoryView, on_job: EventHandler<Id<Order>>, on_more: EventHandler, on_retry: EventHandler) -> Element {
    let text = text();
    let jobs = match history.jobs {
        Some(jobs) if jobs.is_empty() && !history.state.has_more() => {
            let (title, advice) = (text.say(Word::JobsHistoryNone), text.say(Word::JobsHistoryNoneAdvice));
            return rsx! { Empty { icon: Icon::History, title, advice } };
        }
        jobs => jobs.unwrap_or_default(),
    };
    rsx! {
        if !jobs.is_empty() {
            Lines { jobs, on_job }
        }
        ListEnd { state: history.state, on_more, on_retry }
    }
}

#[component]
fn Lines(jobs: Vec<JobLine>, on_job: EventHandler<Id<Order>>) -> Element {
    let pieces = use_pieces(LINE);
    rsx! {
        div { class: "lines",
            for run in pieces.of(jobs.len()) {
                Piece { key: "{run.place}", pieces, run: run.clone(),
                    for job in jobs[run.rows].iter().cloned() {
                        Line { key: "{job.id}", job, on_job }
                    }
                }
            }
        }
    }
}

#[component]
fn Line(job: JobLine, on_job: EventHandler<Id<Order>>) -> Element {
    let text = text();
    rsx! {
        ListLine {
            icon: job.service.icon(),
            title: job.service.say(text),
            detail: format!("{} · {}", job.client, job.when),
            end: rsx! {
                span { class: "job-line-end",
                    if let Some(net) = job.net {
                        span { class: "strong", "{net}" }
                    }
                    Tag { tone: job.step.tone(), label: text.say(job.step.word()) }
                }
            },
            on_open: move |()| on_job.call(job.id),
        }
    }
}
