//! The wallet on the screen.

use dioxus::prelude::*;
use rapi_core::orders::Zone;
use rapi_core::values::TopUp;
use rapi_core::{Id, Timestamp};

use super::model::LEAST_WITHDRAWAL;
use super::{ChargeLine, StatementLine, WalletView, WithdrawalLine};
use crate::controls::{Button, ButtonKind, Card, Empty, Failed, Icon, ListEnd, ListLine, ListState, Shape, Skeleton, Tag, ValueLine};
use crate::formats::Zoned;
use crate::text::{Word, text};

/// The balance, what is on its way, and how it came and went.
#[component]
pub fn WalletScreen(
    wallet: Option<WalletView>,
    fault: Option<String>,
    withdrawals: Vec<WithdrawalLine>,
    /// Money on its way in that is not paid for yet.
    charges: Vec<ChargeLine>,
    statement: Option<Vec<StatementLine>>,
    state: ListState,
    now: Timestamp,
    on_top_up: EventHandler,
    on_withdraw: EventHandler,
    on_charge: EventHandler<Id<TopUp>>,
    on_more: EventHandler,
    on_retry: EventHandler,
    /// Asks for the statement again.
    on_statement: EventHandler,
) -> Element {
    let text = text();
    let head = rsx! { div { class: "screen-head", h1 { {text.say(Word::Wallet)} } } };
    if let (None, Some(code)) = (&wallet, fault) {
        return rsx! { main { class: "screen", {head} div { class: "screen-body", Failed { code, on_retry } } } };
    }
    rsx! {
        main { class: "screen",
            {head}
            div { class: "screen-body",
                match wallet {
                    Some(view) => rsx! { Balance { view, on_top_up, on_withdraw } },
                    None => rsx! { Skeleton { lines: 1, shape: Shape::Cards } },
                }
                Charges { charges, on_charge }
                if !withdrawals.is_empty() {
                    div { class: "section-title", h2 { {text.say(Word::Withdrawals)} } }
                    div { class: "lines",
                        for line in withdrawals {
                            ListLine {
                                key: "{line.id}",
                                icon: Icon::Landmark,
                                title: "{line.amount}",
                                detail: line.notes.clone().unwrap_or(line.account),
                                end: rsx! { Tag { tone: line.state.0, label: text.say(line.state.1) } },
                            }
                        }
                    }
                }
                div { class: "section-title", h2 { {text.say(Word::Statement)} } }
                match statement {
                    None => rsx! {},
                    Some(lines) if lines.is_empty() => rsx! {
                        Empty { icon: Icon::Receipt, title: text.say(Word::StatementEmpty), advice: text.say(Word::StatementEmptyAdvice) }
                    },
                    Some(lines) => rsx! { Statement { lines, now } },
                }
                ListEnd { state, lines: 5, on_more, on_retry: on_statement }
            }
        }
    }
}

/// What can still be paid for.
#[component]
fn Charges(charges: Vec<ChargeLine>, on_charge: EventHandler<Id<TopUp>>) -> Element {
    let text = text();
    if charges.is_empty() {
        return rsx! {};
    }
    let until = |line: &ChargeLine| Zoned::within(line.until, Zone::Western).clock_with_zone(text.language());
    rsx! {
        div { class: "lines",
            for line in charges {
                ListLine {
                    key: "{line.id}",
                    icon: Icon::QrCode,
                    title: text.fill(Word::ChargeOpen, [("amount", line.amount.to_string())]),
                    detail: text.fill(Word::ChargeOpenUntil, [("time", until(&line))]),
                    on_open: move |()| on_charge.call(line.id),
                }
            }
        }
    }
}

#[component]
fn Balance(view: WalletView, on_top_up: EventHandler, on_withdraw: EventHandler) -> Element {
    let text = text();
    rsx! {
        Card {
            p { class: "mute small", {text.say(Word::Balance)} }
            p { class: "balance", "data-testid": "balance", "{view.balance}" }
            if view.balance.is_negative() {
                p { class: "small warn", {text.say(Word::BalanceDebt)} }
            }
            if let Some(pending) = view.pending {
                ValueLine { name: text.say(Word::BalancePending), value: "{pending}" }
            }
            if let Some(frozen) = view.frozen {
                ValueLine { name: text.say(Word::BalanceFrozen), value: "{frozen}" }
            }
            if view.takes_top_ups {
                Button { kind: ButtonKind::Primary, icon: Icon::Plus, label: text.say(Word::TopUp), on_press: on_top_up }
            } else if view.can_withdraw() {
                Button { kind: ButtonKind::Primary, icon: Icon::Landmark, label: text.say(Word::Withdraw), on_press: on_withdraw }
            } else {
                p { class: "mute small", {text.fill(Word::WithdrawFrom, [("amount", LEAST_WITHDRAWAL.to_string())])} }
            }
        }
    }
}

#[component]
fn Statement(lines: Vec<StatementLine>, now: Timestamp) -> Element {
    let text = text();
    rsx! {
        div { class: "lines",
            for line in lines {
                ListLine {
                    key: "{line.id}",
                    icon: line.icon,
                    title: text.say(line.title),
                    detail: line.when(now, text),
                    end: rsx! { span { class: if line.is_in { "amount good" } else { "amount" }, "{line.amount}" } },
                }
            }
        }
    }
}
