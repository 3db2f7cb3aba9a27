//! What happened to an order, step by step.

use dioxus::prelude::*;
use rapi_core::Timestamp;
use rapi_core::orders::{PayStage, Status};
use rapi_core::wire::orders::TimelineItem;

use crate::formats::Zoned;
use crate::text::{Word, text};

/// A step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TimelineStep {
    /// What happened.
    pub word: Word,
    /// When.
    pub at: Timestamp,
    /// Did it end the order before it was done?
    pub is_end: bool,
}

/// The steps, oldest first; those of the future are left out.
#[must_use]
pub fn timeline(items: &[TimelineItem]) -> Vec<TimelineStep> {
    let mut steps: Vec<TimelineStep> = items.iter().filter_map(step).collect();
    steps.sort_by_key(|step| step.at);
    steps
}

fn step(item: &TimelineItem) -> Option<TimelineStep> {
    let status = item.to.known()?;
    let word = match (status, item.stage.as_ref().and_then(|stage| stage.known())) {
        (Status::Pending, _) => Word::StepOrdered,
        (Status::Accepted, _) => Word::StepAccepted,
        (Status::OnTheWay, _) => Word::StepDeparted,
        (Status::Arrived, _) => Word::StepArrived,
        (Status::InProgress, Some(PayStage::AwaitingPayment)) => Word::StepFinished,
        (Status::InProgress, Some(PayStage::AwaitingRating)) => Word::StepPaid,
        (Status::InProgress, _) => Word::StepStarted,
        (Status::Completed, _) => Word::StepCompleted,
        (Status::Cancelled, _) => cancelled_by(&item.actor),
    };
    Some(TimelineStep { word, at: item.at, is_end: *status == Status::Cancelled })
}

fn cancelled_by(actor: &str) -> Word {
    match actor {
        "CLIENT" => Word::StepCancelledByClient,
        "SERVICE_PROVIDER" => Word::StepCancelledByProvider,
        "ADMIN" => Word::StepCancelledByAdmin,
        _ => Word::StepNobodyTookIt,
    }
}

/// Draws the steps by the clocks of the place.
#[component]
pub fn Timeline(steps: Vec<TimelineStep>, time_zone: String) -> Element {
    let text = text();
    let days: Vec<_> = steps.iter().map(|step| Zoned::of(step.at, &time_zone)).collect();
    rsx! {
        ol { class: "timeline",
            for (at, (step, zoned)) in steps.iter().zip(&days).enumerate() {
                li { key: "{at}", class: if step.is_end { "timeline-step timeline-end" } else { "timeline-step" },
                    span { class: "timeline-word", {text.say(step.word)} }
                    span { class: "timeline-at",
                        if at == 0 || days[at - 1].date() != zoned.date() {
                            {format!("{}, ", zoned.day(text))}
                        }
                        {zoned.clock(text.language())}
                    }
                }
            }
        }
    }
}
