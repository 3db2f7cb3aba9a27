//! A provider's own page.

use dioxus::prelude::*;
use rapi_app_shell::hooks::{use_fetched, use_paged};
use rapi_app_shell::pages::back;
use rapi_core::Id;
use rapi_core::values::User;
use rapi_core::wire::PageQuery;
use rapi_ui::controls::{Failed, Shape, Skeleton, TopBar};
use rapi_ui::providers::{ProviderRow, ProviderScreen, ProviderView};
use rapi_ui::text::{Word, text};

use crate::route::Route;

/// Her page by her id; whatever another one left behind is gone.
#[component]
pub fn ProviderPage(id: Id<User>) -> Element {
    rsx! { PageOf { key: "{id}", id } }
}

#[component]
fn PageOf(id: Id<User>) -> Element {
    let navigator = navigator();
    let mut asked = use_fetched(move |api| async move { api.provider(id).await });
    let ratings =
        use_paged(|| (), move |api, (), cursor| async move { api.provider_ratings(id, PageQuery { limit: Some(10), cursor }).await });
    let Some(detail) = asked.ready() else {
        return rsx! {
            main { class: "screen",
                div { class: "screen-head", TopBar { title: text().say(Word::ProviderTitle), on_back: |()| back() } }
                div { class: "screen-body",
                    match asked.fault() {
                        Some(code) => rsx! { Failed { code, on_retry: move |()| asked.again() } },
                        None => rsx! { Skeleton { lines: 3, shape: Shape::Cards } },
                    }
                }
            }
        };
    };
    // Whoever does one thing only is booked for that.
    let slug = match detail.provider.service_types.as_slice() {
        [only] => only.clone(),
        _ => String::new(),
    };
    let row = ProviderRow::of(&detail.provider);
    let view = ProviderView { row, detail, ratings: ratings.here(), state: ratings.state() };
    rsx! {
        ProviderScreen {
            view,
            on_back: |()| back(),
            on_book: move |()| drop(navigator.push(Route::with_provider(id, &slug))),
            on_more: move |()| ratings.more(),
            on_retry: move |()| ratings.again(),
        }
    }
}
