//! Every page while it is awaited, when it cannot be had, without a network, and with nothing on it: in light Indonesian and in
//! dark English.

use rapi_journeys::{Opening, Person, Role, Traffic, Window, World};
use serde_json::json;

use crate::crowded::go;
use crate::order_life::Cast;
use crate::stage::Stage;

/// A page, and the way there from any page with the places of the app on it.
struct Stop {
    name: &'static str,
    /// What is tapped, in Indonesian and in English.
    way: &'static [(&'static str, &'static str)],
    /// How many of the last taps belong to the page itself.
    own: usize,
    /// The row that is opened at last, by words in it.
    row: Option<&'static str>,
    /// How often one goes back to find the places again.
    back: usize,
    /// Is the page the same without a network, once it was seen?
    is_kept: bool,
}

const fn stop(name: &'static str, way: &'static [(&'static str, &'static str)], back: usize) -> Stop {
    Stop { name, way, own: 1, row: None, back, is_kept: true }
}

const HOME: (&str, &str) = ("Beranda", "Home");
const WALLET: (&str, &str) = ("Dompet", "Wallet");
const PROFILE: (&str, &str) = ("Profil", "Profile");
const NOTICES: (&str, &str) = ("Notifikasi", "Notifications");
const DEVICES: (&str, &str) = ("Perangkat yang masuk", "Signed-in devices");
const RETRY: (&str, &str) = ("Coba lagi", "Try again");
const BACK: (&str, &str) = ("Kembali", "Back");

const CLIENT: &[Stop] = &[
    stop("wallet", &[WALLET], 0),
    stop("home", &[HOME], 0),
    stop("orders", &[("Pesanan", "Orders")], 0),
    stop("devices", &[PROFILE, DEVICES], 1),
    stop("addresses", &[PROFILE, ("Alamat tersimpan", "Saved addresses")], 1),
    stop("notices", &[HOME, NOTICES], 1),
    stop("providers", &[HOME, ("Semua", "All")], 1),
    stop("provider", &[HOME, ("Semua", "All"), ("Wati Lestari", "Wati Lestari")], 2),
    stop("order-form", &[HOME, ("Bersih rumah", "House cleaning")], 1),
];

const PROVIDER: &[Stop] = &[
    stop("stats", &[("Statistik", "Statistics")], 0),
    stop("home", &[HOME], 0),
    Stop { own: 2, ..stop("jobs", &[("Pekerjaan", "Jobs"), ("Riwayat", "History")], 0) },
    stop("wallet", &[WALLET], 0),
    stop("devices", &[PROFILE, DEVICES], 1),
    stop("provider-profile", &[PROFILE, ("Profil penyedia", "Provider profile")], 1),
    stop("verification", &[PROFILE, ("Verifikasi identitas", "Identity check")], 1),
    stop("notices", &[HOME, NOTICES], 1),
];

const ADMIN: &[Stop] = &[
    stop("verifications", &[("Verifikasi", "Verification")], 0),
    stop("dashboard", &[("Dasbor", "Dashboard")], 0),
    stop("orders", &[("Pesanan", "Orders")], 0),
    Stop { row: Some("Siti Ayu"), ..stop("order", &[("Pesanan", "Orders")], 0) },
    stop("users", &[("Pengguna", "People")], 0),
    Stop { row: Some("Wati Lestari"), ..stop("user", &[("Pengguna", "People")], 0) },
    stop("categories", &[("Kategori", "Categories")], 0),
    stop("withdrawals", &[("Penarikan", "Withdrawals")], 0),
    stop("audit-log", &[("Jejak audit", "Audit log")], 0),
    // The books are proved or they are not: there is no proof from before.
    Stop { is_kept: false, ..stop("ledger", &[("Buku besar", "Ledger")], 0) },
];

/// Somebody who walks through her app in one of the two languages.
struct Walk {
    window: Window,
    language: &'static str,
}

