//! The life of an order, seen from both sides.

use rapi_journeys::{HOME, Opening, Person, Window};
use serde_json::json;

use crate::stage::Stage;

/// A client, a provider who is online nearby, and the admin who approved her.
pub struct Cast {
    pub stage: Stage,
    pub admin: Person,
    pub siti: Person,
    pub wati: Person,
}

impl Cast {
    pub fn gather() -> Self {
        Self::with(&[])
    }

    pub fn with(settings: &[(&str, &str)]) -> Self {
        Self::called("Siti Ayu", "Wati Lestari", settings)
    }

    /// With other names.
    pub fn called(client: &str, provider: &str, settings: &[(&str, &str)]) -> Self {
        let stage = Stage::with(settings);
        let admin = stage.world.admin("Admin").unwrap();
        let siti = stage.world.client(client).unwrap();
        let wati = stage.world.provider(provider, &admin).unwrap();
        stage.world.go_online(&wati).unwrap();
        Self { stage, admin, siti, wati }
    }

    /// Siti asks for a cleaner; the id of the order.
    pub fn order(&self, method: &str) -> String {
        self.order_for(method, "Dapur dan dua kamar mandi, ada kucing.", "Jl. Kemang Raya 12, RT 3/RW 5")
    }

    /// The same, for another task elsewhere in the house's street.
    pub fn order_for(&self, method: &str, description: &str, address: &str) -> String {
        let categories = self.stage.world.get(&self.siti, "/categories").unwrap();
        let cleaning = categories.as_array().unwrap().iter().find(|one| one["slug"] == "cleaning").unwrap();
        let order = json!({
            "service_category_id": cleaning["id"], "description": description,
            "service_latitude": HOME.0, "service_longitude": HOME.1, "service_address": address,
            "requested_time": "2026-01-01T00:00:00Z", "payment_method": method, "max_amount": 40_000,
        });
        let made = self.stage.world.post(Some(&self.siti), "/orders", &order).unwrap();
        made["id"].as_str().unwrap().to_owned()
    }

    pub fn clients_app(&self, route: &str) -> Window {
        self.stage.open_for(&self.siti, &Opening { route: route.to_owned(), ..Opening::default() })
    }

    pub fn providers_app(&self, route: &str) -> Window {
        let position = Some((HOME.0 - 0.004, HOME.1 + 0.004));
        self.stage.open_for(&self.wati, &Opening { route: route.to_owned(), position, ..Opening::default() })
    }
}

#[test]
fn two_people_take_an_order_from_the_search_to_the_stars_each_seeing_what_the_other_does() {
    let cast = Cast::gather();
    let mut wati = cast.providers_app("/");
    let id = cast.order("CASH");
    let mut siti = cast.clients_app(&format!("/orders/{id}"));
    siti.see("Mencari penyedia").unwrap();
    siti.show("searching").unwrap();

    wati.see("Pesanan baru").unwrap();
    wati.see("Jl. Kemang Raya 12").unwrap();
    wati.show("offer").unwrap();
    wati.tap("Terima").unwrap();
    siti.see("Wati Lestari").unwrap();
    siti.see("bersiap berangkat").unwrap();
    siti.show("matched").unwrap();

    wati.slide("Berangkat").unwrap();
    wati.see("Dalam perjalanan").unwrap();
    siti.see("dalam perjalanan").unwrap();
    follows_on_the_map(&mut siti);
    siti.show("on-the-way").unwrap();
    wati.show("on-the-way").unwrap();

    wati.slide("Telah Sampai").unwrap();
    siti.see("sudah tiba").unwrap();
    siti.show("arrived").unwrap();
    wati.slide("Mulai Bekerja").unwrap();
    siti.see("Sedang bekerja").unwrap();
    runs(&mut siti);
    runs(&mut wati);
    siti.show("working").unwrap();
    wati.show("working").unwrap();
    wati.tap("Jeda").unwrap();
    siti.see("Dijeda").unwrap();
    wati.tap("Lanjut").unwrap();
    siti.see("Sedang bekerja").unwrap();

    wati.slide("Selesai").unwrap();
    siti.see("Total tagihan").unwrap();
    siti.show("bill").unwrap();
    wati.see("Tunai diterima").unwrap();
    wati.show("awaiting-cash").unwrap();
    wati.tap("Tunai diterima").unwrap();
    wati.tap("Ya, diterima").unwrap();
    siti.see("Lunas").unwrap();
    siti.tap("5 bintang").unwrap();
    siti.fill("review", "Bersih sekali, terima kasih.").unwrap();
    siti.show("rating").unwrap();
    siti.tap("Kirim nilai").unwrap();
    siti.see("Pesan lagi").unwrap();
    siti.show("done").unwrap();
    wati.see("Bersih sekali, terima kasih.").unwrap();
    wati.show("rated").unwrap();
}

/// The marker of the provider moves on the client's map, without anything being pressed.
fn follows_on_the_map(siti: &mut Window) {
    let place = "JSON.stringify(window.RapiMap && RapiMap.where('Wati Lestari'))";
    siti.wait("a marker", &format!("({place} || 'null') !== 'null'")).unwrap();
    let first = siti.value(place).unwrap();
    siti.wait("a marker that moves", &format!("{place} !== {first}")).unwrap();
}

/// The clock of the work goes on by itself.
fn runs(window: &mut Window) {
    let clock = r"(document.body.innerText.match(/\d\d:\d\d:\d\d/) || [''])[0]";
    window.wait("a clock", &format!("{clock} !== ''")).unwrap();
    let first = window.value(clock).unwrap();
    window.wait("a clock that runs", &format!("{clock} !== {first}")).unwrap();
}

