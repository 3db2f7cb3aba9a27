//! The screen of a job: one large thing to do, and what one has to know for it.

use dioxus::prelude::*;
use rapi_core::{LatLng, Timestamp};

use super::parts::{ClientCard, TaskCard};
use super::sheets::{CancelSheet, CashQuestion};
use super::{JobStep, JobView, Move, OnTheWay, Outcome, WorkClockPart};
use crate::controls::{Button, ButtonKind, Icon, SlideToConfirm, TopBar};
use crate::orders::{NotesCard, Timeline, TimelineStep};
use crate::text::{Word, text};

/// What lies over the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Over {
    Cancel,
    Cash,
}

/// Draws `view`, and hands up the moves somebody makes; a cancellation comes with its reason.
#[component]
pub fn JobScreen(
    view: JobView,
    now: ReadSignal<Timestamp>,
    /// Where the provider is.
    here: Option<LatLng>,
    /// The client's face, as a `data:` address.
    face: Option<String>,
    /// The client's pictures of what is to be done.
    photos: Option<Element>,
    /// How it went, once it is over.
    #[props(default)]
    steps: Vec<TimelineStep>,
    /// Awaits the backend's word: no other move meanwhile.
    #[props(default)]
    busy: bool,
    on_move: EventHandler<Move>,
    on_cancel: EventHandler<String>,
    on_notes: EventHandler<String>,
    on_back: EventHandler,
) -> Element {
    let mut over = use_signal(|| None::<Over>);
    let text = text();
    let step = view.step;
    rsx! {
        main { class: "screen job", "data-testid": "job",
            div { class: "screen-head",
                TopBar { title: view.service.say(text), on_back, end: rsx! { span { class: "small mute", "{view.number}" } } }
            }
            div { class: "screen-body",
                match step {
                    JobStep::Accepted | JobStep::OnTheWay | JobStep::Arrived => rsx! { OnTheWay { view: view.clone(), here } },
                    JobStep::Working | JobStep::Paused => rsx! { WorkClockPart { view: view.clone(), now } },
                    _ => rsx! { Outcome { view: view.clone() } },
                }
                ClientCard { client: view.client.clone(), address: view.address.clone(), face }
                TaskCard { description: view.description.clone(), photos }
                NotesCard { notes: view.notes.clone(), other: view.client_first_name().to_owned(), on_write: view.takes_notes().then_some(on_notes) }
                if !steps.is_empty() {
                    section { class: "card", aria_label: text.say(Word::JobTimeline),
                        h3 { {text.say(Word::JobTimeline)} }
                        Timeline { steps, time_zone: view.zone.clone() }
                    }
                }
                if view.may_cancel() {
                    div { class: "job-cancel",
                        Button { kind: ButtonKind::Danger, small: true, label: text.say(Word::JobCancel), test_id: "cancel-job", on_press: move |()| over.set(Some(Over::Cancel)) }
                    }
                }
            }
            JobFoot { view: view.clone(), busy, on_move, on_cash: move |()| over.set(Some(Over::Cash)) }
            LiesOver { view, over, busy, on_move, on_cancel }
        }
    }
}

/// What lies over the screen, as long as it fits where the job stands.
#[component]
fn LiesOver(
    view: JobView,
    over: Signal<Option<Over>>,
    busy: bool,
    on_move: EventHandler<Move>,
    on_cancel: EventHandler<String>,
) -> Element {
    let mut over = over;
    match (over(), view.bill) {
        (Some(Over::Cancel), _) if view.may_cancel() => rsx! {
            CancelSheet {
                busy,
                on_close: move |()| over.set(None),
                on_cancel: move |reason| {
                    over.set(None);
                    on_cancel.call(reason);
                },
            }
        },
        (Some(Over::Cash), Some(bill)) if bill.takes_cash => rsx! {
            CashQuestion {
                bill,
                busy,
                on_close: move |()| over.set(None),
                on_yes: move |()| {
                    over.set(None);
                    on_move.call(Move::ConfirmCash);
                },
            }
        },
        _ => rsx! {},
    }
}

/// What there is to do, at the thumb.
#[component]
fn JobFoot(view: JobView, busy: bool, on_move: EventHandler<Move>, on_cash: EventHandler) -> Element {
    let text = text();
    let is_cash = view.method == Some(rapi_core::wire::payments::PaymentMethod::Cash);
    let takes_cash = view.bill.is_some_and(|bill| bill.takes_cash);
    if view.slide().is_none() && !takes_cash {
        return rsx! {};
    }
    rsx! {
        div { class: "screen-foot",
            if let Some(pause) = view.pause() {
                Button {
                    kind: ButtonKind::Line,
                    icon: if pause == Move::Pause { Icon::Pause } else { Icon::Play },
                    label: text.say(pause.word()),
                    test_id: "pause",
                    on_press: move |()| on_move.call(pause),
                }
            }
            if let Some(slide) = view.slide() {
                SlideToConfirm { key: "{slide:?}", label: text.say(slide.word()), busy, test_id: "slide", on_confirm: move |()| on_move.call(slide) }
            }
            if takes_cash {
                Button {
                    kind: if is_cash { ButtonKind::Primary } else { ButtonKind::Line },
                    icon: Icon::Banknote,
                    busy,
                    label: text.say(if is_cash { Word::JobCashReceived } else { Word::JobCashInstead }),
                    test_id: "cash",
                    on_press: on_cash,
                }
            }
        }
    }
}
