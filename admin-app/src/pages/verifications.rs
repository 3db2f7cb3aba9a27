//! The papers of providers, one after the other.

use std::cmp::Reverse;
use std::time::Duration;

use dioxus::document;
use dioxus::prelude::*;
use rapi_app_shell::hooks::{use_acting, use_engine, use_fetched, use_now, use_paged, use_photo, use_toaster};
use rapi_core::Timestamp;
use rapi_core::wire::admin::{ListSort, VerificationDetail, VerificationItem, VerificationsQuery};
use rapi_core::wire::people::VerificationStatus;
use rapi_ui::controls::{Awaited, Tone};
use rapi_ui::desk::Section;
use rapi_ui::text::{Word, text};
use rapi_ui::vetting::{QueueLine, ReviewPanel, ReviewView, Turn, VettingScreen, Viewer};

use super::use_pulse;
use crate::paging::{PAGE, use_refreshed};
use crate::route::Route;
use crate::saving::keep;

/// How often the queue is looked at again.
const LOOKED_AT: Duration = Duration::from_secs(15);

/// Those who wait are looked at in their turn, also where there are more than a page of them.
fn query(status: Option<VerificationStatus>) -> VerificationsQuery {
    let sort = (status == Some(VerificationStatus::Pending)).then_some(ListSort::Oldest);
    VerificationsQuery { status, sort, limit: Some(PAGE), cursor: None }
}

/// The queue, and the papers named `open` under review.
#[component]
pub fn Verifications(open: ReadSignal<String>) -> Element {
    let (navigator, now, pulse) = (navigator(), use_now(LOOKED_AT), use_pulse());
    let mut filter = use_signal(|| Some(VerificationStatus::Pending));
    let mut begun = use_signal(|| None::<Turn>);
    let list = use_paged(
        move || query(filter()),
        |api, query, cursor| async move { api.verifications(VerificationsQuery { cursor, ..query }).await },
    );
    use_refreshed(list, now);
    let lines = use_memo(move || in_turn(&list.items().read(), filter() == Some(VerificationStatus::Pending), *now.read()));
    let mut go = move |to: Option<String>| {
        begun.set(None);
        navigator.replace(Route::Verifications { open: to.unwrap_or_default() });
        // A button that had the focus may be gone; the keys are heard by the page.
        document::eval("document.querySelector('.vetting')?.focus({ preventScroll: true })");
    };
    let id = Some(open.read().clone()).filter(|id| !id.is_empty());
    let beside = move |by: isize| beside(&lines.peek(), &open.peek(), by);
    let mut turned = move |turn| match turn {
        Turn::Next | Turn::Before => {
            if let Some(key) = beside(if turn == Turn::Next { 1 } else { -1 }) {
                go(Some(key));
            }
        }
        Turn::Approve | Turn::Reject if !open.peek().is_empty() => begun.set(Some(turn)),
        Turn::Approve | Turn::Reject => {}
        Turn::Leave if begun.peek().is_some() => begun.set(None),
        Turn::Leave => go(None),
    };
    let mut decided = move |()| {
        let is_gone = filter.peek().is_some();
        let next = beside(1).or_else(|| beside(-1)).filter(|_| is_gone);
        pulse.again();
        list.again();
        go(next);
    };
    let panel = id
        .clone()
        .map(|id| rsx! { Review { key: "{id}", id, begun, on_decided: move |()| decided(()), on_close: move |()| turned(Turn::Leave) } });
    rsx! {
        VettingScreen {
            lines: lines(),
            state: list.state(),
            filter: filter(),
            open: id,
            panel,
            on_filter: move |chosen| {
                filter.set(chosen);
                go(None);
            },
            on_open: move |key| go(Some(key)),
            on_turn: turned,
            on_more: move |()| list.more(),
            on_retry: move |()| list.again(),
        }
    }
}

