//! The screen of all orders.

use dioxus::prelude::*;
use rapi_core::values::Order;
use rapi_core::{Id, Timestamp};

use super::view::{HistoryView, Part};
use crate::controls::{Button, ButtonKind, Choice, Empty, Icon, ListEnd, Piece, Shape, Tabs, use_pieces};
use crate::orders::{OrderCard, OrderCardView};
use crate::text::{Word, text};

/// How high a card is with the gap below it, about, in pixels.
const CARD: f64 = 140.0;

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
    rsx! {
        main { class: "screen",
            div { class: "screen-head history-head",
                h1 { {text.say(Word::OrdersTab)} }
                Tabs { label: text.say(Word::OrdersTab), choices: parts, chosen: view.part, on_choose: on_part }
            }
            div { class: "screen-body", key: "{view.part:?}",
                match &view.cards {
                    Some(cards) if cards.is_empty() && !view.state.has_more() => rsx! { Nothing { part: view.part, on_order } },
                    cards => rsx! {
                        Cards { cards: cards.clone().unwrap_or_default(), now, on_open }
                        ListEnd { state: view.state.clone(), lines: 5, shape: Shape::Cards, on_more, on_retry }
                    },
                }
            }
        }
    }
}

#[component]
fn Cards(cards: Vec<OrderCardView>, now: Timestamp, on_open: EventHandler<Id<Order>>) -> Element {
    let pieces = use_pieces(CARD);
    rsx! {
        for run in pieces.of(cards.len()) {
            Piece { key: "{run.place}", pieces, run: run.clone(),
                for card in cards[run.rows].iter().cloned() {
                    OrderCard { key: "{card.id}", view: card, now, on_open }
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
