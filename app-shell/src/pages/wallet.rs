//! The wallet.

use std::time::Duration;

use dioxus::prelude::*;
use rapi_core::Rupiah;
use rapi_core::wire::PageQuery;
use rapi_core::wire::payments::{PaymentStatus, TopUpResponse};
use rapi_engine::Intent;
use rapi_ui::App;
use rapi_ui::controls::{Sheet, Tone};
use rapi_ui::text::{Word, text};
use rapi_ui::wallet::{
    ChargeCard, ChargeLine, ChargeView, StatementLine, TopUpSheet, WalletScreen, WalletView, WithdrawSheet, WithdrawalLine,
};

use crate::hooks::{use_acting, use_fetched, use_known, use_now, use_paged, use_toaster};

/// What lies over the wallet.
#[derive(Clone, PartialEq)]
enum Over {
    Nothing,
    TopUp,
    /// A gateway has it.
    Charge(TopUpResponse),
    Withdraw,
}

/// Balance, statement, and money in or out; asked for anew whenever money of this person moves.
#[component]
pub fn WalletPage() -> Element {
    let (app, known) = (use_context::<App>(), use_known());
    let moved = use_memo(move || known.read().payment_changes);
    let mut wallet = use_fetched(move |api| {
        moved.read();
        async move { api.wallet().await }
    });
    let mut withdrawals = use_fetched(move |api| {
        moved.read();
        async move {
            if app == App::Provider {
                api.withdrawals(PageQuery { limit: Some(5), cursor: None }).await.map(|page| page.items)
            } else {
                Ok(Vec::new())
            }
        }
    });
    let statement = use_paged(
        || (),
        move |api, (), cursor| {
            moved.read();
            async move { api.wallet_transactions(PageQuery { limit: Some(30), cursor }).await }
        },
    );
    let now = use_now(Duration::from_secs(30));
    let mut over = use_signal(|| Over::Nothing);
    let mut top_ups = use_fetched(move |api| {
        moved.read();
        async move {
            if app == App::Provider {
                Ok(Vec::new())
            } else {
                api.top_ups(PageQuery { limit: Some(5), cursor: None }).await.map(|page| page.items)
            }
        }
    });
    rsx! {
        WalletScreen {
            wallet: wallet.ready().map(|wallet| WalletView::of(&wallet, app.serves())),
            fault: wallet.fault(),
            withdrawals: withdrawals.ready().unwrap_or_default().iter().map(WithdrawalLine::of).collect::<Vec<_>>(),
            statement: statement.here().map(|items| items.iter().map(StatementLine::of).collect::<Vec<_>>()),
            state: statement.state(),
            charges: top_ups.ready().unwrap_or_default().iter().filter_map(|top_up| ChargeLine::of(top_up, now())).collect::<Vec<_>>(),
            on_charge: move |id| {
                let top_up = top_ups.ready().unwrap_or_default().into_iter().find(|top_up| top_up.id == id);
                over.set(top_up.map_or(Over::Nothing, Over::Charge));
            },
            now: now(),
            on_top_up: move |()| over.set(Over::TopUp),
            on_withdraw: move |()| over.set(Over::Withdraw),
            on_more: move |()| statement.more(),
            on_retry: move |()| {
                wallet.again();
                withdrawals.again();
                top_ups.again();
                statement.again();
            },
            on_statement: move |()| statement.again(),
        }
        Sheets {
            over,
            balance: wallet.ready().map(|wallet| wallet.balance).unwrap_or_default(),
            on_charged: move |()| top_ups.again(),
        }
    }
}

/// What lies over the wallet.
#[component]
fn Sheets(over: Signal<Over>, balance: Rupiah, on_charged: EventHandler) -> Element {
    let (mut over, acting, toaster, text) = (over, use_acting(), use_toaster(), text());
    let mut close = move |tone, said| {
        over.set(Over::Nothing);
        toaster.say(tone, said);
    };
    rsx! {
        match over() {
            Over::Nothing => rsx! {},
            Over::Charge(top_up) => rsx! {
                Charged {
                    key: "{top_up.id}",
                    top_up,
                    on_end: move |(tone, said)| close(tone, said),
                    on_close: move |()| over.set(Over::Nothing),
                }
            },
            Over::TopUp => rsx! {
                TopUpSheet {
                    busy: acting.busy(),
                    on_send: move |request| acting.perform(Intent::TopUp(request), move |answer| match serde_json::from_value(answer) {
                        Ok(top_up) => {
                            over.set(Over::Charge(top_up));
                            on_charged.call(());
                        }
                        Err(_) => close(Tone::Good, text.say(Word::TopUpSent)),
                    }),
                    on_close: move |()| over.set(Over::Nothing),
                }
            },
            Over::Withdraw => rsx! {
                WithdrawSheet {
                    busy: acting.busy(),
                    balance,
                    on_send: move |request| acting.perform(Intent::Withdraw(request), move |_| close(Tone::Good, text.say(Word::WithdrawSent))),
                    on_close: move |()| over.set(Over::Nothing),
                }
            },
        }
    }
}

/// What a gateway gave to pay with, until it says how that ended.
#[component]
fn Charged(top_up: TopUpResponse, on_end: EventHandler<(Tone, String)>, on_close: EventHandler) -> Element {
    let (known, text, now, id) = (use_known(), text(), use_now(Duration::from_secs(1)), top_up.id);
    let moved = use_memo(move || known.read().payment_changes);
    let newest = use_fetched(move |api| {
        moved.read();
        async move { api.top_up(id).await }
    });
    use_effect(move || {
        let Some(top_up) = newest.ready() else { return };
        let amount = || [("amount", top_up.amount.to_string())];
        match top_up.status.known() {
            Some(PaymentStatus::Completed) => on_end.call((Tone::Good, text.fill(Word::ChargePaid, amount()))),
            Some(PaymentStatus::Failed) => on_end.call((Tone::Bad, text.fill(Word::ChargeFailed, amount()))),
            _ => {}
        }
    });
    rsx! {
        Sheet { title: text.say(Word::TopUp), on_close,
            ChargeCard { charge: ChargeView::of_top_up(&top_up, now()), zone: "" }
        }
    }
}
