//! The screen of all orders.

use dioxus::prelude::*;
use rapi_core::values::Order;
use rapi_core::{Id, Timestamp};

use super::view::{HistoryView, Part};
use crate::controls::{Button, ButtonKind, Choice, Empty, Failed, Icon, Skeleton, Tabs};
use crate::orders::OrderCard;
use crate::text::{Word, text};

/// Draws a part of the orders; asks for more when the end comes into sight.
#[component]
pub fn HistoryScreen(
    view: HistoryView,
    now: Timestamp,
    on_part: EventHandler<Part>,
    on_open: EventHandler<Id<Order>>,
    on_more: EventHandler,
    on_retry: EventHandler,
    /// To order something.
    on_order: EventHandler,
) -> Element {
    let text = text();
    let parts: Vec<_> = Part::ALL.into_iter().map(|part| Choice::new(part, text.say(part.word()))).collect();
    let count = view.cards.as_ref().map_or(0, Vec::len);
    rsx! {
        main { class: "screen",
            div { class: "screen-head history-head",
                h1 { {text.say(Word::OrdersTab)} }
                Tabs { label: text.say(Word::OrdersTab), choices: parts, chosen: view.part, on_choose: on_part }
            }
            div { class: "screen-body", key: "{view.part:?}",
                match (&view.cards, &view.fault) {
                    (None, Some(code)) => rsx! { Failed { code: code.clone(), on_retry } },
                    (None, None) => rsx! { Skeleton { lines: 9 } },
                    (Some(cards), _) if cards.is_empty() => rsx! { Nothing { part: view.part, on_order } },
                    (Some(cards), fault) => rsx! {
                        for card in cards.iter().cloned() {
                            OrderCard { key: "{card.id}", view: card, now, on_open }
                        }
                        if let Some(code) = fault.clone() {
                            Failed { code, on_retry }
                        } else if view.has_more {
                            div {
                                key: "more-{count}",
                                onvisible: move |event| {
                                    if event.is_intersecting().unwrap_or_default() {
                                        on_more.call(());
                                    }
                                },
                                Skeleton {}
                            }
                        }
                    },
                }
            }
        }
    }
}

#[component]
fn Nothing(part: Part, on_order: EventHandler) -> Element {
    let text = text();
    let (title, advice) = match part {
        Part::Running => (Word::HistoryNoneRunning, Word::HistoryNoneRunningAdvice),
        Part::Done => (Word::HistoryNoneDone, Word::HistoryNoneDoneAdvice),
        Part::Cancelled => (Word::HistoryNoneCancelled, Word::HistoryNoneCancelledAdvice),
    };
    rsx! {
        Empty { icon: Icon::ClipboardList, title: text.say(title), advice: text.say(advice),
            if part != Part::Cancelled {
                Button { kind: ButtonKind::Soft, small: true, label: text.say(Word::HistoryOrder), on_press: on_order }
            }
        }
    }
}
