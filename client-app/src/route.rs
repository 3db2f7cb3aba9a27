//! The pages of the app by their paths; a deep link is one of these.

use dioxus::prelude::*;
use rapi_app_shell::pages::{AddressesPage, DevicesPage, NoticesPage, ProfilePage, WalletPage};
use rapi_core::Id;
use rapi_core::values::{Order, User};
use rapi_ui::controls::{Icon, Place, Places};
use rapi_ui::text::{Word, text};

use crate::pages::{Home, NewOrder, OrderPage, Orders, ProviderPage, Providers};

/// Every page.
#[derive(Debug, Clone, PartialEq, Routable)]
#[rustfmt::skip]
pub enum Route {
    #[layout(Tabbed)]
        #[route("/")]
        Home {},
        #[route("/orders")]
        Orders {},
        #[route("/wallet")]
        WalletPage {},
        #[route("/profile")]
        ProfilePage {},
    #[end_layout]
    #[route("/notices")]
    NoticesPage {},
    #[route("/devices")]
    DevicesPage {},
    #[route("/addresses")]
    AddressesPage {},
    #[route("/orders/new?:category&:provider&:again&:later")]
    NewOrder { category: String, provider: String, again: String, later: bool },
    #[route("/orders/:id")]
    OrderPage { id: Id<Order> },
    #[route("/providers?:category")]
    Providers { category: String },
    #[route("/providers/:id")]
    ProviderPage { id: Id<User> },
}

impl Route {
    /// The form for an order of the category with this slug; empty leaves it open.
    pub fn of_category(slug: &str) -> Self {
        Self::NewOrder { category: slug.to_owned(), provider: String::new(), again: String::new(), later: false }
    }

    /// The form for an order that this provider is asked for first.
    pub fn with_provider(id: Id<User>, slug: &str) -> Self {
        Self::NewOrder { category: slug.to_owned(), provider: id.to_string(), again: String::new(), later: false }
    }

    /// The form filled in as that order was, for now or for `later`.
    pub fn again(id: Id<Order>, later: bool) -> Self {
        Self::NewOrder { category: String::new(), provider: String::new(), again: id.to_string(), later }
    }
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
        place(Route::Orders {}, Word::OrdersTab, Icon::ClipboardList),
        place(Route::WalletPage {}, Word::Wallet, Icon::Wallet),
        place(Route::ProfilePage {}, Word::Profile, Icon::User),
    ];
    rsx! {
        Outlet::<Route> {}
        Places { places, here: use_route::<Route>(), on_go: move |to: Route| { navigator.push(to); } }
    }
}
