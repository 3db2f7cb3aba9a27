//! The dashboard.

use std::time::Duration;

use dioxus::prelude::*;
use rapi_app_shell::hooks::{use_fetched, use_known, use_now};
use rapi_core::orders::Zone;
use rapi_core::wire::admin::{AdminStatsQuery, ListSort, VerificationsQuery};
use rapi_core::wire::people::VerificationStatus;
use rapi_ui::controls::Awaited;
use rapi_ui::floor::{Dashboard, OnMap, Period, day_columns, day_row, live_map, live_words};
use rapi_ui::formats::Zoned;
use rapi_ui::map::MapView;
use rapi_ui::text::{Word, text};
use rapi_ui::vetting::QueueLine;

use super::use_pulse;
use crate::paging::PAGE;
use crate::route::Route;
use crate::saving::use_saving;

/// How often the map is drawn anew.
const MAPPED: Duration = Duration::from_secs(10);
/// How often numbers are added up anew.
const COUNTED: Duration = Duration::from_secs(60);

/// Numbers of a period, what goes on now, and who waits.
#[component]
pub fn Home() -> Element {
    let (text, navigator, known, pulse) = (text(), navigator(), use_known(), use_pulse());
    let (often, seldom) = (use_now(MAPPED), use_now(COUNTED));
    let mut period = use_signal(|| Period::Fortnight);
    let today = use_memo(move || Zoned::within(*seldom.read(), Zone::Western).date());
    let happened = use_memo(move || known.read().last_seq);
    let mut stats = use_fetched(move |api| {
        let _ = seldom.read();
        let (from, to) = period.read().days(today());
        async move { api.admin_stats(AdminStatsQuery { from: Some(from), to: Some(to) }).await }
    });
    // Numbers of another period are not shown under this one's name.
    let fitting = stats.ready().filter(|stats| (stats.from, stats.to) == period.read().days(today()));
    let mut live = use_fetched(move |api| {
        let _ = (often.read(), happened.read());
        async move { api.map().await }
    });
    let mut queue = use_fetched(move |api| {
        let _ = often.read();
        let (status, sort) = (Some(VerificationStatus::Pending), Some(ListSort::Oldest));
        let query = VerificationsQuery { status, sort, limit: Some(PAGE), cursor: None };
        async move { api.verifications(query).await }
    });
    let map = use_memo(move || live.ready().map_or_else(MapView::default, |now| live_map(&now, text)));
    let lines = queue.ready().map(|page| {
        let mut lines: Vec<QueueLine> = page.items.iter().map(|item| QueueLine::of(item, *often.read())).collect();
        lines.sort_by_key(|line| std::cmp::Reverse(line.waited));
        lines
    });
    let saving = use_saving();
    let days = fitting.as_ref().map(|stats| stats.by_day.clone()).unwrap_or_default();
    rsx! {
        Dashboard {
            stats: Awaited::of(fitting, stats.fault()),
            period: period(),
            map,
            map_label: live.ready().map_or_else(|| text.say(Word::MapLabel), |now| live_words(&now, text)),
            running: pulse.ready().map(|now| now.running_orders),
            queue: Awaited::of(lines, queue.fault()),
            saving: saving.busy(),
            on_period: move |chosen| period.set(chosen),
            on_csv: move |()| {
                let days = days.clone();
                saving.save(&text.say(Word::AdminDashboard), day_columns(text), async move { Ok(days) }, day_row);
            },
            on_marker: move |id: String| match OnMap::of(&id) {
                Some(OnMap::Order(id)) => drop(navigator.push(Route::Orders { open: id.to_string() })),
                Some(OnMap::Person(id)) => drop(navigator.push(Route::Users { open: id.to_string() })),
                None => {}
            },
            on_review: move |open: Option<String>| { navigator.push(Route::Verifications { open: open.unwrap_or_default() }); },
            on_orders: move |()| { navigator.push(Route::orders()); },
            on_retry: move |()| {
                stats.again();
                live.again();
                queue.again();
            },
        }
    }
}
