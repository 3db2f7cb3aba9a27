//! The proof of the books.

use std::time::Duration;

use dioxus::prelude::*;
use rapi_app_shell::hooks::{use_acting, use_engine, use_fetched, use_now};
use rapi_ui::books::LedgerScreen;
use rapi_ui::controls::Awaited;

/// Checked when the page is opened, and when asked for.
#[component]
pub fn Ledger() -> Element {
    let (engine, acting, now) = (use_engine(), use_acting(), use_now(Duration::from_secs(1)));
    // A proof is one only when it is new: none is recalled.
    let proves = engine.clone();
    let mut check = use_fetched(move |_| {
        let api = proves.api();
        async move { Ok((api.ledger_check().await?, *now.peek())) }
    });
    let again = move |()| {
        let api = engine.api();
        acting.call(async move { api.ledger_check().await }, move |newest| check.set((newest, *now.peek())));
    };
    rsx! { LedgerScreen { check: Awaited::of(check.ready(), check.fault()), busy: acting.busy(), on_check: again } }
}
