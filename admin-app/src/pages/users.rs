//! Everybody's accounts.

use std::time::Duration;

use dioxus::prelude::*;
use rapi_app_shell::hooks::{use_acting, use_engine, use_fetched, use_now, use_paged, use_toaster, use_user};
use rapi_core::Id;
use rapi_core::values::User;
use rapi_core::wire::PageQuery;
use rapi_core::wire::admin::{AdminUsersQuery, PatchUserRequest};
use rapi_engine::{ApiClient, EngineError};
use rapi_ui::controls::{Awaited, Tone};
use rapi_ui::desk::{Rows, Sorting};
use rapi_ui::oversight::{Deed, UserFilter, UserPanel, UserView, UsersScreen, user_columns, user_row, user_sort};
use rapi_ui::text::{Word, text};

use crate::paging::{LONGEST_FILE, PAGE, some, use_settled_words};
use crate::route::Route;
use crate::saving::use_saving;

/// How often an account is looked at again.
const LOOKED_AT: Duration = Duration::from_secs(30);

/// The list, and the account named `open` beside it.
#[component]
pub fn Users(open: ReadSignal<String>) -> Element {
    let (text, navigator, now) = (text(), navigator(), use_now(LOOKED_AT));
    let (mut typed, words) = use_settled_words(String::new);
    let mut filter = use_signal(UserFilter::default);
    let mut sorting = use_signal(|| None::<Sorting>);
    let query = move || {
        let UserFilter { kind, status } = filter();
        AdminUsersQuery {
            q: some(&words.read()),
            user_type: kind,
            status,
            sort: user_sort(sorting()),
            limit: Some(PAGE),
            ..Default::default()
        }
    };
    let list = use_paged(query, |api, query, cursor| async move { api.users(AdminUsersQuery { cursor, ..query }).await });
    let rows = use_memo(move || {
        let now = *now.read();
        list.items().read().iter().map(|item| user_row(item, now, text)).collect::<Rows>()
    });
    let saving = use_saving();
    let save = move |()| {
        let now = *now.peek();
        saving.save(&text.say(Word::AdminUsers), user_columns(text), list.first(LONGEST_FILE), move |item| user_row(item, now, text));
    };
    let id = open.read().parse::<Id<User>>().ok();
    let panel = id.map(|id| rsx! { Opened { key: "{id}", id, on_changed: move |()| list.again() } });
    rsx! {
        UsersScreen {
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
            on_open: move |open| { navigator.replace(Route::Users { open }); },
            on_more: move |()| list.more(),
            on_retry: move |()| list.again(),
            on_csv: save,
        }
    }
}

/// The account beside the list.
#[component]
fn Opened(id: Id<User>, on_changed: EventHandler) -> Element {
    let (navigator, engine, acting, toaster, text, now) =
        (navigator(), use_engine(), use_acting(), use_toaster(), text(), use_now(LOOKED_AT));
    let is_self = use_user().is_some_and(|user| user.id == id);
    let mut account = use_fetched(move |api| {
        let _ = now.read();
        async move { Ok((api.user(id).await?, api.user_sessions(id, PageQuery { limit: Some(PAGE), cursor: None }).await?.items)) }
    });
    let engine_of_rights = engine.clone();
    let view = account.ready().map(|(detail, sessions)| UserView::of(&detail, &sessions, is_self));
    rsx! {
        UserPanel {
            view: Awaited::of(view, account.fault()),
            now: now(),
            busy: acting.busy(),
            on_deed: move |(deed, reason)| {
                acting.call(carry_out(engine.api(), id, deed, reason), move |()| {
                    toaster.say(Tone::Good, text.say(done(deed)));
                    account.again();
                    on_changed.call(());
                });
            },
            on_rights: move |permissions| {
                let api = engine_of_rights.api();
                let change = PatchUserRequest { permissions: Some(permissions), ..Default::default() };
                acting.call(async move { api.patch_user(id, &change).await.map(|_| ()) }, move |()| {
                    toaster.say(Tone::Good, text.say(Word::AdminPermissionsDone));
                    account.again();
                    on_changed.call(());
                });
            },
            on_retry: move |()| account.again(),
            on_close: move |()| { navigator.replace(Route::users()); },
        }
    }
}

async fn carry_out(api: ApiClient, id: Id<User>, deed: Deed, reason: String) -> Result<(), EngineError> {
    let change = match deed {
        Deed::EndSessions => return api.end_user_sessions(id).await,
        Deed::Suspend => PatchUserRequest { suspended: Some(true), reason: Some(reason), ..Default::default() },
        Deed::Reinstate => PatchUserRequest { suspended: Some(false), ..Default::default() },
        Deed::Unlock => PatchUserRequest { unlock: Some(true), ..Default::default() },
    };
    api.patch_user(id, &change).await.map(|_| ())
}

const fn done(deed: Deed) -> Word {
    match deed {
        Deed::Suspend => Word::AdminSuspendDone,
        Deed::Reinstate => Word::AdminReinstateDone,
        Deed::Unlock => Word::AdminUnlockDone,
        Deed::EndSessions => Word::AdminEndSessionsDone,
    }
}