#[test]
fn a_client_calls_her_order_off_and_the_offer_goes_from_the_other_screen() {
    let cast = Cast::gather();
    let mut wati = cast.providers_app("/");
    let id = cast.order("CASH");
    let mut siti = cast.clients_app(&format!("/orders/{id}"));
    wati.see("Pesanan baru").unwrap();
    siti.tap("Batalkan pencarian").unwrap();
    siti.tap("Berubah rencana").unwrap();
    siti.show("cancel").unwrap();
    siti.tap("Ya, batalkan").unwrap();
    siti.see("Anda membatalkan pesanan ini").unwrap();
    siti.show("cancelled").unwrap();
    wati.see("Klien membatalkan pesanan ini").unwrap();
    wati.show("offer-gone").unwrap();
}

#[test]
fn a_client_finds_a_provider_on_the_map_and_opens_her_page() {
    let cast = Cast::gather();
    let mut siti = cast.clients_app("/providers?category=cleaning");
    siti.see("Wati Lestari").unwrap();
    siti.tap("Peta").unwrap();
    siti.wait("her marker", "eyes.tap(document.querySelector('.map-marker[role=button]')?.title || '?')").unwrap();
    siti.see("Lokasi kira-kira").unwrap();
    siti.show("nearby").unwrap();
    siti.wait("her line", "(line => !!line && (line.click(), true))(document.querySelector('.nearby-chosen .provider-open'))").unwrap();
    siti.see("Jam kerja").unwrap();
}

#[test]
fn a_client_scans_a_code_and_the_screen_follows_when_it_is_paid() {
    let cast = Cast::with(&[("RAPI_GATEWAY__SIMULATOR_PAYS_AFTER_MS", "6000")]);
    let id = cast.order("E_WALLET");
    for step in ["accept", "depart", "arrive", "work-session/start", "work-session/stop"] {
        cast.stage.world.post(Some(&cast.wati), &format!("/orders/{id}/{step}"), &json!({})).unwrap();
    }
    let mut siti = cast.clients_app(&format!("/orders/{id}"));
    siti.tap("Bayar Rp200").unwrap();
    siti.see("Pindai untuk membayar").unwrap();
    siti.wait("a code", "!!document.querySelector('svg.qr path')").unwrap();
    siti.show("code").unwrap();
    siti.see("Lunas").unwrap();
}

#[test]
fn when_nobody_takes_an_order_the_client_is_told_and_searches_again() {
    let cast = Cast::with(&[("RAPI_DISPATCH__GIVE_UP_AFTER_SECONDS", "3")]);
    let id = cast.order("WALLET");
    let mut siti = cast.clients_app(&format!("/orders/{id}"));
    siti.see("Belum ada penyedia yang bisa").unwrap();
    siti.show("no-provider").unwrap();
    siti.tap("Cari lagi").unwrap();
    siti.see("Mencari penyedia").unwrap();
}

#[test]
fn work_goes_on_without_a_network_and_is_told_when_it_comes_back() {
    let mut cast = Cast::gather();
    let id = cast.order("CASH");
    let mut wati = cast.providers_app("/");
    wati.tap("Terima").unwrap();
    wati.slide("Berangkat").unwrap();
    wati.slide("Telah Sampai").unwrap();
    wati.see("Di lokasi").unwrap();
    let mut siti = cast.clients_app(&format!("/orders/{id}"));
    siti.see("sudah tiba").unwrap();

    cast.stage.world.lose_network();
    wati.see("Tidak terhubung").unwrap();
    wati.slide("Mulai Bekerja").unwrap();
    runs(&mut wati);
    wati.see("1 tindakan menunggu dikirim").unwrap();
    wati.show("offline").unwrap();
    let note = "Kran dapur bocor, sudah saya kencangkan.";
    wati.tap("Tulis catatan").unwrap();
    wati.fill("notes", note).unwrap();
    wati.show("notes-writing").unwrap();
    wati.tap("Simpan").unwrap();
    wati.see("Belum terkirim").unwrap();
    wati.see("2 tindakan menunggu dikirim").unwrap();
    wati.show("notes-waiting").unwrap();
    siti.see("Tidak terhubung").unwrap();
    siti.show("offline").unwrap();

    cast.stage.world.resume().unwrap();
    siti.see("Sedang bekerja").unwrap();
    wati.see_no_more("menunggu dikirim").unwrap();
    wati.see(note).unwrap();
    wati.see_no_more("Belum terkirim").unwrap();
    runs(&mut siti);
    siti.see(note).unwrap();
    siti.tap("Tulis catatan").unwrap();
    siti.fill("notes", "Terima kasih, kucing tidur di garasi.").unwrap();
    siti.tap("Simpan").unwrap();
    siti.show("notes").unwrap();
    wati.see("kucing tidur di garasi").unwrap();
    let mut admin = cast.stage.open_for(&cast.admin, &Opening { route: format!("/orders?open={id}"), ..Opening::default() });
    admin.see(note).unwrap();
    admin.show("order-notes").unwrap();
}

#[test]
fn an_app_that_dies_in_the_middle_of_a_job_goes_on_where_it_was() {
    let cast = Cast::gather();
    let id = cast.order("CASH");
    let mut wati = cast.providers_app("/");
    wati.tap("Terima").unwrap();
    wati.slide("Berangkat").unwrap();
    wati.slide("Telah Sampai").unwrap();
    wati.slide("Mulai Bekerja").unwrap();
    runs(&mut wati);
    wati.kill();
    let mut again = cast.providers_app(&format!("/jobs/{id}"));
    runs(&mut again);
    again.slide("Selesai").unwrap();
    again.see("Tunai diterima").unwrap();
}
