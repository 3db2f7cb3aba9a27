//! The wallet.

use std::time::Duration;

use dioxus::prelude::*;
use rapi_core::wire::PageQuery;
use rapi_engine::Intent;
use rapi_ui::App;
use rapi_ui::controls::Tone;
use rapi_ui::text::{Word, text};
use rapi_ui::wallet::{StatementLine, TopUpSheet, WalletScreen, WalletView, WithdrawSheet, WithdrawalLine};

use crate::hooks::{use_acting, use_fetched, use_known, use_now, use_paged, use_toaster};

/// What lies over the wallet.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Over {
    Nothing,
    TopUp,
    Withdraw,
}

/// Balance, statement, and money in or out; asked for anew whenever money of this person moves.
#[component]
pub fn WalletPage() -> Element {
    let (app, known, toaster, text) = (use_context::<App>(), use_known(), use_toaster(), text());
    let moved = use_memo(move || known.read().payment_changes);
    let mut wallet = use_fetched(move |api| {
        moved.read();
        async move { api.wallet().await }
    });
    let withdrawals = use_fetched(move |api| {
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
    let acting = use_acting();
    let mut over = use_signal(|| Over::Nothing);
    let mut close = move |said| {
        over.set(Over::Nothing);
        toaster.say(Tone::Good, text.say(said));
    };
    let mut again = move || wallet.again();
    rsx! {
        WalletScreen {
            wallet: wallet.ready().map(|wallet| WalletView::of(&wallet, app.serves())),
            fault: wallet.fault(),
            withdrawals: withdrawals.ready().unwrap_or_default().iter().map(WithdrawalLine::of).collect::<Vec<_>>(),
            statement: statement.here().map(|items| items.iter().map(StatementLine::of).collect::<Vec<_>>()),
            state: statement.state(),
            now: now(),
            on_top_up: move |()| over.set(Over::TopUp),
            on_withdraw: move |()| over.set(Over::Withdraw),
            on_more: move |()| statement.more(),
            on_retry: move |()| again(),
            on_statement: move |()| statement.again(),
        }
        match over() {
            Over::Nothing => rsx! {},
            Over::TopUp => rsx! {
                TopUpSheet {
                    busy: acting.busy(),
                    on_send: move |request| acting.perform(Intent::TopUp(request), move |_| close(Word::TopUpSent)),
                    on_close: move |()| over.set(Over::Nothing),
                }
            },
            Over::Withdraw => rsx! {
                WithdrawSheet {
                    busy: acting.busy(),
                    balance: wallet.ready().map(|wallet| wallet.balance).unwrap_or_default(),
                    on_send: move |request| acting.perform(Intent::Withdraw(request), move |_| close(Word::WithdrawSent)),
                    on_close: move |()| over.set(Over::Nothing),
                }
            },
        }
    }
}