impl Walk {
    fn begin(stage: &Stage, person: &Person, language: &'static str) -> Self {
        let opening = Opening { language, dark: language == "en", ..Opening::default() };
        let home = format!("walk-{language}-{}", person.email);
        let window = Window::open_at(&stage.programs, &stage.display, &stage.world, person, &home, &opening).unwrap();
        let mut walk = Self { window, language };
        walk.rest();
        walk
    }

    fn tap(&mut self, (indonesian, english): (&str, &str)) {
        self.window.tap(if self.language == "id" { indonesian } else { english }).unwrap();
    }

    fn rest(&mut self) {
        self.window.wait("a page that is here", "eyes.rests()").unwrap();
    }

    /// Goes there; what is asked for on the page itself fares like `traffic`.
    fn go(&mut self, world: &World, stop: &Stop, traffic: Traffic) {
        let (before, own) = stop.way.split_at(stop.way.len() - if stop.row.is_some() { 0 } else { stop.own });
        before.iter().for_each(|step| self.tap(*step));
        self.rest();
        self.window.value("eyes.setOut()").unwrap();
        world.traffic(traffic);
        own.iter().for_each(|step| self.tap(*step));
        match stop.row {
            Some(row) => {
                self.window.wait(&format!("a row with “{row}”"), &format!("eyes.open('{row}')")).unwrap();
                self.window.wait("what is in it", "!!document.querySelector('.desk-panel')").unwrap();
            }
            None => self.window.wait("another page", "eyes.arrived()").unwrap(),
        }
    }

    fn leave(&mut self, stop: &Stop) {
        (0..stop.back).for_each(|_| self.tap(BACK));
    }

    fn show(&mut self, state: &str, stop: &Stop) {
        self.window.show(&format!("{state}-{}-{}", stop.name, self.language)).unwrap();
    }

    /// Grey bars while the backend is slow; what went wrong when it fails; and the page, once it is asked for again.
    fn wait_fail_and_heal(&mut self, world: &World, stop: &Stop) {
        self.go(world, stop, Traffic::Waits);
        self.window.wait("grey bars", "eyes.waits() && !eyes.failed()").unwrap();
        self.window.show_now(&format!("slow-{}-{}", stop.name, self.language)).unwrap();
        world.traffic(Traffic::Breaks);
        self.window.wait("what went wrong", "eyes.failed() && !eyes.waits()").unwrap();
        self.window.see(if self.language == "id" { RETRY.0 } else { RETRY.1 }).unwrap();
        self.show("broken", stop);
        world.traffic(Traffic::Flows);
        self.window.wait("the page once it is asked for again", "eyes.heals()").unwrap();
        self.leave(stop);
    }

    /// What was seen once is there without a network, too, and the banner says that there is none.
    fn do_without(&mut self, world: &World, stop: &Stop) {
        self.go(world, stop, Traffic::Flows);
        self.window.wait("the banner", "!!document.querySelector('[data-testid=offline]')").unwrap();
        if stop.is_kept {
            self.window.wait("what was seen", "!eyes.waits() && !eyes.failed()").unwrap();
        } else {
            self.window.wait("what is missing", "!eyes.waits() && eyes.failed()").unwrap();
        }
        self.show("offline", stop);
        self.leave(stop);
    }
}

fn walk_through_all_states(mut cast: Cast, person: &Person, stops: &[Stop]) {
    cast.stage.world.lay_road().unwrap();
    for language in ["id", "en"] {
        let mut walk = Walk::begin(&cast.stage, person, language);
        stops.iter().for_each(|stop| walk.wait_fail_and_heal(&cast.stage.world, stop));
        cast.stage.world.lose_network();
        walk.window.wait("the banner", "!!document.querySelector('[data-testid=offline]')").unwrap();
        stops.iter().for_each(|stop| walk.do_without(&cast.stage.world, stop));
        cast.stage.world.resume().unwrap();
        walk.window.wait("the network again", "!document.querySelector('[data-testid=offline]')").unwrap();
    }
}

