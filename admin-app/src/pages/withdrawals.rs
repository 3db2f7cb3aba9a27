//! Earnings on their way to the bank.

use std::time::Duration;

use dioxus::prelude::*;
use rapi_app_shell::hooks::{use_acting, use_engine, use_now, use_paged, use_toaster};
use rapi_core::Id;
use rapi_core::values::User;
use rapi_core::wire::admin::{AdminWithdrawalItem, WithdrawalsQuery};
use rapi_core::wire::payments::WithdrawalStatus;
use rapi_ui::books::{Payout, WithdrawalPanel, WithdrawalsScreen, withdrawal_columns, withdrawal_row, withdrawal_sort};
use rapi_ui::controls::Tone;
use rapi_ui::desk::{Rows, Sorting};
use rapi_ui::text::{Word, text};

use crate::paging::{LONGEST_FILE, PAGE, use_refreshed};
use crate::route::Route;
use crate::saving::use_saving;

/// How often the list is looked at again.
const LOOKED_AT: Duration = Duration::from_secs(15);

/// The list, and the withdrawal named `open` beside it.
#[component]
pub fn Withdrawals(open: ReadSignal<String>) -> Element {
    let (text, navigator, now) = (text(), navigator(), use_now(LOOKED_AT));
    let mut filter = use_signal(|| None::<WithdrawalStatus>);
    let mut sorting = use_signal(|| None::<Sorting>);
    let query = move || WithdrawalsQuery { status: filter(), sort: withdrawal_sort(sorting()), limit: Some(PAGE), cursor: None };
    let list = use_paged(query, |api, query, cursor| async move { api.all_withdrawals(WithdrawalsQuery { cursor, ..query }).await });
    use_refreshed(list, now);
    let rows = use_memo(move || {
        let now = *now.read();
        list.items().read().iter().map(|item| withdrawal_row(item, now, text)).collect::<Rows>()
    });
    let saving = use_saving();
    let save = move |()| {
        let now = *now.peek();
        saving.save(&text.say(Word::AdminWithdrawals), withdrawal_columns(text), list.first(LONGEST_FILE), move |item| {
            withdrawal_row(item, now, text)
        });
    };
    let opened = list.items().read().iter().find(|item| item.withdrawal.id.to_string() == *open.read()).cloned();
    let key = opened.as_ref().map(|item| item.withdrawal.id.to_string());
    let panel = opened.map(|item| rsx! { Opened { key: "{item.withdrawal.id}", item, on_changed: move |()| list.again() } });
    rsx! {
        WithdrawalsScreen {
            rows,
            state: list.state(),
            sorting: sorting(),
            filter: filter(),
            open: key,
            panel,
            saving: saving.busy(),
            on_filter: move |chosen| filter.set(chosen),
            on_sort: move |by| sorting.set(by),
            on_open: move |open| { navigator.replace(Route::Withdrawals { open }); },
            on_more: move |()| list.more(),
            on_retry: move |()| list.again(),
            on_csv: save,
        }
    }
}

/// The withdrawal beside the list.
#[component]
fn Opened(item: AdminWithdrawalItem, on_changed: EventHandler) -> Element {
    let (navigator, engine, acting, toaster, text) = (navigator(), use_engine(), use_acting(), use_toaster(), text());
    let id = item.withdrawal.id;
    let decide = move |(payout, notes): (Payout, String)| {
        let api = engine.api();
        let call = async move {
            match payout {
                Payout::Approve => api.approve_withdrawal(id).await,
                Payout::Complete => api.complete_withdrawal(id).await,
                Payout::Reject => api.reject_withdrawal(id, &notes).await,
            }
        };
        acting.call(call, move |_| {
            toaster.say(Tone::Good, text.say(done(payout)));
            on_changed.call(());
        });
    };
    rsx! {
        WithdrawalPanel {
            item,
            busy: acting.busy(),
            on_decide: decide,
            on_person: move |id: Id<User>| { navigator.push(Route::Users { open: id.to_string() }); },
            on_close: move |()| { navigator.replace(Route::withdrawals()); },
        }
    }
}

const fn done(payout: Payout) -> Word {
    match payout {
        Payout::Approve => Word::AdminPayoutApproveDone,
        Payout::Complete => Word::AdminPayoutCompleteDone,
        Payout::Reject => Word::AdminPayoutRejectDone,
    }
}
