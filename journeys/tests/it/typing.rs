//! Real keys, one every 30 ms, into every field of the three apps: none is lost.

use rapi_journeys::{Opening, Person, Role, Window, until};
use serde_json::json;

use crate::crowded::go;
use crate::order_life::Cast;
use crate::stage::Stage;

/// What is typed where any words may stand.
const WORDS: &str = "Jl. Kemang Raya 12, RT 3/RW 5: dua kucing";
/// And where only digits may.
const DIGITS: &str = "0812777788889999";

/// Somebody who types fast.
struct Typist<'a> {
    stage: &'a Stage,
    window: Window,
    /// The names of all fields typed into.
    typed: Vec<String>,
}

impl<'a> Typist<'a> {
    fn outside(stage: &'a Stage, role: Role) -> Self {
        let window = stage.open(role, role.slug());
        Self { stage, window, typed: Vec::new() }
    }

    fn at(stage: &'a Stage, person: &Person, route: &str) -> Self {
        // Nobody answers there, but what is looked for can be typed.
        let geocoder = Some(stage.world.http().to_owned());
        let window = stage.open_for(person, &Opening { route: route.to_owned(), geocoder, ..Opening::default() });
        Self { stage, window, typed: Vec::new() }
    }

    /// Taps these one after the other.
    fn tap(&mut self, names: &[&str]) -> &mut Self {
        names.iter().for_each(|name| self.window.tap(name).unwrap());
        self
    }

    /// Types into every field that is to be seen, of which there are `fields`.
    fn type_into(&mut self, fields: &[&str]) -> &mut Self {
        for field in fields {
            self.window.wait(&format!("a field “{field}”"), &format!("eyes.fields().some(one => one.name === '{field}')")).unwrap();
        }
        let seen = self.window.value("eyes.fields()").unwrap();
        let seen = seen.as_array().unwrap();
        let names: Vec<&str> = seen.iter().filter_map(|one| one["name"].as_str()).collect();
        assert_eq!(names.len(), fields.len(), "not all fields are typed into: {names:?}");
        for one in seen {
            let (name, most) = (one["name"].as_str().unwrap(), one["most"].as_u64().unwrap_or(u64::MAX));
            let text = if ["numeric", "tel"].contains(&one["keyboard"].as_str().unwrap_or_default()) { DIGITS } else { WORDS };
            let text: String = text.chars().take(usize::try_from(most).unwrap_or(usize::MAX)).collect();
            self.window.fill(name, "").unwrap();
            self.window.type_keys(&self.stage.display, name, &text).unwrap();
            self.window.wait(&format!("every key of {text}"), &format!("eyes.holds({}, {})", json!(name), json!(text))).unwrap();
            self.typed.push(name.to_owned());
        }
        self
    }

    fn fill(&mut self, fields: &[(&str, &str)]) -> &mut Self {
        fields.iter().for_each(|(field, text)| self.window.fill(field, text).unwrap());
        self
    }

    fn send(&mut self) -> &mut Self {
        self.window.submit().unwrap();
        self
    }
}

#[test]
fn whoever_comes_in_loses_no_key() {
    let stage = Stage::new();
    let siti = stage.world.client("Siti Ayu").unwrap();
    let mut typist = Typist::outside(&stage, Role::Client);
    typist.tap(&["Masuk"]).type_into(&["who", "password"]);
    typist.tap(&["Lupa kata sandi?"]).type_into(&["email"]);
    typist.fill(&[("email", siti.email.as_str())]).send().type_into(&["code", "password"]);
    drop(typist);
    let mut typist = Typist::outside(&stage, Role::Provider);
    typist.tap(&["Daftar"]).type_into(&["name", "email", "phone", "password"]);
    typist.fill(&[("name", "Rina Kartika"), ("email", "rina@rapi.test"), ("phone", "0812-7777-7777"), ("password", "kuda-laut-77")]);
    typist.send().type_into(&["code"]);
    // The keys go to whatever window there is: one at a time.
    drop(typist);
    Typist::outside(&stage, Role::Admin).type_into(&["who", "password"]);
}

#[test]
fn a_client_who_types_fast_loses_no_key_in_any_field() {
    let cast = Cast::gather();
    let stage = &cast.stage;
    let mut typist = Typist::at(stage, &cast.siti, "/orders/new?category=other&provider=&again=&later=false");
    typist.type_into(&["place-search", "custom", "address", "description", "cap"]);
    drop(typist);
    Typist::at(stage, &cast.siti, "/providers?category=").type_into(&["q"]);
    Typist::at(stage, &cast.siti, "/addresses").tap(&["Tambah alamat"]).type_into(&["place-search", "label", "address"]);
    Typist::at(stage, &cast.siti, "/wallet").tap(&["Isi saldo"]).type_into(&["amount"]);
    let mut typist = Typist::at(stage, &cast.siti, "/profile");
    typist.tap(&["Nama"]).type_into(&["name"]).tap(&["Tutup", "Nomor ponsel"]).type_into(&["phone"]);
    typist.fill(&[("phone", "0812-5555-6666")]).send().type_into(&["code"]);
    drop(typist);
    let id = cast.order("CASH");
    Typist::at(stage, &cast.siti, &format!("/orders/{id}")).tap(&["Batalkan pencarian", "Alasan lain"]).type_into(&["reason"]);
    go(&cast, &id, &["accept", "depart", "arrive", "work-session/start"]);
    Typist::at(stage, &cast.siti, &format!("/orders/{id}")).tap(&["Tulis catatan"]).type_into(&["notes"]);
    go(&cast, &id, &["work-session/stop"]);
    stage.world.post(Some(&cast.siti), &format!("/orders/{id}/payment/pay"), &json!({ "payment_method": "CASH" })).unwrap();
    go(&cast, &id, &["payment/confirm-cash"]);
    Typist::at(stage, &cast.siti, &format!("/orders/{id}")).tap(&["5 bintang"]).type_into(&["review"]);
}

