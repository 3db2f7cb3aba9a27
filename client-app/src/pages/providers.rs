//! All verified providers.

use dioxus::prelude::*;
use rapi_app_shell::hooks::{use_fetched, use_paged};
use rapi_app_shell::pages::back;
use rapi_core::LatLng;
use rapi_core::wire::people::{ProviderSort, ProvidersQuery};
use rapi_ui::providers::{ProviderRow, ProvidersScreen, ProvidersView};

use super::home::{place_of, primary};
use crate::route::Route;

/// How far around is looked, in kilometres.
const RADIUS_KM: f64 = 25.0;

/// Those of `category`, or all; measured from the address that is offered first.
#[component]
pub fn Providers(category: String) -> Element {
    let navigator = navigator();
    let mut chosen = use_signal(|| category);
    let mut wanted = use_signal(String::new);
    let mut sort = use_signal(|| ProviderSort::Distance);
    let categories = use_fetched(|api| async move { api.categories().await });
    let saved = use_fetched(|api| async move { api.locations().await });
    let place = use_memo(move || saved.ready().and_then(primary).as_ref().and_then(place_of));
    let query = move || {
        let text = |words: String| Some(words.trim().to_owned()).filter(|words| !words.is_empty());
        let place = place();
        ProvidersQuery {
            category: text(chosen()),
            lat: place.map(LatLng::latitude),
            lng: place.map(LatLng::longitude),
            radius_km: place.map(|_| RADIUS_KM),
            q: text(wanted()),
            sort: place.map(|_| sort()),
            limit: Some(20),
            cursor: None,
        }
    };
    let listed = use_paged(query, |api, query, cursor| async move { api.providers(ProvidersQuery { cursor, ..query }).await });
    let view = ProvidersView {
        rows: listed.here().map(|items| items.iter().map(ProviderRow::of).collect()),
        state: listed.state(),
        categories: categories.ready().unwrap_or_default(),
        category: chosen(),
        sort: sort(),
        has_place: place().is_some() || saved.ready().is_none(),
        place: place(),
    };
    rsx! {
        ProvidersScreen {
            view,
            on_back: |()| back(),
            on_search: move |words| wanted.set(words),
            on_category: move |slug| chosen.set(slug),
            on_sort: move |by| sort.set(by),
            on_more: move |()| listed.more(),
            on_retry: move |()| listed.again(),
            on_open: move |id| drop(navigator.push(Route::ProviderPage { id })),
            on_book: move |id| drop(navigator.push(Route::with_provider(id, &chosen.peek()))),
        }
    }
}
