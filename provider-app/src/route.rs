//! The pages of the app by their paths; a deep link is one of these.

use dioxus::prelude::*;
use rapi_app_shell::pages::{DevicesPage, NoticesPage, ProfilePage, WalletPage};
use rapi_ui::controls::{Icon, Place, Places};
use rapi_ui::text::{Word, text};

use crate::pages::Home;

/// Every page.
#[derive(Debug, Clone, PartialEq, Routable)]
#[rustfmt::skip]
pub enum Route {
    #[layout(Tabbed)]
        #[route("/")]
        Home {},
        #[route("/wallet")]
        WalletPage {},
        #[route("/profile")]
        ProfilePage {},
    #[end_layout]
    #[route("/notices")]
    NoticesPage {},
    #[route("/devices")]
    DevicesPage {},
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
        place(Route::WalletPage {}, Word::Wallet, Icon::Wallet),
        place(Route::ProfilePage {}, Word::Profile, Icon::User),
    ];
    rsx! {
        Outlet::<Route> {}
        Places { places, here: use_route::<Route>(), on_go: move |to: Route| { navigator.push(to); } }
    }
}
