//! The identity check, from the papers to the decision.

use rapi_core::wire::events::Event;
use rapi_core::wire::people::VerificationStatus;
use serde_json::{Value, json};

use super::{count, told};
use crate::client::{Client, png};
use crate::harness::{Backend, on_both};

const NIK: &str = "3174014506900001";

async fn papers(provider: &Client, nik: &str) -> Value {
    let id_card = provider.upload("id_card", "ktp.png", png()).await.expect(201);
    let selfie = provider.upload("selfie", "selfie.png", png()).await.expect(201);
    json!({
        "id_card_number": nik, "id_card_photo_url": id_card["url"], "selfie_with_id_url": selfie["url"],
        "bank_account_name": "Wati Lestari", "bank_name": "BCA", "bank_account_number": "1234567890",
    })
}

/// The newest papers in the queue.
async fn newest(admin: &Client) -> String {
    admin.get("admin/verifications?status=PENDING").await.expect(200)["items"][0]["id"].as_str().unwrap().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn papers_are_rejected_mended_and_approved() {
    on_both(async |engine| {
        let backend = Backend::start(engine).await;
        let (admin, wati) = (backend.admin().await, backend.person("SERVICE_PROVIDER").await);
        assert_eq!(wati.get("me/verification").await.expect(200)["status"], "NONE");
        wati.put("me/availability", json!({ "is_available": true })).await.refused(403, "not_approved");
        let handed_in = wati.post("me/verification", papers(&wati, NIK).await).await.expect(201);
        assert_eq!(handed_in["id_card_number_masked"], "************0001");
        assert_eq!(handed_in["bank_account_number_masked"], "******7890");
        wati.post("me/verification", papers(&wati, NIK).await).await.refused(409, "already_submitted");

        let first = newest(&admin).await;
        let detail = admin.get(&format!("admin/verifications/{first}")).await.expect(200);
        assert_eq!((&detail["id_card_number"], &detail["bank_account_number"]), (&json!(NIK), &json!("1234567890")));
        assert_eq!(detail["user"]["id"], wati.id.as_str());
        let reject = format!("admin/verifications/{first}/reject");
        admin.post(&reject, json!({})).await.refused(422, "invalid_input");
        admin.post(&reject, json!({ "rejection_reason": "Foto buram" })).await.expect(200);
        admin.post(&reject, json!({ "rejection_reason": "Foto buram" })).await.refused(409, "already_decided");
        told(&backend, &wati, &Event::VerificationChanged { status: VerificationStatus::Rejected.into() }).await;
        let standing = wati.get("me/verification").await.expect(200);
        assert_eq!((&standing["status"], &standing["rejection_reason"]), (&json!("REJECTED"), &json!("Foto buram")));

        wati.post("me/verification", papers(&wati, NIK).await).await.expect(201);
        assert_eq!(count(&backend, "SELECT COUNT(*) FROM verification_history WHERE rejection_reason = 'Foto buram'").await, 1);
        let second = newest(&admin).await;
        assert_ne!(second, first);
        let approved = admin.post(&format!("admin/verifications/{second}/approve"), json!({})).await.expect(200);
        assert_eq!((&approved["status"], &approved["verified_by"]), (&json!("APPROVED"), &json!(admin.id)));
        admin.post(&format!("admin/verifications/{first}/approve"), json!({})).await.refused(404, "not_found");
        told(&backend, &wati, &Event::VerificationChanged { status: VerificationStatus::Approved.into() }).await;
        assert_eq!(wati.get("me").await.expect(200)["verification_status"], "APPROVED");
        wati.post("me/verification", papers(&wati, NIK).await).await.refused(409, "already_approved");
        let online = wati.put("me/availability", json!({ "is_available": true, "latitude": -6.26, "longitude": 106.81 })).await.expect(200);
        assert_eq!(online["is_available"], true);

        let log = admin.get("admin/audit-log").await.expect(200);
        let deeds: Vec<_> = log["items"].as_array().unwrap().iter().map(|deed| deed["action"].as_str().unwrap()).collect();
        assert_eq!(deeds, ["verification.approve", "verification.reject", "verification.view"]);
        assert_eq!(log["items"][0]["actor_id"], admin.id.as_str());
        backend.stop().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn one_identity_card_serves_one_account() {
    on_both(async |engine| {
        let backend = Backend::start(engine).await;
        let admin = backend.admin().await;
        let (first, second) = (backend.person("SERVICE_PROVIDER").await, backend.person("SERVICE_PROVIDER").await);
        first.post("me/verification", papers(&first, NIK).await).await.expect(201);
        let spaced = "3174.0145.0690.0001";
        second.post("me/verification", papers(&second, NIK).await).await.refused(422, "id_card_taken");
        second.post("me/verification", papers(&second, spaced).await).await.refused(422, "invalid_input");
        admin
            .post(&format!("admin/verifications/{}/reject", newest(&admin).await), json!({ "rejection_reason": "Palsu" }))
            .await
            .expect(200);
        second.post("me/verification", papers(&second, NIK).await).await.expect(201);
        first.post("me/verification", papers(&first, NIK).await).await.refused(422, "id_card_taken");
        backend.stop().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn one_card_handed_in_twice_at_the_same_time_gets_in_once() {
    on_both(async |engine| {
        let backend = Backend::start(engine).await;
        let mut racers = Vec::new();
        for _ in 0..4 {
            let provider = backend.person("SERVICE_PROVIDER").await;
            let body = papers(&provider, NIK).await;
            racers.push((provider, body));
        }
        let races =
            racers.into_iter().map(|(provider, body)| tokio::spawn(async move { provider.post("me/verification", body).await.status }));
        let mut answers = Vec::new();
        for race in races.collect::<Vec<_>>() {
            answers.push(race.await.unwrap());
        }
        answers.sort_unstable();
        assert_eq!(answers, [201, 422, 422, 422]);
        backend.stop().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn numbers_are_encrypted_in_the_table() {
    on_both(async |engine| {
        let backend = Backend::start(engine).await;
        let wati = backend.person("SERVICE_PROVIDER").await;
        wati.post("me/verification", papers(&wati, NIK).await).await.expect(201);
        let plain = "id_card_number LIKE '%0690%' OR bank_account_number LIKE '%34567%' OR id_card_fingerprint LIKE '%4506900%'";
        assert_eq!(count(&backend, &format!("SELECT COUNT(*) FROM provider_verifications WHERE {plain}")).await, 0);
        assert_eq!(count(&backend, "SELECT COUNT(*) FROM provider_verifications WHERE LENGTH(id_card_number) > 60").await, 1);
        backend.stop().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn papers_need_true_numbers_own_files_and_the_right_person() {
    on_both(async |engine| {
        let backend = Backend::start(engine).await;
        let (wati, sri) = (backend.person("SERVICE_PROVIDER").await, backend.person("SERVICE_PROVIDER").await);
        let good = papers(&wati, NIK).await;
        let theirs = papers(&sri, NIK).await;
        let with = |field: &str, value: &Value| {
            let mut body = good.clone();
            body[field] = value.clone();
            body
        };
        for (field, value) in [
            ("id_card_number", json!("3174013206900001")),
            ("id_card_number", json!("31740145069000AB")),
            ("id_card_photo_url", theirs["id_card_photo_url"].clone()),
            ("id_card_photo_url", good["selfie_with_id_url"].clone()),
            ("selfie_with_id_url", json!("https://contoh.id/selfie.png")),
            ("certificate_urls", json!([good["selfie_with_id_url"]])),
            ("bank_account_number", json!("12-34")),
        ] {
            let problem = wati.post("me/verification", with(field, &value)).await.refused(422, "invalid_input");
            assert!(problem["errors"][0]["field"].as_str().unwrap().starts_with(field), "{problem}");
        }
        let client = backend.client().await;
        client.post("me/verification", good.clone()).await.refused(403, "wrong_role");
        wati.get("admin/verifications").await.refused(403, "wrong_role");
        super::execute(&backend, &format!("UPDATE users SET phone = NULL WHERE email = '{}'", wati.email)).await;
        wati.post("me/verification", good).await.refused(422, "phone_required");
        backend.stop().await;
    })
    .await;
}
