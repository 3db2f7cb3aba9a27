//! Every screen once, in light Indonesian and in dark English; each control on them has a name, and a picture is kept.

use rapi_journeys::{Opening, Person, Window};

use crate::order_life::Cast;

/// Walks to `route`, waits until the page rests, and keeps a picture.
pub fn look(cast: &Cast, person: &Person, route: &str, name: &str) {
    for (language, dark) in [("id", false), ("en", true)] {
        let opening = Opening { route: route.to_owned(), language, dark, ..Opening::default() };
        let mut window = open(cast, person, &opening, language);
        window.wait("a page", "!!document.querySelector('main h1, main h2, main [role=region]')").unwrap();
        window.show(&format!("{name}-{language}")).unwrap();
    }
}

/// The same person in a home for each language, so that both are signed in once.
fn open(cast: &Cast, person: &Person, opening: &Opening, language: &str) -> Window {
    let (programs, display, world) = (&cast.stage.programs, &cast.stage.display, &cast.stage.world);
    Window::open_at(programs, display, world, person, &format!("tour-{language}-{}", person.email), opening).unwrap()
}

#[test]
fn every_page_of_the_client_app_is_shown() {
    let cast = Cast::gather();
    let order = cast.order("CASH");
    for (route, name) in [
        ("/".to_owned(), "home"),
        ("/orders".to_owned(), "orders"),
        ("/wallet".to_owned(), "wallet"),
        ("/profile".to_owned(), "profile"),
        ("/addresses".to_owned(), "addresses"),
        ("/devices".to_owned(), "devices"),
        ("/notices".to_owned(), "notices"),
        ("/orders/new?category=cleaning&provider=&again=&later=false".to_owned(), "order-form"),
        ("/providers?category=cleaning".to_owned(), "providers"),
        (format!("/orders/{order}"), "order"),
    ] {
        look(&cast, &cast.siti, &route, name);
    }
}

#[test]
fn every_page_of_the_provider_app_is_shown() {
    let cast = Cast::gather();
    for (route, name) in [
        ("/", "home"),
        ("/jobs", "jobs"),
        ("/wallet", "wallet"),
        ("/stats", "stats"),
        ("/profile", "profile"),
        ("/profile/provider", "provider-profile"),
        ("/verification", "verification"),
        ("/notices", "notices"),
        ("/devices", "devices"),
    ] {
        look(&cast, &cast.wati, route, name);
    }
}

#[test]
fn every_page_of_the_admin_app_is_shown() {
    let cast = Cast::gather();
    let order = cast.order("WALLET");
    for (route, name) in [
        ("/".to_owned(), "dashboard"),
        ("/verifications".to_owned(), "verifications"),
        (format!("/orders?open={order}"), "orders"),
        ("/users".to_owned(), "users"),
        ("/categories".to_owned(), "categories"),
        ("/withdrawals".to_owned(), "withdrawals"),
        ("/audit-log".to_owned(), "audit-log"),
        ("/ledger".to_owned(), "ledger"),
    ] {
        look(&cast, &cast.admin, &route, name);
    }
}
