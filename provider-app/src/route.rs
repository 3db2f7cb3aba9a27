//! The pages of the app by their paths; a deep link is one of these.

use dioxus::prelude::*;
use rapi_app_shell::pages::{DevicesPage, NoticesPage, WalletPage};
use rapi_core::Id;
use rapi_core::values::Order;
use rapi_ui::controls::{Icon, Place, Places};
use rapi_ui::text::{Word, text};

use crate::pages::{Home, Job, Jobs, Profile, ProviderProfile, Ringing, Stats, Verification};

/// Every page.
#[derive(Debug, Clone, PartialEq, Routable)]
#[rustfmt::skip]
pub enum Route {
    #[layout(Ringing)]
        #[layout(Tabbed)]
            #[route("/")]
            Home {},
            #[route("/jobs")]
            Jobs {},
            #[route("/wallet")]
            WalletPage {},
            #[route("/stats")]
            Stats {},
            #[route("/profile")]
            Profile {},
        #[end_layout]
        #[route("/notices")]
        NoticesPage {},
        #[route("/devices")]
        DevicesPage {},
        #[redirect("/orders/:id", |id: Id<Order>| Route::Job { id })]
        #[route("/jobs/:id")]
        Job { id: Id<Order> },
        #[route("/verification")]
        Verification {},
        #[route("/profile/provider")]
        ProviderProfile {},
}

/// What stands inside the app.
pub fn inside() -> Element {
    rsx! { Router::<Route> {} }
}

/// The pages between which one goes by the bar at the foot.
#[component]
fn Tabbed() -> Element {
    let (text, navigator) = (text(), navigator());
    let place = |to, label, icon| Place { to, label: text.say(label), icon, waiting: 0 };
    let places = vec![
        place(Route::Home {}, Word::Home, Icon::House),
        place(Route::Jobs {}, Word::PlaceJobs, Icon::Briefcase),
        place(Route::WalletPage {}, Word::Wallet, Icon::Wallet),
        place(Route::Stats {}, Word::PlaceStats, Icon::ChartColumn),
        place(Route::Profile {}, Word::Profile, Icon::User),
    ];
    rsx! {
        Outlet::<Route> {}
        Places { places, here: use_route::<Route>(), on_go: move |to: Route| { navigator.push(to); } }
    }
}
