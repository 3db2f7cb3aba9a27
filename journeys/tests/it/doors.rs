//! Coming in, and what happens when one may not.

use rapi_journeys::{Opening, Role, Window, until};

use crate::stage::Stage;

#[test]
fn somebody_new_registers_proves_her_address_and_is_still_in_after_a_restart() {
    let stage = Stage::new();
    let mut app = stage.open(Role::Client, "tuti");
    app.show("welcome").unwrap();
    app.tap("Daftar").unwrap();
    app.submit().unwrap();
    app.see("Isi nama Anda.").unwrap();
    app.show("register-faults").unwrap();
    app.fill("name", "Tuti Handayani").unwrap();
    app.fill("email", "tuti@rapi.test").unwrap();
    app.fill("phone", "0812-7777-7777").unwrap();
    app.fill("password", "kuda-laut-77").unwrap();
    app.submit().unwrap();
    app.see("Periksa email Anda").unwrap();
    app.wait("a field that waits for the code", "document.activeElement?.name === 'code'").unwrap();
    app.show("confirm").unwrap();
    app.fill("code", "000000").unwrap();
    app.submit().unwrap();
    app.see("Kode ini salah").unwrap();
    app.fill("code", &stage.world.code_for("tuti@rapi.test").unwrap()).unwrap();
    app.submit().unwrap();
    app.see("Tuti").unwrap();
    drop(app);
    let mut again = stage.open(Role::Client, "tuti");
    again.see("Tuti").unwrap();
}

#[test]
fn five_wrong_passwords_lock_the_account_and_the_screen_says_how_long() {
    let stage = Stage::new();
    let siti = stage.world.client("Siti Ayu").unwrap();
    let mut app = stage.open(Role::Client, "siti");
    app.tap("Masuk").unwrap();
    app.fill("who", &siti.email).unwrap();
    for _ in 0..5 {
        app.fill("password", "salah-sekali").unwrap();
        app.submit().unwrap();
        app.wait("the answer", "!document.querySelector('form [aria-busy=true]') && !!document.querySelector('[role=alert]')").unwrap();
    }
    app.see("Coba lagi dalam").unwrap();
    app.show("locked").unwrap();
    app.fill("password", &siti.password).unwrap();
    app.submit().unwrap();
    app.see("Coba lagi dalam").unwrap();
}

#[test]
fn a_forgotten_password_is_set_anew_by_the_code_from_the_mail() {
    let stage = Stage::new();
    let siti = stage.world.client("Siti Ayu").unwrap();
    let first = stage.world.code_for(&siti.email).unwrap();
    let mut app = stage.open(Role::Client, "siti");
    app.tap("Masuk").unwrap();
    app.tap("Lupa kata sandi?").unwrap();
    app.fill("email", &siti.email).unwrap();
    app.submit().unwrap();
    app.see("Kata sandi baru").unwrap();
    app.fill("code", &stage.world.later_code_for(&siti.email, &first).unwrap()).unwrap();
    app.fill("password", "cumi-cumi-88").unwrap();
    app.submit().unwrap();
    app.see("Siti").unwrap();
    app.wait("being inside", "!!document.querySelector('.shell main')").unwrap();
}

#[test]
fn an_admin_does_not_get_into_the_client_app() {
    let stage = Stage::new();
    let admin = stage.world.admin("Admin").unwrap();
    let mut app = stage.open(Role::Client, "admin");
    app.tap("Masuk").unwrap();
    app.fill("who", &admin.email).unwrap();
    app.fill("password", &admin.password).unwrap();
    app.submit().unwrap();
    app.see("bukan akun klien").unwrap();
}

#[test]
fn the_language_is_changed_at_a_tap_and_kept() {
    let stage = Stage::new();
    let mut app = stage.open(Role::Provider, "wati");
    app.see("Daftar").unwrap();
    app.tap("English").unwrap();
    app.see("Register").unwrap();
    drop(app);
    let opening = Opening { dark: true, ..Opening::default() };
    let mut again = Window::open(&stage.programs, &stage.display, &stage.world, Role::Provider, "wati", &opening).unwrap();
    again.see("Register").unwrap();
    again.show("welcome-dark").unwrap();
}

#[test]
fn the_first_screen_comes_with_the_page_and_is_there_once_when_it_lives() {
    let stage = Stage::new();
    let mut app = stage.open(Role::Client, "siti");
    app.value("(fetch('/').then(page => page.text()).then(page => { window.asServed = page; }), true)").unwrap();
    app.wait("a page that says what can be pressed", "(window.asServed || '').includes('Daftar')").unwrap();
    app.wait("a screen that lives", "!!document.querySelector('#main [data-dioxus-id]')").unwrap();
    assert!(app.is("document.querySelectorAll('#main > .app').length === 1").unwrap());
}

#[test]
fn the_language_that_was_chosen_on_the_way_in_is_that_of_notices_too() {
    let stage = Stage::new();
    let siti = stage.world.client("Siti Ayu").unwrap();
    // Whoever asks too often is asked to wait.
    let spoken = || stage.world.get(&siti, "/me").ok().map(|me| me["language"].clone());
    assert_eq!(spoken().unwrap(), "id");
    let _app = stage.open_for(&siti, &Opening { language: "en", ..Opening::default() });
    assert!(until(|| spoken().filter(|language| language == "en")).is_some());
}

#[test]
fn the_way_back_from_a_deep_link_leads_to_where_the_app_begins() {
    let stage = Stage::new();
    let siti = stage.world.client("Siti Ayu").unwrap();
    for route in ["/notices", "/devices", "/addresses"] {
        let mut app = stage.open_for(&siti, &Opening { route: route.to_owned(), ..Opening::default() });
        app.tap("Kembali").unwrap();
        app.see("Butuh bantuan apa?").unwrap();
    }
}