/// A cast with an order behind it that is paid and rated.
fn seasoned() -> Cast {
    let cast = Cast::gather();
    let id = cast.order("CASH");
    go(&cast, &id, &["accept", "depart", "arrive", "work-session/start", "work-session/stop"]);
    cast.stage.world.post(Some(&cast.siti), &format!("/orders/{id}/payment/pay"), &json!({ "payment_method": "CASH" })).unwrap();
    go(&cast, &id, &["payment/confirm-cash"]);
    let said = json!({ "rating": 5, "review": "Bersih sekali, terima kasih." });
    cast.stage.world.post(Some(&cast.siti), &format!("/orders/{id}/rating"), &said).unwrap();
    cast
}

#[test]
fn a_client_is_told_on_every_page_what_is_awaited_what_went_wrong_and_what_still_works() {
    let cast = seasoned();
    let person = cast.siti.clone();
    walk_through_all_states(cast, &person, CLIENT);
}

#[test]
fn a_provider_is_told_on_every_page_what_is_awaited_what_went_wrong_and_what_still_works() {
    let cast = seasoned();
    let person = cast.wati.clone();
    walk_through_all_states(cast, &person, PROVIDER);
}

#[test]
fn an_admin_is_told_on_every_page_what_is_awaited_what_went_wrong_and_what_still_works() {
    let cast = seasoned();
    let person = cast.admin.clone();
    walk_through_all_states(cast, &person, ADMIN);
}

#[test]
fn an_order_that_the_app_never_saw_is_awaited_and_asked_for_again() {
    let mut cast = Cast::gather();
    cast.stage.world.lay_road().unwrap();
    let sides = [(cast.siti.clone(), "orders", "id"), (cast.wati.clone(), "jobs", "en")];
    let open = |cast: &Cast, (person, place, language): &(Person, &str, &'static str), id: &str| {
        let opening = Opening { route: format!("/{place}/{id}"), language, dark: *language == "en", ..Opening::default() };
        cast.stage.open_for(person, &opening)
    };
    // Both are signed in, and what happens then happens while their apps are closed.
    sides.iter().for_each(|side| drop(open(&cast, side, "")));
    let id = cast.order("CASH");
    go(&cast, &id, &["accept", "depart", "arrive", "work-session/start", "work-session/stop"]);
    for side in &sides {
        cast.stage.world.traffic(Traffic::Waits);
        let mut window = open(&cast, side, &id);
        window.wait("grey bars", "eyes.waits() && !eyes.failed()").unwrap();
        window.show_now(&format!("slow-order-{}", side.2)).unwrap();
        cast.stage.world.traffic(Traffic::Breaks);
        window.wait("what went wrong", "eyes.failed() && !eyes.waits()").unwrap();
        window.show(&format!("broken-order-{}", side.2)).unwrap();
        cast.stage.world.traffic(Traffic::Flows);
        window.wait("the order", "eyes.heals()").unwrap();
    }
}

/// Looks at the pages of somebody who has done nothing yet.
fn look_at_nothing(stage: &Stage, person: &Person, stops: &[Stop]) {
    for language in ["id", "en"] {
        let mut walk = Walk::begin(stage, person, language);
        for stop in stops.iter().filter(|stop| stop.row.is_none() && stop.name != "provider") {
            walk.go(&stage.world, stop, Traffic::Flows);
            walk.show("nothing", stop);
            walk.leave(stop);
        }
    }
}

#[test]
fn somebody_new_is_told_on_every_page_what_to_do_next() {
    let stage = Stage::new();
    let tuti = stage.world.register(Role::Client, "Tuti Handayani").unwrap();
    look_at_nothing(&stage, &tuti, CLIENT);
    let rina = stage.world.register(Role::Provider, "Rina Kartika").unwrap();
    look_at_nothing(&stage, &rina, PROVIDER);
    let admin = stage.world.admin("Admin").unwrap();
    look_at_nothing(&stage, &admin, ADMIN);
}
