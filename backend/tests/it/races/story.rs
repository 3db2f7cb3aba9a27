//! What people do in the life of Rapi, each call ten times.

use serde_json::json;

use super::keys::{Effect, Keys};
use super::*;
use crate::client::png;

/// Every POST there is, in an order that makes sense.
pub(super) async fn told(keys: &mut Keys<'_>) {
    let cast = keys.houses.cast(2).await;
    keys.houses.fund(&cast.client, 1_000_000).await;
    accounts(keys, &cast).await;
    papers(keys, &cast).await;
    let order = ordered(keys, &cast).await;
    work(keys, &cast, &order).await;
    calling_off(keys, &cast).await;
    money(keys, &cast).await;
    notices(keys, &cast).await;
}

async fn accounts(keys: &mut Keys<'_>, cast: &Cast) {
    let client = &cast.client;
    keys.upload(client, &[("media", 1)]).await;
    keys.post(client, "/me/phone", "", json!({ "phone": "085677778888" }), &[("otps", 1)]).await;
    let code = keys.houses.any().otp("+6285677778888", None).await;
    let proved = [("users WHERE phone_verified_at IS NOT NULL", 1), ("otps", -1)];
    keys.post(client, "/me/phone/verify", "", json!({ "otp_code": code }), &proved).await;
    let address = json!({ "label": "Rumah", "latitude": HOME.0, "longitude": HOME.1, "address": "Jl. Kemang Raya 12" });
    keys.post(client, "/me/locations", "", address, &[("user_locations", 1)]).await;
    let at = keys.houses.any().now();
    let fix = json!([{ "latitude": HOME.0, "longitude": HOME.1, "accuracy_meters": 8, "recorded_at": at }]);
    keys.post(&cast.providers[0], "/me/location", "", fix, &[("provider_positions WHERE is_fix = TRUE", 1)]).await;
    let category = json!({ "name": "Kebun", "slug": "kebun", "base_rate_per_5_minutes": 1_500 });
    keys.post(&cast.admin, "/admin/categories", "", category, &[("service_categories", 1), ("audit_log", 1)]).await;
}

async fn papers(keys: &mut Keys<'_>, cast: &Cast) {
    let applicant = keys.houses.any().person("SERVICE_PROVIDER").await;
    let mut photos = Vec::new();
    for purpose in ["id_card", "selfie"] {
        photos.push(applicant.upload(purpose, "foto.png", png()).await.expect(201)["url"].clone());
    }
    let papers = json!({
        "id_card_number": "3174014506909999", "id_card_photo_url": photos[0], "selfie_with_id_url": photos[1],
        "bank_account_name": "Wati Lestari", "bank_name": "BCA", "bank_account_number": "1234567890",
    });
    keys.post(&applicant, "/me/verification", "", papers, &[("provider_verifications", 1)]).await;
    let decided = |status: &'static str| [(status, 1), ("events WHERE kind = 'verification.changed'", 1), ("audit_log", 1)];
    let approved = decided("provider_verifications WHERE status = 'APPROVED'");
    let id = waiting(&cast.admin, &applicant).await;
    keys.post(&cast.admin, "/admin/verifications/{id}/approve", &id, json!({}), &approved).await;
    let other = keys.houses.any().applicant().await;
    let id = waiting(&cast.admin, &other).await;
    let rejected = decided("provider_verifications WHERE status = 'REJECTED'");
    let why = json!({ "rejection_reason": "Foto buram" });
    keys.post(&cast.admin, "/admin/verifications/{id}/reject", &id, why, &rejected).await;
}

async fn waiting(admin: &Client, applicant: &Client) -> String {
    let queue = admin.get("admin/verifications?status=PENDING&limit=100").await.expect(200);
    let hers = queue["items"].as_array().unwrap().iter().find(|item| item["user"]["id"] == applicant.id.as_str()).unwrap();
    hers["id"].as_str().unwrap().to_owned()
}

async fn ordered(keys: &mut Keys<'_>, cast: &Cast) -> String {
    let categories = cast.client.get("categories").await.expect(200);
    let cleaning = &categories.as_array().unwrap().iter().find(|category| category["slug"] == "cleaning").unwrap()["id"];
    keys.post(&cast.client, "/orders/quote", "", json!({ "service_category_id": cleaning, "minutes": 60 }), &[("orders", 0)]).await;
    let body = json!({
        "service_category_id": cleaning, "service_latitude": HOME.0, "service_longitude": HOME.1,
        "service_address": "Jl. Kemang Raya 12", "requested_time": keys.houses.any().now(), "payment_method": "WALLET",
    });
    let effects = [("orders", 1), ("order_transitions", 1), ("events WHERE kind = 'offer.new'", 2)];
    let order = keys.post(&cast.client, "/orders", "", body, &effects).await;
    order["id"].as_str().unwrap().to_owned()
}

/// One step of the order, told to both of it.
const STEP: Effect = ("order_transitions", 1);
const BOTH_TOLD: Effect = ("events WHERE kind = 'order.changed'", 2);

