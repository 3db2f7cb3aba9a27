//! All orders of the client.

use std::time::Duration;

use dioxus::prelude::*;
use rapi_app_shell::hooks::{use_known, use_now, use_paged};
use rapi_core::wire::orders::{OrderItem, OrdersQuery};
use rapi_engine::Snapshot;
use rapi_ui::controls::ListState;
use rapi_ui::history::{HistoryScreen, HistoryView, Part};
use rapi_ui::orders::Standing;

use crate::route::Route;

/// Those that run are the engine's; the others are listed by the backend, page by page.
#[component]
pub fn Orders() -> Element {
    let (known, navigator, now) = (use_known(), navigator(), use_now(Duration::from_secs(60)));
    let mut part = use_signal(|| if has_running(&known.peek()) { Part::Running } else { Part::Done });
    // What is over by now belongs on another page than before.
    let over = use_memo(move || known.read().orders.values().filter(|detail| !Standing::of(&detail.order).is_running()).count());
    let listed = use_paged(
        move || part.read().status(),
        move |api, status, cursor| {
            over.read();
            async move { api.orders(OrdersQuery { status, limit: Some(20), cursor }).await }
        },
    );
    let view = match part() {
        Part::Running => HistoryView::running(known.read().orders.values().map(|detail| &detail.order)),
        other => {
            let items = listed.here();
            let is_of_another = items.as_ref().is_some_and(|items| !fits(items, other));
            let state = if is_of_another { ListState::Loading } else { listed.state() };
            HistoryView::listed(other, items.filter(|_| !is_of_another).as_deref(), state)
        }
    };
    rsx! {
        HistoryScreen {
            view,
            now: now(),
            on_part: move |chosen| part.set(chosen),
            on_open: move |id| drop(navigator.push(Route::OrderPage { id })),
            on_more: move |()| listed.more(),
            on_retry: move |()| listed.again(),
            on_order: move |()| drop(navigator.push(Route::Home {})),
        }
    }
}

/// Does any order run?
fn has_running(known: &Snapshot) -> bool {
    known.orders.values().any(|detail| Standing::of(&detail.order).is_running())
}

/// Are these the orders of this part, and not those that were asked for before it?
fn fits(items: &[OrderItem], part: Part) -> bool {
    items.iter().all(|order| part.status().is_none_or(|status| order.status.is(&status)))
}
