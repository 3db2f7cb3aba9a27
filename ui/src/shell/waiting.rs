//! What waits to be sent.

use dioxus::prelude::*;
use rapi_core::Timestamp;
use rapi_core::orders::Zone;

use crate::controls::{Empty, Icon, ListLine, Sheet};
use crate::formats::Zoned;
use crate::text::{Text, Word, text};

/// Something that was done without network.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    /// Tells it from the others.
    pub key: String,
    /// Its stable snake_case name.
    pub what: String,
    /// When it was done.
    pub at: Timestamp,
}

impl Waiting {
    /// In words.
    #[must_use]
    pub fn say(&self, text: Text) -> String {
        text.named("what", &self.what.replace('_', "-")).unwrap_or_else(|| text.say(Word::WhatOther))
    }
}

/// Lists what waits, oldest first.
#[component]
pub fn WaitingSheet(waiting: Vec<Waiting>, on_close: EventHandler) -> Element {
    let text = text();
    let at = |at| Zoned::within(at, Zone::Western).clock_with_zone(text.language());
    rsx! {
        Sheet { title: text.say(Word::WaitingTitle), on_close,
            p { class: "mute", {text.say(Word::WaitingLead)} }
            if waiting.is_empty() {
                Empty { icon: Icon::Check, title: text.say(Word::WaitingNone) }
            } else {
                div { class: "lines waiting-lines",
                    for one in waiting {
                        ListLine { key: "{one.key}", icon: Icon::Clock, title: one.say(text), detail: at(one.at) }
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::drawn::drawn;
    use crate::text::Language;

    #[test]
    fn what_waits_is_named_with_its_time() {
        let html = drawn(Language::Indonesian, || {
            let at = "2026-11-22T05:04:00Z".parse().unwrap_or_default();
            let one = |what: &str| Waiting { key: what.into(), what: what.into(), at };
            rsx! { WaitingSheet { waiting: vec![one("start_work"), one("moon_walk")], on_close: |()| {} } }
        });
        assert!(html.contains("Mulai bekerja") && html.contains("Tindakan lain") && html.contains("12.04 WIB"), "{html}");
    }
}
