//! The bill is to be paid.

use dioxus::prelude::*;
use rapi_core::wire::payments::PaymentMethod;

use super::coming::PendingNote;
use super::view::{ClientOrderView, PayState, PayView, Person};
use super::wish::Wish;
use crate::controls::{Button, ButtonKind, Card, Chips, Choice, Glyph, Icon, ListLine, Notice, Tone};
use crate::orders::{BillLines, NotesCard, Side, method_icon, method_word};
use crate::text::{Word, text};
use crate::wallet::ChargeCard;

/// The bill and the ways to pay it.
#[component]
pub(super) fn PayingPart(
    view: ClientOrderView,
    pay: PayView,
    fault: Option<String>,
    on_wish: EventHandler<Wish>,
    on_top_up: Option<EventHandler>,
    on_details: EventHandler,
) -> Element {
    let text = text();
    let mut changes = use_signal(|| false);
    let chosen = use_signal(|| pay.method);
    let asks = changes() || matches!(pay.state, PayState::Open | PayState::Failed);
    let total = pay.bill.total;
    let busy = view.awaits("pay");
    // Nobody can pay from a wallet that is known to hold too little.
    let is_short = chosen() == PaymentMethod::Wallet && pay.missing().is_some();
    rsx! {
        div { class: "screen-body",
            div { class: "pay-total",
                p { class: "mute", {text.say(Word::PayTotal)} }
                p { class: "pay-amount", "{total}" }
            }
            match &pay.state {
                PayState::Failed if !busy => rsx! { Notice { tone: Tone::Bad, text: text.say(Word::PayFailed) } },
                PayState::CashAwaited if !changes() => rsx! { CashAwaited { view: view.clone(), amount: total.to_string() } },
                PayState::Processing(charge) => rsx! { ChargeCard { charge: charge.clone(), zone: view.order.time_zone.clone() } },
                _ => rsx! {},
            }
            section { class: "card", BillLines { bill: pay.bill.clone(), side: Side::Client } }
            NotesCard { notes: view.notes.clone(), other: view.person.as_ref().map_or("", Person::first_name).to_owned() }
            if asks {
                Ways { pay: pay.clone(), fault, chosen, on_top_up }
            }
            div { class: "lines",
                ListLine { title: text.say(Word::OrderDetails), detail: view.order.service_address.clone(), icon: Icon::FileText, on_open: on_details }
            }
            PendingNote { view: view.clone() }
        }
        if asks && !is_short {
            div { class: "screen-foot",
                Button {
                    kind: ButtonKind::Primary,
                    busy,
                    label: text.fill(if chosen() == PaymentMethod::Cash { Word::PayInCash } else { Word::PayNow }, [("amount", total.to_string())]),
                    on_press: move |()| {
                        changes.set(false);
                        on_wish.call(Wish::Pay(chosen()));
                    },
                }
            }
        } else if !asks && pay.state == PayState::CashAwaited {
            div { class: "screen-foot",
                Button { kind: ButtonKind::Line, label: text.say(Word::PayAnotherWay), on_press: move |()| changes.set(true) }
            }
        }
    }
}

/// Which way?
#[component]
fn Ways(pay: PayView, fault: Option<String>, chosen: Signal<PaymentMethod>, on_top_up: Option<EventHandler>) -> Element {
    let text = text();
    let ways = PaymentMethod::ALL.iter().map(|method| Choice::new(*method, text.say(method_word(*method))).with_icon(method_icon(*method)));
    let from_wallet = chosen() == PaymentMethod::Wallet;
    let is_short = from_wallet && (pay.missing().is_some() || fault.as_deref() == Some("insufficient_balance"));
    let advice = match chosen() {
        PaymentMethod::Cash => Some(Word::PayCashAdvice),
        PaymentMethod::BankTransfer | PaymentMethod::EWallet => Some(Word::PayGatewayAdvice),
        PaymentMethod::Wallet => None,
    };
    rsx! {
        Card { heading: text.say(Word::PayWith),
            Chips { label: text.say(Word::PayWith), choices: ways.collect::<Vec<_>>(), chosen: Some(chosen()), on_choose: move |method| chosen.set(method) }
            if let Some(advice) = advice {
                p { class: "mute small", {text.say(advice)} }
            }
            if from_wallet {
                if let Some(balance) = pay.balance {
                    p { class: "mute small", {text.fill(Word::PayBalance, [("balance", balance.to_string())])} }
                }
            }
            if is_short {
                Notice { tone: Tone::Warn, text: pay.missing().map_or_else(|| text.say(Word::ProblemInsufficientBalance), |missing| text.fill(Word::PayMissing, [("amount", missing.to_string())])) }
                if let Some(on_top_up) = on_top_up {
                    Button { kind: ButtonKind::Soft, small: true, icon: Icon::Plus, label: text.say(Word::PayTopUp), on_press: on_top_up }
                }
            }
        }
    }
}

/// The notes change hands; the provider says so.
#[component]
fn CashAwaited(view: ClientOrderView, amount: String) -> Element {
    let text = text();
    let name = view.person.as_ref().map_or("", Person::first_name).to_owned();
    rsx! {
        section { class: "card pay-state", role: "status",
            span { class: "line-icon", Glyph { icon: Icon::HandCoins, size: 22 } }
            div { class: "line-words",
                p { class: "strong", {text.fill(Word::PayCashTitle, [("amount", amount), ("name", name.clone())])} }
                p { class: "mute small", {text.fill(Word::PayCashWaits, [("name", name)])} }
            }
        }
    }
}
