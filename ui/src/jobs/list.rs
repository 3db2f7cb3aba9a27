//! The jobs of a provider: what is offered, what she is on, and what she has done.

use dioxus::prelude::*;
use rapi_core::Id;
use rapi_core::values::Order;

use crate::controls::{Button, ButtonKind, Choice, Empty, Failed, Icon, ListLine, Skeleton, Tabs, Tag};
use crate::earnings::JobLine;
use crate::formats::distance;
use crate::offers::OfferView;
use crate::text::{Word, text};

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
    /// Are there older ones?
    pub has_more: bool,
    /// The stable code of why they did not come.
    pub fault: Option<String>,
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
                    Shelf::History => rsx! { History { history, on_job, on_more } },
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
fn History(history: HistoryView, on_job: EventHandler<Id<Order>>, on_more: EventHandler) -> Element {
    let text = text();
    match (history.jobs, history.fault) {
        (None, None) => rsx! { Skeleton { lines: 6 } },
        (None, Some(code)) => rsx! { Failed { code, on_retry: on_more } },
        (Some(jobs), None) if jobs.is_empty() && !history.has_more => rsx! {
            Empty { icon: Icon::History, title: text.say(Word::JobsHistoryNone), advice: text.say(Word::JobsHistoryNoneAdvice) }
        },
        (Some(jobs), fault) => rsx! {
            if !jobs.is_empty() {
                Lines { jobs, on_job }
            }
            if let Some(code) = fault {
                Failed { code, on_retry: on_more }
            } else if history.has_more {
                Button { kind: ButtonKind::Soft, label: text.say(Word::JobsMore), test_id: "more", on_press: on_more }
            }
        },
    }
}

#[component]
fn Lines(jobs: Vec<JobLine>, on_job: EventHandler<Id<Order>>) -> Element {
    let text = text();
    rsx! {
        div { class: "lines",
            for job in jobs {
                ListLine {
                    key: "{job.id}",
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
    }
}