async fn work(keys: &mut Keys<'_>, cast: &Cast, order: &str) {
    let [hers, others] = &cast.providers[..] else { panic!("two providers") };
    keys.post(hers, "/orders/{id}/seen", order, json!({}), &[("order_broadcasts WHERE seen_at IS NOT NULL", 1)]).await;
    keys.post(others, "/orders/{id}/decline", order, json!({}), &[("order_broadcasts WHERE declined_at IS NOT NULL", 1)]).await;
    let taken = [STEP, BOTH_TOLD, ("order_broadcasts WHERE is_accepted = TRUE", 1), ("order_tracking", 1)];
    keys.post(hers, "/orders/{id}/accept", order, json!({}), &taken).await;
    for step in ["depart", "arrive"] {
        keys.post(hers, &format!("/orders/{{id}}/{step}"), order, json!({}), &[STEP, BOTH_TOLD, ("work_events", 1)]).await;
    }
    let told: Effect = ("events WHERE kind = 'work_session.changed'", 2);
    let clock = |step: &str| format!("/orders/{{id}}/work-session/{step}");
    keys.post(hers, &clock("start"), order, json!({}), &[STEP, ("work_events", 1), ("work_sessions", 1), told]).await;
    for step in ["pause", "resume"] {
        keys.post(hers, &clock(step), order, json!({}), &[("work_events", 1), told]).await;
    }
    keys.post(hers, &clock("stop"), order, json!({}), &[STEP, ("work_events", 1), ("payments", 1), told]).await;
    let paid = [STEP, ("journals", 1), ("events WHERE kind = 'payment.changed'", 2)];
    keys.post(&cast.client, "/orders/{id}/payment/pay", order, json!({ "payment_method": "WALLET" }), &paid).await;
    let rated = [STEP, ("ratings", 1), ("events WHERE kind = 'rating.received'", 1)];
    keys.post(&cast.client, "/orders/{id}/rating", order, json!({ "rating": 5 }), &rated).await;
    let in_cash = spending::worked(keys.houses, &cast.client, hers, 0).await;
    keys.post(hers, "/orders/{id}/payment/confirm-cash", &in_cash, json!({}), &paid).await;
}

async fn calling_off(keys: &mut Keys<'_>, cast: &Cast) {
    let reason = json!({ "cancellation_reason": "Berubah pikiran" });
    let off = [STEP, ("events WHERE kind = 'offer.closed'", 2), ("orders WHERE status = 'CANCELLED'", 1)];
    let order = keys.houses.ordered(0, &cast.client).await;
    keys.post(&cast.client, "/orders/{id}/cancel", &order, reason.clone(), &off).await;
    let order = keys.houses.ordered(1, &cast.client).await;
    keys.post(&cast.admin, "/admin/orders/{id}/cancel", &order, reason, &off).await;
}

async fn money(keys: &mut Keys<'_>, cast: &Cast) {
    let provider = &cast.providers[0];
    let top_up = json!({ "amount": 50_000, "payment_method": "BANK_TRANSFER" });
    keys.post(&cast.client, "/wallet/top-ups", "", top_up, &[("top_ups", 1)]).await;
    let body = json!({ "amount": 20_000, "bank_name": "BCA", "bank_account_number": "1234567890", "bank_account_name": "Wati" });
    let asked = [("withdrawal_requests", 1), ("journals WHERE kind = 'withdrawal'", 1)];
    let first = keys.post(provider, "/wallet/withdrawals", "", body.clone(), &asked).await;
    let second = provider.post("wallet/withdrawals", body).await.expect(201);
    let [first, second] = [&first, &second].map(|withdrawal| withdrawal["id"].as_str().unwrap());
    for step in ["approve", "complete"] {
        let template = format!("/admin/withdrawals/{{id}}/{step}");
        keys.post(&cast.admin, &template, first, json!({}), &[("audit_log", 1), ("journals WHERE kind <> 'top_up'", 0)]).await;
    }
    let rejected = [("audit_log", 1), ("journals WHERE kind = 'withdrawal_rejected'", 1)];
    let notes = json!({ "admin_notes": "Nomor rekening tidak cocok" });
    keys.post(&cast.admin, "/admin/withdrawals/{id}/reject", second, notes, &rejected).await;
}

async fn notices(keys: &mut Keys<'_>, cast: &Cast) {
    let provider = &cast.providers[0];
    let inbox = provider.get("notifications").await.expect(200);
    let unread = inbox["items"].as_array().unwrap().iter().find(|notice| notice["is_read"] == false).unwrap();
    let read: Effect = ("notifications WHERE is_read = TRUE", 1);
    keys.post(provider, "/notifications/{id}/read", unread["id"].as_str().unwrap(), json!({}), &[read]).await;
    let others = inbox["items"].as_array().unwrap().len();
    assert!(others > 1);
    keys.post(provider, "/notifications/read-all", "", json!({}), &[("answers", 1)]).await;
    let inbox = provider.get("notifications").await.expect(200);
    assert!(inbox["items"].as_array().unwrap().iter().all(|notice| notice["is_read"] == true));
}
