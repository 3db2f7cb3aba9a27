//! Long names, long words and long lists: everything fits, and nothing is cut that has to be read.

use serde_json::json;

use crate::order_life::Cast;
use crate::tour::look;

const CLIENT: &str = "Raden Ajeng Kartini Pramesti Wulandari Kusumaningrat Soedirdjo";
const PROVIDER: &str = "Muhammad Abdurrahman Kusumadiningrat Hadiwijaya Notonegoro";
const ADDRESS: &str = "Perumahan Griya Kencana Permai Blok C-17 Nomor 204, RT 003/RW 011, Kelurahan Pondok Kacang Timur, \
    Kecamatan Pondok Aren, dekat Alun-AlunKotaBaruParahyanganUtara";
const TASK: &str = "Dapur, dua kamar mandi dan garasi; ada kucing, anjing dan burung. Tolong bawa cairan pembersih sendiri, \
    pertanggungjawabannyaadapadapemilikrumah, dan jangan pakai pemutih di lantai kayu.";
const REASON: &str =
    "Keluarga dari luar kota tiba-tiba datang berkunjung dan menginap, jadi pekerjaannya harus ditunda sampai minggu depan.";

/// A cast of long names, some orders behind it.
fn crowd() -> Cast {
    let cast = Cast::called(CLIENT, PROVIDER, &[]);
    let world = &cast.stage.world;
    for _ in 0..6 {
        let id = cast.order_for("CASH", TASK, ADDRESS);
        world.post(Some(&cast.siti), &format!("/orders/{id}/cancel"), &json!({ "cancellation_reason": REASON })).unwrap();
    }
    let id = cast.order_for("CASH", TASK, ADDRESS);
    go(&cast, &id, &["accept", "depart", "arrive", "work-session/start", "work-session/stop"]);
    world.post(Some(&cast.siti), &format!("/orders/{id}/payment/pay"), &json!({ "payment_method": "CASH" })).unwrap();
    go(&cast, &id, &["payment/confirm-cash"]);
    let said = json!({ "rating": 4, "review": TASK, "rating_details": { "cleanliness": 4, "punctuality": 5, "professionalism": 3 } });
    world.post(Some(&cast.siti), &format!("/orders/{id}/rating"), &said).unwrap();
    cast
}

/// The provider goes on with the order.
pub fn go(cast: &Cast, id: &str, steps: &[&str]) {
    for step in steps {
        cast.stage.world.post(Some(&cast.wati), &format!("/orders/{id}/{step}"), &json!({})).unwrap();
    }
}

#[test]
fn long_names_and_many_orders_fit_the_screens_of_clients() {
    let cast = crowd();
    let id = cast.order_for("E_WALLET", TASK, ADDRESS);
    go(&cast, &id, &["accept", "depart"]);
    look(&cast, &cast.siti, "/", "crowded-home");
    look(&cast, &cast.siti, "/orders", "crowded-orders");
    look(&cast, &cast.siti, "/providers?category=cleaning", "crowded-providers");
    look(&cast, &cast.siti, &format!("/orders/{id}"), "crowded-on-the-way");
    go(&cast, &id, &["arrive", "work-session/start"]);
    look(&cast, &cast.siti, &format!("/orders/{id}"), "crowded-working");
    go(&cast, &id, &["work-session/stop"]);
    look(&cast, &cast.siti, &format!("/orders/{id}"), "crowded-bill");
    look(&cast, &cast.siti, "/notices", "crowded-notices");
    look(&cast, &cast.siti, "/profile", "crowded-profile");
}

#[test]
fn long_names_and_many_orders_fit_the_screens_of_providers() {
    let cast = crowd();
    let id = cast.order_for("BANK_TRANSFER", TASK, ADDRESS);
    look(&cast, &cast.wati, "/jobs", "crowded-offer");
    go(&cast, &id, &["accept"]);
    look(&cast, &cast.wati, "/", "crowded-home");
    look(&cast, &cast.wati, &format!("/jobs/{id}"), "crowded-job");
    go(&cast, &id, &["depart", "arrive", "work-session/start"]);
    look(&cast, &cast.wati, &format!("/jobs/{id}"), "crowded-working");
    go(&cast, &id, &["work-session/stop"]);
    look(&cast, &cast.wati, &format!("/jobs/{id}"), "crowded-bill");
    look(&cast, &cast.wati, "/wallet", "crowded-wallet");
    look(&cast, &cast.wati, "/stats", "crowded-stats");
    look(&cast, &cast.wati, "/profile", "crowded-profile");
}

#[test]
fn long_names_and_many_orders_fit_the_admins_window() {
    let cast = crowd();
    let id = cast.order_for("WALLET", TASK, ADDRESS);
    go(&cast, &id, &["accept", "depart"]);
    look(&cast, &cast.admin, "/", "crowded-dashboard");
    look(&cast, &cast.admin, &format!("/orders?open={id}"), "crowded-orders");
    let found = cast.stage.world.get(&cast.admin, "/admin/users?user_type=SERVICE_PROVIDER").unwrap();
    let provider = found["items"][0]["id"].as_str().unwrap_or_default();
    look(&cast, &cast.admin, &format!("/users?open={provider}"), "crowded-users");
    look(&cast, &cast.admin, "/verifications", "crowded-verifications");
    look(&cast, &cast.admin, "/audit-log", "crowded-audit-log");
}
