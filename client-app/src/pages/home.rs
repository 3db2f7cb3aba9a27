//! Where the app begins.

use std::time::Duration;

use dioxus::prelude::*;
use rapi_app_shell::hooks::{use_fetched, use_known, use_now, use_user};
use rapi_app_shell::pages::Bell;
use rapi_core::LatLng;
use rapi_core::wire::people::{LocationItem, ProvidersQuery};
use rapi_ui::controls::Awaited;
use rapi_ui::home::{Greeting, HomeAddress, HomeScreen, HomeView};
use rapi_ui::providers::ProviderRow;

use crate::route::Route;

/// So many providers are shown before one asks for all.
const NEARBY: usize = 3;
/// A name that is asked for first may be followed by some that are not online.
const ASKED: u32 = 10;

/// Who, where, what can be ordered, and what is under way.
#[component]
pub fn Home() -> Element {
    let (known, navigator, now) = (use_known(), navigator(), use_now(Duration::from_secs(5)));
    let name = use_user().map(|user| user.full_name).unwrap_or_default();
    let mut categories = use_fetched(|api| async move { api.categories().await });
    let mut saved = use_fetched(|api| async move { api.locations().await });
    let address = use_memo(move || saved.ready().and_then(primary));
    let place = use_memo(move || address().as_ref().and_then(place_of));
    let mut nearby = use_fetched(move |api| {
        let place = place();
        async move { api.providers(around(place)).await }
    });
    let snapshot = known.read();
    let view = HomeView {
        greeting: Greeting::at(now(), place()),
        name,
        address: match (address(), saved.ready()) {
            (Some(address), _) => HomeAddress::At(address),
            (None, Some(_)) => HomeAddress::None,
            (None, None) => HomeAddress::Unknown,
        },
        pinned: HomeView::pinned(snapshot.orders.values(), |order| snapshot.tracking.get(&order.id), now()),
        categories: categories.ready(),
        fault: categories.fault(),
    };
    let rows = nearby.ready().map(|page| {
        let online = page.items.iter().filter(|item| item.is_available);
        online.take(NEARBY).map(ProviderRow::of).collect::<Vec<_>>()
    });
    rsx! {
        HomeScreen {
            view,
            nearby: Awaited::of(rows, nearby.fault()),
            now: now(),
            bell: rsx! { Bell {} },
            on_address: move |()| drop(navigator.push(Route::AddressesPage {})),
            on_order: move |id| drop(navigator.push(Route::OrderPage { id })),
            on_orders: move |()| drop(navigator.push(Route::Orders {})),
            on_category: move |slug: String| drop(navigator.push(Route::of_category(&slug))),
            on_provider: move |id| drop(navigator.push(Route::ProviderPage { id })),
            on_book: move |id| drop(navigator.push(Route::with_provider(id, ""))),
            on_providers: move |()| drop(navigator.push(Route::Providers { category: String::new() })),
            on_retry: move |()| {
                categories.again();
                saved.again();
                nearby.again();
            },
        }
    }
}

/// The address that is offered first.
pub fn primary(saved: Vec<LocationItem>) -> Option<LocationItem> {
    let first = saved.iter().find(|location| location.is_primary).or(saved.first());
    first.cloned()
}

/// Where that is.
pub fn place_of(location: &LocationItem) -> Option<LatLng> {
    LatLng::try_new(location.latitude, location.longitude).ok()
}

fn around(place: Option<LatLng>) -> ProvidersQuery {
    let (lat, lng) = (place.map(LatLng::latitude), place.map(LatLng::longitude));
    ProvidersQuery { lat, lng, limit: Some(ASKED), ..ProvidersQuery::default() }
}
