//! A job while its clock runs or stands.

use dioxus::prelude::*;
use rapi_core::Timestamp;
use rapi_core::pricing::CapState;

use super::{Cap, JobView};
use crate::controls::{Progress, Tag};
use crate::formats::{Zoned, hours_minutes_seconds};
use crate::text::{Word, text};

/// The running clock, and what the work has brought so far.
#[component]
pub fn WorkClockPart(view: JobView, now: ReadSignal<Timestamp>) -> Element {
    let text = text();
    let now = now();
    let worked = hours_minutes_seconds(view.worked(now));
    let since = view.clock.map(|clock| Zoned::of(clock.started_at(), &view.zone).clock_with_zone(text.language()));
    let earned = view.earned(now);
    rsx! {
        section { class: "job-clock", aria_label: text.say(Word::JobClockLabel),
            Tag { tone: view.step.tone(), label: text.say(view.step.word()) }
            p { class: "counter", role: "timer", "data-testid": "clock", "{worked}" }
            p { class: "mute",
                {text.say(Word::JobNetSoFar)}
                " "
                strong { class: "job-net", "data-testid": "net", "{earned.net}" }
            }
            if let Some(since) = since {
                p { class: "tiny mute", {text.fill(Word::JobClockSince, [("time", since)])} }
            }
        }
        if let Some(cap) = view.cap(now) {
            CapCard { cap }
        }
    }
}

/// How near the work is to what the client wants to spend at most.
#[component]
fn CapCard(cap: Cap) -> Element {
    let text = text();
    let limit = cap.limit.to_string();
    let warns = matches!(cap.state, CapState::Near | CapState::Reached);
    let word = match cap.state {
        CapState::Reached => Word::JobCapReached,
        CapState::Near => Word::JobCapNear,
        CapState::Below | CapState::NoCap => Word::JobCapLabel,
    };
    rsx! {
        div { class: if warns { "card job-cap job-cap-near" } else { "card job-cap" }, role: if warns { "alert" },
            p { class: "small", {text.fill(word, [("limit", limit.clone())])} }
            Progress { label: text.fill(Word::JobCapLabel, [("limit", limit)]), part: cap.part, warn: warns }
        }
    }
}
