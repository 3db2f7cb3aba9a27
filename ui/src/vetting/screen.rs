//! The queue of papers, reviewed by keyboard.

use dioxus::prelude::*;
use rapi_core::wire::OrUnknown;
use rapi_core::wire::people::VerificationStatus;

use super::{QueueLine, Turn, turn};
use crate::controls::{Button, ButtonKind, Chips, Choice, Empty, Failed, Icon, ListState, Shape, Skeleton, TagTone};
use crate::desk::Head;
use crate::formats::duration_words;
use crate::oversight::Kept;
use crate::text::{Word, text};

/// How far papers have come.
#[must_use]
pub fn vetting_status(status: &OrUnknown<VerificationStatus>) -> (TagTone, Kept) {
    match status {
        OrUnknown::Known(VerificationStatus::None) => (TagTone::Quiet, Kept::Word(Word::AdminVettingNone)),
        OrUnknown::Known(VerificationStatus::Pending) => (TagTone::Warn, Kept::Word(Word::AdminVettingPending)),
        OrUnknown::Known(VerificationStatus::Approved) => (TagTone::Good, Kept::Word(Word::AdminVettingApproved)),
        OrUnknown::Known(VerificationStatus::Rejected) => (TagTone::Bad, Kept::Word(Word::AdminVettingRejected)),
        OrUnknown::Unknown(other) => (TagTone::Quiet, Kept::Text(other.clone())),
    }
}

/// The queue `lines`, one of which is `open` under review beside. Hands up what a key asks for.
#[component]
pub fn VettingScreen(
    lines: Vec<QueueLine>,
    state: ListState,
    filter: Option<VerificationStatus>,
    open: Option<String>,
    panel: Option<Element>,
    on_filter: EventHandler<Option<VerificationStatus>>,
    on_open: EventHandler<String>,
    on_turn: EventHandler<Turn>,
    on_more: EventHandler,
    on_retry: EventHandler,
) -> Element {
    let text = text();
    let known = [VerificationStatus::Pending, VerificationStatus::Rejected, VerificationStatus::Approved];
    let named = known.map(|status| Choice::new(Some(status), vetting_status(&status.into()).1.say(text)));
    let choices = named.into_iter().chain([Choice::new(None, text.say(Word::AdminAll))]).collect();
    let (is_reviewing, is_empty) = (panel.is_some(), lines.is_empty());
    let filters = rsx! {
        Chips { label: text.say(Word::AdminStatus), choices, chosen: Some(filter), on_choose: on_filter }
    };
    rsx! {
        main {
            class: "desk vetting",
            tabindex: "-1",
            onmounted: |event| async move { drop(event.set_focus(true).await) },
            onkeydown: move |event: KeyboardEvent| {
                let is_plain = event.modifiers().is_empty() || event.modifiers() == Modifiers::SHIFT;
                if let Some(turn) = turn(&event.key()).filter(|_| is_plain) {
                    event.prevent_default();
                    on_turn.call(turn);
                }
            },
            Head { title: text.say(Word::AdminVerification), filters,
                p { class: "vetting-keys small mute", {text.say(Word::AdminVettingKeys)} }
            }
            div { class: "desk-split",
                Queue { lines, state, is_waiting: filter == Some(VerificationStatus::Pending), open, on_open, on_more, on_retry }
                if is_reviewing {
                    {panel}
                } else if !is_empty {
                    div { class: "vetting-nothing", Empty { icon: Icon::ShieldCheck, title: text.say(Word::AdminVettingChoose), advice: text.say(Word::AdminVettingChooseAdvice) } }
                }
            }
        }
    }
}

/// Who waits, and for how long.
#[component]
fn Queue(
    lines: Vec<QueueLine>,
    state: ListState,
    is_waiting: bool,
    open: Option<String>,
    on_open: EventHandler<String>,
    on_more: EventHandler,
    on_retry: EventHandler,
) -> Element {
    let text = text();
    match &state {
        ListState::Loading => return rsx! { div { class: "queue queue-quiet", Skeleton { lines: 5, shape: Shape::Lines } } },
        ListState::Failed(code) => return rsx! { div { class: "queue queue-quiet", Failed { code: code.clone(), on_retry } } },
        ListState::Whole | ListState::More { .. } | ListState::Stuck(_) => {}
    }
    if lines.is_empty() {
        let (title, advice) = if is_waiting {
            (Word::AdminVettingEmpty, Word::AdminVettingEmptyAdvice)
        } else {
            (Word::AdminNothingFound, Word::AdminNothingFoundAdvice)
        };
        return rsx! { div { class: "queue queue-quiet", Empty { icon: Icon::Inbox, title: text.say(title), advice: text.say(advice) } } };
    }
    rsx! {
        div { class: "queue",
            ul { class: "queue-list", aria_label: text.say(Word::AdminVerification),
                for line in lines {
                    li { key: "{line.key}", QueueButton { is_open: open.as_ref() == Some(&line.key), line, on_open } }
                }
            }
            match state {
                ListState::More { coming } => rsx! {
                    Button { kind: ButtonKind::Line, small: true, label: text.say(Word::AdminMore), busy: coming, on_press: on_more }
                },
                ListState::Stuck(code) => rsx! { Failed { code, on_retry: on_more } },
                _ => rsx! {},
            }
        }
    }
}

#[component]
fn QueueButton(line: QueueLine, is_open: bool, on_open: EventHandler<String>) -> Element {
    let text = text();
    let (tone, status) = vetting_status(&line.status);
    let waited = waited(line.waited.as_secs(), text);
    let key = line.key.clone();
    rsx! {
        button {
            class: "queue-line",
            r#type: "button",
            "aria-current": is_open.then_some("true"),
            onclick: move |_| on_open.call(key.clone()),
            span { class: "queue-name break", "{line.name}" }
            span { class: "between",
                span { class: "tiny mute", "{waited}" }
                span { class: tone.class(), {status.say(text)} }
            }
        }
    }
}

/// `2 hari`, `3 jam 5 mnt`: days alone once there is one.
pub(crate) fn waited(seconds: u64, text: crate::text::Text) -> String {
    let minutes = i64::try_from(seconds / 60).unwrap_or(i64::MAX);
    match minutes / (24 * 60) {
        0 => duration_words(minutes, text),
        days => text.fill(Word::AdminDays, [("days", days)]),
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::drawn::drawn;
    use crate::text::Language;

    fn screen(lines: Vec<QueueLine>) -> String {
        drawn(Language::Indonesian, move || {
            rsx! {
                VettingScreen {
                    lines: lines.clone(),
                    state: ListState::Whole,
                    filter: Some(VerificationStatus::Pending),
                    on_filter: |_| {},
                    on_open: |_| {},
                    on_turn: |_| {},
                    on_more: |()| {},
                    on_retry: |()| {},
                }
            }
        })
    }

    #[test]
    fn the_queue_says_who_waits_and_for_how_long() {
        let line = |name: &str, hours: u64| QueueLine {
            key: name.into(),
            name: name.into(),
            status: VerificationStatus::Pending.into(),
            waited: Duration::from_secs(hours * 3_600),
        };
        let html = screen(vec![line("Dewi Anggraini", 2), line("Joko Susilo", 50)]);
        for said in ["Dewi Anggraini", "2 jam", "Joko Susilo", "2 hari", "Menunggu"] {
            assert!(html.contains(said), "{said}: {html}");
        }
    }

    #[test]
    fn an_empty_queue_is_good_news() {
        assert!(screen(Vec::new()).contains("Semua sudah diperiksa"));
    }
}
