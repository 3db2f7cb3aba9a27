//! Everybody's orders.

use std::time::Duration;

use dioxus::prelude::*;
use rapi_app_shell::hooks::{Photo, use_acting, use_engine, use_fetched, use_now, use_paged, use_toaster};
use rapi_core::Id;
use rapi_core::values::{Order, User};
use rapi_core::wire::admin::AdminOrdersQuery;
use rapi_ui::controls::{Awaited, Tone};
use rapi_ui::desk::{Rows, Sorting};
use rapi_ui::orders::category_name;
use rapi_ui::oversight::{Names, OrderFilter, OrderPanel, OrderView, OrdersScreen, order_columns, order_row, order_sort};
use rapi_ui::text::{Word, text};

use crate::paging::{LONGEST_FILE, PAGE, some, use_refreshed, use_settled_words};
use crate::route::Route;
use crate::saving::use_saving;

/// How often orders are looked at again.
const LOOKED_AT: Duration = Duration::from_secs(15);

/// The list, and the order named `open` beside it.
#[component]
pub fn Orders(open: ReadSignal<String>) -> Element {
    let (text, navigator, now) = (text(), navigator(), use_now(LOOKED_AT));
    let names = use_names();
    let (mut typed, words) = use_settled_words(String::new);
    let mut filter = use_signal(OrderFilter::default);
    let mut sorting = use_signal(|| None::<Sorting>);
    let query = move || AdminOrdersQuery {
        q: some(&words.read()),
        status: filter.read().status,
        sort: order_sort(sorting()),
        limit: Some(PAGE),
        ..Default::default()
    };
    let list = use_paged(query, |api, query, cursor| async move { api.all_orders(AdminOrdersQuery { cursor, ..query }).await });
    use_refreshed(list, now);
    let rows = use_memo(move || {
        let (names, now) = (names.read(), *now.read());
        list.items().read().iter().map(|order| order_row(order, &names, now, text)).collect::<Rows>()
    });
    let saving = use_saving();
    let save = move |()| {
        let (names, now) = (names.peek().clone(), *now.peek());
        saving.save(&text.say(Word::AdminOrders), order_columns(text), list.first(LONGEST_FILE), move |order| {
            order_row(order, &names, now, text)
        });
    };
    let id = open.read().parse::<Id<Order>>().ok();
    let panel = id.map(|id| rsx! { Opened { key: "{id}", id, names, on_changed: move |()| list.again() } });
    rsx! {
        OrdersScreen {
            rows,
            state: list.state(),
            sorting: sorting(),
            filter: filter(),
            looked_for: words.read().clone(),
            open: id.map(|id| id.to_string()),
            panel,
            saving: saving.busy(),
            on_search: move |words| typed.set(words),
            on_filter: move |chosen| filter.set(chosen),
            on_sort: move |by| sorting.set(by),
            on_open: move |open| { navigator.replace(Route::Orders { open }); },
            on_more: move |()| list.more(),
            on_retry: move |()| list.again(),
            on_csv: save,
        }
    }
}

/// What the categories are called.
fn use_names() -> ReadSignal<Names> {
    let (text, categories) = (text(), use_fetched(|api| async move { api.all_categories().await }));
    let names = use_memo(move || {
        let categories = categories.ready().unwrap_or_default();
        categories.into_iter().map(|item| (item.category.slug.clone(), category_name(&item.category, text))).collect::<Names>()
    });
    names.into()
}

/// The order beside the list.
#[component]
fn Opened(id: Id<Order>, names: ReadSignal<Names>, on_changed: EventHandler) -> Element {
    let (navigator, engine, acting, toaster, text, now) =
        (navigator(), use_engine(), use_acting(), use_toaster(), text(), use_now(LOOKED_AT));
    let mut order = use_fetched(move |api| {
        let _ = now.read();
        async move { Ok((api.any_order(id).await?, api.timeline(id).await?)) }
    });
    let mut dispatch = use_fetched(move |api| {
        let _ = now.read();
        async move { api.dispatch(id).await }
    });
    let view = order.ready().map(|(detail, timeline)| OrderView::of(&detail, &timeline));
    let photos = view.as_ref().map(|view| view.photos.clone()).filter(|photos| !photos.is_empty()).map(|photos| {
        rsx! {
            div { class: "desk-thumbs",
                for url in photos {
                    Photo { key: "{url}", url: url.clone(), alt: text.say(Word::AdminPhotos) }
                }
            }
        }
    });
    let category = view.as_ref().and_then(|view| names.read().get(view.slug.as_ref()?).cloned());
    let cancel = move |reason: String| {
        let api = engine.api();
        acting.call(async move { api.cancel_any_order(id, &reason).await }, move |_| {
            toaster.say(Tone::Good, text.say(Word::AdminCancelDone));
            order.again();
            dispatch.again();
            on_changed.call(());
        });
    };
    rsx! {
        OrderPanel {
            view: Awaited::of(view, order.fault()),
            category,
            dispatch: Awaited::of(dispatch.ready(), dispatch.fault()),
            photos,
            busy: acting.busy(),
            on_cancel: cancel,
            on_person: move |id: Id<User>| { navigator.push(Route::Users { open: id.to_string() }); },
            on_retry: move |()| order.again(),
            on_close: move |()| { navigator.replace(Route::orders()); },
        }
    }
}
