//! What can be ordered.

use dioxus::prelude::*;
use rapi_app_shell::hooks::{use_acting, use_engine, use_fetched, use_toaster};
use rapi_core::Id;
use rapi_core::values::Category;
use rapi_engine::EngineError;
use rapi_ui::catalogue::{CatalogueScreen, CategoryChange, CategoryForm, category_columns, category_row};
use rapi_ui::controls::{ListState, Tone};
use rapi_ui::desk::Rows;
use rapi_ui::text::{Word, text};

use crate::route::Route;
use crate::saving::use_saving;

/// What stands for the category that is being made.
const NEW: &str = "new";

/// All categories, and the one named `open`, or a new one, beside them.
#[component]
pub fn Categories(open: ReadSignal<String>) -> Element {
    let (text, navigator, engine, acting, toaster) = (text(), navigator(), use_engine(), use_acting(), use_toaster());
    let mut all = use_fetched(|api| async move { api.all_categories().await });
    let rows = use_memo(move || all.ready().unwrap_or_default().iter().map(|item| category_row(item, text)).collect::<Rows>());
    let saving = use_saving();
    let state = match (all.ready(), all.fault()) {
        (Some(_), _) => ListState::Whole,
        (None, Some(code)) => ListState::Failed(code),
        (None, None) => ListState::Loading,
    };
    let go = move |to: &str| {
        navigator.replace(Route::Categories { open: to.to_owned() });
    };
    let here = open.read().clone();
    let opened = all.ready().unwrap_or_default().into_iter().find(|item| item.category.id.to_string() == here);
    let before = opened.as_ref().map(CategoryChange::of);
    let (id, start) = (opened.map(|item| item.category.id), before.clone());
    let send = move |change: CategoryChange| {
        let call = save(engine.api(), id, start.clone(), change);
        acting.call(call, move |()| {
            toaster.say(Tone::Good, text.say(Word::AdminCategorySaved));
            all.again();
            go("");
        });
    };
    let panel = (before.is_some() || here == NEW).then(|| {
        rsx! { CategoryForm { key: "{here}", before, busy: acting.busy(), on_send: send, on_close: move |()| go("") } }
    });
    rsx! {
        CatalogueScreen {
            rows,
            state,
            open: id.map(|id| id.to_string()),
            panel,
            on_open: move |key: String| go(&key),
            on_new: move |()| go(NEW),
            on_retry: move |()| all.again(),
            on_csv: move |()| {
                let items = all.ready().unwrap_or_default();
                saving.save(&text.say(Word::AdminCategories), category_columns(text), async move { Ok(items) }, move |item| category_row(item, text));
            },
        }
    }
}

/// Changes the category `id`, or makes a new one.
async fn save(
    api: rapi_engine::ApiClient,
    id: Option<Id<Category>>,
    before: Option<CategoryChange>,
    change: CategoryChange,
) -> Result<(), EngineError> {
    match id.zip(before) {
        Some((id, before)) => match change.changes(&before) {
            Some(request) => api.patch_category(id, &request).await.map(|_| ()),
            None => Ok(()),
        },
        None => match change.creates() {
            Some(request) => api.create_category(&request).await.map(|_| ()),
            None => Ok(()),
        },
    }
}
