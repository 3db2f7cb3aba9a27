//! What admins did.

use std::collections::HashMap;
use std::time::Duration;

use dioxus::prelude::*;
use rapi_app_shell::hooks::{use_fetched, use_now, use_paged};
use rapi_core::Id;
use rapi_core::values::User;
use rapi_core::wire::admin::{AdminUsersQuery, AuditQuery};
use rapi_core::wire::people::UserType;
use rapi_ui::books::{AuditScreen, audit_columns, audit_row, audit_sort};
use rapi_ui::desk::{Rows, Sorting};
use rapi_ui::text::{Word, text};

use crate::paging::{LONGEST_FILE, PAGE};
use crate::saving::use_saving;

/// What admins are called.
type Names = HashMap<Id<User>, String>;

/// The log, newest first.
#[component]
pub fn Audit() -> Element {
    let (text, now) = (text(), use_now(Duration::from_secs(60)));
    let mut sorting = use_signal(|| None::<Sorting>);
    let query = move || AuditQuery { sort: audit_sort(sorting()), limit: Some(PAGE), cursor: None };
    let list = use_paged(query, |api, query, cursor| async move { api.audit_log(AuditQuery { cursor, ..query }).await });
    // Whoever may not look at people reads ids instead of names.
    let admins = use_fetched(|api| async move {
        api.users(AdminUsersQuery { user_type: Some(UserType::Admin), limit: Some(PAGE), ..Default::default() }).await
    });
    let names = use_memo(move || {
        let admins = admins.ready().map(|page| page.items).unwrap_or_default();
        admins.into_iter().map(|item| (item.user.id, item.user.full_name)).collect::<Names>()
    });
    let mut open = use_signal(|| None::<String>);
    let rows = use_memo(move || {
        let (now, names) = (*now.read(), names.read());
        let row = |item| audit_row(item, name_of(&names, item.actor_id), now, text);
        list.items().read().iter().map(row).collect::<Rows>()
    });
    let saving = use_saving();
    let save = move |()| {
        let (now, names) = (*now.peek(), names.peek().clone());
        saving.save(&text.say(Word::AdminAudit), audit_columns(text), list.first(LONGEST_FILE), move |item| {
            audit_row(item, name_of(&names, item.actor_id), now, text)
        });
    };
    let opened = list.items().read().iter().find(|item| Some(item.id.to_string()) == *open.read()).cloned();
    let opened = opened.map(|item| {
        let by = name_of(&names.read(), item.actor_id).map(str::to_owned);
        (item, by)
    });
    rsx! {
        AuditScreen {
            rows,
            state: list.state(),
            sorting: sorting(),
            opened,
            saving: saving.busy(),
            on_sort: move |by| sorting.set(by),
            on_open: move |key| open.set(key),
            on_more: move |()| list.more(),
            on_retry: move |()| list.again(),
            on_csv: save,
        }
    }
}

fn name_of(names: &Names, id: Id<User>) -> Option<&str> {
    names.get(&id).map(String::as_str)
}
