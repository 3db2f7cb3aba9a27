//! Calling an order off, with a reason.

use dioxus::prelude::*;

use crate::controls::{Button, ButtonKind, Sheet, TextArea};
use crate::text::{Word, text};

/// Why orders are called off, while nobody has taken them yet.
const ALONE: [Word; 3] = [Word::CancelChangedMind, Word::CancelMistake, Word::CancelTooLong];
/// The same once somebody has.
const TOGETHER: [Word; 4] = [Word::CancelChangedMind, Word::CancelTooLong, Word::CancelAskedTo, Word::CancelMistake];

/// Asks why; hands up the reason in words, the chosen one or the client's own.
#[component]
pub fn CancelSheet(busy: bool, has_provider: bool, on_cancel: EventHandler<String>, on_close: EventHandler) -> Element {
    let text = text();
    let mut chosen = use_signal(|| None::<Word>);
    let mut own = use_signal(String::new);
    let mut is_missing = use_signal(|| false);
    let reasons: &[Word] = if has_provider { &TOGETHER } else { &ALONE };
    let mut send = move || {
        let words = match chosen() {
            Some(Word::CancelOther) => own.peek().trim().to_owned(),
            Some(word) => text.say(word),
            None => String::new(),
        };
        is_missing.set(words.is_empty());
        if !words.is_empty() {
            on_cancel.call(words);
        }
    };
    rsx! {
        Sheet { title: text.say(Word::CancelTitle), on_close,
            p { class: "mute", {text.say(if has_provider { Word::CancelExplainedProvider } else { Word::CancelExplained })} }
            div { class: "reasons", role: "radiogroup", aria_label: text.say(Word::CancelWhy),
                for word in reasons.iter().copied().chain([Word::CancelOther]) {
                    button {
                        key: "{word.key()}",
                        class: "reason",
                        r#type: "button",
                        role: "radio",
                        aria_checked: if chosen() == Some(word) { "true" } else { "false" },
                        onclick: move |_| {
                            chosen.set(Some(word));
                            is_missing.set(false);
                        },
                        span { class: "reason-dot", aria_hidden: "true" }
                        {text.say(word)}
                    }
                }
            }
            if chosen() == Some(Word::CancelOther) {
                TextArea { name: "reason", label: text.say(Word::CancelOwnWords), rows: 2, on_typed: move |words| own.set(words) }
            }
            if is_missing() {
                p { class: "field-fault", role: "alert", {text.say(Word::CancelReasonMissing)} }
            }
            div { class: "pair",
                Button { kind: ButtonKind::Line, label: text.say(Word::CancelKeep), on_press: on_close }
                Button { kind: ButtonKind::Danger, busy, label: text.say(Word::CancelYes), on_press: move |()| send() }
            }
        }
    }
}
