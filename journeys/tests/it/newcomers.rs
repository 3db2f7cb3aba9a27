//! Somebody who has never seen Rapi, with nothing but the apps.

use rapi_journeys::{HOME, Opening, Role, Window};

use crate::stage::Stage;

/// Registers in the app that is open, and comes in by the code from the mail.
fn register(app: &mut Window, stage: &Stage, name: &str, email: &str, phone: &str) {
    app.tap("Daftar").unwrap();
    for (field, text) in [("name", name), ("email", email), ("phone", phone), ("password", "kuda-laut-77")] {
        app.fill(field, text).unwrap();
    }
    app.submit().unwrap();
    app.see("Periksa email Anda").unwrap();
    app.fill("code", &stage.world.code_for(email).unwrap()).unwrap();
    app.submit().unwrap();
    app.wait("being inside", "!!document.querySelector('.shell main')").unwrap();
}

#[test]
fn a_provider_hands_in_her_papers_and_an_admin_turns_them_down_and_then_lets_her_start() {
    let stage = Stage::new();
    let admin = stage.world.admin("Admin").unwrap();
    let opening = Opening { position: Some((HOME.0 - 0.004, HOME.1 + 0.004)), ..Opening::default() };
    let mut dewi = Window::open(&stage.programs, &stage.display, &stage.world, Role::Provider, "dewi", &opening).unwrap();
    register(&mut dewi, &stage, "Dewi Anggraini", "dewi@rapi.test", "0812-8888-0001");
    dewi.see("Lengkapi verifikasi").unwrap();
    dewi.show("new").unwrap();
    dewi.tap("Mulai verifikasi").unwrap();
    hand_in(&mut dewi);
    dewi.see("sedang diperiksa").unwrap();
    dewi.show("papers-waiting").unwrap();

    let mut floor = stage.open_for(&admin, &Opening { route: "/verifications".into(), ..Opening::default() });
    floor.tap("Dewi Anggraini").unwrap();
    floor.see("3171 0452 0190 0001").unwrap();
    floor.show("papers").unwrap();
    floor.tap("Tolak").unwrap();
    floor.fill("reason", "Foto KTP buram. Ambil lagi di tempat terang.").unwrap();
    floor.submit().unwrap();
    dewi.see("Foto KTP buram").unwrap();
    dewi.show("papers-rejected").unwrap();
    hand_in(&mut dewi);
    dewi.see("sedang diperiksa").unwrap();
    // The queue may be read anew between the look and the tap, as it may for any admin.
    floor.wait("the papers that came again", "eyes.sees('Setujui') || (eyes.tap('Dewi Anggraini'), false)").unwrap();
    floor.tap("Setujui").unwrap();
    floor.tap("Ya, setujui").unwrap();
    dewi.see("Identitas Anda terverifikasi").unwrap();
    dewi.show("papers-approved").unwrap();
}

/// Fills in the identity check and sends it.
fn hand_in(dewi: &mut Window) {
    dewi.see("Kirim untuk diperiksa").unwrap();
    dewi.fill("NIK", "3171045201900001").unwrap();
    for photo in ["id-card", "selfie"] {
        // After a rejection the photos of the first time are still there.
        if dewi.is(&format!("!!document.querySelector('[data-testid=\"{photo}\"]')")).unwrap() {
            dewi.give_picture(photo).unwrap();
        }
    }
    dewi.wait("the photos to be sent", "!document.querySelector('.upload-turning')").unwrap();
    dewi.tap("BCA").unwrap();
    dewi.fill("Nomor rekening", "1234567890").unwrap();
    dewi.fill("Nama pemilik rekening", "Dewi Anggraini").unwrap();
    dewi.show("papers-form").unwrap();
    dewi.tap("Kirim untuk diperiksa").unwrap();
}

#[test]
fn papers_that_were_not_handed_in_wait_for_the_app_to_be_opened_again() {
    let stage = Stage::new();
    let opening = Opening { route: "/verification".into(), ..Opening::default() };
    let open = || Window::open(&stage.programs, &stage.display, &stage.world, Role::Provider, "rini", &opening).unwrap();
    let mut rini = open();
    register(&mut rini, &stage, "Rini Astuti", "rini@rapi.test", "0812-8888-0003");
    rini.see("Kirim untuk diperiksa").unwrap();
    rini.fill("NIK", "3171045201900001").unwrap();
    rini.give_picture("id-card").unwrap();
    rini.wait("the photo to be sent", "!!document.querySelector('.upload') && !document.querySelector('.upload-turning')").unwrap();
    rini.tap("BRI").unwrap();
    rini.tap("Kembali").unwrap();
    rini.see("Lengkapi verifikasi").unwrap();
    rini.kill();

    let mut rini = open();
    rini.see("Kirim untuk diperiksa").unwrap();
    rini.wait("her NIK", "document.querySelector('#field-nik')?.value === '3171045201900001'").unwrap();
    rini.wait("her photo and her bank", "!!document.querySelector('.upload') && !!document.querySelector('.chip[aria-pressed=true]')")
        .unwrap();
    rini.show("papers-kept").unwrap();
}

#[test]
fn a_client_registers_orders_for_later_and_finds_order_and_address_among_hers() {
    let stage = Stage::new();
    let opening = Opening { position: Some(HOME), ..Opening::default() };
    let mut tuti = Window::open(&stage.programs, &stage.display, &stage.world, Role::Client, "tuti", &opening).unwrap();
    register(&mut tuti, &stage, "Tuti Handayani", "tuti@rapi.test", "0812-8888-0002");
    tuti.see("Butuh bantuan apa?").unwrap();
    tuti.show("home-new").unwrap();
    tuti.tap("Bersih rumah").unwrap();
    tuti.tap("Cari penyedia").unwrap();
    tuti.see("Isi alamatnya").unwrap();
    tuti.show("order-faults").unwrap();
    tuti.fill("address", "Jl. Bangka Raya 7, RT 2/RW 1").unwrap();
    tuti.tap("Simpan alamat ini untuk lain kali").unwrap();
    tuti.fill("description", "Setrika dua keranjang.").unwrap();
    tuti.tap("Jadwalkan").unwrap();
    tuti.show("order-later").unwrap();
    tuti.tap("Jadwalkan pesanan").unwrap();
    tuti.see("kami mulai mencari penyedia").unwrap();
    tuti.show("scheduled").unwrap();
    tuti.tap("Kembali").unwrap();
    tuti.tap("Pesanan").unwrap();
    tuti.see("Jl. Bangka Raya 7").unwrap();
    tuti.show("orders").unwrap();
    tuti.tap("Profil").unwrap();
    tuti.tap("Alamat tersimpan").unwrap();
    tuti.see("Utama").unwrap();
    tuti.see("Jl. Bangka Raya 7").unwrap();
    tuti.show("addresses-kept").unwrap();
}
