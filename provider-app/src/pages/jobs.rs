//! The jobs of a provider.

use std::time::Duration;

use dioxus::prelude::*;
use rapi_app_shell::hooks::{use_engine, use_fetched, use_known, use_now};
use rapi_core::Timestamp;
use rapi_core::wire::categories::CategoryItem;
use rapi_core::wire::orders::{OrderItem, OrdersQuery};
use rapi_ui::earnings::JobLine;
use rapi_ui::jobs::{HistoryView, JobsScreen, Shelf, kind_of, step_of_item};
use rapi_ui::offers::OfferView;
use rapi_ui::text::{Text, text};

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
    let categories = use_fetched(|api| async move { api.categories().await });
    let names = categories.ready().unwrap_or_default();
    let known = known.read();
    let mut active = lines(&known, &names, now(), text);
    active.retain(|job| !job.step.is_over());
    let open = known.offers.iter().filter(|offer| !desk.is_answered(offer.order.id));
    let offers: Vec<OfferView> = open.map(|offer| OfferView::of(offer, kind_of(&offer.order, &names, text), now())).collect();
    let mut shelf = use_signal(|| if active.is_empty() { Shelf::Nearby } else { Shelf::Active });
    let older = use_older();
    use_effect(move || {
        if shelf() == Shelf::History && older.pages.peek().is_none() {
            older.load();
        }
    });
    rsx! {
        JobsScreen {
            shelf: shelf(),
            offers,
            active,
            history: older.view(&names, now(), text),
            on_shelf: move |chosen| shelf.set(chosen),
            on_offers: move |()| desk.reopen(),
            on_job: move |id| { navigator.push(Route::Job { id }); },
            on_more: move |()| older.load(),
        }
    }
}

/// Older orders, page by page. Copies are the same.
#[derive(Clone, Copy)]
struct Older {
    engine: Signal<rapi_engine::Engine>,
    pages: Signal<Option<Vec<OrderItem>>>,
    cursor: Signal<Option<String>>,
    busy: Signal<bool>,
    fault: Signal<Option<String>>,
}

fn use_older() -> Older {
    let engine = use_engine();
    Older {
        engine: use_signal(|| engine),
        pages: use_signal(|| None),
        cursor: use_signal(|| None),
        busy: use_signal(|| false),
        fault: use_signal(|| None),
    }
}

impl Older {
    /// Asks for the next page.
    fn load(mut self) {
        if *self.busy.peek() {
            return;
        }
        self.busy.set(true);
        let api = self.engine.peek().api();
        let query = OrdersQuery { limit: Some(PAGE), cursor: self.cursor.peek().clone(), ..OrdersQuery::default() };
        spawn(async move {
            match api.orders(query).await {
                Ok(page) => {
                    self.fault.set(None);
                    self.cursor.set(page.next_cursor);
                    self.pages.write().get_or_insert_default().extend(page.items);
                }
                Err(error) => self.fault.set(Some(error.code().to_owned())),
            }
            self.busy.set(false);
        });
    }

    /// Of those that are here, the ones that are over.
    fn view(&self, categories: &[CategoryItem], now: Timestamp, text: Text) -> HistoryView {
        let pages = self.pages.read();
        let over = |item: &&OrderItem| step_of_item(item).is_over();
        let line = |item: &OrderItem| -> JobLine { item_line(item, step_of_item(item), categories, now, text) };
        HistoryView {
            jobs: pages.as_ref().map(|items| items.iter().filter(over).map(line).collect()),
            has_more: self.cursor.read().is_some(),
            busy: *self.busy.read(),
            fault: self.fault.read().clone(),
        }
    }
}