/// The queue; whoever has waited longest comes first, as long as she waits.
fn in_turn(items: &[VerificationItem], is_waiting: bool, now: Timestamp) -> Vec<QueueLine> {
    let mut lines: Vec<QueueLine> = items.iter().map(|item| QueueLine::of(item, now)).collect();
    if is_waiting {
        lines.sort_by_key(|line| Reverse(line.waited));
    }
    lines
}

/// The key of the papers `by` places after those named `here`; of the first when none are open.
fn beside(lines: &[QueueLine], here: &str, by: isize) -> Option<String> {
    let here = lines.iter().position(|line| line.key == here);
    let to = here.map_or(Some(0), |here| here.checked_add_signed(by))?;
    lines.get(to).map(|line| line.key.clone())
}

/// The papers under review. They are asked for once: each view is written down.
#[component]
fn Review(id: String, begun: Signal<Option<Turn>>, on_decided: EventHandler, on_close: EventHandler) -> Element {
    let (text, engine, acting, toaster, now) = (text(), use_engine(), use_acting(), use_toaster(), use_now(Duration::from_secs(3_600)));
    let uuid = id.parse().unwrap_or_default();
    let mut papers = use_fetched(move |api| async move { api.verification_of(uuid).await });
    let view = papers.ready().map(|detail| ReviewView::of(&detail, *now.read()));
    let name = view.as_ref().map(|view| view.name.clone()).unwrap_or_default();
    let done = move |word: Word, name: String| {
        toaster.say(Tone::Good, text.fill(word, [("name", name)]));
        on_decided.call(());
    };
    let (approves, approved) = (engine.api(), name.clone());
    let rejects = engine.api();
    rsx! {
        ReviewPanel {
            view: Awaited::of(view, papers.fault()),
            documents: rsx! {
                if let Some(detail) = papers.ready() {
                    Documents { detail }
                }
            },
            begun: begun(),
            busy: acting.busy(),
            on_begin: move |turn| begun.set(turn),
            on_approve: move |()| {
                let (api, name) = (approves.clone(), approved.clone());
                acting.call(async move { api.approve_verification(uuid).await }, move |()| done(Word::AdminApproved, name));
            },
            on_reject: move |reason: String| {
                let (api, name) = (rejects.clone(), name.clone());
                acting.call(async move { api.reject_verification(uuid, &reason).await }, move |()| done(Word::AdminRejected, name));
            },
            on_retry: move |()| papers.again(),
            on_close,
        }
    }
}

/// Pictures and files: identity first and large.
#[component]
fn Documents(detail: VerificationDetail) -> Element {
    let text = text();
    let numbered = |word: Word, urls: &[String]| -> Vec<(String, String)> {
        urls.iter().enumerate().map(|(at, url)| (text.fill(word, [("number", at + 1)]), url.clone())).collect()
    };
    let mut more = numbered(Word::AdminCertificate, &detail.certificate_urls);
    more.extend(numbered(Word::AdminPortfolio, &detail.portfolio_urls));
    rsx! {
        div { class: "review-papers",
            Document { name: text.say(Word::AdminIdCard), url: detail.id_card_photo_url.clone() }
            Document { name: text.say(Word::AdminSelfie), url: detail.selfie_with_id_url.clone() }
        }
        if !more.is_empty() {
            Section { heading: text.say(Word::AdminMorePapers),
                div { class: "review-more",
                    for (name, url) in more {
                        Document { key: "{url}", name, url, small: true }
                    }
                }
            }
        }
    }
}

/// One document, once it is here.
#[component]
fn Document(name: String, url: ReadSignal<String>, #[props(default)] small: bool) -> Element {
    let (engine, acting, toaster, text) = (use_engine(), use_acting(), use_toaster(), text());
    let address = use_photo(use_memo(move || Some(url.read().clone())).into());
    let save = move |()| {
        let (api, url) = (engine.api(), url.peek().clone());
        let call = async move { api.bytes(url.strip_prefix("/api/v1").unwrap_or(&url)).await };
        acting.call(call, move |bytes| keep(toaster, text, "rapi-berkas.pdf", &bytes));
    };
    rsx! { Viewer { name, address, small, on_save: save } }
}
