//! The frame around all pages, with what waits.

use std::time::Duration;

use dioxus::prelude::*;
use rapi_app_shell::hooks::{Fetched, use_acting, use_engine, use_fetched, use_language, use_now, use_user};
use rapi_core::wire::admin::{AdminNow, AdminStatsQuery};
use rapi_ui::controls::{Icon, Place};
use rapi_ui::floor::Sidebar;
use rapi_ui::text::{Word, text};

use crate::route::Route;

/// How often what waits is counted.
const COUNTED: Duration = Duration::from_secs(15);

/// What goes on now, counted every so often and after each decision. Copies are the same.
#[derive(Clone, Copy)]
pub struct Pulse(Fetched<AdminNow>);

impl Pulse {
    /// What goes on, once that is known.
    pub fn ready(self) -> Option<AdminNow> {
        self.0.ready()
    }

    /// Counts anew.
    pub fn again(mut self) {
        self.0.again();
    }
}

/// Within a page.
#[must_use]
pub fn use_pulse() -> Pulse {
    use_context::<Pulse>()
}

/// The places at the side, and the page of the moment.
#[component]
pub fn Floor() -> Element {
    let (text, navigator, engine) = (text(), navigator(), use_engine());
    let now = use_now(COUNTED);
    let pulse = use_fetched(move |api| {
        let _ = now.read();
        async move { api.admin_stats(AdminStatsQuery::default()).await.map(|stats| stats.now) }
    });
    use_context_provider(|| Pulse(pulse));
    let name = use_user().map(|user| user.full_name).unwrap_or_default();
    let leaving = use_acting();
    let choose = use_language();
    let waiting = pulse.ready().map_or(0, |now| u64::try_from(now.verifications_waiting).unwrap_or(0));
    let place = |to: Route, label, icon, waiting| Place { to, label: text.say(label), icon, waiting };
    let places = vec![
        place(Route::Home {}, Word::AdminDashboard, Icon::LayoutDashboard, 0),
        place(Route::verifications(), Word::AdminVerification, Icon::ShieldCheck, waiting),
        place(Route::orders(), Word::AdminOrders, Icon::ClipboardList, 0),
        place(Route::users(), Word::AdminUsers, Icon::Users, 0),
        place(Route::categories(), Word::AdminCategories, Icon::Tags, 0),
        place(Route::withdrawals(), Word::AdminWithdrawals, Icon::Banknote, 0),
        place(Route::Audit {}, Word::AdminAudit, Icon::ScrollText, 0),
        place(Route::Ledger {}, Word::AdminLedger, Icon::Scale, 0),
    ];
    rsx! {
        div { class: "floor",
            Sidebar {
                places,
                here: use_route::<Route>().place(),
                name,
                on_go: move |to: Route| { navigator.push(to); },
                on_language: choose,
                on_sign_out: move |()| {
                    let engine = engine.clone();
                    leaving.call(async move { engine.sign_out().await }, |()| {});
                },
            }
            Outlet::<Route> {}
        }
    }
}
