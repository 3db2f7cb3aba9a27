//! The numbers of a provider over time.

use std::time::Duration;

use dioxus::prelude::*;
use rapi_app_shell::hooks::{use_fetched, use_known, use_now};
use rapi_ui::earnings::{Period, StatsScreen, today};

/// Over a period of her choice.
#[component]
pub fn Stats() -> Element {
    let known = use_known();
    let now = use_now(Duration::from_secs(60));
    let day = use_memo(move || today(now()));
    let money = use_memo(move || known.read().payment_changes);
    let mut period = use_signal(|| Period::Week);
    let mut stats = use_fetched(move |api| {
        let query = period().query(day());
        let _ = money.read();
        async move { api.stats(query).await }
    });
    rsx! {
        StatsScreen {
            stats: stats.ready(),
            fault: stats.fault(),
            period: period(),
            on_period: move |chosen| period.set(chosen),
            on_retry: move |()| stats.again(),
        }
    }
}
