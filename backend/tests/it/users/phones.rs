//! Proving a phone number.

use std::time::Duration;

use serde_json::json;

use super::{letter, other_than};
use crate::harness::{Backend, on_both};

#[tokio::test(flavor = "multi_thread")]
async fn a_number_counts_when_its_code_was_typed() {
    on_both(async |engine| {
        let backend = Backend::with_manual_clock(engine).await;
        let ayu = backend.client().await;
        let before = ayu.get("me").await.expect(200)["phone"].clone();
        ayu.post("me/phone", json!({ "phone": "021-555-1234" })).await.refused(422, "invalid_input");
        ayu.post("me/phone", json!({ "phone": "0856 7777 8888" })).await.expect(204);
        ayu.post("me/phone", json!({ "phone": "0856 7777 8888" })).await.refused(429, "slow_down");
        assert_eq!(ayu.get("me").await.expect(200)["phone"], before);
        let code = backend.otp("+6285677778888", None).await;
        ayu.post("me/phone/verify", json!({ "otp_code": other_than(&code) })).await.refused(422, "otp_wrong");
        let me = ayu.post_once("me/phone/verify", "kunci", json!({ "otp_code": code })).await.expect(200);
        assert_eq!(me["phone"], "+6285677778888");
        assert_eq!(ayu.post_once("me/phone/verify", "kunci", json!({ "otp_code": code })).await.expect(200), me);
        ayu.post("me/phone/verify", json!({ "otp_code": code })).await.refused(422, "otp_expired");
        backend.stop().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_proves_a_number_has_it_and_a_proved_one_is_taken() {
    on_both(async |engine| {
        let backend = Backend::with_manual_clock(engine).await;
        let (typed, proves, late) = (backend.client().await, backend.client().await, backend.client().await);
        let phone = typed.get("me").await.expect(200)["phone"].as_str().unwrap().to_owned();
        proves.post("me/phone", json!({ "phone": phone })).await.expect(204);
        let first = backend.otp(&phone, None).await;
        proves.post("me/phone/verify", json!({ "otp_code": first })).await.expect(200);
        assert!(typed.get("me").await.expect(200)["phone"].is_null());
        letter(&backend, &typed.email, "dilepas").await;
        backend.advance(Duration::from_secs(60));
        late.post("me/phone", json!({ "phone": phone })).await.expect(204);
        let second = backend.otp(&phone, Some(&first)).await;
        late.post("me/phone/verify", json!({ "otp_code": second })).await.refused(409, "phone_taken");
        assert_eq!(proves.get("me").await.expect(200)["phone"], phone.as_str());
        backend.stop().await;
    })
    .await;
}
