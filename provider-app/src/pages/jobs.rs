//! The jobs of a provider.

use std::time::Duration;

use dioxus::prelude::*;
use rapi_app_shell::hooks::{use_known, use_now, use_paged};
use rapi_core::wire::orders::{OrderItem, OrdersQuery};
use rapi_ui::jobs::{HistoryView, JobsScreen, Shelf, step_of_item};
use rapi_ui::offers::OfferView;
use rapi_ui::text::text;

use super::OfferDesk;
use super::home::{item_line, lines};
use crate::route::Route;

/// So many at a time.
const PAGE: u32 = 20;

/// What is offered, what she is on, and what she has done.
#[component]
pub fn Jobs() -> Element {
    let (known, text, navigator, desk) = (use_known(), text(), navigator(), use_context::<OfferDesk>());
    let now = use_now(Duration::from_secs(30));
    // The history is asked for anew when an order moves.
    let moves = use_memo(move || known.read().orders.values().map(|detail| detail.order.updated_at).max());
    let older = use_paged(
        || (),
        move |api, (), cursor| {
            moves.read();
            async move { api.orders(OrdersQuery { limit: Some(PAGE), cursor, status: None }).await }
        },
    );
    let known = known.read();
    let mut active = lines(&known, now(), text);
    active.retain(|job| !job.step.is_over());
    let open = known.offers.iter().filter(|offer| !desk.is_answered(offer.order.id));
    let offers: Vec<OfferView> = open.map(|offer| OfferView::of(offer, now())).collect();
    let mut shelf = use_signal(|| if active.is_empty() { Shelf::Nearby } else { Shelf::Active });
    let over = |item: &&OrderItem| step_of_item(item).is_over();
    let line = |item: &OrderItem| item_line(item, step_of_item(item), now(), text);
    let history = HistoryView { jobs: older.here().map(|items| items.iter().filter(over).map(line).collect()), state: older.state() };
    rsx! {
        JobsScreen {
            shelf: shelf(),
            offers,
            active,
            history,
            on_shelf: move |chosen| shelf.set(chosen),
            on_offers: move |()| desk.reopen(),
            on_job: move |id| { navigator.push(Route::Job { id }); },
            on_more: move |()| older.more(),
            on_retry: move |()| older.again(),
        }
    }
}
