//! She works: the clock runs.

use dioxus::prelude::*;
use rapi_core::pricing::CapState;

use super::coming::PersonRow;
use super::view::{ClientOrderView, Person};
use super::wish::Wish;
use crate::controls::{Icon, ListLine, Notice, Progress, Shape, Skeleton, Tag, TagTone, Tone};
use crate::formats::{Zoned, duration_words, hours_minutes_seconds};
use crate::orders::{ClockState, NotesCard, WorkClock};
use crate::text::{Text, Word, text};

/// The clock, and what the work costs so far.
#[component]
pub(super) fn WorkingPart(
    view: ClientOrderView,
    clock: Option<WorkClock>,
    on_wish: EventHandler<Wish>,
    on_details: EventHandler,
) -> Element {
    let text = text();
    let Some(clock) = clock else { return rsx! { div { class: "screen-body", Skeleton { lines: 3, shape: Shape::Cards } } } };
    let (tone, word) = match clock.state {
        ClockState::Paused => (TagTone::Warn, Word::WorkPaused),
        ClockState::Running => (TagTone::Good, Word::StandingWorking),
        ClockState::Stopped => (TagTone::Quiet, Word::WorkStopped),
    };
    let told = hours_minutes_seconds(clock.worked);
    rsx! {
        div { class: "screen-body",
            div { class: "work-clock",
                Tag { tone, label: text.say(word) }
                p { class: "counter", role: "timer", aria_label: text.fill(Word::WorkClock, [("time", told.clone())]), "{told}" }
                p { class: "mute small", {under_the_clock(&clock, &view.order.time_zone, text)} }
            }
            CostCard { clock }
            if let Some(person) = view.person.clone() {
                section { class: "card", PersonRow { person, on_wish } }
            }
            NotesCard {
                notes: view.notes.clone(),
                other: view.person.as_ref().map_or("", Person::first_name).to_owned(),
                on_write: move |words| on_wish.call(Wish::Note(words)),
            }
            div { class: "lines",
                ListLine { title: text.say(Word::OrderDetails), detail: view.order.service_address.clone(), icon: Icon::FileText, on_open: on_details }
            }
            p { class: "mute small centred", {text.say(Word::WorkAdvice)} }
        }
    }
}

/// `Dijeda 6 menit · mulai 09.58 WIB`.
fn under_the_clock(clock: &WorkClock, time_zone: &str, text: Text) -> String {
    let minutes = i64::try_from(clock.rested.as_secs() / 60).unwrap_or_default();
    let rested = (minutes > 0).then(|| text.fill(Word::WorkRested, [("time", duration_words(minutes, text))]));
    let began = Zoned::of(clock.started, time_zone).clock_with_zone(text.language());
    let began = text.fill(Word::WorkBegan, [("clock", began)]);
    [rested, Some(began)].into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// What it costs so far, and how near to the limit that is.
#[component]
fn CostCard(clock: WorkClock) -> Element {
    let text = text();
    let sum = format!("{} × {} ÷ 5", text.fill(Word::BillMinutes, [("minutes", clock.minutes)]), clock.rate_per_5_minutes);
    let warning = match clock.cap_state {
        CapState::Near => Some(Word::WorkNearCap),
        CapState::Reached => Some(Word::WorkAtCap),
        CapState::NoCap | CapState::Below => None,
    };
    rsx! {
        section { class: "card", aria_label: text.say(Word::WorkCost),
            div { class: "between",
                span { class: "mute", {text.say(Word::WorkCost)} }
                span { class: "work-cost", "{clock.cost}" }
            }
            if let Some(part) = clock.cap_part() {
                Progress { label: text.say(Word::WorkCapPart), part, warn: clock.warns() }
            }
            div { class: "between small mute",
                span { "{sum}" }
                if let Some(cap) = clock.cap {
                    span { {text.fill(Word::OrderCap, [("cap", cap.to_string())])} }
                }
            }
            if let Some(word) = warning {
                Notice { tone: Tone::Warn, text: text.say(word) }
            }
        }
    }
}
