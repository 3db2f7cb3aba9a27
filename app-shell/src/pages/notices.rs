//! The inbox.

use std::time::Duration;

use dioxus::prelude::*;
use rapi_core::wire::PageQuery;
use rapi_engine::Intent;
use rapi_ui::controls::{Icon, IconButton};
use rapi_ui::notices::{NoticeView, NoticesScreen};
use rapi_ui::text::{Word, text};

use super::back;
use crate::hooks::{use_acting, use_engine, use_known, use_now, use_paged};

/// All notices, newest first; one that is opened is read, and leads where it says.
#[component]
pub fn NoticesPage() -> Element {
    let (known, engine, acting) = (use_known(), use_engine(), use_acting());
    let arrived = use_memo(move || known.read().unread_notifications);
    let notices = use_paged(
        || (),
        move |api, (), cursor| {
            arrived.read();
            let query = PageQuery { limit: Some(30), cursor };
            async move { api.notifications(query).await }
        },
    );
    let now = use_now(Duration::from_secs(30));
    let navigator = navigator();
    let open = move |notice: NoticeView| {
        if notice.is_new {
            let engine = engine.clone();
            spawn(async move {
                // Read is read; when it cannot be kept it is simply new again.
                drop(engine.perform(Intent::MarkNotificationRead(notice.id)).await);
                notices.again();
            });
        }
        if let Some(path) = notice.leads_to {
            navigator.push(path.as_str());
        }
    };
    let views = notices.here().map(|items| items.iter().map(NoticeView::of).collect());
    rsx! {
        NoticesScreen {
            notices: views,
            state: notices.state(),
            now: now(),
            on_open: open,
            on_read_all: move |()| acting.perform(Intent::ReadAllNotifications, move |_| notices.again()),
            on_more: move |()| notices.more(),
            on_retry: move |()| notices.again(),
            on_back: |()| back(),
        }
    }
}

/// Leads to the inbox; with a dot while something there is new.
#[component]
pub fn Bell() -> Element {
    let (known, text) = (use_known(), text());
    let arrived = use_memo(move || known.read().unread_notifications);
    let newest = crate::hooks::use_fetched(move |api| {
        arrived.read();
        let query = PageQuery { limit: Some(20), cursor: None };
        async move { api.notifications(query).await }
    });
    let has_new = newest.ready().is_some_and(|page| page.items.iter().any(|notice| !notice.is_read));
    let navigator = navigator();
    rsx! {
        span { class: "bell",
            IconButton { icon: Icon::Bell, label: text.say(Word::Notices), on_press: move |()| { navigator.push("/notices"); } }
            if has_new {
                span { class: "notice-dot", role: "img", aria_label: text.say(Word::NoticeNew) }
            }
        }
    }
}
