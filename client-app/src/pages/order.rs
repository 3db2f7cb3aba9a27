//! One order of the client.

use std::time::Duration;

use dioxus::prelude::*;
use rapi_app_shell::hooks::{use_acting, use_engine, use_fetched, use_known, use_now};
use rapi_app_shell::pages::back;
use rapi_core::Id;
use rapi_core::orders::Status;
use rapi_core::values::Order;
use rapi_core::wire::orders::{OrderDetail, OrderItem};
use rapi_core::wire::payments::PayRequest;
use rapi_core::wire::work::WorkNotesRequest;
use rapi_engine::{Connection, Intent, Snapshot};
use rapi_ui::client_order::{ClientOrderScreen, ClientOrderView, ClientOrderWaiting, Outlook, Wish, again, map_of};
use rapi_ui::controls::{Failed, TopBar};
use rapi_ui::map::MapView;
use rapi_ui::orders::timeline;
use rapi_ui::text::{Word, text};
use serde_json::Value;

use crate::route::Route;

/// How often the map says that it is looked at; the lease is longer than that.
const WATCH_EVERY: Duration = Duration::from_secs(20);

/// The order by its id; whatever another order left behind is gone.
#[component]
pub fn OrderPage(id: Id<Order>) -> Element {
    rsx! { OrderOf { key: "{id}", id } }
}

#[component]
fn OrderOf(id: Id<Order>) -> Element {
    let (known, navigator, acting) = (use_known(), navigator(), use_acting());
    let now = use_now(Duration::from_secs(1));
    let mut asked = use_fetched(move |api| async move { api.order(id).await });
    let detail = use_memo(move || known.read().orders.get(&id).cloned().or_else(|| asked.ready()));
    let map = use_memo(move || map(detail.read().as_ref(), &known.read()));
    let moved = use_memo(move || detail.read().as_ref().map(|detail| detail.order.updated_at));
    let steps = use_fetched(move |api| {
        let _ = moved.read();
        async move { api.timeline(id).await }
    });
    let wallet = use_fetched(move |api| {
        let _ = known.read().payment_changes;
        async move { api.wallet().await }
    });
    use_watch(id, use_memo(move || detail.read().as_ref().is_some_and(|detail| detail.order.status.is(&Status::OnTheWay))));

    let wish = move |wish: Wish| {
        let Some(order) = detail.peek().as_ref().map(|detail| detail.order.clone()) else { return };
        match wish {
            Wish::Back => back(),
            Wish::OpenProvider(provider) => drop(navigator.push(Route::ProviderPage { id: provider })),
            Wish::OrderAgain => drop(navigator.push(Route::again(id, false))),
            Wish::Schedule => drop(navigator.push(Route::again(id, true))),
            Wish::SearchAgain => acting.perform(Intent::CreateOrder(again(&order, *now.peek())), move |answer| open(&answer)),
            Wish::Note(words) => {
                let request = WorkNotesRequest { provider_notes: None, client_notes: Some(words) };
                acting.submit(Intent::WorkNotes { order: id, request });
            }
            other => acting.perform(of_order(&order, other), |_| {}),
        }
    };
    let Some(detail) = detail() else {
        return match asked.fault() {
            Some(code) => rsx! {
                main { class: "screen",
                    div { class: "screen-head", TopBar { title: text().say(Word::OrderTitle), on_back: |()| back() } }
                    div { class: "screen-body", Failed { code, on_retry: move |()| asked.again() } }
                }
            },
            None => rsx! { ClientOrderWaiting { on_back: |()| back() } },
        };
    };
    let snapshot = known.read();
    let view = ClientOrderView::of(
        &detail,
        &Outlook {
            tracking: snapshot.tracking.get(&id),
            pending: pending(&snapshot, id),
            notes: snapshot.notes_of(id),
            is_online: snapshot.connection != Connection::Offline,
            balance: wallet.ready().map(|wallet| wallet.balance),
            now: now(),
        },
    );
    let timeline = steps.ready().map(|items| timeline(&items));
    let on_top_up = Callback::new(move |()| drop(navigator.push(Route::WalletPage {})));
    rsx! { ClientOrderScreen { view, map, timeline, fault: acting.fault(), on_wish: wish, on_top_up } }
}

/// What the wish asks of the backend.
fn of_order(order: &OrderItem, wish: Wish) -> Intent {
    let id = order.id;
    match wish {
        Wish::Pay(payment_method) => Intent::Pay { order: id, request: PayRequest { payment_method, payment_proof: None } },
        Wish::Rate(rated) => Intent::Rate { order: id, request: rated.request() },
        Wish::Cancel(reason) => Intent::Cancel { order: id, reason },
        _ => Intent::Seen(id),
    }
}

fn map(detail: Option<&OrderDetail>, known: &Snapshot) -> MapView {
    detail.map_or_else(MapView::default, |detail| map_of(&detail.order, known.tracking.get(&detail.order.id)))
}

/// What was asked of this order, or of a new one like it, and not answered yet.
fn pending(known: &Snapshot, id: Id<Order>) -> Option<&str> {
    let of_new_ones = known.pending.iter().filter(|pending| pending.lane == "orders");
    known.pending_of(id).chain(of_new_ones).next().map(|pending| pending.what.as_str())
}

/// Opens the order that the backend has just made, in place of the one before.
fn open(answer: &Value) {
    if let Some(id) = answer.get("id").and_then(Value::as_str).and_then(|id| id.parse().ok()) {
        navigator().replace(Route::OrderPage { id });
    }
}

/// Tells the backend that the map is looked at, as long as it is and there is something to see.
fn use_watch(id: Id<Order>, travels: Memo<bool>) {
    let engine = use_engine();
    use_resource(move || {
        let (travels, api) = (travels(), engine.api());
        async move {
            if !travels {
                return;
            }
            loop {
                // Without it positions still come, only less often; the next turn asks again.
                drop(api.watch(id).await);
                tokio::time::sleep(WATCH_EVERY).await;
            }
        }
    });
}