/// Wati works at a rate at which a minute is enough for a withdrawal.
fn earn(cast: &Cast) {
    let world = &cast.stage.world;
    let categories = world.get(&cast.admin, "/categories").unwrap();
    let cleaning = categories.as_array().unwrap().iter().find(|one| one["slug"] == "cleaning").unwrap();
    let rate = json!({ "base_rate_per_5_minutes": 1_000_000 });
    world.patch(&cast.admin, &format!("/admin/categories/{}", cleaning["id"].as_str().unwrap()), &rate).unwrap();
    let id = cast.order("E_WALLET");
    go(cast, &id, &["accept", "depart", "arrive", "work-session/start", "work-session/stop"]);
    world.post(Some(&cast.siti), &format!("/orders/{id}/payment/pay"), &json!({ "payment_method": "E_WALLET" })).unwrap();
    until(|| world.get(&cast.wati, "/wallet").ok().filter(|wallet| wallet["balance"].as_i64() >= Some(20_000))).unwrap();
}

#[test]
fn a_provider_who_types_fast_loses_no_key_in_any_field() {
    let cast = Cast::gather();
    let stage = &cast.stage;
    earn(&cast);
    let withdrawal = ["amount", "bank_name", "bank_account_number", "bank_account_name"];
    Typist::at(stage, &cast.wati, "/wallet").tap(&["Tarik saldo"]).type_into(&withdrawal);
    let hours = json!({ "working_hours": { "mon": [{ "from": "08:00", "to": "17:00" }] } });
    stage.world.patch(&cast.wati, "/me/provider-profile", &hours).unwrap();
    let mut typist = Typist::at(stage, &cast.wati, "/profile/provider");
    typist.type_into(&["bio", "rate", "hours-from-0", "hours-to-0"]).window.show("profile-hours").unwrap();
    stage.world.patch(&cast.wati, "/me/provider-profile", &json!({ "working_hours": null })).unwrap();
    typist.tap(&["Tambah sertifikat"]).type_into(&["learnt-name", "learnt-issuer", "learnt-year"]);
    typist.tap(&["Tutup", "Tambah wilayah"]).type_into(&["area-city", "area-province"]);
    drop(typist);
    let rina = stage.world.register(Role::Provider, "Rina Kartika").unwrap();
    let mut typist = Typist::at(stage, &rina, "/verification");
    typist.tap(&["Bank lain"]).type_into(&["nik", "bank-name", "bank-number", "bank-holder"]);
    drop(typist);
    let id = cast.order("CASH");
    go(&cast, &id, &["accept"]);
    Typist::at(stage, &cast.wati, &format!("/jobs/{id}")).tap(&["Batalkan pekerjaan", "Alasan lain"]).type_into(&["reason"]);
    go(&cast, &id, &["depart", "arrive", "work-session/start"]);
    Typist::at(stage, &cast.wati, &format!("/jobs/{id}")).tap(&["Tulis catatan"]).type_into(&["notes"]);
}

#[test]
fn an_admin_who_types_fast_loses_no_key_in_any_field() {
    let cast = Cast::gather();
    let (stage, world) = (&cast.stage, &cast.stage.world);
    earn(&cast);
    let account = json!({ "amount": 10_000, "bank_name": "BCA", "bank_account_number": "4000000123", "bank_account_name": "Wati Lestari" });
    let withdrawal = world.post(Some(&cast.wati), "/wallet/withdrawals", &account).unwrap();
    let order = cast.order("CASH");
    world.applicant("Rina Kartika").unwrap();
    let waiting = world.get(&cast.admin, "/admin/verifications?status=PENDING").unwrap();
    let papers = waiting["items"][0]["id"].as_str().unwrap();
    let people = world.get(&cast.admin, "/admin/users?user_type=CLIENT").unwrap();
    let client = people["items"][0]["id"].as_str().unwrap();
    let mut typist = Typist::at(stage, &cast.admin, &format!("/orders?open={order}"));
    typist.tap(&["Batalkan pesanan"]).type_into(&["search", "reason"]);
    drop(typist);
    Typist::at(stage, &cast.admin, &format!("/users?open={client}")).tap(&["Tangguhkan akun"]).type_into(&["search", "reason"]);
    let fields = ["name", "slug", "description", "rate", "place", "icon"];
    Typist::at(stage, &cast.admin, "/categories?open=new").type_into(&fields);
    let withdrawal = withdrawal["id"].as_str().unwrap();
    Typist::at(stage, &cast.admin, &format!("/withdrawals?open={withdrawal}")).tap(&["Tolak"]).type_into(&["reason"]);
    Typist::at(stage, &cast.admin, &format!("/verifications?open={papers}")).tap(&["Tolak (R)"]).type_into(&["reason"]);
}
