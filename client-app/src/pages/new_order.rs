//! The form of an order.

use std::time::Duration;

use dioxus::prelude::*;
use rapi_app_shell::Receiver;
use rapi_app_shell::hooks::{use_acting, use_fetched, use_known, use_now, use_uploading};
use rapi_app_shell::pages::back;
use rapi_core::Id;
use rapi_core::values::{Order, User};
use rapi_core::wire::categories::CategoryItem;
use rapi_core::wire::orders::{OrderDetail, QuoteRequest};
use rapi_core::wire::people::{LocationItem, MediaPurpose, ProviderDetail};
use rapi_engine::{Connection, Intent};
use rapi_ui::controls::UploadState;
use rapi_ui::ordering::{Asked, Draft, Faults, Later, OrderFormScreen, OrderFormView, OrderFormWaiting, Preferred};
use rapi_ui::text::{Word, text};
use serde_json::Value;

use crate::route::Route;

/// Gathers what the form begins with: a `category` by its slug, a `provider` to be asked first, an order to be had `again`, now
/// or `later`.
#[component]
pub fn NewOrder(category: String, provider: String, again: String, later: bool) -> Element {
    let known = use_known();
    let mut categories = use_fetched(|api| async move { api.categories().await });
    let mut saved = use_fetched(|api| async move { api.locations().await });
    let (provider, again) = (provider.parse::<Id<User>>().ok(), again.parse::<Id<Order>>().ok());
    let mut chosen = use_fetched(move |api| async move {
        match provider {
            Some(id) => api.provider(id).await.map(Some),
            None => Ok(None),
        }
    });
    let mut before = use_fetched(move |api| {
        let kept = again.and_then(|id| known.peek().orders.get(&id).cloned());
        async move {
            match (again, kept) {
                (Some(id), None) => api.order(id).await.map(Some),
                (_, kept) => Ok(kept),
            }
        }
    });
    // What only makes the form easier to fill in may be missing.
    let easier = (
        saved.ready().or(saved.fault().map(|_| Vec::new())),
        chosen.ready().or(chosen.fault().map(|_| None)),
        before.ready().or(before.fault().map(|_| None)),
    );
    match (categories.ready(), easier) {
        (Some(categories), (Some(saved), Some(chosen), Some(before))) => {
            let draft = draft(&category, &categories, &saved, chosen, before.as_ref(), later);
            let photos = before.map(|before| before.order.photo_urls).unwrap_or_default();
            rsx! { Form { start: draft, photos, categories, saved } }
        }
        (known, _) => rsx! {
            OrderFormWaiting {
                fault: categories.fault().filter(|_| known.is_none()),
                on_retry: move |()| {
                    categories.again();
                    saved.again();
                    chosen.again();
                    before.again();
                },
                on_back: |()| back(),
            }
        },
    }
}

fn draft(
    category: &str,
    categories: &[CategoryItem],
    saved: &[LocationItem],
    provider: Option<ProviderDetail>,
    before: Option<&OrderDetail>,
    later: bool,
) -> Draft {
    let draft = before.map_or_else(|| Draft::new(category, categories, saved), |before| Draft::again(&before.order));
    let draft = Draft { later: later.then(Later::usual), ..draft };
    let Some(item) = provider.map(|detail| detail.provider) else { return draft };
    let preferred = Preferred { id: item.id, name: item.full_name, photo: item.profile_photo, services: item.service_types };
    draft.asking(preferred, categories)
}

/// The form, filled in further from `start`.
#[component]
fn Form(start: Draft, photos: Vec<String>, categories: Vec<CategoryItem>, saved: Vec<LocationItem>) -> Element {
    let (known, acting, keeping, text) = (use_known(), use_acting(), use_acting(), text());
    let now = use_now(Duration::from_secs(30));
    let here = use_context::<Receiver>().place();
    // Where the phone is, is where help is most often wanted; the pin says so, and can be moved.
    let mut draft = use_signal(|| Draft { place: start.place.or(here), ..start });
    let mut is_tried = use_signal(|| false);
    let uploads = use_uploading(MediaPurpose::Order);
    use_hook(|| uploads.keep(&photos));
    let wallet = use_fetched(|api| async move { api.wallet().await });
    let asked = use_memo(move || (draft.read().asked.clone(), draft.read().minutes));
    let quote = use_fetched(move |api| {
        let request = quote(asked(), text.say(Word::CategoryOther));
        async move {
            match request {
                Some(request) => api.quote(request).await.map(Some),
                None => Ok(None),
            }
        }
    });
    // What is wrong is said once it was tried, and from then on as it is mended.
    let faults = if is_tried() { draft.read().check(now(), Vec::new()).err().unwrap_or_default() } else { Faults::default() };
    let kept = saved.clone();
    let send = move |()| {
        is_tried.set(true);
        let checked = draft.peek().check(*now.peek(), uploads.urls());
        if let Ok(request) = checked {
            let address = draft.peek().kept(&kept);
            if let Some(address) = address {
                // Once: an order that is refused and sent again leaves no second one.
                draft.write().keeps = false;
                keeping.submit(Intent::SaveLocation(address));
            }
            acting.perform(Intent::CreateOrder(request), |answer| open(&answer));
        }
    };
    let view = OrderFormView {
        categories,
        saved,
        here,
        quote: quote.ready().flatten(),
        balance: wallet.ready().map(|wallet| wallet.balance),
        uploads: uploads.photos(),
        faults,
        busy: acting.busy() || uploads.photos().iter().any(|photo| photo.state == UploadState::Sending),
        is_online: known.read().connection != Connection::Offline,
        now: now(),
    };
    rsx! {
        OrderFormScreen {
            view,
            draft,
            on_back: |()| back(),
            on_send: send,
            on_pick: move |file| uploads.add(file),
            on_unreadable: move |name| uploads.refuse(name),
            on_remove: move |id| uploads.remove(id),
            on_again: move |id| uploads.retry(id),
        }
    }
}

/// The question what `minutes` of it would cost; `other` names something that has no name yet.
fn quote((asked, minutes): (Option<Asked>, i64), other: String) -> Option<QuoteRequest> {
    match asked? {
        Asked::Category(id) => Some(QuoteRequest { service_category_id: Some(id), custom_category_name: None, minutes }),
        Asked::Custom => Some(QuoteRequest { service_category_id: None, custom_category_name: Some(other), minutes }),
    }
}

/// Opens the order that the backend has just made, in place of the page before.
pub fn open(answer: &Value) {
    if let Some(id) = answer.get("id").and_then(Value::as_str).and_then(|id| id.parse().ok()) {
        navigator().replace(Route::OrderPage { id });
    }
}
