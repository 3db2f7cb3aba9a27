//! What lies over the screen of a job: calling it off, and the second look at cash.

use dioxus::prelude::*;

use super::BillView;
use crate::controls::{Button, ButtonKind, Chips, Choice, Notice, Sheet, TextArea, Tone};
use crate::text::{Text, Word, text};

/// Reasons to choose from; the last one is to be written.
const REASONS: [Word; 5] = [
    Word::JobCancelReasonSick,
    Word::JobCancelReasonVehicle,
    Word::JobCancelReasonFar,
    Word::JobCancelReasonUnreachable,
    Word::JobCancelOther,
];

/// Asks why a job is called off; hands up the reason in words.
#[component]
pub fn CancelSheet(#[props(default)] busy: bool, on_cancel: EventHandler<String>, on_close: EventHandler) -> Element {
    let text = text();
    let mut chosen = use_signal(|| None::<Word>);
    let mut written = use_signal(String::new);
    let mut missing = use_signal(|| false);
    let choices = REASONS.map(|word| Choice::new(word, text.say(word))).to_vec();
    rsx! {
        Sheet { title: text.say(Word::JobCancelTitle), on_close,
            p { class: "mute", {text.say(Word::JobCancelExplained)} }
            Chips {
                label: text.say(Word::JobCancelReason),
                choices,
                chosen: chosen(),
                on_choose: move |word| {
                    chosen.set(Some(word));
                    missing.set(false);
                },
            }
            if chosen() == Some(Word::JobCancelOther) {
                TextArea { name: "reason", label: text.say(Word::JobCancelReason), rows: 2, on_typed: move |words| written.set(words) }
            }
            if missing() {
                Notice { tone: Tone::Bad, text: text.say(Word::JobCancelReasonMissing) }
            }
            div { class: "pair",
                Button { kind: ButtonKind::Line, label: text.say(Word::Back), on_press: on_close }
                Button {
                    kind: ButtonKind::Danger,
                    label: text.say(Word::JobCancelYes),
                    busy,
                    test_id: "cancel-yes",
                    on_press: move |()| match reason(chosen(), &written.peek(), text) {
                        Some(reason) => on_cancel.call(reason),
                        None => missing.set(true),
                    },
                }
            }
        }
    }
}

/// The reason in words; nothing while none is given.
fn reason(chosen: Option<Word>, written: &str, text: Text) -> Option<String> {
    match chosen? {
        Word::JobCancelOther => Some(written.trim().to_owned()).filter(|reason| !reason.is_empty()),
        word => Some(text.say(word)),
    }
}

/// The second look before cash is confirmed.
#[component]
pub fn CashQuestion(bill: BillView, #[props(default)] busy: bool, on_yes: EventHandler, on_close: EventHandler) -> Element {
    let text = text();
    rsx! {
        Sheet { title: text.fill(Word::JobCashTitle, [("total", bill.total.to_string())]), on_close,
            p { class: "mute", {text.fill(Word::JobCashExplained, [("fee", bill.earned.fee.to_string())])} }
            div { class: "pair",
                Button { kind: ButtonKind::Line, label: text.say(Word::Back), on_press: on_close }
                Button { kind: ButtonKind::Primary, label: text.say(Word::JobCashYes), busy, test_id: "cash-yes", on_press: on_yes }
            }
        }
    }
}
