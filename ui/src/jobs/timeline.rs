//! Every step a job took.

use dioxus::prelude::*;
use rapi_core::orders::{PayStage, Status};
use rapi_core::wire::orders::TimelineItem;

use super::JobStep;
use crate::formats::Zoned;
use crate::text::{Text, Word, text};

/// A step in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JobMoment {
    /// What happened.
    pub what: String,
    /// When, by the clocks of the place.
    pub at: String,
}

/// The steps of `items` in the order they happened.
#[must_use]
pub fn moments(items: &[TimelineItem], zone: &str, text: Text) -> Vec<JobMoment> {
    let moment = |item: &TimelineItem| {
        let at = Zoned::of(item.at, zone);
        JobMoment { what: text.say(word(item)), at: format!("{}, {}", at.day(text), at.clock_with_zone(text.language())) }
    };
    items.iter().map(moment).collect()
}

fn word(item: &TimelineItem) -> Word {
    let stage = item.stage.as_ref().and_then(|stage| stage.known());
    match (item.to.known(), stage) {
        (Some(Status::Pending), _) => Word::MomentOrdered,
        (Some(Status::Accepted), _) => Word::MomentAccepted,
        (Some(Status::OnTheWay), _) => Word::MomentDeparted,
        (Some(Status::Arrived), _) => Word::MomentArrived,
        (Some(Status::InProgress), Some(PayStage::AwaitingPayment)) => Word::MomentFinished,
        (Some(Status::InProgress), Some(PayStage::AwaitingRating)) => Word::MomentPaid,
        (Some(Status::InProgress), _) => Word::MomentStarted,
        (Some(Status::Completed), _) => Word::MomentCompleted,
        (Some(Status::Cancelled), _) => JobStep::Cancelled.word(),
        (None, _) => JobStep::Other.word(),
    }
}

/// Draws them, oldest first.
#[component]
pub fn JobTimeline(moments: Vec<JobMoment>) -> Element {
    let text = text();
    rsx! {
        section { class: "card", aria_label: text.say(Word::JobTimeline),
            h3 { {text.say(Word::JobTimeline)} }
            ol { class: "job-moments",
                for (number, moment) in moments.into_iter().enumerate() {
                    li { key: "{number}",
                        span { class: "strong", "{moment.what}" }
                        span { class: "small mute", "{moment.at}" }
                    }
                }
            }
        }
    }
}
